/** What is wrong, what to do, and whether waiting may help. */
interface Remedy {
  readonly title: string;
  readonly remedy: string;
  readonly retryable: boolean;
}

const lasting = (title: string, remedy: string): Remedy => ({ title, remedy, retryable: false });
const passing = (title: string, remedy: string): Remedy => ({ title, remedy, retryable: true });

/** Every way in which an account can fail to get a token. Codes are part of the contract: add, never rename. */
export const remedies = {
  'unknown-account': lasting(
    'The account is not configured',
    'Add it to PUBLISHER_ACCOUNTS, or name one that GET /accounts lists.',
  ),
  'wrong-secret': lasting(
    'Entra ID says that the client secret is wrong',
    'Store the value (not the id) of a client secret of the Entra application in Key Vault under the name that the account gives.',
  ),
  'expired-secret': lasting(
    'The client secret has expired',
    'Make a new client secret for the Entra application and store it in Key Vault under the same name; it is picked up by itself.',
  ),
  'certificate-refused': lasting(
    'Entra ID refused the certificate',
    'Upload the public part of the certificate that Key Vault holds to the Entra application, and renew it if it has expired.',
  ),
  'certificate-unreadable': lasting(
    'The certificate in Key Vault cannot be read',
    'Store PEM with private key and certificate, or PKCS#12 in base64 without a password, with an RSA key that may be exported.',
  ),
  'federation-refused': lasting(
    'Entra ID refused the managed identity as federated credential',
    "Add a federated credential to the Entra application: issuer of this app's tenant, subject the object id of the managed identity, audience api://AzureADTokenExchange.",
  ),
  'identity-unavailable': lasting(
    'This app has no managed identity that answers',
    'Assign the managed identity to the function app, and check managedIdentityClientId of the account.',
  ),
  'unknown-client': lasting(
    'The tenant does not know the client id',
    'Check clientId and tenantId of the account: the Entra application must be in that tenant.',
  ),
  'disabled-client': lasting(
    'The Entra application is disabled',
    'Enable sign-in for the enterprise application in Entra ID, or name another clientId.',
  ),
  'unknown-tenant': lasting(
    'The tenant does not exist',
    'Check tenantId of the account: the directory id from the Entra portal.',
  ),
  'unknown-resource': lasting(
    'The tenant does not know the service that the token is for',
    'Check the token scope of this app (https://manage.devcenter.microsoft.com/.default), and that the tenant is associated with Partner Center.',
  ),
  'policy-refused': lasting(
    'A policy of the tenant keeps the Entra application out',
    'Look at the sign-in logs of service principals in Entra ID with the trace id, and exempt the application from the policy.',
  ),
  'sign-in-refused': lasting(
    'Entra ID refused the sign-in',
    'Look up the AADSTS number, and the sign-in logs of service principals in Entra ID with the trace id.',
  ),
  throttled: passing('Entra ID asks to wait', 'Nothing: it is tried again later.'),
  'entra-unreachable': passing(
    'Entra ID does not answer',
    'Check the outgoing network of this app, and the health of Entra ID.',
  ),
  'secret-missing': lasting(
    'The secret is not in Key Vault',
    'Store it there under the name that the account gives, and check the address of the vault.',
  ),
  'secret-disabled': lasting(
    'The secret in Key Vault is disabled or not valid yet',
    'Enable its latest version in Key Vault.',
  ),
  'secret-empty': lasting('The secret in Key Vault is empty', 'Store a value under this name.'),
  'vault-forbidden': lasting(
    'Key Vault does not let this app read the secret',
    'Give the identity of this app the role Key Vault Secrets User on the vault, and let the network of this app through its firewall.',
  ),
  'vault-sign-in-failed': lasting(
    'This app could not sign in to Key Vault',
    'Assign a managed identity to the function app, or sign in on this machine; check that vault and identity are in one tenant.',
  ),
  'vault-throttled': passing('Key Vault asks to wait', 'Nothing: it is tried again later.'),
  'vault-unreachable': passing(
    'Key Vault does not answer',
    'Check the address of the vault and the outgoing network of this app.',
  ),
} as const satisfies Record<string, Remedy>;

/** Why there is no token. */
export type AccountErrorCode = keyof typeof remedies;
