import type { TokenCredential } from '@azure/core-auth';
import type { Account, AccountMap } from './account';
import { AccountTokens } from './account-credential';
import { checkAccount, type AccountCheck, type AccountProbe, type CheckWish } from './check';
import { readCertificate } from './certificate';
import { AccountError } from './errors';
import { realClock, type Clock } from './patience';
import { secretOf, type SignInOptions } from './sign-in';
import type { Vault } from './vault';

export interface AccountsOptions {
  readonly accounts: AccountMap;
  readonly vault: Vault;
  /** `https://login.microsoftonline.com` unless told otherwise. */
  readonly authorityHost?: string;
  /** What tokens are for; `https://manage.devcenter.microsoft.com/.default` unless told otherwise. */
  readonly scope?: string;
  /** `api://AzureADTokenExchange` unless told otherwise (national clouds differ). */
  readonly tokenExchangeAudience?: string;
  /** Certificates that are trusted instead of the system's. PEM. */
  readonly tls?: { readonly ca: string };
  readonly clock?: Clock;
}

/** An account as people may see it. Names of secrets are not secret. */
export interface AccountView {
  readonly account: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly credential: { readonly kind: Account['credential']['kind']; readonly secretName?: string };
}

/** A `TokenCredential` that can be told that a token was refused. */
export interface AccountCredentialSource extends TokenCredential {
  dropToken(token: string): void;
}

/** The configured accounts, their tokens, and how they are. */
export interface Accounts {
  /** @throws AccountError `unknown-account` */
  get(account: string): Account;
  /** Tokens of an account, for a transport. The same object each time. Throws only `AccountError`. */
  credential(account: string): AccountCredentialSource;
  /** Makes sure that there is a token, and says until when (ISO); `fresh` signs in even if one is kept. */
  checkToken(
    account: string,
    options?: { readonly fresh?: boolean; readonly scope?: string },
  ): Promise<{ expiresAt: string }>;
  /** When the secret or certificate ends, as Key Vault or the certificate says; undefined when nothing does. */
  credentialExpiry(account: string): Promise<Date | undefined>;
  /** For `GET /accounts`. */
  describeAccounts(): AccountView[];
  /** For `GET /accounts/{account}/check`. Throws only for an unknown account: what is wrong is in `faults`. */
  checkAccount(account: string, probe: AccountProbe, wish?: CheckWish): Promise<AccountCheck>;
}

const defaults = {
  authorityHost: 'https://login.microsoftonline.com',
  scope: 'https://manage.devcenter.microsoft.com/.default',
  tokenExchangeAudience: 'api://AzureADTokenExchange',
} as const;

/** Makes the accounts from their configuration. Reads nothing and signs in nowhere until it is asked to. */
export function createAccounts(options: AccountsOptions): Accounts {
  const { accounts, vault, tls, clock = realClock } = options;
  const scope = withoutTrap(options.scope ?? defaults.scope);
  const signInOptions: SignInOptions = {
    vault,
    authorityHost: options.authorityHost ?? defaults.authorityHost,
    tokenExchangeAudience: options.tokenExchangeAudience ?? defaults.tokenExchangeAudience,
    tls,
    clock,
  };
  const tokens = new Map<string, AccountTokens>();

  function get(name: string): Account {
    const account = Object.hasOwn(accounts, name) ? accounts[name] : undefined;
    if (account === undefined) throw new AccountError('unknown-account', { account: name });
    return account;
  }

  function credential(name: string): AccountTokens {
    const made = tokens.get(name) ?? new AccountTokens(name, get(name), signInOptions);
    tokens.set(name, made);
    return made;
  }

  async function checkToken(
    name: string,
    wish: { fresh?: boolean; scope?: string } = {},
  ): Promise<{ expiresAt: string }> {
    const source = credential(name);
    const wanted = wish.scope === undefined ? scope : withoutTrap(wish.scope);
    const token = wish.fresh === true ? await source.renew(wanted) : await source.getToken(wanted);
    return { expiresAt: new Date(token.expiresOnTimestamp).toISOString() };
  }

  const self: Accounts = {
    get,
    credential,
    checkToken,
    credentialExpiry: (name) => expiryOf(get(name), vault),
    describeAccounts: () => Object.keys(accounts).map((name) => view(name, get(name))),
    checkAccount: (name, probe, wish) => checkAccount({ name, account: get(name), accounts: self }, probe, wish),
  };
  return self;
}

/** A resource that ends in a slash gets a token that Partner Center refuses: `https://host//.default` is mended. */
function withoutTrap(scope: string): string {
  const resource = scope.replace(/\/+\.default$/, '').replace(/\/+$/, '');
  return `${resource}/.default`;
}

async function expiryOf(account: Account, vault: Vault): Promise<Date | undefined> {
  const name = secretOf(account);
  if (name === undefined) return undefined;
  const secret = await vault.read(name);
  if (account.credential.kind !== 'client-certificate') return secret.expiresOn;
  const { expiresOn } = await readCertificate(secret.value, name);
  return secret.expiresOn !== undefined && secret.expiresOn < expiresOn ? secret.expiresOn : expiresOn;
}

function view(name: string, account: Account): AccountView {
  const { tenantId, clientId, credential } = account;
  const secretName = secretOf(account);
  return {
    account: name,
    tenantId,
    clientId,
    credential: { kind: credential.kind, ...(secretName === undefined ? {} : { secretName }) },
  };
}
