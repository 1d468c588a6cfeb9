/** Identifiers of the services that tokens can be asked for. */
export const STORE_AUDIENCE = 'https://manage.devcenter.microsoft.com';
export const INGESTION_AUDIENCE = 'https://api.partner.microsoft.com';
export const VAULT_AUDIENCE = 'https://vault.azure.net';

const KNOWN = new Set([
  STORE_AUDIENCE,
  VAULT_AUDIENCE,
  'https://api.store.microsoft.com',
  INGESTION_AUDIENCE,
  'https://cloudpartner.azure.com',
  'https://graph.microsoft.com',
  'https://storage.azure.com',
  'https://management.azure.com',
]);

/**
 * Whether Entra knows the resource. *Observed*: with a trailing slash it issues a token too, whose audience has the
 * slash, and the submission API refuses that token.
 */
export function isKnownAudience(resource: string): boolean {
  return KNOWN.has(resource) || (resource.endsWith('/') && KNOWN.has(resource.slice(0, -1)));
}
