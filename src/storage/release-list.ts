import { odata, type TableEntityResultPage } from '@azure/data-tables';
import type { ReleaseState, ReleaseView } from '../domain/release';
import type { ReleaseTarget } from '../domain/release-document';
import type { Storage } from './connect';
import { isReleaseKey, lastKeySince, releaseIdOfKey } from './release-id';
import { releasePartition, viewColumns, viewOfRow } from './release-row';
import { columnsOf, jsonOf, numberOf, requiredText, textOf, type Columns } from './row';
import { attempt, StorageError } from './storage-error';

/** What to list; every condition must hold. */
export interface ReleaseQuery {
  /** Any of these; absent or empty = every state. */
  readonly state?: readonly ReleaseState[] | undefined;
  readonly account?: string | undefined;
  readonly kind?: string | undefined;
  /** The foreign id. */
  readonly product?: string | undefined;
  /** All of these, with these values. */
  readonly labels?: Readonly<Record<string, string>> | undefined;
  /** Made at this time or later, by the time in their ids. */
  readonly since?: Date | undefined;
  /** 1 to 200; absent = 50. */
  readonly top?: number | undefined;
  /** Of the page before, with the same conditions. */
  readonly continuation?: string | undefined;
}

/** Newest first. A page may be short, even empty, and still have a continuation: only its absence is the end. */
export interface ReleasePage {
  readonly value: readonly ReleaseView[];
  readonly continuation?: string;
}

/** A release that has not ended, as the sweep and the poll intervals need it. */
export interface ActiveRelease {
  readonly id: string;
  readonly state: string;
  readonly tenant: string;
  /** Of its target. */
  readonly kind: ReleaseTarget['kind'];
  readonly run: number;
  readonly runToken: string | null;
  readonly claim: string | null;
  readonly waitInstance: string | null;
  readonly updatedAt: string;
}

export interface ReleaseLists {
  /** Reads at most 2,000 rows. Throws `continuation-invalid` for one that is not ours. */
  list(query: ReleaseQuery): Promise<ReleasePage>;
  /** Every release that has not ended, newest first: for the sweep. */
  active(tenant?: string): AsyncGenerator<ActiveRelease>;
  /** How many have not ended; an answer may be `maxAgeMs` (default 20,000) old, counted once per process and tenant. */
  countActive(tenant?: string, maxAgeMs?: number): Promise<number>;
  /** Ids of releases with decisions that are not in the audit log yet. */
  auditPending(): AsyncGenerator<string>;
  /** Ids of releases that ended before this time, or whose purge was interrupted, oldest included: for the purge. */
  endedBefore(time: Date): AsyncGenerator<string>;
}

const maxScanned = 2_000;
const maxTop = 200;
const maxRequests = 20;

export function releaseLists(storage: Storage): ReleaseLists {
  const counts = new Map<string, { readonly at: number; readonly count: Promise<number> }>();
  const active = async function* (tenant?: string): AsyncGenerator<ActiveRelease> {
    const select = ['RowKey', 'state', 'tenant', 'kind', 'run', 'runToken', 'claim', 'waitInstance', 'updatedAt'];
    for await (const [id, columns] of rows(storage, activeFilter(tenant), select)) yield activeOf(id, columns);
  };
  const ids = async function* (filter: string): AsyncGenerator<string> {
    for await (const [id] of rows(storage, filter, ['RowKey'])) yield id;
  };
  return {
    list: (query) => listPage(storage, query),
    active,
    countActive: (tenant, maxAgeMs = 20_000) => {
      const key = tenant ?? '';
      const known = counts.get(key);
      if (known !== undefined && performance.now() - known.at <= maxAgeMs) return known.count;
      const count = countOf(ids(activeFilter(tenant)));
      counts.set(key, { at: performance.now(), count });
      count.catch(() => counts.delete(key));
      return count;
    },
    auditPending: () => ids(odata`PartitionKey eq ${releasePartition} and auditPending eq true`),
    endedBefore: (time) =>
      ids(
        odata`PartitionKey eq ${releasePartition} and ((ended eq true and endedAt lt ${time.toISOString()}) or purging eq true)`,
      ),
  };
}

function activeFilter(tenant: string | undefined): string {
  const all = odata`PartitionKey eq ${releasePartition} and ended eq false and purging eq false`;
  return tenant === undefined ? all : `${all} and ${odata`tenant eq ${tenant}`}`;
}

async function countOf(things: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of things) count += 1;
  return count;
}

function activeOf(id: string, columns: Columns): ActiveRelease {
  return {
    id,
    state: requiredText(columns, 'state'),
    tenant: requiredText(columns, 'tenant'),
    // Written by us alone; what has none was written before there were others.
    kind: (textOf(columns, 'kind') ?? 'store-app') as ReleaseTarget['kind'],
    run: numberOf(columns, 'run', 1),
    runToken: textOf(columns, 'runToken') ?? null,
    claim: textOf(columns, 'claim') ?? null,
    waitInstance: textOf(columns, 'waitInstance') ?? null,
    updatedAt: requiredText(columns, 'updatedAt'),
  };
}

