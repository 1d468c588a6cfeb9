import { newReleaseView } from '../../src/domain/new-release';
import type { ReleaseView } from '../../src/domain/release';
import type { ReleaseEvent } from '../../src/domain/release-event';
import { isKept } from '../../src/domain/release-event';
import { releaseCommands } from '../../src/storage/release-commands';
import { newRecord } from '../../src/storage/release-record';
import type { ReleaseRecord } from '../../src/storage/release-record';
import type { RecordChange, ReleaseRows } from '../../src/storage/release-rows';
import { releaseRuns } from '../../src/storage/release-runs';

/** What the timeline keeps of one checkpoint. */
export interface TimelineRow {
  readonly run: number;
  readonly seq: number;
  readonly at: string;
  readonly events: readonly ReleaseEvent[];
}

/**
 * The records of releases in memory, under the real compare-and-swap rules of `src/storage`. A change is done before
 * the call returns, so a test may make one inside a transaction of the engine.
 */
export class MemoryRecords {
  readonly #records = new Map<string, ReleaseRecord>();
  readonly #timeline = new Map<string, TimelineRow>();
  readonly #rows: ReleaseRows = {
    read: async (id) => ({ record: this.get(id), etag: '' }),
    insert: async () => 'present',
    change: async <T>(id: string, decide: (record: ReleaseRecord) => RecordChange<T>) => {
      const { record, result } = decide(this.get(id));
      if (record !== undefined) this.#records.set(id, record);
      return result;
    },
  };
  readonly runs = releaseRuns(this.#rows);
  readonly commands = releaseCommands(this.#rows);

  add(releaseId: string, at: string): void {
    const document = { account: 'contoso', target: { kind: 'store-app', applicationId: '9NBLGGH4R315' } } as const;
    const view = newReleaseView(releaseId, document, { by: 'pipeline', at });
    const release = { view, tenant: 'tenant', product: '9NBLGGH4R315', docHash: 'hash', idempotency: null };
    this.#records.set(releaseId, newRecord(release));
  }

  get(releaseId: string): ReleaseRecord {
    const record = this.#records.get(releaseId);
    if (record === undefined) throw new Error(`No record of ${releaseId}`);
    return record;
  }

  change(releaseId: string, change: Partial<ReleaseRecord>): void {
    this.#records.set(releaseId, { ...this.get(releaseId), ...change });
  }

  view(releaseId: string): ReleaseView {
    return this.get(releaseId).view;
  }

  /** A row that is there stays as it is. */
  insertTimeline(releaseId: string, row: TimelineRow): void {
    const key = `${releaseId}|${row.run}|${String(row.seq).padStart(6, '0')}`;
    const kept = { ...row, events: row.events.filter(isKept) };
    if (!this.#timeline.has(key)) this.#timeline.set(key, kept);
  }

  timeline(releaseId: string): TimelineRow[] {
    const keys = [...this.#timeline.keys()].filter((key) => key.startsWith(`${releaseId}|`)).sort();
    return keys.map((key) => this.#timeline.get(key)!);
  }
}
