import type { TokenCredential } from '@azure/core-auth';
import type { KeyVaultSecret, SecretClient } from '@azure/keyvault-secrets';
import { AccountError } from './errors';
import { isLoopback } from './loopback';
import { createObserver } from './observe';
import { patiently, realClock, type Clock } from './patience';
import { vaultFault } from './vault-faults';

/** A secret as it was read. Keep it in memory only. */
export interface Secret {
  readonly value: string;
  readonly version: string | undefined;
  readonly expiresOn: Date | undefined;
}

/** Where secrets are read at run time. */
export interface Vault {
  /**
   * The latest version of a secret, from a short cache.
   * @throws AccountError: missing, disabled, empty, forbidden, throttled, unreachable.
   */
  read(name: string): Promise<Secret>;
  /** Forgets what is cached of a secret: the next read asks the vault. */
  drop(name: string): void;
}

export interface VaultOptions {
  /** E.g. `https://contoso.vault.azure.net`. */
  readonly url: string;
  /** Of this app, for the vault. See `createHostIdentity`. */
  readonly credential: TokenCredential;
  /** Milliseconds that a secret is kept; five minutes unless told otherwise. */
  readonly cacheMs?: number;
  /** Certificates that are trusted instead of the system's. PEM. */
  readonly tls?: { readonly ca: string };
  readonly clock?: Clock;
}

const defaultCacheMs = 300_000;

interface Cached {
  readonly secret: Promise<Secret>;
  until: number;
}

/** Reads secrets from Azure Key Vault with its own client, which is loaded at the first read. */
export function createVault(options: VaultOptions): Vault {
  const { cacheMs = defaultCacheMs, clock = realClock } = options;
  const cache = new Map<string, Cached>();

  function read(name: string): Promise<Secret> {
    const cached = cache.get(name);
    if (cached !== undefined && clock.now().getTime() < cached.until) return cached.secret;
    const entry: Cached = { secret: readNow(name), until: clock.now().getTime() + cacheMs };
    cache.set(name, entry);
    // An expired secret is still handed out (the dates only inform), but asked for anew each time: a renewed one is near.
    entry.secret.then(
      ({ expiresOn }) => {
        entry.until = Math.min(entry.until, expiresOn?.getTime() ?? Number.POSITIVE_INFINITY);
      },
      () => {
        if (cache.get(name) === entry) cache.delete(name);
      },
    );
    return entry.secret;
  }

  async function readNow(name: string): Promise<Secret> {
    const found = await patiently(() => ask(name, options, clock), clock);
    if (found.value === undefined || found.value === '') throw new AccountError('secret-empty', { secretName: name });
    return { value: found.value, version: found.properties.version, expiresOn: found.properties.expiresOn };
  }

  return { read, drop: (name) => void cache.delete(name) };
}

async function ask(name: string, options: VaultOptions, clock: Clock): Promise<KeyVaultSecret> {
  const observer = createObserver(() => clock.now());
  const client = await createClient(options, observer.policy);
  try {
    return await client.getSecret(name);
  } catch (error) {
    if (error instanceof AccountError) throw error;
    throw vaultFault(observer.last(), name);
  }
}

async function createClient(
  options: VaultOptions,
  policy: ReturnType<typeof createObserver>['policy'],
): Promise<Pick<SecretClient, 'getSecret'>> {
  const { SecretClient } = await import('@azure/keyvault-secrets');
  return new SecretClient(options.url, options.credential, {
    retryOptions: { maxRetries: 0 },
    // The challenge names the public cloud's resource, which a vault on this machine cannot be a part of.
    disableChallengeResourceVerification: isLoopback(options.url),
    additionalPolicies: [{ policy, position: 'perRetry' }],
    ...(options.tls === undefined ? {} : { tlsOptions: { ca: options.tls.ca } }),
  });
}
