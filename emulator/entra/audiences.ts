/** Identifiers of the services that tokens can be asked for. */
export const STORE_AUDIENCE = 'https://manage.devcenter.microsoft.com';
export const VAULT_AUDIENCE = 'https://vault.azure.net';
export const CLOUD_PARTNER_AUDIENCE = 'https://cloudpartner.azure.com';

const KNOWN = new Set([
  STORE_AUDIENCE,
  VAULT_AUDIENCE,
  'https://api.store.microsoft.com',
  'https://api.partner.microsoft.com',
  CLOUD_PARTNER_AUDIENCE,
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
