import { odata } from '@azure/data-tables';
import { casUpdate, keep, remove, write, type CasStep, type RowAddress } from './cas';
import type { Storage } from './connect';
import type { IdempotencyRef } from './release-record';
import { columnsOf, hashedKey, requiredText, textOf, type Columns } from './row';
import { attempt } from './storage-error';

/** What a request wants to become: a release under this id, of a document with this hash. */
export interface Reservation {
  /** New with each request, {@link newReleaseId}; given up where the request was seen before. */
  readonly releaseId: string;
  /** See `hashOfDocument`. */
  readonly docHash: string;
}

export type ReserveResult =
  /** The id counts from now on: write document and record under it, both only where they are not there yet. */
  | { readonly kind: 'reserved'; readonly releaseId: string; readonly ref: IdempotencyRef }
  /** Seen before. The release may not have been written yet: do the same, under the id that is answered here. */
  | { readonly kind: 'same'; readonly releaseId: string; readonly ref: IdempotencyRef }
  /** The key came with another document before. */
  | { readonly kind: 'reused' }
  /** Seen before, and what it became was purged since. */
  | { readonly kind: 'purged'; readonly releaseId: string };

/**
 * Once, and only once: table `idempotency`. Repeating a request, also twice at once or after a lost answer, leads to one
 * release. `scope` is the caller (object id, or `key`) with the operation.
 */
export interface Idempotency {
  /** By the caller's key, for as long as the row is kept, whatever became of the release. */
  reserve(scope: string, key: string, wish: Reservation): Promise<ReserveResult>;
  /**
   * Without a key: the document is its own key while a release of it has not ended.
   *
   * @param hasEnded whether a release has; one that is not written yet has not
   */
  reserveDocument(
    scope: string,
    wish: Reservation,
    hasEnded: (releaseId: string) => Promise<boolean>,
  ): Promise<ReserveResult>;
  /** Notes that the release is being purged, if the row still leads to it. Repeating keeps the first time. */
  markPurged(ref: IdempotencyRef, releaseId: string, at: Date): Promise<void>;
  /** Rows of releases whose purge began before this time: to be removed, since nobody asks again. */
  purgedBefore(time: Date): AsyncGenerator<IdempotencyRef>;
  /** Removes such a row; one that leads to another release by now stays. */
  removePurged(ref: IdempotencyRef): Promise<void>;
  /** Rows that nobody touched since this time and that no purge has marked, with the release they lead to. */
  untouchedSince(time: Date): AsyncGenerator<{ readonly ref: IdempotencyRef; readonly releaseId: string }>;
  /** Removes the row of a request that died before it wrote its release, if it still leads there. */
  removeUnused(ref: IdempotencyRef, releaseId: string): Promise<void>;
}

export function idempotency(storage: Storage): Idempotency {
  return {
    reserve: (scope, key, wish) => {
      const ref = { partitionKey: hashedKey(scope), rowKey: `k-${hashedKey(key)}` };
      return casUpdate(storage, addressOf(ref), (row) => byKey(row, wish, ref));
    },
    reserveDocument: (scope, wish, hasEnded) => {
      const ref = { partitionKey: hashedKey(scope), rowKey: `d-${wish.docHash}` };
      return casUpdate(storage, addressOf(ref), (row) => byDocument(row, wish, { ref, hasEnded }));
    },
    markPurged: (ref, releaseId, at) =>
      casUpdate(storage, addressOf(ref), (row) => {
        const isOurs = row !== undefined && row['releaseId'] === releaseId && textOf(row, 'purgedAt') === undefined;
        return isOurs ? write({ ...row, purgedAt: at.toISOString() }, undefined) : keep(undefined);
      }),
    purgedBefore: async function* (time) {
      // An absent column is never less than a text: rows of releases that are still there do not come.
      for await (const { ref } of rows(storage, odata`purgedAt lt ${time.toISOString()}`)) yield ref;
    },
    untouchedSince: async function* (time) {
      for await (const { ref, columns } of rows(storage, odata`Timestamp lt ${time}`)) {
        if (textOf(columns, 'purgedAt') === undefined) yield { ref, releaseId: requiredText(columns, 'releaseId') };
      }
    },
    removeUnused: (ref, releaseId) =>
      casUpdate(storage, addressOf(ref), (row) =>
        row?.['releaseId'] === releaseId ? remove(undefined) : keep(undefined),
      ),
    removePurged: (ref) =>
      casUpdate(storage, addressOf(ref), (row) =>
        row !== undefined && textOf(row, 'purgedAt') !== undefined ? remove(undefined) : keep(undefined),
      ),
  };
}

function byKey(row: Columns | undefined, wish: Reservation, ref: IdempotencyRef): CasStep<ReserveResult> {
  if (row === undefined) return taken(wish, ref);
  if (row['docHash'] !== wish.docHash) return keep({ kind: 'reused' });
  const releaseId = requiredText(row, 'releaseId');
  if (textOf(row, 'purgedAt') !== undefined) return keep({ kind: 'purged', releaseId });
  return keep(known(releaseId, wish, ref));
}

async function byDocument(
  row: Columns | undefined,
  wish: Reservation,
  { ref, hasEnded }: { ref: IdempotencyRef; hasEnded: (releaseId: string) => Promise<boolean> },
): Promise<CasStep<ReserveResult>> {
  if (row === undefined || textOf(row, 'purgedAt') !== undefined) return taken(wish, ref);
  const releaseId = requiredText(row, 'releaseId');
  const free = releaseId !== wish.releaseId && (await hasEnded(releaseId));
  return free ? taken(wish, ref) : keep(known(releaseId, wish, ref));
}

function taken(wish: Reservation, ref: IdempotencyRef): CasStep<ReserveResult> {
  const { releaseId, docHash } = wish;
  return write({ releaseId, docHash }, { kind: 'reserved', releaseId, ref });
}

/** Our own id in the row: we wrote it, and only the answer was lost. */
function known(releaseId: string, wish: Reservation, ref: IdempotencyRef): ReserveResult {
  return { kind: releaseId === wish.releaseId ? 'reserved' : 'same', releaseId, ref };
}

function addressOf(ref: IdempotencyRef): RowAddress {
  return { table: 'idempotency', ...ref };
}

async function* rows(
  storage: Storage,
  filter: string,
): AsyncGenerator<{ readonly ref: IdempotencyRef; readonly columns: Columns }> {
  const table = await storage.table('idempotency');
  const pages = table.listEntities({ queryOptions: { filter } }).byPage();
  for (;;) {
    const page = await attempt('list idempotency keys', () => pages.next());
    if (page.done === true) return;
    for (const row of page.value) {
      const { partitionKey = '', rowKey = '' } = row;
      yield { ref: { partitionKey, rowKey }, columns: columnsOf(row) };
    }
  }
}
