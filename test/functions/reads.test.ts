import { createHash } from 'node:crypto';
import { connectStorage } from '../../src/storage/connect';
import { storageAccount } from '../support/storage-account';
import type { FunctionServices } from '../../src/functions/services';
import { createHttpHost, type HttpHost } from './http-host';
import { put } from './releases';
import { aDocument, servicesOn } from './services';

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

const endedAt = '2026-11-20T11:00:00.000Z';
const touch = (id: string): Promise<unknown> =>
  services.releases.update(id, (record) => ({ ...record, view: { ...record.view, rev: record.view.rev + 1 } }));

describe('GET /releases/{id}', () => {
  test('has an ETag, and nothing to say to whoever has it', async () => {
    const id = await put(services);

    const first = await host.send('GET', `/releases/${id}`);
    const headers = { 'if-none-match': `W/${first.headers.get('etag')}, "other"` };
    const second = await host.send('GET', `/releases/${id}`, { headers });

    expect(first).toMatchObject({ status: 200, body: { id, state: 'running' } });
    expect(first.headers.get('etag')).toBe('"7"');
    expect(second.status).toBe(304);
    expect(second.headers.get('retry-after')).toBe('5');
  });

  test('holds the answer until the release changes', async () => {
    const id = await put(services);
    const held = host.send('GET', `/releases/${id}?wait=30`, { headers: { 'if-none-match': '"7"' } });
    const fresh = host.send('GET', `/releases/${id}?wait=30`);
    await host.send('GET', `/releases/${id}`);

    await touch(id);

    expect((await held).headers.get('etag')).toBe('"8"');
    expect((await fresh).status).toBe(200);
  });

  test('holds nothing where there is news already, or where the release has ended', async () => {
    const id = await put(services);
    const ended = await put(services, { state: 'succeeded', endedAt });

    const news = await host.send('GET', `/releases/${id}?wait=60`, { headers: { 'if-none-match': '"1"' } });
    const over = await host.send('GET', `/releases/${ended}?wait=60`, { headers: { 'if-none-match': '"7"' } });

    expect(news.status).toBe(200);
    expect(over.status).toBe(304);
    expect(over.headers.get('retry-after')).toBeNull();
  });

  test('ends the wait when the time is up', async () => {
    const id = await put(services);

    const same = await host.send('GET', `/releases/${id}?wait=1`, { headers: { 'if-none-match': '"7"' } });

    expect(same.status).toBe(304);
  });

  test.each(['61', '-1', '1.5', 'x', '1&wait=2'])('refuses ?wait=%s', async (wait) => {
    const answer = await host.send('GET', `/releases/rel_x?wait=${wait}`);

    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-parameter' } });
  });

  test('says when it is worth asking again', async () => {
    const soon = new Date(Date.now() + 40_000).toISOString();
    const polling = await put(services, { nextCheckAt: soon });
    const waiting = await put(services, { state: 'waiting' });

    const answers = await Promise.all([polling, waiting].map((id) => host.send('GET', `/releases/${id}`)));

    const [first, second] = answers.map(({ headers }) => Number(headers.get('retry-after')));
    expect(first).toBeGreaterThan(30);
    expect(second).toBe(30);
  });
});

describe('GET /releases', () => {
  test('filters by everything together, without steps', async () => {
    const wanted = await put(services, { account: 'filters', state: 'failed', endedAt, labels: { a: 'x=y', b: '1' } });
    await put(services, { account: 'filters', state: 'failed', endedAt, labels: { a: 'x' } });
    await put(services, { account: 'filters' });
    const query =
      'account=filters&state=failed&state=running&kind=store-app&product=9NBLGGH4R315&since=2026-01-01T00:00:00Z';

    const { status, body } = await host.send('GET', `/releases?${query}&label=a=x%3Dy&label=b=1`);

    expect(status).toBe(200);
    expect(body.value.map(({ id }) => id)).toEqual([wanted]);
    expect(body.value[0]).not.toHaveProperty('steps');
    expect(body.value[0]?.links['self']).toBe(`/api/releases/${wanted}`);
  });

  test('leads through all pages, newest first, by links that say everything', async () => {
    const made: string[] = [];
    for (let index = 0; index < 5; index += 1) made.unshift(await put(services, { account: 'pages' }));
    const found: string[] = [];

    let next: string | undefined = '/releases?account=pages&top=2';
    while (next !== undefined) {
      const { body } = await host.send('GET', next);
      found.push(...body.value.map(({ id }) => id));
      next = body.nextLink?.replace(/^\/api/, '');
    }

    expect(found).toEqual(made);
  });

  test.each([
    ['state=done', 'state'],
    ['top=0', 'top'],
    ['top=201', 'top'],
    ['label=x', 'label'],
    ['since=yesterday', 'since'],
    ['batch=b1', 'batch'],
    ['account=a&account=b', 'account'],
    ['continuation=k.nonsense', 'continuation'],
    ['continuation=t.e30', 'continuation'],
    ["product=9N' or true&kind=x", 'kind'],
  ])('refuses ?%s, naming %s', async (query, name) => {
    const answer = await host.send('GET', `/releases?${query}`);

    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid-parameter' } });
    expect(answer.body.detail).toContain(name);
  });

  test.each([
    [`product=${'x'.repeat(201)}`, 'product: at most 200 characters.'],
    ['continuation=', 'continuation: it is empty.'],
    ['continuation=x', 'continuation: it is not of this list; follow the nextLink of a page as it is.'],
    ['account=..', 'account: An account is named by letters, digits, "-" and "_".'],
    ['label=a=1&label=a=2', 'label: each label has one value.'],
    [
      Array.from({ length: 17 }, (_, index) => `label=a${index}=1`).join('&'),
      'label: it may be there 16 times at most.',
    ],
  ])('says in one sentence what is wrong with ?%.20s', async (query, detail) => {
    const answer = await host.send('GET', `/releases?${query}`);

    expect(answer.body.detail).toBe(detail);
  });

  test('takes a key in the address, and does not hand it out in links', async () => {
    await put(services, { account: 'key' });
    await put(services, { account: 'key' });

    const answer = await host.send('GET', `/releases?account=key&top=1&code=${host.keys.host}`, { key: null });

    expect(answer.status).toBe(200);
    expect(answer.body.nextLink).toMatch(/^\/api\/releases\?/);
    expect(answer.body.nextLink).not.toContain('code=');
  });
});

