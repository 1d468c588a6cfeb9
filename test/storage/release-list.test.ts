import type { TransactionAction } from '@azure/data-tables';
import type { ReleaseState } from '../../src/domain/release';
import { connectStorage, type Storage } from '../../src/storage/connect';
import { releaseIdMaker } from '../../src/storage/release-id';
import { newRecord } from '../../src/storage/release-record';
import { addressOfRelease, rowOfRecord } from '../../src/storage/release-row';
import type { ReleaseQuery } from '../../src/storage/release-list';
import { releases as openReleases, type Releases } from '../../src/storage/releases';
import { storageAccount } from '../support/storage-account';
import { anEvent, aRelease, aView } from './samples';

const count = 3_000;
const start = Date.UTC(2026, 10, 20);
const minute = 60_000;

const azurite = storageAccount();
let storage: Storage;
let releases: Releases;
/** Oldest first, one a minute. */
let ids: string[];

function stateOf(index: number): ReleaseState {
  if (index % 100 === 0) return 'running';
  return index % 10 === 0 ? 'failed' : 'succeeded';
}

async function insertBatch(from: number): Promise<void> {
  const table = await storage.table('releases');
  const actions: TransactionAction[] = [];
  for (let index = from; index < from + 100; index += 1) {
    const state = stateOf(index);
    const time = new Date(start + index * minute).toISOString();
    const view = aView({
      id: ids[index] ?? '',
      state,
      account: index % 2 === 0 ? 'contoso' : "o'brien",
      labels: { parity: index % 2 === 0 ? 'even' : 'odd', ...(index === 7 ? { rare: 'yes' } : {}) },
      createdAt: time,
      endedAt: state === 'running' ? null : time,
    });
    const tenant = index % 200 === 0 ? 'tenant-1' : 'tenant-2';
    const product = `P${index % 3}`;
    const record = newRecord(aRelease({ view, tenant, product, ...(index === 5 ? { audit: anEvent() } : {}) }));
    const { partitionKey, rowKey } = addressOfRelease(view.id);
    actions.push(['create', { ...(await rowOfRecord(storage, record)), partitionKey, rowKey }]);
  }
  await table.submitTransaction(actions);
}

beforeAll(async () => {
  storage = connectStorage({ connectionString: azurite.connectionString });
  releases = openReleases(storage);
  ids = Array.from({ length: count }, (_, index) => releaseIdMaker(() => start + index * minute)());
  for (let from = 0; from < count; from += 100) await insertBatch(from);
});

async function collect(query: ReleaseQuery): Promise<{ ids: string[]; pages: number }> {
  const found: string[] = [];
  let continuation: string | undefined;
  let pages = 0;
  do {
    const page = await releases.list({ ...query, continuation });
    found.push(...page.value.map((view) => view.id));
    continuation = page.continuation;
    pages += 1;
  } while (continuation !== undefined);
  return { ids: found, pages };
}

const newestFirst = (wanted: (index: number) => boolean): string[] => ids.filter((_, index) => wanted(index)).reverse();

test('the newest come first, fifty unless asked otherwise', async () => {
  const page = await releases.list({});

  expect(page.value.map((view) => view.id)).toEqual(newestFirst((index) => index >= count - 50));
  expect(page.continuation).toBeDefined();
});

test('pages together hold every release once, in order', async () => {
  const all = await collect({ top: 200 });

  expect(all.ids).toEqual(newestFirst(() => true));
  expect(all.pages).toBeGreaterThanOrEqual(15);
});

test.each<[string, ReleaseQuery, (index: number) => boolean]>([
  ['states', { state: ['running', 'failed'] }, (index) => index % 10 === 0],
  ['an account with a quote in its name', { account: "o'brien", state: ['succeeded'] }, (index) => index % 2 === 1],
  ['a product', { product: 'P1', state: ['failed'] }, (index) => index % 3 === 1 && stateOf(index) === 'failed'],
  ['a kind that is not there', { kind: 'store-flight' }, () => false],
  ['labels', { labels: { parity: 'odd' }, top: 60 }, (index) => index % 2 === 1],
  ['a label and a state', { labels: { parity: 'even' }, state: ['running'] }, (index) => index % 100 === 0],
  ['two labels, of which one is rare', { labels: { parity: 'odd', rare: 'yes' } }, (index) => index === 7],
  ['a label that nothing has', { labels: { toString: 'x' } }, () => false],
  ['a time', { since: new Date(start + 2_990 * minute) }, (index) => index >= 2_990],
])('filters by %s', async (_what, query, wanted) => {
  expect((await collect(query)).ids).toEqual(newestFirst(wanted));
});

test('a rare label costs no more than 2,000 rows a request: an empty page with a continuation comes first', async () => {
  const first = await releases.list({ labels: { rare: 'yes' } });
  const second = await releases.list({ labels: { rare: 'yes' }, continuation: first.continuation });

  expect(first.value).toEqual([]);
  expect(first.continuation).toBeDefined();
  expect(second.value.map((view) => view.id)).toEqual([ids[7]]);
});

test('asking for too many or too few gives what is allowed', async () => {
  expect((await releases.list({ top: 5_000 })).value).toHaveLength(200);
  expect((await releases.list({ top: 0 })).value).toHaveLength(1);
});

test.each(['', 'x', 'k.', "k.' or RowKey ne '", 't.', 't.e30=', 'k.rel_1'])(
  'a continuation that is not ours is refused: %s',
  async (continuation) => {
    await expect(releases.list({ continuation })).rejects.toMatchObject({ code: 'continuation-invalid' });
  },
);

test("the service's own token is a continuation too", async () => {
  const table = await storage.table('releases');
  const pages = table.listEntities().byPage({ maxPageSize: 10 });
  const { value } = await pages.next();
  const token: string = value.continuationToken;

  const page = await releases.list({ continuation: `t.${token}`, top: 3 });

  expect(page.value.map((view) => view.id)).toEqual(newestFirst((index) => index < count - 10).slice(0, 3));
});

test('releases that have not ended are counted by tenant and given to the sweep', async () => {
  const active = [];
  for await (const release of releases.active('tenant-1')) active.push(release.id);

  expect(active).toEqual(newestFirst((index) => index % 200 === 0));
  expect(await releases.countActive('tenant-1')).toBe(15);
  expect(await releases.countActive()).toBe(30);
  expect(await releases.countActive('tenant-9')).toBe(0);
});

test('an active count is remembered for a while, and counted anew where it may not be old', async () => {
  const before = await releases.countActive('tenant-2');
  const release = aRelease({ tenant: 'tenant-2', view: aView({ createdAt: new Date(start).toISOString() }) });
  await releases.insert(release);

  expect(await releases.countActive('tenant-2')).toBe(before);
  expect(await releases.countActive('tenant-2', 0)).toBe(before + 1);
  await (await storage.table('releases')).deleteEntity('r', addressOfRelease(release.view.id).rowKey);
});

test('releases with something left for the audit log, and those that ended long ago, are found', async () => {
  const pending: string[] = [];
  for await (const id of releases.auditPending()) pending.push(id);
  const old: string[] = [];
  for await (const id of releases.endedBefore(new Date(start + 20 * minute))) old.push(id);

  expect(pending).toEqual([ids[5]]);
  expect(old).toEqual(newestFirst((index) => index < 20 && index !== 0));
});
