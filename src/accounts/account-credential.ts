import type { AccessToken, TokenCredential } from '@azure/core-auth';
import type { Account } from './account';
import { isRefusedCredential } from './entra-faults';
import { AccountError } from './errors';
import { secretOf, signIn, type SignIn, type SignInOptions } from './sign-in';

const renewBeforeMs = 300_000;
const stillGoodMs = 60_000;

/**
 * The tokens of one account, kept in memory until five minutes before they end. One sign-in at a time, whoever asks.
 * A refused secret is read from Key Vault once more before it counts as refused, so that a rotation goes unnoticed.
 * Throws nothing but `AccountError`.
 */
export class AccountTokens implements TokenCredential {
  private readonly kept = new Map<string, AccessToken>();
  private readonly pending = new Map<string, Promise<AccessToken>>();

  constructor(
    private readonly name: string,
    private readonly account: Account,
    private readonly options: SignInOptions,
  ) {}

  async getToken(scopes: string | string[]): Promise<AccessToken> {
    const scope = [scopes].flat().join(' ');
    const kept = this.kept.get(scope);
    if (kept !== undefined && this.msLeft(kept) > renewBeforeMs) return kept;
    try {
      return await this.renew(scope);
    } catch (error) {
      // Entra ID may be away for a while: a token that still works is better than none.
      const passing = error instanceof AccountError && error.retryable;
      if (passing && kept !== undefined && this.kept.get(scope) === kept && this.msLeft(kept) > stillGoodMs)
        return kept;
      throw error;
    }
  }

  /** The service refused this token: it is never handed out again, and the next one is fetched. */
  dropToken(token: string): void {
    for (const [scope, kept] of this.kept) if (kept.token === token) this.kept.delete(scope);
  }

  /** Signs in anew, whatever is kept. */
  renew(scope: string): Promise<AccessToken> {
    const pending = this.pending.get(scope);
    if (pending !== undefined) return pending;
    const fresh = this.fetch(scope).finally(() => this.pending.delete(scope));
    this.pending.set(scope, fresh);
    return fresh;
  }

  private async fetch(scope: string): Promise<AccessToken> {
    const request = { name: this.name, account: this.account, scope };
    const token = await signIn(request, this.options).catch((error: unknown) => this.signInAgain(request, error));
    this.kept.set(scope, token);
    return token;
  }

  private signInAgain(request: SignIn, error: unknown): Promise<AccessToken> {
    const secret = secretOf(this.account);
    if (secret === undefined || !isRefusedCredential(error)) throw error;
    this.options.vault.drop(secret);
    return signIn(request, this.options);
  }

  private msLeft(token: AccessToken): number {
    return token.expiresOnTimestamp - this.options.clock.now().getTime();
  }
}
