import { insertRow, replaceIfSame, type RowAddress } from './cas';
import type { Storage } from './connect';
import type { BudgetState, Slot } from './budget-slots';
import { columnsOf, hashedKey, jsonColumn, jsonOf, textOf, type Columns } from './row';
import { attempt, hasStatus, StorageError } from './storage-error';

/** The clocks of a budget; tests bring their own. */
export interface BudgetClock {
  /** Milliseconds that only grow, of this process. */
  monotonic(): number;
  /** Rejects when the signal is aborted. */
  delay(ms: number, signal?: AbortSignal): Promise<void>;
  /** Milliseconds since 1970, from the `Date` header of an answer of the storage service: whole seconds, cut off. */
  serviceTime(header: string | undefined): number;
}

/** A budget as read, and what its answer says about the time. */
export interface TimedBudget {
  readonly state: BudgetState;
  readonly etag: string;
  /** The service's clock, at or up to a second after this, when it answered. */
  readonly now: number;
  /** This process's clock when the answer was here. */
  readonly receivedAt: number;
  /** How long request and answer took. */
  readonly tripMs: number;
}

/** Reads a tenant's row, making it where there is none. */
export async function readBudget(storage: Storage, tenant: string, clock: BudgetClock): Promise<TimedBudget> {
  const { partitionKey, rowKey } = addressOf(tenant);
  const table = await storage.table('budgets');
  const startedAt = clock.monotonic();
  let header: string | undefined;
  const onResponse = (response: { headers: { get(name: string): string | undefined } }): void => {
    header = response.headers.get('date');
  };
  try {
    const entity = await attempt('read budget', () => table.getEntity(partitionKey, rowKey, { onResponse }));
    const receivedAt = clock.monotonic();
    const state = stateOf(columnsOf(entity));
    const now = clock.serviceTime(header);
    return { state, etag: entity.etag, now, receivedAt, tripMs: receivedAt - startedAt };
  } catch (error) {
    if (!hasStatus(error, 404)) throw error;
  }
  await insertRow(storage, addressOf(tenant), { tenant });
  return readBudget(storage, tenant, clock);
}

/** Writes the state if the row is still the one read; `false` where somebody was faster. */
export function writeBudget(storage: Storage, tenant: string, etag: string, state: BudgetState): Promise<boolean> {
  return replaceIfSame(storage, addressOf(tenant), { etag, columns: { tenant, ...columnsOfState(state) } });
}

/** The header as the service writes it, `Fri, 20 Nov 2026 10:12:15 GMT`. */
export function parseServiceTime(header: string | undefined): number {
  const time = Date.parse(header ?? '');
  if (Number.isNaN(time)) throw new StorageError('storage-unavailable', 'an answer of the storage has no date');
  return time;
}

function addressOf(tenant: string): RowAddress {
  return { table: 'budgets', partitionKey: 'b', rowKey: hashedKey(tenant) };
}

/** `[at, latest - at, ticket or '', 1 for a read]`: hundreds of slots fit one column. */
type PackedSlot = readonly [number, number, string, 0 | 1];

function columnsOfState(state: BudgetState): Columns {
  return {
    ...jsonColumn('slots', state.slots.map(pack)),
    ...jsonColumn('halts', state.halts.map(pack)),
    blockedUntil: new Date(state.blockedUntil).toISOString(),
  };
}

function stateOf(columns: Columns): BudgetState {
  const slots = (name: string): Slot[] => (jsonOf<readonly PackedSlot[]>(columns, name) ?? []).map(unpack);
  const blockedUntil = textOf(columns, 'blockedUntil');
  return {
    slots: slots('slots'),
    halts: slots('halts'),
    blockedUntil: blockedUntil === undefined ? 0 : Date.parse(blockedUntil),
  };
}

function pack(slot: Slot): PackedSlot {
  return [slot.at, slot.latest - slot.at, slot.ticket ?? '', slot.read ? 1 : 0];
}

function unpack([at, room, ticket, read]: PackedSlot): Slot {
  return { at, latest: at + room, ...(ticket === '' ? {} : { ticket }), ...(read === 1 ? { read: true } : {}) };
}