async function* rows(storage: Storage, filter: string, select: string[]): AsyncGenerator<readonly [string, Columns]> {
  const pages = (await storage.table('releases')).listEntities({ queryOptions: { filter, select } }).byPage();
  for (;;) {
    const page = await attempt('list releases', () => pages.next());
    if (page.done === true) return;
    for (const row of page.value) yield [releaseIdOfKey(row.rowKey ?? ''), columnsOf(row)];
  }
}

/**
 * A page is filled from what the service answers: its pages come short or empty with a token, labels are compared here,
 * and after enough rows or requests the caller gets what there is and a continuation.
 */
async function listPage(storage: Storage, query: ReleaseQuery): Promise<ReleasePage> {
  const top = Math.min(Math.max(query.top ?? 50, 1), maxTop);
  const pages = await servicePages(storage, query, top);
  const value: ReleaseView[] = [];
  let scanned = 0;
  for (let requests = 1; ; requests += 1) {
    const page = await nextPage(pages);
    if (page === undefined) return { value };
    const taken = await take(storage, page, { query, value, top });
    scanned += taken.scanned;
    const enough = value.length >= top || scanned >= maxScanned || requests >= maxRequests;
    const more = taken.scanned < page.length || page.continuationToken !== undefined;
    if (!more) return { value };
    if (enough) return { value, continuation: continuationOf(page, taken.last) };
  }
}

async function servicePages(storage: Storage, query: ReleaseQuery, top: number): Promise<AsyncIterator<Page>> {
  const from = position(query.continuation);
  const queryOptions = { filter: filterOf(query, from.after), select: [...viewColumns] };
  const settings = { maxPageSize: query.labels === undefined ? top : 500 };
  const table = await storage.table('releases');
  return table
    .listEntities({ queryOptions })
    .byPage(from.token === undefined ? settings : { ...settings, continuationToken: from.token });
}

/** The last row key that was looked at (`k.`), or the service's own token (`t.`) where it found no row to name. */
function continuationOf(page: Page, last: string | undefined): string {
  return last === undefined ? `t.${page.continuationToken ?? ''}` : `k.${last}`;
}

type Page = TableEntityResultPage<Record<string, unknown>>;

async function nextPage(pages: AsyncIterator<Page>): Promise<Page | undefined> {
  const next = await attempt('list releases', () => pages.next());
  return next.done === true ? undefined : next.value;
}

/** Takes what fits from one page of the service: how many rows were looked at, and the key of the last one. */
async function take(
  storage: Storage,
  page: Page,
  { query, value, top }: { query: ReleaseQuery; value: ReleaseView[]; top: number },
): Promise<{ scanned: number; last: string | undefined }> {
  let scanned = 0;
  let last: string | undefined;
  for (const row of page) {
    if (value.length >= top) break;
    scanned += 1;
    last = row.rowKey;
    const columns = columnsOf(row);
    if (columns['purging'] !== true && hasLabels(columns, query.labels)) value.push(await viewOfRow(storage, columns));
  }
  return { scanned, last };
}

function hasLabels(columns: Columns, wanted: ReleaseQuery['labels']): boolean {
  if (wanted === undefined) return true;
  const labels = new Map(Object.entries(jsonOf<Record<string, string>>(columns, 'labels') ?? {}));
  return Object.entries(wanted).every(([name, value]) => labels.get(name) === value);
}

function filterOf(query: ReleaseQuery, after: string | undefined): string {
  const states = (query.state ?? []).map((state) => odata`state eq ${state}`);
  return [
    odata`PartitionKey eq ${releasePartition}`,
    after === undefined ? '' : odata`RowKey gt ${after}`,
    query.since === undefined ? '' : odata`RowKey le ${lastKeySince(query.since.getTime())}`,
    query.account === undefined ? '' : odata`account eq ${query.account}`,
    query.kind === undefined ? '' : odata`kind eq ${query.kind}`,
    query.product === undefined ? '' : odata`product eq ${query.product}`,
    states.length === 0 ? '' : `(${states.join(' or ')})`,
  ]
    .filter((part) => part !== '')
    .join(' and ');
}

function position(continuation: string | undefined): { after?: string; token?: string } {
  if (continuation === undefined) return {};
  const text = continuation.slice(2);
  if (continuation.startsWith('k.') && isReleaseKey(text)) return { after: text };
  if (continuation.startsWith('t.') && isServiceToken(text)) return { token: text };
  throw new StorageError('continuation-invalid', 'the continuation is not one of this list', 400);
}

/** The SDK parses the token: what is no base-64 of an object would make it throw something of its own. */
function isServiceToken(text: string): boolean {
  try {
    const token: unknown = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
    return typeof token === 'object' && token !== null && typeof Reflect.get(token, 'nextPartitionKey') === 'string';
  } catch {
    return false;
  }
}
