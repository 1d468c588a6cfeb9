import fc from 'fast-check';
import { connectStorage } from '../../src/storage/connect';
import { storageAccount } from '../support/storage-account';
import { createHttpHost, type HttpHost } from './http-host';
import { servicesOn } from './services';

const azurite = storageAccount();
let host: HttpHost;

beforeAll(async () => {
  host = await createHttpHost(servicesOn(connectStorage({ connectionString: azurite.connectionString })));
});

afterAll(async () => {
  host.close();
});

const good = {
  account: 'contoso',
  target: { kind: 'store-app', applicationId: '9NBLGGH4R315' },
  packages: [{ fileName: 'a.msix', source: { url: 'https://packages.contoso.com/a.msix?sig=1' } }],
  oldPackages: { keep: 1, remove: ['b.appx'] },
  changes: { listings: { 'en-us': { baseListing: { releaseNotes: 'x', keywords: ['a'] } } } },
  options: { until: 'published', approvals: ['commit'], approvalTimeout: 'P3D' },
  labels: { build: '1' },
};

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.constantFrom('\u0000', '\ud800', '__proto__', 1e308, -0, [], {}, [[]], '9'.repeat(5000)),
);

/** A good document with something else at one of its places. */
const nearlyGood = fc
  .tuple(fc.constantFrom(...placesOf(good)), anything)
  .map(([place, value]) => replaced(good, place, value));

test('no JSON makes POST /releases answer a 5xx', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(anything, nearlyGood), async (body) => {
      const { status } = await host.send('POST', '/releases', { raw: JSON.stringify(body) });

      expect([200, 202, 400]).toContain(status);
    }),
    { numRuns: 150 },
  );
});

test('no bytes make a POST answer a 5xx', async () => {
  const paths = fc.constantFrom('/releases', '/uploads', '/releases/rel_x/approve', '/releases/rel_x/cancel');
  await fc.assert(
    fc.asyncProperty(paths, fc.uint8Array({ maxLength: 60 }), async (path, raw) => {
      const { status } = await host.send('POST', path, { raw });

      expect([400, 404]).toContain(status);
    }),
    { numRuns: 40 },
  );
});

test('no query and no id make a GET answer a 5xx', async () => {
  const name = fc.constantFrom('state', 'account', 'label', 'since', 'top', 'continuation', 'product', 'x');
  await fc.assert(
    fc.asyncProperty(name, fc.string({ maxLength: 30 }), async (key, value) => {
      const list = await host.send('GET', `/releases?${key}=${encodeURIComponent(value)}`);
      const one = await host.send('GET', `/releases/${encodeURIComponent(value.replaceAll(/[./\\]/g, '') || 'x')}`);

      expect([200, 400]).toContain(list.status);
      expect([404]).toContain(one.status);
    }),
    { numRuns: 40 },
  );
});

type Place = readonly (string | number)[];

function placesOf(value: unknown, place: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [place];
  return [place, ...Object.entries(value).flatMap(([name, member]) => placesOf(member, [...place, name]))];
}

function replaced(value: unknown, [first, ...rest]: Place, by: unknown): unknown {
  if (first === undefined) return by;
  const copy: Record<string, unknown> = structuredClone(Object(value));
  copy[String(first)] = replaced(copy[String(first)], rest, by);
  return copy;
}