test('the document is as it was sent', async () => {
  const document = aDocument({ labels: { build: '9' } });
  const { body } = await host.send('POST', '/releases', { body: document });

  const answer = await host.send('GET', `/releases/${body.id}/document`);
  const missing = await host.send('GET', `/releases/${await put(services)}/document`);

  expect(answer).toMatchObject({ status: 200, body: document });
  expect(missing).toMatchObject({ status: 404, body: { code: 'document-not-found' } });
});

test('the timeline has what happened, oldest first, in pages', async () => {
  const id = await put(services);
  for (const seq of [1, 2, 3]) {
    const event = { type: 'step-skipped', step: 'certify', why: `reason ${seq}` } as const;
    await services.timeline.insert(id, { run: 1, seq, at: endedAt, events: [event] });
  }

  const first = await host.send('GET', `/releases/${id}/timeline?top=2`);
  const second = await host.send('GET', first.body.nextLink?.replace(/^\/api/, '') ?? '');

  expect(first.body.value.map(({ seq }) => seq)).toEqual([1, 2]);
  expect(second.body).toEqual({
    value: [{ run: 1, seq: 3, at: endedAt, event: { type: 'step-skipped', step: 'certify', why: 'reason 3' } }],
  });
});

test('an upload has a place until its bytes are there', async () => {
  const bytes = Buffer.from('bytes');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const request = { body: { sha256: sha256.toUpperCase(), size: bytes.length } };

  const pending = await host.send('POST', '/uploads', request);
  const { uploadUrl } = pending.body;
  await fetch(uploadUrl, { method: 'PUT', body: bytes, headers: { 'x-ms-blob-type': 'BlockBlob' } });
  const ready = await host.send('POST', '/uploads', request);

  expect(pending).toMatchObject({ status: 201, body: { id: `upl_${sha256}`, state: 'pending' } });
  expect(ready).toMatchObject({ status: 200, body: { id: `upl_${sha256}`, state: 'ready' } });
  expect(ready.body).not.toHaveProperty('uploadUrl');
});

test('accounts are listed and checked', async () => {
  const list = await host.send('GET', '/accounts');
  const check = await host.send('GET', '/accounts/contoso/check');
  const unknown = await host.send('GET', '/accounts/fabrikam/check');

  expect(list.body.value).toMatchObject([{ account: 'contoso', credential: { kind: 'managed-identity' } }]);
  expect(check).toMatchObject({ status: 200, body: { account: 'contoso', credential: { state: 'good' } } });
  expect(unknown).toMatchObject({ status: 404, body: { code: 'account-not-found' } });
});

test('what is open to all needs no key', async () => {
  const [health, openApi, schema, other] = await Promise.all(
    ['/health', '/openapi.json', '/schemas/release.json', '/schemas/other.json'].map((path) =>
      host.send('GET', path, { key: null }),
    ),
  );

  expect(health).toMatchObject({ status: 200, body: { status: 'ok' } });
  expect(health?.body).not.toHaveProperty('checks');
  expect(openApi).toMatchObject({ status: 200, body: { openapi: '3.1.0' } });
  expect(schema).toMatchObject({ status: 200, body: { title: 'Release document' } });
  expect(other).toMatchObject({ status: 404, body: { code: 'schema-not-found' } });
});

test('health says so when storage does not answer', async () => {
  const account = { connectionString: azurite.connectionString.replaceAll(/127\.0\.0\.1:\d+/g, '127.0.0.1:1') };
  const read = (): never => {
    throw new Error('no answer');
  };
  const broken = servicesOn(connectStorage(account));
  const down = await createHttpHost({ ...broken, releases: { ...broken.releases, read: async () => read() } });

  const answer = await down.send('GET', '/health', { key: null });

  down.close();
  expect(answer).toMatchObject({ status: 503, body: { status: 'unavailable' } });
  expect(answer.headers.get('retry-after')).toBe('10');
});
