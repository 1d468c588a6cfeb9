import { operations } from '../../src/contracts/operations';
import { connectStorage } from '../../src/storage/connect';
import { StorageError } from '../../src/storage/storage-error';
import { problemCatalogue } from '../../src/domain/problem-catalogue';
import { storageAccount } from '../support/storage-account';
import type { FunctionServices } from '../../src/functions/services';
import { createHttpHost, type HttpHost } from './http-host';
import { put } from './releases';
import { aDocument, servicesOn, settings } from './services';

const azurite = storageAccount();
let services: FunctionServices;
let host: HttpHost;

beforeAll(async () => {
  services = servicesOn(connectStorage({ connectionString: azurite.connectionString }));
  host = await createHttpHost(services);
});

afterAll(async () => {
  host.close();
});

describe('every function', () => {
  test('is closed to whoever has no key, but for what is open to all', () => {
    const functions = host.durable.app.registry.ofKind('http');

    const open = functions.filter(({ trigger }) => trigger['authLevel'] !== 'function').map(({ name }) => name);

    expect(functions).toHaveLength(Object.keys(operations).length);
    expect(open.sort()).toEqual(['GetHealth', 'GetOpenApi', 'GetSchema']);
  });

  test('opens with its own key, which opens nothing else', async () => {
    const key = host.keys.functions['startrelease'] ?? '';

    const own = await host.send('POST', '/releases', { body: aDocument(), key });
    const other = await host.send('POST', `/releases/${own.body.id}/approve`, { body: { gateId: 'g' }, key });

    expect(own.status).toBe(202);
    expect(other.status).toBe(401);
  });

  test('sends security headers, with problems too', async () => {
    const answers = [await host.send('GET', '/releases'), await host.send('GET', '/releases/none')];

    for (const { headers } of answers) {
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });
});

describe('a problem', () => {
  test('is told as RFC 9457 has it, with what to do and what finds it in the logs', async () => {
    const answer = await host.send('GET', '/releases/none');

    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.body).toEqual({
      type: 'docs/problems.md#release-not-found',
      title: problemCatalogue['release-not-found'].title,
      status: 404,
      detail: problemCatalogue['release-not-found'].title,
      code: 'release-not-found',
      remedy: problemCatalogue['release-not-found'].remedy,
      traceId: expect.stringMatching(/^[0-9a-f-]{32,36}$/),
    });
  });

  test('of ours shows nothing from inside, and is logged without secrets', async () => {
    const read = async (): Promise<never> => {
      throw new Error('boom at https://x.blob.core.windows.net/a?sv=1&sig=c2VjcmV0');
    };
    const broken = await createHttpHost({ ...services, releases: { ...services.releases, read } });

    const answer = await broken.send('GET', '/releases/rel_01JD5Z6M0V8K3T4Q2N7XW9YBCF');

    const logged = JSON.stringify(broken.durable.logs);
    broken.close();
    expect(answer).toMatchObject({ status: 500, body: { code: 'internal-error' } });
    expect(JSON.stringify(answer.body)).not.toContain('boom');
    expect(logged).toContain('boom');
    expect(logged).toContain(answer.body.traceId);
    expect(logged).not.toContain('c2VjcmV0');
  });

  test('of storage asks to come again', async () => {
    const list = async (): Promise<never> => {
      throw new StorageError('storage-unavailable', 'list releases failed: 503');
    };
    const broken = await createHttpHost({ ...services, releases: { ...services.releases, list } });

    const answer = await broken.send('GET', '/releases');

    broken.close();
    expect(answer).toMatchObject({ status: 503, body: { code: 'storage-unavailable' } });
    expect(answer.headers.get('retry-after')).toBe('10');
  });
});

