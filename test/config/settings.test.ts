import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../src/config/catalogue';
import { readSettings, SettingsError, type Environment } from '../../src/config/settings';

const minimal = { AzureWebJobsStorage: 'UseDevelopmentStorage=true' };
const account = {
  tenantId: 'contoso.onmicrosoft.com',
  clientId: '11111111-1111-4111-8111-111111111111',
  credential: { kind: 'client-secret', secret: 'contoso-secret' },
};

function faultsOf(environment: Environment): readonly string[] {
  try {
    readSettings({ ...minimal, ...environment });
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.faults.map(({ setting }) => setting);
    throw error;
  }
}

test('every setting but storage has a default', () => {
  expect(readSettings(minimal)).toEqual({
    accounts: {},
    keyVaultUrl: undefined,
    storage: { connectionString: 'UseDevelopmentStorage=true' },
    allowedHosts: [],
    allowLoopbackSources: false,
    callers: 'function-keys',
    fourEyes: false,
    storeApiUrl: 'https://manage.devcenter.microsoft.com',
    storeApiScope: 'https://manage.devcenter.microsoft.com/.default',
    marketplaceApiUrl: 'https://api.partner.microsoft.com',
    marketplaceApiScope: 'https://api.partner.microsoft.com/.default',
    marketplaceApiHeaders: {},
    cloudPartnerApiUrl: 'https://cloudpartner.azure.com',
    cloudPartnerApiScope: 'https://cloudpartner.azure.com/.default',
    authorityHost: 'https://login.microsoftonline.com',
    requestsPerMinute: 20,
    marketplaceRequestsPerMinute: 120,
    planMs: 90_000,
    secretPrefix: 'release-',
    pollFloorMs: 30_000,
    settleMs: 60_000,
    sliceMs: 240_000,
    maxQueuedPerTenant: 200,
    retentionMs: 180 * 86_400_000,
    sweepSchedule: '0 */5 * * * *',
  });
});

test('settings are read as they say', () => {
  const settings = readSettings({
    PUBLISHER_STORAGE__accountName: 'contosopublisher',
    AzureWebJobsStorage: 'UseDevelopmentStorage=true',
    PUBLISHER_ACCOUNTS: JSON.stringify({ contoso: account }),
    PUBLISHER_KEY_VAULT_URL: 'https://contoso.vault.azure.net/',
    PUBLISHER_ALLOWED_HOSTS: ' Packages.Contoso.com, *.blob.core.windows.net,,files.contoso.com:8443',
    PUBLISHER_CALLERS: 'entra-id',
    PUBLISHER_FOUR_EYES: 'true',
    WEBSITE_AUTH_ENABLED: 'True',
    PUBLISHER_POLL_FLOOR: 'PT1M30S',
    PUBLISHER_MARKETPLACE_API_HEADERS: '{"X-Contoso":"yes"}',
  });

  expect(settings).toMatchObject({
    storage: { accountName: 'contosopublisher' },
    accounts: { contoso: account },
    keyVaultUrl: 'https://contoso.vault.azure.net',
    allowedHosts: ['packages.contoso.com', '*.blob.core.windows.net', 'files.contoso.com:8443'],
    callers: 'entra-id',
    fourEyes: true,
    pollFloorMs: 90_000,
    marketplaceApiHeaders: { 'X-Contoso': 'yes' },
  });
});

test('what is read is frozen to the bottom', () => {
  const settings = readSettings({ ...minimal, PUBLISHER_ALLOWED_HOSTS: 'a.example' });

  expect(Object.isFrozen(settings)).toBe(true);
  expect(Object.isFrozen(settings.allowedHosts)).toBe(true);
});

test('an empty text is no setting', () => {
  expect(faultsOf(Object.fromEntries(Object.keys(catalogue).map((name) => [name, ''])))).toEqual([]);
});

test.each<[string, Environment, readonly string[]]>([
  ['no storage', { AzureWebJobsStorage: '' }, ['PUBLISHER_STORAGE']],
  ['no JSON', { PUBLISHER_ACCOUNTS: '{' }, ['PUBLISHER_ACCOUNTS']],
  [
    'an account without all it needs',
    { PUBLISHER_ACCOUNTS: '{"a":{"tenantId":"x"}}' },
    ['PUBLISHER_ACCOUNTS', 'PUBLISHER_ACCOUNTS'],
  ],
  [
    'no vault for what accounts name',
    { PUBLISHER_ACCOUNTS: JSON.stringify({ a: account }) },
    ['PUBLISHER_KEY_VAULT_URL'],
  ],
  ['a vault without TLS', { PUBLISHER_KEY_VAULT_URL: 'http://v' }, ['PUBLISHER_KEY_VAULT_URL']],
  ['an address with a query', { PUBLISHER_STORE_API_URL: 'https://a.example/?x=1' }, ['PUBLISHER_STORE_API_URL']],
  ['no host', { PUBLISHER_ALLOWED_HOSTS: 'https://a.example' }, ['PUBLISHER_ALLOWED_HOSTS']],
  ['every host', { PUBLISHER_ALLOWED_HOSTS: '*' }, ['PUBLISHER_ALLOWED_HOSTS']],
  ['no flag', { PUBLISHER_ALLOW_LOOPBACK_SOURCES: 'yes' }, ['PUBLISHER_ALLOW_LOOPBACK_SOURCES']],
  ['other callers', { PUBLISHER_CALLERS: 'everyone' }, ['PUBLISHER_CALLERS']],
  ['callers whom the platform does not sign in', { PUBLISHER_CALLERS: 'entra-id' }, ['PUBLISHER_CALLERS']],
  ['four eyes that nobody has', { PUBLISHER_FOUR_EYES: 'true' }, ['PUBLISHER_FOUR_EYES']],
  ['no number', { PUBLISHER_REQUESTS_PER_MINUTE: '1e3' }, ['PUBLISHER_REQUESTS_PER_MINUTE']],
  ['a number out of bounds', { PUBLISHER_REQUESTS_PER_MINUTE: '0' }, ['PUBLISHER_REQUESTS_PER_MINUTE']],
  ['no duration', { PUBLISHER_POLL_FLOOR: '30' }, ['PUBLISHER_POLL_FLOOR']],
  ['a duration out of bounds', { PUBLISHER_RETENTION: 'PT1H' }, ['PUBLISHER_RETENTION']],
  ['no schedule', { PUBLISHER_SWEEP_SCHEDULE: '*/5 * * * *' }, ['PUBLISHER_SWEEP_SCHEDULE']],
])('%s is a fault', (_what, environment, expected) => {
  expect(faultsOf(environment)).toEqual(expected);
});

