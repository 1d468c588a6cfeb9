import { setTimeout as delay } from 'node:timers/promises';
import type { Storage, TableName } from './connect';
import { columnsOf, type Columns } from './row';
import { attempt, hasStatus, StorageError } from './storage-error';

/** Where a row lies. */
export interface RowAddress {
  readonly table: TableName;
  readonly partitionKey: string;
  readonly rowKey: string;
}

/** A row as read, with what its next write is conditioned on. */
export interface StoredRow {
  readonly columns: Columns;
  readonly etag: string;
}

/** What a change makes of a row: other columns (all of them), the row's end, or nothing; and the caller's answer. */
export type CasStep<T> =
  | { readonly kind: 'write'; readonly columns: Columns; readonly result: T }
  | { readonly kind: 'remove'; readonly result: T }
  | { readonly kind: 'keep'; readonly result: T };

export function write<T>(columns: Columns, result: T): CasStep<T> {
  return { kind: 'write', columns, result };
}

export function remove<T>(result: T): CasStep<T> {
  return { kind: 'remove', result };
}

export function keep<T>(result: T): CasStep<T> {
  return { kind: 'keep', result };
}

/** The row, or `undefined` where there is none. */
export async function readRow(storage: Storage, address: RowAddress): Promise<StoredRow | undefined> {
  const table = await storage.table(address.table);
  try {
    const entity = await attempt('read row', () => table.getEntity(address.partitionKey, address.rowKey));
    return { columns: columnsOf(entity), etag: entity.etag };
  } catch (error) {
    if (hasStatus(error, 404)) return undefined;
    throw error;
  }
}

/** Writes a row that is not there yet; `false` where one is, and that one is left alone. */
export async function insertRow(storage: Storage, address: RowAddress, columns: Columns): Promise<boolean> {
  const table = await storage.table(address.table);
  const { partitionKey, rowKey } = address;
  try {
    await attempt('insert row', () => table.createEntity({ ...columns, partitionKey, rowKey }));
    return true;
  } catch (error) {
    if (hasStatus(error, 409)) return false;
    throw error;
  }
}

const maxTries = 60;

/**
 * Reads a row, lets `change` decide, and writes only if nobody else wrote meanwhile; otherwise all over again after a
 * random pause, up to some twenty seconds, then `storage-conflict`.
 *
 * `change` may run many times, also after its own write was applied and the answer lost: it decides from the row it is
 * given and finds its own work there. What it throws ends the update with nothing written.
 */
export async function casUpdate<T>(
  storage: Storage,
  address: RowAddress,
  change: (row: Columns | undefined) => CasStep<T> | Promise<CasStep<T>>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    const row = await readRow(storage, address);
    const step = await change(row?.columns);
    if (step.kind === 'keep' || (await applied(storage, address, { row, step }))) return step.result;
    if (tries >= maxTries) throw new StorageError('storage-conflict', 'the row kept changing');
    await jitter(tries);
  }
}

/** A random pause that grows with the number of tries, at most half a second. */
async function jitter(tries: number): Promise<void> {
  await delay(Math.random() * Math.min(10 * 2 ** Math.min(tries, 10), 500));
}

/** Writes the step on the condition that the row is still the one read; `false` where it is not. */
async function applied<T>(
  storage: Storage,
  address: RowAddress,
  { row, step }: { row: StoredRow | undefined; step: Exclude<CasStep<T>, { kind: 'keep' }> },
): Promise<boolean> {
  if (step.kind === 'remove') return row === undefined || deleteIfSame(storage, address, row.etag);
  if (row === undefined) return insertRow(storage, address, step.columns);
  return replaceIfSame(storage, address, { etag: row.etag, columns: step.columns });
}

/** Writes all columns of a row if it is still the one with this ETag; `false` where it is not. */
export async function replaceIfSame(
  storage: Storage,
  address: RowAddress,
  { etag, columns }: StoredRow,
): Promise<boolean> {
  const table = await storage.table(address.table);
  const { partitionKey, rowKey } = address;
  // Replace, not Merge: a column that is gone from the record must go from the row.
  return unlessChanged(() => table.updateEntity({ ...columns, partitionKey, rowKey }, 'Replace', { etag }));
}

async function deleteIfSame(storage: Storage, address: RowAddress, etag: string): Promise<boolean> {
  const table = await storage.table(address.table);
  return unlessChanged(() => table.deleteEntity(address.partitionKey, address.rowKey, { etag }));
}

/** A row that was changed answers 412, one that was deleted 404. */
async function unlessChanged(call: () => Promise<unknown>): Promise<boolean> {
  try {
    await attempt('write row', call);
    return true;
  } catch (error) {
    if (hasStatus(error, 412) || hasStatus(error, 404)) return false;
    throw error;
  }
}
