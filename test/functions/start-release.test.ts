import { storageAccount } from '../support/storage-account';
import { connectStorage, type Storage } from '../../src/storage/connect';
import { documents } from '../../src/storage/documents';
import { releases } from '../../src/storage/releases';
import { createHttpHost, type HttpHost } from './http-host';
import { aDocument, servicesOn, settings, tenantId } from './services';

const azurite = storageAccount();
let storage: Storage;
let host: HttpHost;

beforeAll(async () => {
  storage = connectStorage({ connectionString: azurite.connectionString });
  host = await createHttpHost(servicesOn(storage));
});

afterAll(async () => {
  host.close();
});

const url = 'https://packages.contoso.com/app.msix?sig=top-secret';
const withPackage = (address = url): Record<string, unknown> =>
  aDocument({ packages: [{ fileName: 'app.msix', source: { url: address } }] });

describe('POST /releases', () => {
  test('stores the release, starts its run and says where it is', async () => {
    const answer = await host.send('POST', '/releases', { body: aDocument({ labels: { build: '7' } }) });

    const { id } = answer.body;
    expect(answer.status).toBe(202);
    expect(answer.headers.get('location')).toBe(`/api/releases/${id}`);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(answer.body).toMatchObject({ state: 'queued', run: 1, account: 'contoso', labels: { build: '7' } });
    expect(answer.body.links).toEqual({
      self: `/api/releases/${id}`,
      plan: `/api/releases/${id}/plan`,
      document: `/api/releases/${id}/document`,
      timeline: `/api/releases/${id}/timeline`,
    });
    expect(answer.body).not.toHaveProperty('rev');
    await host.durable.settle();
    expect(host.runs).toContainEqual({ releaseId: id, run: 1 });
    expect(host.durable.status(`${id}-1`)?.runtimeStatus).toBe('Running');
  });

  test('leads the same key with the same document to the same release', async () => {
    const body = aDocument();
    const headers = { 'Idempotency-Key': 'build 20261120.4' };

    const first = await host.send('POST', '/releases', { body, headers });
    const second = await host.send('POST', '/releases', { body: reordered(body), headers });

    expect([first.status, second.status]).toEqual([202, 200]);
    expect(second.body.id).toBe(first.body.id);
    expect(host.runs.filter((run) => run.releaseId === first.body.id)).toHaveLength(1);
  });

  test('makes one release of the same key sent many times at once', async () => {
    const body = aDocument();
    const headers = { 'Idempotency-Key': 'at once' };

    const answers = await Promise.all(
      Array.from({ length: 6 }, () => host.send('POST', '/releases', { body, headers })),
    );

    await host.durable.settle();
    const ids = new Set(answers.map((answer) => answer.body.id));
    expect(ids.size).toBe(1);
    expect(answers.map(({ status }) => status).filter((status) => status === 202)).toHaveLength(1);
    expect(host.runs.filter((run) => ids.has(run.releaseId))).toHaveLength(1);
  });

  test('makes one release of the same document sent without a key, until it has ended', async () => {
    const body = aDocument();
    const first = await host.send('POST', '/releases', { body });
    const second = await host.send('POST', '/releases', { body });
    await servicesOn(storage).releases.update(first.body.id, (record) => ({
      ...record,
      view: { ...record.view, state: 'succeeded', endedAt: record.view.updatedAt },
    }));

    const third = await host.send('POST', '/releases', { body });

    expect([first.status, second.status, third.status]).toEqual([202, 200, 202]);
    expect(second.body.id).toBe(first.body.id);
    expect(third.body.id).not.toBe(first.body.id);
  });

  test('refuses a key that came with another document', async () => {
    const headers = { 'Idempotency-Key': 'reused' };
    await host.send('POST', '/releases', { body: aDocument(), headers });

    const answer = await host.send('POST', '/releases', { body: aDocument(), headers });

    expect(answer.status).toBe(422);
    expect(answer.body.code).toBe('idempotency-key-reused');
  });

  test.each([
    ['', 'empty'],
    ['x'.repeat(129), 'too long'],
    ['käse', 'not ASCII'],
  ])('refuses the key %p (%s)', async (key) => {
    const answer = await host.send('POST', '/releases', {
      body: aDocument(),
      headers: { 'Idempotency-Key': Buffer.from(key).toString('latin1') },
    });

    expect(answer.status).toBe(400);
    expect(answer.body.code).toBe('invalid-parameter');
  });

  test('says that a release was purged', async () => {
    const services = servicesOn(storage);
    const request = { body: aDocument(), headers: { 'Idempotency-Key': 'purged' } };
    const { body } = await host.send('POST', '/releases', request);
    await services.releases.update(body.id, (record) => ({
      ...record,
      view: { ...record.view, state: 'succeeded', endedAt: '2020-01-01T00:00:00.000Z' },
    }));
    await services.purge.sweep({ endedBefore: new Date('2020-02-01'), now: new Date() });

    const answer = await host.send('POST', '/releases', request);

    expect(answer.status).toBe(410);
    expect(answer.body).toMatchObject({ code: 'release-purged' });
  });

  test('shows the query of an address nowhere, and takes a fresh signature for the same document', async () => {
    const body = withPackage();
    const first = await host.send('POST', '/releases', { body });
    const again = structuredClone(body);
    Object.assign(again, { packages: [{ fileName: 'app.msix', source: { url: url.replace('top', 'fresh') } }] });

    const second = await host.send('POST', '/releases', { body: again });

    const document = await host.send('GET', `/releases/${first.body.id}/document`);
    expect(second.body.id).toBe(first.body.id);
    expect(document.body).toMatchObject({
      packages: [{ source: { url: 'https://packages.contoso.com/app.msix' } }],
    });
    expect(JSON.stringify([first.body, second.body, document.body])).not.toContain('secret');
    const whole = await documents(storage).readWhole(first.body.id);
    expect(JSON.stringify(whole)).toContain('fresh-secret');
  });

  test('refuses more releases of a tenant than may wait, but no repetition', async () => {
    const own = { ...settings, maxQueuedPerTenant: 0 };
    const full = await createHttpHost(servicesOn(storage, { settings: own }));
    const known = aDocument();
    await host.send('POST', '/releases', { body: known });

    const answer = await full.send('POST', '/releases', { body: aDocument() });
    const repeated = await full.send('POST', '/releases', { body: known });

    full.close();
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toBe('60');
    expect(answer.body.code).toBe('queue-full');
    expect(repeated.status).toBe(200);
  });

  test('counts the releases of a tenant anew for each that comes', async () => {
    const tenant = 'counted';
    const accounts = {
      ...servicesOn(storage).accounts,
      describeAccounts: () => [
        { account: 'contoso', tenantId: tenant, clientId: tenantId, credential: { kind: 'managed-identity' as const } },
      ],
    };
    const own = { ...settings, maxQueuedPerTenant: 2 };
    const narrow = await createHttpHost(servicesOn(storage, { settings: own, accounts }));
    const statuses: number[] = [];

    for (let index = 0; index < 3; index += 1) {
      statuses.push((await narrow.send('POST', '/releases', { body: aDocument() })).status);
    }

    narrow.close();
    expect(statuses).toEqual([202, 202, 429]);
  });

  test('writes who asked for what into the audit log', async () => {
    const { body } = await host.send('POST', '/releases', { body: aDocument() });

    const record = (await servicesOn(storage).releases.read(body.id))?.record;
    expect(record).toMatchObject({ tenant: tenantId, product: '9NBLGGH4R315', pendingAudit: [] });
  });
});

