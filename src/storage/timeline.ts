import { odata } from '@azure/data-tables';
import type { ReleaseEvent, TimelineEntry } from '../domain/release-event';
import type { Storage } from './connect';
import { columnsOf, joinPieces, numberOf, parseStored, pieceColumns, requiredText, type Columns } from './row';
import { attempt, hasStatus, StorageError } from './storage-error';

/** The events of one checkpoint; run, seq and the place in the list make the keys, so a repeat writes nothing new. */
export interface TimelineWrite {
  /** 1 to 9999. */
  readonly run: number;
  /** 0 to 999999; grows by one with each write of a run. */
  readonly seq: number;
  /** RFC 3339 UTC. */
  readonly at: string;
  /** At most 100, and 240,000 characters of JSON each. */
  readonly events: readonly ReleaseEvent[];
}

export interface TimelinePage {
  readonly value: readonly TimelineEntry[];
  readonly continuation?: string;
}

/** What happened to a release, in order: table `timeline`, a partition for each release. */
export interface Timeline {
  /** Writes all events of a checkpoint at once or finds them there. */
  insert(releaseId: string, write: TimelineWrite): Promise<'written' | 'present'>;
  /** Oldest first, at most `top` (1 to 200). Throws `continuation-invalid` for one that is not ours. */
  list(releaseId: string, top: number, continuation?: string): Promise<TimelinePage>;
  /** Deletes every row; killed in between, a repetition deletes the rest. */
  deleteAll(releaseId: string): Promise<void>;
}

export function timeline(storage: Storage): Timeline {
  return {
    insert: (releaseId, write) => insert(storage, releaseId, write),
    list: (releaseId, top, continuation) => list(storage, releaseId, { top, continuation }),
    deleteAll: (releaseId) => deleteAll(storage, releaseId),
  };
}

async function insert(storage: Storage, releaseId: string, write: TimelineWrite): Promise<'written' | 'present'> {
  if (write.events.length === 0) return 'present';
  const table = await storage.table('timeline');
  const actions = write.events.map((event, index) => {
    const rowKey = `${padded(write.run, 4)}-${padded(write.seq, 6)}-${padded(index, 2)}`;
    const columns = {
      run: write.run,
      seq: write.seq,
      at: write.at,
      type: event.type,
      ...pieceColumns('event', JSON.stringify(event)),
    };
    return ['create', { ...columns, partitionKey: releaseId, rowKey }] as const;
  });
  try {
    // One transaction: the rows of a checkpoint are all there or none is.
    await attempt('write timeline', () =>
      table.submitTransaction(actions.map(([kind, entity]) => [kind, entity] satisfies ['create', object])),
    );
    return 'written';
  } catch (error) {
    if (hasStatus(error, 409)) return 'present';
    throw error;
  }
}

function padded(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

const keyPattern = /^\d{4}-\d{6}-\d{2}$/;

async function list(
  storage: Storage,
  releaseId: string,
  { top, continuation }: { top: number; continuation: string | undefined },
): Promise<TimelinePage> {
  if (continuation !== undefined && !keyPattern.test(continuation)) {
    throw new StorageError('continuation-invalid', 'the continuation is not one of this timeline', 400);
  }
  const wanted = Math.min(Math.max(top, 1), 200);
  const value: TimelineEntry[] = [];
  let last = '';
  for await (const [key, columns] of rowsAfter(storage, releaseId, continuation)) {
    if (value.length >= wanted) return { value, continuation: last };
    value.push(entryOf(columns));
    last = key;
  }
  return { value };
}

async function* rowsAfter(
  storage: Storage,
  releaseId: string,
  after: string | undefined,
): AsyncGenerator<readonly [string, Columns]> {
  const all = odata`PartitionKey eq ${releaseId}`;
  const filter = after === undefined ? all : `${all} and ${odata`RowKey gt ${after}`}`;
  const table = await storage.table('timeline');
  const pages = table.listEntities({ queryOptions: { filter } }).byPage({ maxPageSize: 201 });
  for (;;) {
    const page = await attempt('list timeline', () => pages.next());
    if (page.done === true) return;
    for (const row of page.value) yield [row.rowKey ?? '', columnsOf(row)];
  }
}

function entryOf(columns: Columns): TimelineEntry {
  const text = joinPieces(columns, 'event');
  if (text === undefined) throw new StorageError('storage-corrupt', 'a timeline row has no event');
  return {
    run: numberOf(columns, 'run', 1),
    seq: numberOf(columns, 'seq', 0),
    at: requiredText(columns, 'at'),
    event: parseStored<ReleaseEvent>(text, 'event'),
  };
}

async function deleteAll(storage: Storage, releaseId: string): Promise<void> {
  const table = await storage.table('timeline');
  for await (const [rowKey] of rowsAfter(storage, releaseId, undefined)) {
    await attempt('delete timeline', () => table.deleteEntity(releaseId, rowKey)).catch((error: unknown) => {
      if (!hasStatus(error, 404)) throw error;
    });
  }
}
