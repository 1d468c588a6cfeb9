import type { Members } from './offer-content';

/** In the place of a secret: the name of the one in Key Vault. The document and the ledger never hold the secret itself. */
export interface SecretReference {
  readonly $secret: string;
}

function isSecretReference(value: unknown): value is SecretReference {
  if (typeof value !== 'object' || value === null) return false;
  const names = Object.keys(value);
  return names.length === 1 && typeof (value as Partial<SecretReference>).$secret === 'string';
}

/** The names of the secrets that a value refers to, each once. */
export function secretNames(value: unknown): readonly string[] {
  if (isSecretReference(value)) return [value.$secret];
  if (typeof value !== 'object' || value === null) return [];
  return [...new Set(Object.values(value).flatMap(secretNames))];
}

/** The value with every reference replaced by the secret; only for a request that is sent at once. */
export function withSecrets(value: unknown, secretOf: (name: string) => string): unknown {
  if (isSecretReference(value)) return secretOf(value.$secret);
  if (Array.isArray(value)) return value.map((one) => withSecrets(one, secretOf));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withSecrets(one, secretOf)]));
}

/** What is there, without what only a secret could be compared with: the service shows none. */
export function besideSecrets(wanted: Members, there: Members): { readonly wanted: Members; readonly there: Members } {
  const kept = Object.entries(wanted).filter(([, value]) => !isSecretReference(value));
  const hidden = new Set(Object.keys(wanted).filter((name) => isSecretReference(wanted[name])));
  const seen = Object.entries(there).filter(([name]) => !hidden.has(name));
  const pairs = kept.map(([name, value]) => {
    const [wantedOne, thereOne] = besideThem(value, there[name]);
    return [name, wantedOne, thereOne] as const;
  });
  const replaced = new Map(pairs.map(([name, , other]) => [name, other]));
  return {
    wanted: Object.fromEntries(pairs.map(([name, value]) => [name, value])),
    there: Object.fromEntries(seen.map(([name, value]) => [name, replaced.has(name) ? replaced.get(name) : value])),
  };
}

/** Lists of the same length are compared entry by entry; of others, nothing is hidden. */
function besideThem(wanted: unknown, there: unknown): readonly [unknown, unknown] {
  if (isMembers(wanted) && isMembers(there)) {
    const inner = besideSecrets(wanted, there);
    return [inner.wanted, inner.there];
  }
  if (!Array.isArray(wanted) || !Array.isArray(there) || wanted.length !== there.length) return [wanted, there];
  const pairs = wanted.map((one, index) => (isSecretReference(one) ? [] : besideThem(one, there[index])));
  return [pairs.map(([one]) => one), pairs.map(([, one]) => one)];
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
