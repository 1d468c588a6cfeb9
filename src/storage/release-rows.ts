import { casUpdate, insertRow, keep, readRow, write } from './cas';
import type { Storage } from './connect';
import { isReleaseId } from './release-id';
import type { ReleaseRecord } from './release-record';
import { addressOfRelease, deleteStaleView, recordOfRow, rowOfRecord } from './release-row';
import type { Columns } from './row';
import { StorageError } from './storage-error';

/** What a change makes of a record: another one, or none (absent), and the caller's answer. */
export interface RecordChange<T> {
  readonly record?: ReleaseRecord;
  readonly result: T;
}

/** Reading and changing records one at a time: what every operation on releases is made of. */
export interface ReleaseRows {
  /** `undefined` where there is none, or the purge has begun. */
  read(id: string): Promise<{ readonly record: ReleaseRecord; readonly etag: string } | undefined>;
  /** Writes a record that is not there yet; one that is there stays as it is. */
  insert(record: ReleaseRecord): Promise<'inserted' | 'present'>;
  /**
   * Compare-and-swap: `decide` may run many times and finds its own work in the record if an answer was lost.
   * Throws `release-not-found`, also once the purge has begun, and whatever `decide` throws.
   */
  change<T>(id: string, decide: (record: ReleaseRecord) => RecordChange<T>): Promise<T>;
}

export function releaseRows(storage: Storage): ReleaseRows {
  return {
    read: async (id) => {
      if (!isReleaseId(id)) return undefined;
      const row = await readRow(storage, addressOfRelease(id));
      if (row === undefined || row.columns['purging'] === true) return undefined;
      return { record: await recordOfRow(storage, row.columns), etag: row.etag };
    },
    insert: async (record) => {
      const columns = await rowOfRecord(storage, record);
      return (await insertRow(storage, addressOfRelease(record.view.id), columns)) ? 'inserted' : 'present';
    },
    change: async (id, decide) => {
      if (!isReleaseId(id)) throw notFound();
      let replaced: { before: Columns; after: Columns } | undefined;
      const answer = await casUpdate(storage, addressOfRelease(id), async (before) => {
        if (before === undefined || before['purging'] === true) throw notFound();
        const { record, result } = decide(await recordOfRow(storage, before));
        if (record === undefined) return keep(result);
        replaced = { before, after: await rowOfRecord(storage, record, before) };
        return write(replaced.after, result);
      });
      if (replaced !== undefined) await deleteStaleView(storage, replaced.before, replaced.after);
      return answer;
    },
  };
}

function notFound(): StorageError {
  return new StorageError('release-not-found', 'there is no such release', 404);
}
