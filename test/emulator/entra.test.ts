import { ClientCertificateCredential, ClientSecretCredential } from '@azure/identity';
import { rsaCertificate, type TestCertificate } from '../support/certificate';
import { emulatorForFile, APPS } from '../support/emulator';
import { postForm, send, token } from './api';

const STORE = 'https://manage.devcenter.microsoft.com';
const emulator = emulatorForFile();
beforeEach(() => emulator().reset());

const v1 = (fields: Record<string, string>, tenant = emulator().account.tenantId) =>
  postForm(`${emulator().https}/${tenant}/oauth2/token`, fields);
const v2 = (fields: Record<string, string>) =>
  postForm(`${emulator().https}/${emulator().account.tenantId}/oauth2/v2.0/token`, fields);
const good = () => ({
  grant_type: 'client_credentials',
  client_id: emulator().account.clientId,
  client_secret: emulator().account.clientSecret,
});
const listWith = (bearer: string) =>
  send(`${emulator().https}/v1.0/my/applications`, { headers: { authorization: `Bearer ${bearer}` } });

describe('R1: token endpoints', () => {
  test('v1 answers numbers as strings, with expires_on and resource', async () => {
    const reply = await v1({ ...good(), resource: STORE });

    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({
      token_type: 'Bearer',
      expires_in: '3599',
      ext_expires_in: '3599',
      resource: STORE,
    });
    expect(Number(reply.body.expires_on)).toBeGreaterThan(Date.now() / 1000 + 3500);
    expect(typeof reply.body.not_before).toBe('string');
  });

  test('v2 answers numbers, without expires_on and resource', async () => {
    const reply = await v2({ ...good(), scope: `${STORE}/.default` });

    expect(reply.body).toEqual({
      token_type: 'Bearer',
      expires_in: 3599,
      ext_expires_in: 3599,
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
    });
  });

  test('the tenant may be named by its domain', async () => {
    expect((await v1({ ...good(), resource: STORE }, 'contoso.example')).status).toBe(200);
  });

  test('CR LF around form fields is ignored', async () => {
    const { tenantId, clientId, clientSecret } = emulator().account;
    const body = [
      'grant_type=client_credentials',
      `client_id=${clientId}`,
      `client_secret=${encodeURIComponent(clientSecret)}`,
      `resource=${encodeURIComponent(STORE)}`,
    ].join('\r\n&');

    const reply = await send(`${emulator().https}/${tenantId}/oauth2/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
    });

    expect(reply.status).toBe(200);
  });

  test.each([
    ['wrong secret', { client_secret: 'nonsense' }, 401, 'invalid_client', 7000215],
    ['expired secret', { client_secret: 'Contoso~Expired~Secret' }, 401, 'invalid_client', 7000222],
    ['empty secret', { client_secret: '' }, 401, 'invalid_client', 7000216],
    ['unknown client', { client_id: '99999999-0000-4000-8000-000000000000' }, 400, 'unauthorized_client', 700016],
    [
      'client of another tenant',
      { client_id: '22222222-0000-4000-8000-0000000fab01' },
      400,
      'unauthorized_client',
      700016,
    ],
    ['unknown resource', { resource: 'https://nowhere.example' }, 400, 'invalid_resource', 500011],
    ['unsupported grant', { grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
  ])('v1 refuses: %s', async (...[, change, status, error, code]) => {
    const reply = await v1({ ...good(), resource: STORE, ...change });

    expect(reply.status).toBe(status);
    expect(reply.body).toMatchObject({
      error,
      error_codes: [code],
      error_uri: `https://login.microsoftonline.com/error?code=${code}`,
      trace_id: expect.any(String),
      correlation_id: expect.any(String),
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
    });
    expect(reply.body.error_description).toMatch(
      new RegExp(`^AADSTS${code}: .*\\r\\nTrace ID: .*\\r\\nCorrelation ID: .*\\r\\nTimestamp: `),
    );
  });

  test.each([
    ['missing secret', { client_secret: '' }, 401, 'invalid_client', 7000218],
    ['scope without /.default', { scope: STORE }, 400, 'invalid_scope', 1002012],
    ['unknown resource', { scope: 'https://nowhere.example/.default' }, 400, 'invalid_resource', 500011],
  ])('v2 refuses: %s', async (...[, change, status, error, code]) => {
    const reply = await v2({ ...good(), scope: `${STORE}/.default`, ...change });

    expect([reply.status, reply.body.error, reply.body.error_codes]).toEqual([status, error, [code]]);
  });

  test('an unknown tenant is refused', async () => {
    const reply = await v1({ ...good(), resource: STORE }, '99999999-0000-4000-8000-000000000000');

    expect([reply.status, reply.body.error, reply.body.error_codes]).toEqual([400, 'invalid_request', [90002]]);
  });
});

