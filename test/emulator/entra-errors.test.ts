import { ClientAssertionCredential, ClientSecretCredential } from '@azure/identity';
import { createHash, createPrivateKey, randomUUID, sign, X509Certificate } from 'node:crypto';
import { rsaCertificate, type TestCertificate } from '../support/certificate';
import { APPS, CLIENTS, emulatorForFile } from '../support/emulator';
import { postForm, send, token, type Reply } from './api';

const STORE = 'https://manage.devcenter.microsoft.com';
const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const emulator = emulatorForFile();
let certificate: TestCertificate;
beforeAll(async () => {
  certificate = await rsaCertificate();
});
beforeEach(() => emulator().reset());

const endpoint = (tenant = emulator().account.tenantId) => `${emulator().https}/${tenant}/oauth2/v2.0/token`;
const good = () => ({
  grant_type: 'client_credentials',
  client_id: emulator().account.clientId,
  client_secret: emulator().account.clientSecret,
  scope: `${STORE}/.default`,
});

function ask(change: Record<string, string | undefined>, tenant?: string): Promise<Reply> {
  const fields = Object.entries({ ...good(), ...change }).filter(([, value]) => value !== undefined);
  return postForm(endpoint(tenant), Object.fromEntries(fields));
}

/** Status, `error` and AADSTS number of a refusal whose body is complete. */
function refusalOf({ status, body, headers }: Reply): [number, string, number] {
  const [code] = body.error_codes as [number];
  expect(body).toEqual({
    error: expect.any(String),
    error_description: expect.any(String),
    error_codes: [code],
    timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/),
    trace_id: headers.get('x-ms-request-id'),
    correlation_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    error_uri: `https://login.microsoftonline.com/error?code=${code}`,
  });
  const { trace_id: trace, correlation_id: correlation, timestamp } = body as Record<string, string>;
  const [first, ...lines] = (body.error_description as string).split('\r\n');
  expect(first).toMatch(new RegExp(`^AADSTS${code}: .`));
  expect(lines).toEqual([`Trace ID: ${trace}`, `Correlation ID: ${correlation}`, `Timestamp: ${timestamp}`]);
  return [status, body.error as string, code];
}

test.each([
  ['no grant type', { grant_type: undefined }, [400, 'invalid_request', 900144]],
  ['another grant', { grant_type: 'password' }, [400, 'unsupported_grant_type', 70003]],
  ['no client', { client_id: undefined }, [400, 'invalid_request', 900144]],
  ['the empty client', { client_id: '00000000-0000-0000-0000-000000000000' }, [400, 'unauthorized_client', 700038]],
  ['an unknown client', { client_id: randomUUID() }, [400, 'unauthorized_client', 700016]],
  ['no credential', { client_secret: undefined }, [401, 'invalid_client', 7000218]],
  ['a wrong secret', { client_secret: 'nonsense' }, [401, 'invalid_client', 7000215]],
  ['an expired secret', { client_secret: 'Contoso~Expired~Secret' }, [401, 'invalid_client', 7000222]],
  ['no scope', { scope: undefined }, [400, 'invalid_request', 900144]],
  ['a scope without /.default', { scope: STORE }, [400, 'invalid_scope', 1002012]],
  ['a scope of nothing', { scope: '/.default' }, [400, 'invalid_scope', 70011]],
  ['two resources', { scope: `${STORE}/.default https://vault.azure.net/.default` }, [400, 'invalid_scope', 28000]],
  ['an unknown resource', { scope: 'https://nowhere.example/.default' }, [400, 'invalid_resource', 500011]],
])('%s is refused', async (_what, change, expected) => {
  expect(refusalOf(await ask(change))).toEqual(expected);
});

test.each([
  ['is not there', randomUUID(), [400, 'invalid_request', 90002]],
  ['is a domain of nobody', 'nobody.example', [400, 'invalid_request', 90002]],
  ['is no name of one', 'nonsense', [400, 'invalid_request', 900023]],
])('a tenant that %s is refused, by token and discovery alike', async (_what, tenant, expected) => {
  const discovery = await send(`${emulator().https}/${tenant}/v2.0/.well-known/openid-configuration`);

  expect([refusalOf(await ask({}, tenant)), refusalOf(discovery)]).toEqual([expected, expected]);
});

test('a disabled client is refused', async () => {
  await emulator().actions.changeClient(emulator().account.clientId, { disabled: true });

  expect(refusalOf(await ask({}))).toEqual([400, 'unauthorized_client', 7000112]);
});

test.each([53003, 7000229, 50196, 700213, 90033, 12345])(
  'any other error, such as %i, comes by a fault',
  async (code) => {
    emulator().actions.addFault({ operation: 'token', answer: { status: 400, aadsts: code } });

    expect(refusalOf(await ask({}))).toEqual([400, expect.any(String), code]);
  },
);

test('the client-request-id is the correlation id, and comes back when it is asked for', async () => {
  const id = randomUUID();
  const body = new URLSearchParams({ ...good(), client_secret: 'nonsense' });
  const asked = { 'client-request-id': id, 'return-client-request-id': 'true' };

  const refused = await send(endpoint(), { method: 'POST', body, headers: asked });
  const silent = await send(endpoint(), { method: 'POST', body, headers: { 'client-request-id': id } });
  const taken = await send(endpoint(), { method: 'POST', body: new URLSearchParams(good()), headers: asked });
  const inForm = await ask({ client_secret: 'nonsense', 'client-request-id': id });

  expect([refused, silent, inForm].map((reply): unknown => reply.body.correlation_id)).toEqual([id, id, id]);
  expect([refused, silent, taken].map((reply) => reply.headers.get('client-request-id'))).toEqual([id, null, id]);
});