test('all faults are named together, and no value is', () => {
  const environment = {
    PUBLISHER_CALLERS: 'sesame',
    PUBLISHER_POLL_FLOOR: 'sesame',
    PUBLISHER_ACCOUNTS: JSON.stringify({ a: { ...account, clientSecret: 'sesame' } }),
  };

  expect(() => readSettings(environment)).toThrow(SettingsError);
  const error = catchOf(() => readSettings(environment));
  for (const name of [...Object.keys(environment), 'PUBLISHER_STORAGE']) expect(error.message).toContain(name);
  expect(error.message).not.toContain('sesame');
});

test.each<[string, string]>([
  ['{oops', 'must be a JSON object: accounts by name'],
  ['[]', 'must be a JSON object: accounts by name'],
  [JSON.stringify({ 'a b': account }), 'at a b: the name must be letters, digits, - and _'],
  [JSON.stringify({ a: 1 }), 'at a: must be an object with tenantId, clientId and credential'],
  [
    JSON.stringify({ a: { ...account, clientId: 'x' } }),
    'at a.clientId: must be a GUID, as 00000000-0000-0000-0000-000000000000',
  ],
  [JSON.stringify({ a: { ...account, tenantId: undefined } }), 'at a.tenantId: must be a directory id or a domain'],
  [
    JSON.stringify({ a: { ...account, credential: { kind: 'password' } } }),
    'at a.credential.kind: must be of the kind client-secret, client-certificate or managed-identity',
  ],
  [
    JSON.stringify({ a: { ...account, credential: undefined } }),
    'at a.credential: must be of the kind client-secret, client-certificate or managed-identity',
  ],
  [
    JSON.stringify({ a: { ...account, credential: { kind: 'client-secret' } } }),
    'at a.credential.secret: must be the name of a Key Vault secret',
  ],
  [JSON.stringify({ a: { ...account, secret: 'x' } }), 'at a: nothing is known by the name secret'],
])('says what is wrong with the accounts %s', (accounts, message) => {
  const environment = { ...minimal, PUBLISHER_KEY_VAULT_URL: 'https://v.example', PUBLISHER_ACCOUNTS: accounts };

  const error = catchOf(() => readSettings(environment));

  expect(error.message).toBe(`The settings have faults:\n- PUBLISHER_ACCOUNTS ${message}`);
});

test.each<[string, string]>([
  ['{', 'must be a JSON object: texts by the names of headers'],
  ['[]', 'must be a JSON object: texts by the names of headers'],
  ['{"X-Count":1}', 'must be a JSON object: texts by the names of headers'],
  ['{"X Contoso":"sesame"}', 'at "X Contoso": is no name of a header'],
  ['{"authorization":"sesame"}', 'at "authorization": is sent by the app itself: leave it out'],
  ['{"If-Match":"sesame"}', 'at "If-Match": is sent by the app itself: leave it out'],
  ['{"X-Contoso":"sesame\\r\\nHost: other"}', 'at "X-Contoso": its text must be of printable ASCII characters'],
])('says what is wrong with the headers %s', (headers, message) => {
  const error = catchOf(() => readSettings({ ...minimal, PUBLISHER_MARKETPLACE_API_HEADERS: headers }));

  expect(error.message).toBe(`The settings have faults:\n- PUBLISHER_MARKETPLACE_API_HEADERS ${message}`);
});

describe('the sample of local settings', () => {
  const sample = JSON.parse(readFileSync(join(__dirname, '../../local.settings.sample.json'), 'utf8'));

  test('has every setting and works as it is', () => {
    expect(Object.keys(sample.Values)).toEqual(expect.arrayContaining(Object.keys(catalogue)));
    expect(() => readSettings(sample.Values)).not.toThrow();
  });

  test('holds no secret', () => {
    expect(JSON.stringify(sample)).not.toMatch(/AccountKey|SharedAccess|password|client_secret/i);
  });
});

function catchOf(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error('nothing was thrown');
}
