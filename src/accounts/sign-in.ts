import type { AccessToken, TokenCredential } from '@azure/core-auth';
import type { Account } from './account';
import { readCertificate } from './certificate';
import { entraFault } from './entra-faults';
import { AccountError } from './errors';
import { isLoopback } from './loopback';
import { createObserver, type Observer } from './observe';
import { patiently, type Clock } from './patience';
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

/** Who signs in, and to what. */
export interface SignIn {
  readonly name: string;
  readonly account: Account;
  readonly scope: string;
}

/** What the account shows Entra ID. Worth as much as a secret, and kept no longer than the sign-in lasts. */
type Proof =
  | { readonly kind: 'secret'; readonly secret: string }
  | { readonly kind: 'certificate'; readonly pem: string }
  | { readonly kind: 'assertion'; readonly assertion: string };

/**
 * Signs in with what the vault holds now. Makes a credential of its own for each try: nothing of `@azure/identity`'s
 * caches can then bring back a token that was refused, or hold on to an old secret.
 * @throws AccountError
 */
export async function signIn(request: SignIn, options: SignInOptions): Promise<AccessToken> {
  const proof = await readProof(request, options);
  return patiently(() => show(proof, request, options), options.clock);
}

/** The name of the Key Vault secret that an account uses, if it uses one. */
export function secretOf({ credential }: Account): string | undefined {
  if (credential.kind === 'client-secret') return credential.secret;
  return credential.kind === 'client-certificate' ? credential.certificate : undefined;
}

async function readProof({ name, account }: SignIn, options: SignInOptions): Promise<Proof> {
  const { credential } = account;
  if (credential.kind === 'client-secret') {
    return { kind: 'secret', secret: (await options.vault.read(credential.secret)).value };
  }
  if (credential.kind === 'client-certificate') {
    const { value } = await options.vault.read(credential.certificate);
    return { kind: 'certificate', pem: (await readCertificate(value, credential.certificate)).pem };
  }
  return { kind: 'assertion', assertion: await exchangeToken(name, credential.managedIdentityClientId, options) };
}

async function show(proof: Proof, { name, account, scope }: SignIn, options: SignInOptions): Promise<AccessToken> {
  const observer = createObserver(() => options.clock.now());
  const credential = await createCredential(account, proof, settingsOf(observer, options));
  const token = await credential.getToken(scope).catch(() => null);
  if (token === null) throw entraFault(observer.last(), { account: name, secretName: secretOf(account) });
  return token;
}

async function createCredential(
  account: Account,
  proof: Proof,
  settings: ReturnType<typeof settingsOf>,
): Promise<TokenCredential> {
  const { tenantId, clientId } = account;
  const identity = await import('@azure/identity');
  switch (proof.kind) {
    case 'secret':
      return new identity.ClientSecretCredential(tenantId, clientId, proof.secret, settings);
    case 'certificate': {
      const chained = { ...settings, sendCertificateChain: true };
      return new identity.ClientCertificateCredential(tenantId, clientId, { certificate: proof.pem }, chained);
    }
    case 'assertion':
      return new identity.ClientAssertionCredential(
        tenantId,
        clientId,
        () => Promise.resolve(proof.assertion),
        settings,
      );
  }
}

/** The managed identity's token that the Entra application trusts. */
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
