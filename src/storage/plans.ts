import { randomBytes } from 'node:crypto';
import { odata } from '@azure/data-tables';
import type { Failure } from '../domain/failure';
import { casUpdate, insertRow, keep, readRow, remove, write, type RowAddress } from './cas';
import type { Storage } from './connect';
import { documents } from './documents';
import { columnsOf, hashedKey, jsonColumn, jsonOf, requiredText, textOf, type Columns } from './row';
import { attempt } from './storage-error';
import { work } from './work';

/** A plan that takes longer than a request. Its document and working files lie under its id, as those of a release. */
export interface PlanRecord {
  readonly id: string;
  readonly state: 'running' | 'made' | 'failed';
  /** RFC 3339 UTC. */
  readonly createdAt: string;
  /** RFC 3339 UTC. From then on it is gone for every reader. */
  readonly keptUntil: string;
  /** Of a failed one. */
  readonly failure: Failure | null;
}

/** What a plan is asked for by. */
export interface PlanWish {
  /** The caller, as idempotency keys are kept apart. */
  readonly scope: string;
  /** See `hashOfDocument`. */
  readonly docHash: string;
}

/**
 * Plans that an orchestration makes: table `plans`, a row each, and a row by document that leads to the one being made, so
 * that a document asked for again, also twice at once, does not make two. Kept for a day after they are made or failed.
 */
export interface Plans {
  /** The id of the plan of this document that is being made; `undefined` = none is. */
  running(wish: PlanWish, now: Date): Promise<string | undefined>;
  /**
   * The id under which the plan is to be made: that of the one being made, or else `id`. Document and record may not have
   * been written yet: write both where they are not there.
   */
  reserve(wish: PlanWish & { readonly id: string }, now: Date): Promise<string>;
  /** Writes the record of a plan that is to be made, unless it is there, and answers the one that counts. */
  insert(id: string, now: Date): Promise<PlanRecord>;
  /** `undefined` where there is none, or its time is over. */
  read(id: string, now: Date): Promise<PlanRecord | undefined>;
  /** Ends a plan that is being made; the first end counts. */
  end(id: string, failure: Failure | null, now: Date): Promise<void>;
  /** Every plan that is being made: for the sweep. */
  allRunning(): AsyncGenerator<PlanRecord>;
  /** Deletes what is not kept any more, documents and working files first; answers how many plans. Repeat at will. */
  sweep(now: Date): Promise<number>;
}

const keptMs = 24 * 60 * 60 * 1000;
/** An activity that looked just before the time was over may still write: nothing is swept while one can. */
const graceMs = 15 * 60 * 1000;

const idPattern = /^pln_[0-9a-f]{32}$/;

/** A new id of a plan. */
export function newPlanId(): string {
  return `pln_${randomBytes(16).toString('hex')}`;
}

export function plans(storage: Storage): Plans {
  const read = async (id: string, now: Date): Promise<PlanRecord | undefined> => {
    const found = await recordAt(storage, id);
    return found === undefined || isOver(found.keptUntil, now) ? undefined : found;
  };
  return {
    running: async (wish, now) => {
      const id = plannedIn((await readRow(storage, byDocument(wish)))?.columns);
      return id !== undefined && (await read(id, now))?.state === 'running' ? id : undefined;
    },
    reserve: ({ id, ...wish }, now) =>
      casUpdate(storage, byDocument(wish), async (row) => {
        const known = plannedIn(row);
        if (known !== undefined && (await isOpen(storage, known, now))) return keep(known);
        return write({ plan: id, keptUntil: after(now) }, id);
      }),
    insert: async (id, now) => {
      const record: PlanRecord = {
        id,
        state: 'running',
        createdAt: now.toISOString(),
        keptUntil: after(now),
        failure: null,
      };
      await insertRow(storage, byId(id), columnsOfPlan(record));
      return (await recordAt(storage, id)) ?? record;
    },
    read,
    end: (id, failure, now) =>
      casUpdate(storage, byId(id), (row) => {
        if (row === undefined || row['state'] !== 'running') return keep(undefined);
        const state = failure === null ? 'made' : 'failed';
        return write(columnsOfPlan({ ...planOf(id, row), state, failure, keptUntil: after(now) }), undefined);
      }),
    allRunning: async function* () {
      const filter = odata`PartitionKey eq ${byId('').partitionKey} and state eq 'running'`;
      for await (const { key, columns } of rows(storage, filter)) yield planOf(key, columns);
    },
    sweep: (now) => sweep(storage, new Date(now.getTime() - graceMs)),
  };
}

