import { AccountError } from './errors';
import type { Observation } from './observe';
import type { AccountErrorCode } from './remedies';

/** What a failed read of a secret means, by what Key Vault answered last. Source: Key Vault REST API error codes page. */
export function vaultFault(seen: Observation, secretName: string): AccountError {
  if (seen.kind === 'network') return new AccountError('vault-unreachable', { secretName, serviceCode: seen.code });
  // The vault never answered, or only with its challenge: the identity of this app gave no token for it.
  if (seen.kind === 'nothing') return new AccountError('vault-sign-in-failed', { secretName });
  const { status, innerCode, code, retryAfterMs } = seen;
  return new AccountError(codeOf(status, innerCode), {
    secretName,
    status,
    serviceCode: innerCode ?? code,
    retryAfterMs,
  });
}

function codeOf(status: number, innerCode: string | undefined): AccountErrorCode {
  if (status === 404) return 'secret-missing';
  if (status === 403) return innerCode?.startsWith('Secret') === true ? 'secret-disabled' : 'vault-forbidden';
  if (status === 429) return 'vault-throttled';
  if (status >= 500 || status === 408) return 'vault-unreachable';
  return status === 401 ? 'vault-sign-in-failed' : 'vault-forbidden';
}
