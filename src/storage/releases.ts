import type { Storage } from './connect';
import { releaseCommands, type ReleaseCommands } from './release-commands';
import { releaseLists, type ReleaseLists } from './release-list';
import { newRecord, type NewRelease, type ReleaseRecord } from './release-record';
import { releaseRows, type ReleaseRows } from './release-rows';
import { releaseRuns, type ReleaseRuns } from './release-runs';
import { StorageError } from './storage-error';

/** The records of all releases: table `releases`, one row each. */
export interface Releases extends ReleaseRuns, ReleaseCommands, ReleaseLists {
  /** Writes the record of a new release, or finds one under its id and leaves it alone. */
  insert(release: NewRelease): Promise<'inserted' | 'present'>;
  /** The record with its ETag; `undefined` where there is none, or it is being purged. */
  read(id: string): ReturnType<ReleaseRows['read']>;
  /**
   * Compare-and-swap for what has no operation of its own. `change` gives the changed record, or `undefined` for no
   * change; it may run many times, and what it throws ends the update with nothing written.
   *
   * @returns the record as it is afterwards
   */
  update(id: string, change: (record: ReleaseRecord) => ReleaseRecord | undefined): Promise<ReleaseRecord>;
  /** Takes events off the record's list that are in the audit log now. Does nothing where the record is gone. */
  auditWritten(id: string, eventIds: readonly string[]): Promise<void>;
}

export function releases(storage: Storage): Releases {
  const rows = releaseRows(storage);
  return {
    ...releaseRuns(rows),
    ...releaseCommands(rows),
    ...releaseLists(storage),
    insert: (release) => rows.insert(newRecord(release)),
    read: (id) => rows.read(id),
    update: (id, change) =>
      rows.change(id, (before) => {
        const record = change(before);
        return record === undefined ? { result: before } : { record, result: record };
      }),
    auditWritten: async (id, eventIds) => {
      const change = rows.change(id, (record) => {
        const pendingAudit = record.pendingAudit.filter((event) => !eventIds.includes(event.eventId));
        const changed = pendingAudit.length < record.pendingAudit.length;
        return { ...(changed ? { record: { ...record, pendingAudit } } : {}), result: undefined };
      });
      await change.catch((error: unknown) => {
        if (!(error instanceof StorageError && error.code === 'release-not-found')) throw error;
      });
    },
  };
}