describe('a client assertion', () => {
  const now = () => Math.floor(Date.now() / 1000);
  const claims = () => ({
    aud: endpoint(),
    iss: emulator().account.clientId,
    sub: emulator().account.clientId,
    jti: randomUUID(),
    nbf: now() - 5,
    exp: now() + 300,
  });

  /** What `ClientAssertionCredential` shows Entra. */
  function assertion(change: object, signature?: string): string {
    const thumbprint = createHash('sha256')
      .update(new X509Certificate(certificate.certificate).raw)
      .digest('base64url');
    const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${encode({ alg: 'RS256', typ: 'JWT', 'x5t#S256': thumbprint })}.${encode({ ...claims(), ...change })}`;
    return `${signed}.${signature ?? sign('sha256', Buffer.from(signed), createPrivateKey(certificate.privateKey)).toString('base64url')}`;
  }

  function signIn(text: string): Promise<unknown> {
    const { tenantId, clientId } = emulator().account;
    const options = { authorityHost: emulator().https, disableInstanceDiscovery: true };
    return new ClientAssertionCredential(tenantId, clientId, async () => text, options).getToken(`${STORE}/.default`);
  }

  beforeEach(() =>
    emulator().actions.changeClient(emulator().account.clientId, { certificates: [certificate.certificate] }),
  );

  test('of a registered certificate is taken from the real client', async () => {
    await expect(signIn(assertion({}))).resolves.toMatchObject({ token: expect.any(String) });
  });

  test.each([
    ['that is none', () => 'nonsense', 50027, 400],
    ['with a wrong signature', () => assertion({}, 'AAAA'), 700027, 401],
    ['of another client', () => assertion({ iss: CLIENTS.reader.clientId }), 700021, 401],
    ['about another client', () => assertion({ sub: CLIENTS.reader.clientId }), 700021, 401],
    ['for another audience', () => assertion({ aud: 'https://login.example/token' }), 700023, 401],
    ['that has expired', () => assertion({ exp: now() - 600 }), 700024, 401],
    ['of the future', () => assertion({ nbf: now() + 3600 }), 700024, 401],
    ['of another service', () => assertion({ iss: 'https://token.example' }), 700211, 401],
  ])('%s is refused with its number, which the real client tells', async (_what, make, code, status) => {
    const raw = await ask({ client_secret: undefined, client_assertion_type: JWT_BEARER, client_assertion: make() });

    expect(refusalOf(raw)).toEqual([status, expect.any(String), code]);
    await expect(signIn(make())).rejects.toThrow(new RegExp(`AADSTS${code}`));
  });

  test('by a certificate that is not registered is refused', async () => {
    await emulator().actions.changeClient(emulator().account.clientId, { certificates: [] });

    await expect(signIn(assertion({}))).rejects.toThrow(/AADSTS700027/);
  });
});

test.each([
  // Its discovery fails before it asks for a token, and the client keeps the number to itself.
  ['an unknown tenant', { tenant: randomUUID() }, /endpoints_resolution_error/],
  ['an unknown client', { client: randomUUID() }, /AADSTS700016/],
  ['an expired secret', { secret: 'Contoso~Expired~Secret' }, /AADSTS7000222/],
  ['an unknown resource', { scope: 'https://nowhere.example/.default' }, /AADSTS500011/],
  ['a scope without /.default', { scope: STORE }, /AADSTS1002012/],
])('the real client is told: %s', async (_what, change, message) => {
  const { tenantId, clientId, clientSecret } = emulator().account;
  const asked = { tenant: tenantId, client: clientId, secret: clientSecret, scope: `${STORE}/.default`, ...change };
  const options = { authorityHost: emulator().https, disableInstanceDiscovery: true };
  const credential = new ClientSecretCredential(asked.tenant, asked.client, asked.secret, options);

  await expect(credential.getToken(asked.scope)).rejects.toThrow(message);
});

test('tokens of another tenant, of no user and of a weak role are told apart by the submission API', async () => {
  const { https } = emulator();
  const foreign = await postForm(`${https}/fabrikam.example/oauth2/v2.0/token`, {
    ...good(),
    client_id: '22222222-0000-4000-8000-0000000fab01',
    client_secret: 'Fabrikam~Emulator~Secret',
  });
  const call = async (bearer: string, method = 'GET'): Promise<unknown[]> => {
    const headers = { authorization: `Bearer ${bearer}` };
    const { status, body } = await send(
      `${https}/v1.0/my/applications/${APPS.published}${method === 'POST' ? '/submissions' : ''}`,
      { method, headers },
    );
    return [status, body?.code as unknown];
  };

  expect(await call(foreign.body.access_token as string)).toEqual([403, undefined]);
  expect(await call(await token(emulator(), CLIENTS.stranger))).toEqual([401, 'Unauthorized']);
  expect(await call(await token(emulator(), CLIENTS.reader))).toEqual([200, undefined]);
  expect(await call(await token(emulator(), CLIENTS.reader), 'POST')).toEqual([403, undefined]);
});

test('discovery names endpoints that are there, for both versions', async () => {
  const { https, account } = emulator();
  for (const version of ['', '/v2.0']) {
    const { body } = await send(`${https}/${account.tenantId}${version}/.well-known/openid-configuration`);
    const keys = await send(String(body.jwks_uri));
    const issued = await postForm(String(body.token_endpoint), { ...good(), resource: STORE });

    expect(keys.body.keys).toHaveLength(1);
    expect([issued.status, typeof issued.body.expires_in]).toEqual([200, version === '' ? 'string' : 'number']);
  }
});
