import { z } from 'zod';

const secretForm = 'must be the name of a Key Vault secret';
const secretName = z.string(secretForm).regex(/^[0-9A-Za-z-]{1,127}$/, secretForm);

const guid = z.guid('must be a GUID, as 00000000-0000-0000-0000-000000000000');

/**
 * How an account proves who it is. Nothing here is secret: secrets are named, and read from Key Vault at run time.
 * - `client-secret`: `secret` names the Key Vault secret that holds it
 * - `client-certificate`: `certificate` names the Key Vault secret (or certificate) that holds PEM, or PKCS#12 in base64
 * - `managed-identity`: the identity of this app, trusted by the Entra application as federated credential
 */
const AccountCredential = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('client-secret'), secret: secretName }),
    z.strictObject({ kind: z.literal('client-certificate'), certificate: secretName }),
    z.strictObject({ kind: z.literal('managed-identity'), managedIdentityClientId: guid.optional() }),
  ],
  'must be of the kind client-secret, client-certificate or managed-identity',
);

const tenantForm = 'must be a directory id or a domain';

/** A Partner Center account: the Entra application that acts for it, and how that one signs in. */
export const Account = z.strictObject(
  {
    /** Directory id, or a verified domain of it. */
    tenantId: z.string(tenantForm).regex(/^[0-9A-Za-z][0-9A-Za-z.-]*$/, tenantForm),
    clientId: guid,
    credential: AccountCredential,
  },
  'must be an object with tenantId, clientId and credential',
);
export type Account = z.output<typeof Account>;

/** The configured accounts by name. Names are part of addresses. */
export const AccountMap = z.record(
  z.string().regex(/^[0-9A-Za-z][0-9A-Za-z_-]{0,62}$/, 'must be letters, digits, - and _'),
  Account,
);
export type AccountMap = z.output<typeof AccountMap>;