function reordered(document: object): object {
  return Object.fromEntries(Object.entries(document).reverse());
}

describe('a repetition with a fresh signature', () => {
  const fresh = 'https://packages.contoso.com/app.msix?sig=renewed-secret';
  const urlOf = (document: unknown): string | undefined =>
    (document as { packages: { source: { url: string } }[] } | undefined)?.packages[0]?.source.url;

  test('gives the run the signature that works', async () => {
    const headers = { 'Idempotency-Key': 'signed anew' };
    const body = withPackage();
    const first = await host.send('POST', '/releases', { body, headers });

    const again = { ...body, packages: [{ fileName: 'app.msix', source: { url: fresh } }] };
    const second = await host.send('POST', '/releases', { body: again, headers });

    expect(second).toMatchObject({ status: 200, body: { id: first.body.id } });
    expect(urlOf(await documents(storage).readWhole(first.body.id))).toBe(fresh);
  });

  test('leaves no signature behind when the release ends at the same time', async () => {
    const stored = documents(storage);
    const records = releases(storage);
    const endsMeanwhile = {
      ...stored,
      reseal: async (id: string, document: unknown) => {
        await records.update(id, (record) => ({ ...record, view: { ...record.view, state: 'succeeded' } }));
        await stored.deleteSealed(id);
        await stored.reseal(id, document);
      },
    };
    const racing = await createHttpHost(servicesOn(storage, { documents: endsMeanwhile }));
    const request = { body: withPackage(), headers: { 'Idempotency-Key': 'ends meanwhile' } };
    const first = await racing.send('POST', '/releases', request);

    await racing.send('POST', '/releases', request);

    racing.close();
    expect(urlOf(await stored.readWhole(first.body.id))).toBe('https://packages.contoso.com/app.msix');
  });
});
