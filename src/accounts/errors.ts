import { remedies, type AccountErrorCode } from './remedies';

/** Facts that help support, none of them a secret. */
export interface AccountErrorFacts {
  readonly account?: string | undefined;
  /** The number of Entra's answer, as in `AADSTS7000215`. */
  readonly aadsts?: number | undefined;
  /** HTTP status of Entra or Key Vault. */
  readonly status?: number | undefined;
  /** The service's own code, e.g. `invalid_client`, `ForbiddenByRbac`, `ENOTFOUND`. */
  readonly serviceCode?: string | undefined;
  /** Entra's ids of the exchange. */
  readonly correlationId?: string | undefined;
  readonly traceId?: string | undefined;
  /** The Key Vault secret that was used or looked for. */
  readonly secretName?: string | undefined;
  /** Milliseconds; not before. */
  readonly retryAfterMs?: number | undefined;
}

/**
 * No token for an account, and which setting to mend. Built from an allow-list of facts: what the identity libraries
 * throw can hold requests, assertions and answers, so neither their errors nor their texts are kept.
 */
export class AccountError extends Error {
  override readonly name = 'AccountError';
  readonly code: AccountErrorCode;
  /** What to do, as an instruction. */
  readonly remedy: string;
  /** Whether the same call may succeed later without anybody mending anything. */
  readonly retryable: boolean;
  readonly facts: AccountErrorFacts;

  constructor(code: AccountErrorCode, facts: AccountErrorFacts = {}) {
    const { title, remedy, retryable } = remedies[code];
    super(`${title}${describe(facts)}`);
    this.code = code;
    this.remedy = remedy;
    this.retryable = retryable;
    this.facts = facts;
  }

  get retryAfterMs(): number | undefined {
    return this.facts.retryAfterMs;
  }
}

function describe(facts: AccountErrorFacts): string {
  const known = [
    facts.account === undefined ? undefined : `account ${facts.account}`,
    facts.secretName === undefined ? undefined : `Key Vault secret ${facts.secretName}`,
    facts.aadsts === undefined ? undefined : `AADSTS${facts.aadsts}`,
    facts.status === undefined ? undefined : `status ${facts.status}`,
    facts.serviceCode,
    facts.traceId === undefined ? undefined : `trace ${facts.traceId}`,
  ].filter((fact) => fact !== undefined);
  return known.length === 0 ? '' : ` (${known.join(', ')})`;
}