describe('a POST', () => {
  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=latin1',
    'application/jsonp',
  ])('of %s is refused', async (type) => {
    const id = await put(services);

    const answer = await host.send('POST', `/releases/${id}/cancel`, { headers: { 'content-type': type }, raw: '{}' });

    expect(answer).toMatchObject({ status: 415, body: { code: 'unsupported-media-type' } });
  });

  test.each(['application/json', 'application/json;charset=UTF-8', 'Application/JSON; charset="utf-8"'])(
    'of %s is taken',
    async (type) => {
      const id = await put(services);

      const answer = await host.send('POST', `/releases/${id}/cancel`, {
        headers: { 'content-type': type },
        raw: '{}',
      });

      expect(answer.status).toBe(202);
    },
  );

  test('in pieces is refused with the remedy, where what it says could be left out too', async () => {
    const id = await put(services);
    const pieces = new ReadableStream({
      start: (stream) => {
        stream.enqueue(new TextEncoder().encode('{"abandon":true}'));
        stream.close();
      },
    });

    const answer = await fetch(`${host.url}/api/releases/${id}/cancel`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-functions-key': host.keys.host },
      body: pieces,
      duplex: 'half',
    });

    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      code: 'invalid-json',
      detail: expect.stringContaining('Content-Length') as string,
    });
  });

  test.each([
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ 'sec-fetch-site': 'same-origin' }, 202],
    [{ 'sec-fetch-site': 'none' }, 202],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
  ])('with %p is answered %i', async (headers, status) => {
    const id = await put(services);

    const answer = await host.send('POST', `/releases/${id}/cancel`, { headers, body: {} });

    expect(answer.status).toBe(status);
  });

  test('of its own origin is taken', async () => {
    const id = await put(services);

    const answer = await host.send('POST', `/releases/${id}/cancel`, { headers: { origin: host.url }, body: {} });

    expect(answer.status).toBe(202);
  });

  test('that is too large is refused', async () => {
    const raw = JSON.stringify({ ...aDocument(), labels: { a: 'x'.repeat(4 * 1024 * 1024) } });

    const large = await host.send('POST', '/releases', { raw });
    const small = await host.send('POST', '/uploads', { raw: JSON.stringify({ sha256: 'x'.repeat(70_000) }) });

    expect(large).toMatchObject({ status: 413, body: { code: 'too-large' } });
    expect(small).toMatchObject({ status: 413, body: { detail: 'At most 65536 bytes are taken.' } });
  });

  test('that is no JSON is told where it breaks off', async () => {
    const broken = await host.send('POST', '/releases', { raw: '{\n  "account": contoso }' });
    const latin = await host.send('POST', '/releases', { raw: new Uint8Array([0x7b, 0xff, 0x7d]) });

    expect(broken).toMatchObject({ status: 400, body: { code: 'invalid-json' } });
    expect(broken.body.detail).toContain('line 2, column 14');
    expect(latin.body.code).toBe('invalid-json');
  });

  test('with faults of JSON and of the contract is told of all of them', async () => {
    const raw =
      '{"account":"fabrikam","account":"fabrikam","target":{"kind":"store-app"},"__proto__":{"x":1},"changes":{"notesForCertification":"x"}}';

    const { status, body } = await host.send('POST', '/releases', { raw });

    expect(status).toBe(400);
    expect(body.detail).toBe('It has 4 faults.');
    expect(body.errors.map(({ pointer, code }) => [pointer, code])).toEqual([
      ['/account', 'duplicate-member'],
      ['/__proto__', 'forbidden-member'],
      ['/target/applicationId', 'missing-member'],
      ['/account', 'unknown-account'],
    ]);
  });

  test('with more faults than anybody reads is told how many there are', async () => {
    const unknown = Object.fromEntries(Array.from({ length: 150 }, (_, index) => [`x${index}`, 1]));

    const { body } = await host.send('POST', '/releases', { body: aDocument(unknown) });

    expect(body.detail).toBe('It has 150 faults; these are the first 100.');
    expect(body.errors).toHaveLength(100);
  });
});