/** Whether a plan is being made under the id, or is yet to be: its request may have died before it wrote the record. */
async function isOpen(storage: Storage, id: string, now: Date): Promise<boolean> {
  const found = await recordAt(storage, id);
  return found === undefined || (found.state === 'running' && !isOver(found.keptUntil, now));
}

/**
 * Rows by document first: a record is never gone while one leads to it, for then its id would be taken for one that is
 * yet to be made.
 */
async function sweep(storage: Storage, keptBefore: Date): Promise<number> {
  const isOld = odata`keptUntil lt ${keptBefore.toISOString()}`;
  for await (const { key, columns } of rows(storage, `PartitionKey eq 'document' and ${isOld}`)) {
    const id = requiredText(columns, 'plan');
    // A request that died before it wrote the record left these behind.
    if ((await recordAt(storage, id)) === undefined) await deleteFiles(storage, id);
    await casUpdate(storage, { table: 'plans', partitionKey: 'document', rowKey: key }, (row) =>
      row?.['plan'] === id ? remove(undefined) : keep(undefined),
    );
  }
  let swept = 0;
  for await (const { key } of rows(storage, `PartitionKey eq 'plan' and ${isOld}`)) {
    await deleteFiles(storage, key);
    await casUpdate(storage, byId(key), () => remove(undefined));
    swept += 1;
  }
  return swept;
}

async function deleteFiles(storage: Storage, id: string): Promise<void> {
  await documents(storage).deleteAll(id);
  await work(storage).deleteAll(id);
}

async function recordAt(storage: Storage, id: string): Promise<PlanRecord | undefined> {
  if (!idPattern.test(id)) return undefined;
  const row = await readRow(storage, byId(id));
  return row === undefined ? undefined : planOf(id, row.columns);
}

function isOver(keptUntil: string, now: Date): boolean {
  return Date.parse(keptUntil) <= now.getTime();
}

function after(now: Date): string {
  return new Date(now.getTime() + keptMs).toISOString();
}

function byId(id: string): RowAddress {
  return { table: 'plans', partitionKey: 'plan', rowKey: id };
}

function byDocument({ scope, docHash }: PlanWish): RowAddress {
  return { table: 'plans', partitionKey: 'document', rowKey: hashedKey(scope, docHash) };
}

function plannedIn(row: Columns | undefined): string | undefined {
  return row === undefined ? undefined : textOf(row, 'plan');
}

function columnsOfPlan({ state, createdAt, keptUntil, failure }: PlanRecord): Columns {
  return { state, createdAt, keptUntil, ...jsonColumn('failure', failure) };
}

function planOf(id: string, columns: Columns): PlanRecord {
  return {
    id,
    // Written by this file alone.
    state: requiredText(columns, 'state') as PlanRecord['state'],
    createdAt: requiredText(columns, 'createdAt'),
    keptUntil: requiredText(columns, 'keptUntil'),
    failure: jsonOf<Failure>(columns, 'failure') ?? null,
  };
}

async function* rows(
  storage: Storage,
  filter: string,
): AsyncGenerator<{ readonly key: string; readonly columns: Columns }> {
  const pages = (await storage.table('plans')).listEntities({ queryOptions: { filter } }).byPage();
  for (;;) {
    const page = await attempt('list plans', () => pages.next());
    if (page.done === true) return;
    for (const row of page.value) yield { key: row.rowKey ?? '', columns: columnsOf(row) };
  }
}
