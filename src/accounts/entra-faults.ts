import { AccountError, type AccountErrorFacts } from './errors';
import type { Observation } from './observe';
import type { AccountErrorCode } from './remedies';

/** Entra's numbers, where they name a setting to mend. Source: section 1.2 of the specification; AADSTS error codes page. */
const byNumber: Readonly<Record<number, AccountErrorCode>> = {
  7000215: 'wrong-secret',
  7000216: 'wrong-secret',
  7000218: 'wrong-secret',
  7000222: 'expired-secret',
  700027: 'certificate-refused',
  700030: 'certificate-refused',
  700021: 'certificate-refused',
  700023: 'certificate-refused',
  700024: 'certificate-refused',
  50027: 'certificate-refused',
  70021: 'federation-refused',
  700211: 'federation-refused',
  700212: 'federation-refused',
  700213: 'federation-refused',
  700223: 'federation-refused',
  700016: 'unknown-client',
  700038: 'unknown-client',
  7000229: 'unknown-client',
  7000112: 'disabled-client',
  90002: 'unknown-tenant',
  900021: 'unknown-tenant',
  900023: 'unknown-tenant',
  500011: 'unknown-resource',
  500014: 'unknown-resource',
  1002012: 'unknown-resource',
  70011: 'unknown-resource',
  53003: 'policy-refused',
  530032: 'policy-refused',
  50196: 'throttled',
};

/** What a failed sign-in means, by what Entra answered last. */
export function entraFault(seen: Observation, about: Pick<AccountErrorFacts, 'account' | 'secretName'>): AccountError {
  if (seen.kind === 'network') return new AccountError('entra-unreachable', { ...about, serviceCode: seen.code });
  if (seen.kind === 'nothing') return new AccountError('sign-in-refused', about);
  const { status, aadsts, code: serviceCode, correlationId, traceId, retryAfterMs } = seen;
  const facts = { ...about, status, aadsts, serviceCode, correlationId, traceId, retryAfterMs };
  const code = codeOf(status, aadsts);
  const federated = about.secretName === undefined && code === 'certificate-refused';
  return new AccountError(federated ? 'federation-refused' : code, facts);
}

function codeOf(status: number, aadsts: number | undefined): AccountErrorCode {
  if (status === 429) return 'throttled';
  const known = aadsts === undefined ? undefined : byNumber[aadsts];
  if (known !== undefined) return known;
  return status >= 500 || status === 408 ? 'entra-unreachable' : 'sign-in-refused';
}

const refusals: ReadonlySet<AccountErrorCode> = new Set(['wrong-secret', 'expired-secret', 'certificate-refused']);

/** Whether a newer version of the secret may do better. */
export function isRefusedCredential(error: unknown): boolean {
  return error instanceof AccountError && refusals.has(error.code);
}