describe('with Entra ID', () => {
  let signedIn: HttpHost;
  beforeAll(async () => {
    const own = { ...settings, callers: 'entra-id', fourEyes: true } as const;
    signedIn = await createHttpHost({ ...services, settings: own });
  });
  afterAll(() => signedIn.close());

  const as = (name: string, ...roles: string[]): { headers: Record<string, string>; key: null } => ({
    key: null,
    headers: {
      'x-signed-in-as': Buffer.from(
        JSON.stringify({
          auth_typ: 'aad',
          claims: [
            { typ: 'http://schemas.microsoft.com/identity/claims/objectidentifier', val: `oid-${name}` },
            ...(name.startsWith('app:')
              ? [{ typ: 'azp', val: name.slice(4) }]
              : [{ typ: 'preferred_username', val: name }]),
            ...roles.map((val) => ({ typ: 'roles', val })),
          ],
        }),
      ).toString('base64'),
    },
  });

  test.each([
    ['nobody', 'GET /releases', { key: null }, 401],
    ['garbage', 'GET /releases', { key: null, headers: { 'x-signed-in-as': 'e30' } }, 401],
    ['no role', 'GET /releases', as('ada'), 403],
    ['a reader', 'GET /releases', as('ada', 'reader'), 200],
    ['an approver', 'GET /releases', as('ada', 'approver'), 200],
    ['a publisher', 'GET /releases', as('ada', 'publisher'), 200],
    ['a reader', 'POST /uploads', as('ada', 'reader'), 403],
    ['an approver', 'POST /uploads', as('ada', 'approver'), 403],
    ['a publisher', 'POST /releases/rel_x/approve', as('ada', 'publisher'), 403],
    ['a publisher', 'POST /releases/rel_x/cancel', as('ada', 'publisher'), 404],
    ['a reader', 'POST /releases/plan', as('ada', 'reader'), 400],
    ['a reader', 'DELETE /accounts/x/store/add-ons/9NBLGGH4R315', as('ada', 'reader'), 403],
    ['an approver', 'DELETE /accounts/x/store/add-ons/9NBLGGH4R315', as('ada', 'approver'), 403],
    ['a publisher', 'DELETE /accounts/x/store/add-ons/9NBLGGH4R315', as('ada', 'publisher'), 404],
    ['nobody', 'GET /health', { key: null }, 200],
  ])('%s may or may not: %s', async (_who, request, options, status) => {
    const [method = '', path = ''] = request.split(' ');
    const answer = await signedIn.send(method, path, { ...options, ...(method === 'POST' ? { body: {} } : {}) });

    expect(answer.status).toBe(status);
  });

  test('does not believe a principal that a caller sends', async () => {
    const { 'x-signed-in-as': principal = '' } = as('ada', 'publisher', 'approver').headers;
    const headers = { 'x-ms-client-principal': principal, 'X-MS-Client-Principal-Id': 'oid-ada' };

    const answer = await signedIn.send('GET', '/releases', { key: null, headers });

    expect(answer.status).toBe(401);
  });

  test('records who is signed in, and refuses a claim', async () => {
    const release = await signedIn.send('POST', '/releases', {
      ...as('ada@contoso.com', 'publisher'),
      body: aDocument(),
    });
    const byApp = await signedIn.send('POST', '/releases', { ...as('app:42', 'publisher'), body: aDocument() });
    const claimed = await signedIn.send('POST', `/releases/${release.body.id}/cancel`, {
      ...as('ada@contoso.com', 'publisher'),
      body: { by: 'Eve' },
    });

    expect(release.body.requestedBy).toBe('ada@contoso.com');
    expect(byApp.body.requestedBy).toBe('app:42');
    expect(claimed).toMatchObject({ status: 400, body: { errors: [{ pointer: '/by', code: 'signed-in' }] } });
  });

  test('demands another person than the requester where the settings do', async () => {
    const id = await put(
      services,
      { requestedBy: 'ada@contoso.com' },
      { gate: { gateId: 'g', gate: 'commit', decision: null } },
    );
    const body = { gateId: 'g' };

    const same = await signedIn.send('POST', `/releases/${id}/approve`, { ...as('ada@contoso.com', 'approver'), body });
    const other = await signedIn.send('POST', `/releases/${id}/approve`, {
      ...as('bob@contoso.com', 'approver'),
      body,
    });

    expect(same).toMatchObject({ status: 403, body: { code: 'same-person' } });
    expect(other.status).toBe(202);
  });

  test('keeps the keys of callers apart', async () => {
    const body = aDocument();
    const send = (name: string): ReturnType<HttpHost['send']> => {
      const { headers } = as(name, 'publisher');
      return signedIn.send('POST', '/releases', { body, headers: { ...headers, 'Idempotency-Key': 'k' }, key: null });
    };

    const [ada, bob] = [await send('ada'), await send('bob')];

    expect(ada.body.id).not.toBe(bob.body.id);
  });

  test('shows the details of health to whoever is signed in', async () => {
    const answer = await signedIn.send('GET', '/health', as('ada'));

    expect(answer.body.checks).toMatchObject([{ name: 'storage', ok: true }, { name: 'accounts' }]);
  });
});

test('the principal header is worth nothing where callers have keys', async () => {
  const principal = Buffer.from(JSON.stringify({ claims: [{ typ: 'oid', val: 'x' }] })).toString('base64');
  const headers = { 'x-ms-client-principal': principal };

  const closed = await host.send('GET', '/releases', { headers, key: null });
  const health = await host.send('GET', '/health', { headers, key: null });

  expect(closed.status).toBe(401);
  expect(health.body).not.toHaveProperty('checks');
});