describe('R2: tokens at the submission API', () => {
  test('a token for the resource with a trailing slash is issued and then refused', async () => {
    const reply = await v1({ ...good(), resource: `${STORE}/` });

    expect(reply.status).toBe(200);
    expect((await listWith(reply.body.access_token)).status).toBe(401);
  });

  test('a token for another audience is refused', async () => {
    const vault = await token(emulator(), emulator().account, 'https://vault.azure.net/.default');

    const reply = await listWith(vault);

    expect(reply.status).toBe(401);
    expect(reply.body).toEqual({
      code: 'Unauthorized',
      message: `Identity cannot be authorized. CorrelationId: ${reply.headers.get('ms-correlationid')}`,
    });
  });

  test('a token expires by the clock of the emulator', async () => {
    const bearer = await token(emulator());
    expect((await listWith(bearer)).status).toBe(200);

    await emulator().actions.advanceClock('61m');

    expect((await listWith(bearer)).status).toBe(401);
    expect((await listWith(await token(emulator()))).status).toBe(200);
  });

  test('revoked, forged and absent tokens are refused', async () => {
    const bearer = await token(emulator());
    const [head, body] = bearer.split('.');
    await emulator().actions.revokeTokens();

    const replies = await Promise.all([
      listWith(bearer),
      listWith(`${head}.${body}.AAAA`),
      listWith('nonsense'),
      send(`${emulator().https}/v1.0/my/applications`),
    ]);

    expect(replies.map((reply) => reply.status)).toEqual([401, 401, 401, 401]);
    expect((await listWith(await token(emulator()))).status).toBe(200);
  });
});

describe('the real @azure/identity', () => {
  const options = () => ({ authorityHost: emulator().https, disableInstanceDiscovery: true });

  test('gets a token that the submission API takes', async () => {
    const { tenantId, clientId, clientSecret } = emulator().account;
    const credential = new ClientSecretCredential(tenantId, clientId, clientSecret, options());

    const { token: bearer } = await credential.getToken(`${STORE}/.default`);

    const reply = await send(`${emulator().https}/v1.0/my/applications/${APPS.published}`, {
      headers: { authorization: `Bearer ${bearer}` },
    });
    expect(reply.status).toBe(200);
  });

  test('reports a wrong secret with its AADSTS code', async () => {
    const { tenantId, clientId } = emulator().account;
    const credential = new ClientSecretCredential(tenantId, clientId, 'nonsense', options());

    await expect(credential.getToken(`${STORE}/.default`)).rejects.toThrow(/AADSTS7000215/);
  });

  test('signs in with a certificate that is registered, and not with another', async () => {
    const { tenantId, clientId } = emulator().account;
    const [mine, other] = [await rsaCertificate(), await rsaCertificate()];
    await emulator().actions.changeClient(clientId, { certificates: [mine.certificate] });
    const sign = (pem: TestCertificate) =>
      new ClientCertificateCredential(tenantId, clientId, { certificate: pem.privateKey + pem.certificate }, options());

    await expect(sign(mine).getToken(`${STORE}/.default`)).resolves.toMatchObject({ token: expect.any(String) });
    await expect(sign(other).getToken(`${STORE}/.default`)).rejects.toThrow(/AADSTS700027/);
  });

  test('is told to wait by a throttled token endpoint', async () => {
    const { tenantId, clientId, clientSecret } = emulator().account;
    emulator().actions.addFault({ operation: 'token', answer: { status: 429, retryAfter: { seconds: 0 } } });
    const credential = new ClientSecretCredential(tenantId, clientId, clientSecret, options());

    await credential.getToken(`${STORE}/.default`);

    expect(
      emulator()
        .actions.journal({ operation: 'token' })
        .map((entry) => entry.status),
    ).toEqual([429, 200]);
  });
});

test('instance discovery and keys point back at the emulator', async () => {
  const { https, account } = emulator();

  const instance = await send(
    `${https}/common/discovery/instance?api-version=1.1&authorization_endpoint=${encodeURIComponent(`${https}/${account.tenantId}/oauth2/v2.0/authorize`)}`,
  );
  const keys = await send(`${https}/${account.tenantId}/discovery/v2.0/keys`);

  expect(instance.body.tenant_discovery_endpoint).toBe(
    `${https}/${account.tenantId}/v2.0/.well-known/openid-configuration`,
  );
  expect(keys.body.keys[0]).toMatchObject({ kty: 'RSA', use: 'sig' });
});
