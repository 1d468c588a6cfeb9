import { audit } from './audit';
import { writePendingAudit } from './audit-pending';
import { casUpdate, keep, readRow, remove, write } from './cas';
import type { Storage } from './connect';
import { documents } from './documents';
import { idempotency } from './idempotency';
import { addressOfRelease } from './release-row';
import type { IdempotencyRef } from './release-record';
import { releases } from './releases';
import { jsonOf, type Columns } from './row';
import { StorageError } from './storage-error';
import { timeline } from './timeline';
import { work } from './work';

export interface PurgeSweep {
  /** Releases that ended before this time go. */
  readonly endedBefore: Date;
  readonly now: Date;
  /** At most so many in one sweep; absent = 200. */
  readonly limit?: number;
}

export interface PurgeReport {
  /** Their orchestration instances `<id>-<run>` may be purged now too. */
  readonly releases: readonly { readonly id: string; readonly runs: number }[];
  readonly idempotencyRows: number;
  /** More releases were found than one sweep may take. */
  readonly more: boolean;
}

/**
 * Deleting releases that ended long ago. The order: the record says that the purge has begun (from then on the release is
 * gone for every reader and cannot be retried), the idempotency row says so, documents, timeline, working files, the
 * record; the idempotency row itself seven days later, and until then a repeated request hears that it was purged.
 * Killed anywhere, the record or the row is still there and found by the next sweep.
 */
export interface Purge {
  /** Throws `release-not-ended`. `gone`: there was no such release. Repeating is safe. */
  release(id: string, now: Date): Promise<'purged' | 'gone'>;
  sweep(sweep: PurgeSweep): Promise<PurgeReport>;
}

const keyKeptMs = 7 * 24 * 60 * 60 * 1000;

export function purge(storage: Storage): Purge {
  const purgeOne = (id: string, now: Date): Promise<'purged' | 'gone'> => purgeRelease(storage, id, now);
  return {
    release: purgeOne,
    sweep: async ({ endedBefore, now, limit = 200 }) => {
      const found: string[] = [];
      for await (const id of releases(storage).endedBefore(endedBefore)) {
        if (found.push(id) > limit) break;
      }
      const purged: { id: string; runs: number }[] = [];
      for (const id of found.slice(0, limit)) {
        const runs = (await readRow(storage, addressOfRelease(id)))?.columns['run'];
        if ((await purgeOne(id, now)) === 'purged') purged.push({ id, runs: typeof runs === 'number' ? runs : 1 });
      }
      const idempotencyRows = await removeKeys(storage, new Date(now.getTime() - keyKeptMs), endedBefore);
      return { releases: purged, idempotencyRows, more: found.length > limit };
    },
  };
}

async function purgeRelease(storage: Storage, id: string, now: Date): Promise<'purged' | 'gone'> {
  await writePendingAudit(releases(storage), audit(storage), id);
  const row = await casUpdate<Columns | undefined>(storage, addressOfRelease(id), (columns) => {
    if (columns === undefined || columns['purging'] === true) return keep(columns);
    if (columns['ended'] !== true || columns['auditPending'] === true) {
      throw new StorageError('release-not-ended', 'a release that goes on cannot be purged');
    }
    return write({ ...columns, purging: true }, columns);
  });
  if (row === undefined) return 'gone';
  const ref = jsonOf<IdempotencyRef>(row, 'idempotency');
  if (ref !== undefined) await idempotency(storage).markPurged(ref, id, now);
  await documents(storage).deleteAll(id);
  await timeline(storage).deleteAll(id);
  await work(storage).deleteAll(id);
  await casUpdate(storage, addressOfRelease(id), () => remove(undefined));
  return 'purged';
}

/** Keys of releases that were purged long enough ago, and of requests that died before they wrote a release. */
async function removeKeys(storage: Storage, purgedBefore: Date, untouchedSince: Date): Promise<number> {
  const keys = idempotency(storage);
  const purged: IdempotencyRef[] = [];
  for await (const ref of keys.purgedBefore(purgedBefore)) purged.push(ref);
  for (const ref of purged) await keys.removePurged(ref);
  let unused = 0;
  for await (const { ref, releaseId } of keys.untouchedSince(untouchedSince)) {
    if ((await readRow(storage, addressOfRelease(releaseId))) !== undefined) continue;
    await keys.removeUnused(ref, releaseId);
    unused += 1;
  }
  return purged.length + unused;
}
