import type { AccessToken, TokenCredential } from '@azure/core-auth';
import type { Account } from './account';
import { readCertificate } from './certificate';
import { entraFault } from './entra-faults';
import { AccountError } from './errors';
import { isLoopback } from './loopback';
import { createObserver, type Observer } from './observe';
import type { Clock } from './patience';
import type { Vault } from './vault';

/** What signing in takes besides the account. */
export interface SignInOptions {
  readonly vault: Vault;
  /** E.g. `https://login.microsoftonline.com`. */
  readonly authorityHost: string;
  /** What a managed identity asks a token for, to show it to Entra ID. Differs in national clouds. */
  readonly tokenExchangeAudience: string;
  readonly tls?: { readonly ca: string } | undefined;
  readonly clock: Clock;
}

/**
 * Signs in once, with what the vault holds now. Makes a credential of its own each time: nothing of `@azure/identity`'s
 * caches can then bring back a token that was refused, or hold on to an old secret.
 * @throws AccountError
 */
export async function signIn(
  name: string,
  account: Account,
  scope: string,
  options: SignInOptions,
): Promise<AccessToken> {
  const observer = createObserver(() => options.clock.now());
  const secretName = secretOf(account);
  const credential = await createCredential(name, account, observer, options);
  try {
    return await credential.getToken(scope).then(given);
  } catch (error) {
    if (error instanceof AccountError) throw error;
    throw entraFault(observer.last(), { account: name, secretName });
  }
}

function given(token: AccessToken | null): AccessToken {
  if (token === null) throw new Error('no token');
  return token;
}

/** The name of the Key Vault secret that an account uses, if it uses one. */
export function secretOf({ credential }: Account): string | undefined {
  if (credential.kind === 'client-secret') return credential.secret;
  return credential.kind === 'client-certificate' ? credential.certificate : undefined;
}

async function createCredential(
  name: string,
  account: Account,
  observer: Observer,
  options: SignInOptions,
): Promise<TokenCredential> {
  const { tenantId, clientId, credential } = account;
  const settings = settingsOf(observer, options);
  if (credential.kind === 'client-secret') {
    const { value } = await options.vault.read(credential.secret);
    const { ClientSecretCredential } = await import('@azure/identity');
    return new ClientSecretCredential(tenantId, clientId, value, settings);
  }
  if (credential.kind === 'client-certificate') {
    const { value } = await options.vault.read(credential.certificate);
    const { pem } = await readCertificate(value, credential.certificate);
    const { ClientCertificateCredential } = await import('@azure/identity');
    return new ClientCertificateCredential(
      tenantId,
      clientId,
      { certificate: pem },
      { ...settings, sendCertificateChain: true },
    );
  }
  const assertion = await exchangeToken(name, credential.managedIdentityClientId, options);
  const { ClientAssertionCredential } = await import('@azure/identity');
  return new ClientAssertionCredential(tenantId, clientId, () => Promise.resolve(assertion), settings);
}

/** The managed identity's token that the Entra application trusts. Not kept: it is worth as much as a secret. */
async function exchangeToken(account: string, clientId: string | undefined, options: SignInOptions): Promise<string> {
  const { ManagedIdentityCredential } = await import('@azure/identity');
  const identity =
    clientId === undefined ? new ManagedIdentityCredential() : new ManagedIdentityCredential({ clientId });
  try {
    return (await identity.getToken(`${options.tokenExchangeAudience}/.default`)).token;
  } catch {
    throw new AccountError('identity-unavailable', { account });
  }
}

function settingsOf(observer: Observer, options: SignInOptions) {
  return {
    authorityHost: options.authorityHost,
    // Asks a public directory whether the authority is known: one on this machine never is.
    disableInstanceDiscovery: isLoopback(options.authorityHost),
    retryOptions: { maxRetries: 0 },
    additionalPolicies: [{ policy: observer.policy, position: 'perRetry' as const }],
    ...(options.tls === undefined ? {} : { tlsOptions: { ca: options.tls.ca } }),
  };
}
