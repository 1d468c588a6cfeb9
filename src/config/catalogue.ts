import {
  accounts,
  duration,
  flag,
  headers,
  hosts,
  httpsUrl,
  oneOf,
  schedule,
  setting,
  text,
  wholeNumber,
  type Setting,
} from './setting';

const sampleAccounts = {
  contoso: {
    tenantId: '00000000-0000-0000-0000-000000000000',
    clientId: '00000000-0000-0000-0000-000000000000',
    credential: { kind: 'client-secret', secret: 'contoso-partner-center' },
  },
};

/** Every setting of the app. `docs/settings.md` and the sample of local settings are made from here. */
export const catalogue = {
  PUBLISHER_ACCOUNTS: setting({
    description:
      'The Partner Center accounts by name, as JSON: `tenantId`, `clientId` and `credential`. The credential names what Key Vault holds (`client-secret` with `secret`, `client-certificate` with `certificate`) or is a `managed-identity`; nothing here is secret.',
    default: '{}',
    sample: JSON.stringify(sampleAccounts),
    read: accounts,
  }),
  PUBLISHER_KEY_VAULT_URL: setting({
    description: 'The Key Vault that holds what accounts name. Needed as soon as one of them names something.',
    default: null,
    sample: 'https://contoso-publisher.vault.azure.net',
    read: httpsUrl,
  }),
  PUBLISHER_STORAGE: setting({
    description: 'Connection string of the storage account for tables and blobs. Absent = `AzureWebJobsStorage`.',
    default: null,
    sample: '',
    read: text,
  }),
  PUBLISHER_STORAGE__accountName: setting({
    description:
      'Name of the storage account instead, opened by the identity of the app. Absent = `AzureWebJobsStorage__accountName`.',
    default: null,
    sample: '',
    read: text,
  }),
  PUBLISHER_ALLOWED_HOSTS: setting({
    description:
      'Hosts that packages are read from, parted by commas: `packages.contoso.com`, `*.blob.core.windows.net`, with `:port` unless 443. Uploads always work.',
    default: '',
    read: hosts,
  }),
  PUBLISHER_ALLOW_LOOPBACK_SOURCES: setting({
    description: 'Lets allowed hosts be loopback addresses, without TLS too. For tests on one machine only.',
    default: 'false',
    read: flag,
  }),
  PUBLISHER_CALLERS: setting({
    description:
      'How callers prove who they are: `function-keys` in `x-functions-key`, or `entra-id` by App Service authentication with the app roles reader, publisher and approver.',
    default: 'function-keys',
    read: oneOf('function-keys', 'entra-id'),
  }),
  PUBLISHER_FOUR_EYES: setting({
    description: 'Whether another person than the requester must approve. Takes `entra-id`.',
    default: 'false',
    read: flag,
  }),
  PUBLISHER_STORE_API_URL: setting({
    description: 'The Microsoft Store submission API.',
    default: 'https://manage.devcenter.microsoft.com',
    read: httpsUrl,
  }),
  PUBLISHER_STORE_API_SCOPE: setting({
    description: 'What tokens for the Store submission API are asked for.',
    default: 'https://manage.devcenter.microsoft.com/.default',
    read: text,
  }),
  PUBLISHER_MARKETPLACE_API_URL: setting({
    description: 'The Partner Center submission API, for offers of the commercial marketplace.',
    default: 'https://api.partner.microsoft.com',
    read: httpsUrl,
  }),
  PUBLISHER_MARKETPLACE_API_SCOPE: setting({
    description: 'What tokens for the Partner Center submission API are asked for.',
    default: 'https://api.partner.microsoft.com/.default',
    read: text,
  }),
  PUBLISHER_MARKETPLACE_API_HEADERS: setting({
    description:
      'Headers that every request to the Partner Center submission API carries besides, as JSON: names and texts. Nothing secret, and none that the app sends itself.',
    default: '{}',
    read: headers,
  }),
  PUBLISHER_CLOUD_PARTNER_API_URL: setting({
    description: 'The Cloud Partner Portal API, for offers that are published through it.',
    default: 'https://cloudpartner.azure.com',
    read: httpsUrl,
  }),
  PUBLISHER_CLOUD_PARTNER_API_SCOPE: setting({
    description: 'What tokens for the Cloud Partner Portal API are asked for.',
    default: 'https://cloudpartner.azure.com/.default',
    read: text,
  }),
  PUBLISHER_AUTHORITY_HOST: setting({
    description: 'Entra ID.',
    default: 'https://login.microsoftonline.com',
    read: httpsUrl,
  }),
  PUBLISHER_REQUESTS_PER_MINUTE: setting({
    description: 'Requests to Partner Center per tenant and minute, all instances of the app together.',
    default: '20',
    read: wholeNumber(1, 1000),
  }),
  PUBLISHER_MARKETPLACE_REQUESTS_PER_MINUTE: setting({
    description:
      'Requests to each API of the commercial marketplace per tenant and minute, all instances of the app together. No limit is documented; people may use half of it for reads.',
    default: '120',
    read: wholeNumber(1, 1000),
  }),
  PUBLISHER_SECRET_PREFIX: setting({
    description:
      'How the names of those secrets in Key Vault begin that a release document may name as `{"$secret": "…"}`; empty = none.',
    default: 'release-',
    read: text,
  }),
  PUBLISHER_POLL_FLOOR: setting({
    description: 'The shortest time between two looks at a submission.',
    default: 'PT30S',
    read: duration('PT1S', 'PT1H'),
  }),
  PUBLISHER_SETTLE_TIME: setting({
    description:
      'How long Partner Center may take to show a change whose answer was lost. Only then is it sent again, if nothing shows.',
    default: 'PT1M',
    read: duration('PT1S', 'PT1H'),
  }),
  PUBLISHER_SLICE_TIME: setting({
    description: 'How long one activity hashes or uploads before the next one goes on where it was.',
    default: 'PT4M',
    read: duration('PT1S', 'PT5M'),
  }),
  PUBLISHER_PLAN_TIME: setting({
    description:
      'How long a plan may take within its request. One that takes longer is made in the background, and answered `202`.',
    default: 'PT90S',
    read: duration('PT0S', 'PT3M'),
  }),
  PUBLISHER_MAX_QUEUED_PER_TENANT: setting({
    description: 'Releases of one tenant that have not ended; more are refused with `queue-full`.',
    default: '200',
    read: wholeNumber(1, 100_000),
  }),
  PUBLISHER_RETENTION: setting({
    description: 'How long a release is kept after its end, with its key, document and timeline. The audit log stays.',
    default: 'P180D',
    read: duration('P1D', 'P3650D'),
  }),
  PUBLISHER_SWEEP_SCHEDULE: setting({
    description: 'When the sweep mends what a crash left behind and purges what is old: NCRONTAB, UTC.',
    default: '0 */5 * * * *',
    read: schedule,
  }),
} as const satisfies Record<string, Setting<unknown>>;

export type SettingName = keyof typeof catalogue;
