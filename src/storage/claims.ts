import { odata } from '@azure/data-tables';
import { casUpdate, keep, readRow, write, type CasStep, type RowAddress } from './cas';
import type { Storage } from './connect';
import { columnsOf, hashedKey, joinPieces, numberOf, parseStored, pieceColumns, requiredText, textOf } from './row';
import type { Columns } from './row';
import { attempt } from './storage-error';

/** Who may work on a product, and who waits for it. */
export interface Claim {
  readonly product: string;
  /** A release's id; `null` = nobody, and nobody waits. */
  readonly holder: string | null;
  /** Grows whenever the claim is given or taken. */
  readonly epoch: number;
  /** In the order of their coming. */
  readonly queue: readonly string[];
}

export type AcquireResult =
  | { readonly granted: true; readonly epoch: number }
  /** `position` 1 = next; `ahead` = whom the release waits for: the one before it in the queue, or the holder. */
  | { readonly granted: false; readonly position: number; readonly holder: string; readonly ahead: string };

/**
 * Claims on products: table `claims`, one row each by compare-and-swap. The owner is the release, not a process: there is
 * no lease and no clock. `product` is any text that names the product within its tenant or account.
 */
export interface Claims {
  /** Gives the claim, or puts the release at the end of the queue once. Repeating answers the same. */
  acquire(product: string, releaseId: string): Promise<AcquireResult>;
  /**
   * Gives the claim of this release to the next in the queue; a release that only waits leaves the queue.
   *
   * @returns who holds it now, to be rung, also when this was released before; `undefined` = nobody
   */
  release(product: string, releaseId: string): Promise<string | undefined>;
  /** Leaves the queue. `holds`: the claim came meanwhile; then it must be released. */
  leaveQueue(product: string, releaseId: string): Promise<'left' | 'absent' | 'holds'>;
  /** The claim as it is; `undefined` where the product was never claimed. */
  read(product: string): Promise<Claim | undefined>;
  /** The release that holds the product. */
  holder(product: string): Promise<string | undefined>;
  /** Asked by every activity before it changes anything. */
  isHolder(product: string, releaseId: string): Promise<boolean>;
  /**
   * For the sweep alone, once it has seen that the holder's record has ended: frees the claim if it was not given or taken
   * since it was read at this epoch.
   *
   * @returns `changed`, or who holds it now
   */
  removeOrphan(product: string, epoch: number): Promise<'changed' | { readonly next: string | undefined }>;
  /** Every product that somebody holds: for the sweep. */
  held(): AsyncGenerator<Claim>;
}

const partitionKey = 'c';

export function claims(storage: Storage): Claims {
  const read = async (product: string): Promise<Claim | undefined> => {
    const row = await readRow(storage, addressOf(product));
    return row === undefined ? undefined : claimOf(row.columns);
  };
  const change = <T>(product: string, decide: (claim: Claim) => CasStep<T>): Promise<T> =>
    casUpdate(storage, addressOf(product), (columns) =>
      decide(columns === undefined ? { product, holder: null, epoch: 0, queue: [] } : claimOf(columns)),
    );
  return {
    acquire: (product, releaseId) => change(product, (claim) => acquire(claim, releaseId)),
    release: (product, releaseId) => change(product, (claim) => release(claim, releaseId)),
    leaveQueue: (product, releaseId) =>
      change<'left' | 'absent' | 'holds'>(product, (claim) => {
        if (claim.holder === releaseId) return keep('holds');
        if (!claim.queue.includes(releaseId)) return keep('absent');
        return write(columnsOfClaim(without(claim, releaseId)), 'left');
      }),
    read,
    holder: async (product) => (await read(product))?.holder ?? undefined,
    isHolder: async (product, releaseId) => (await read(product))?.holder === releaseId,
    removeOrphan: (product, epoch) =>
      change<'changed' | { next: string | undefined }>(product, (claim) => {
        if (claim.epoch !== epoch || claim.holder === null) return keep('changed');
        const next = passedOn(claim);
        return write(columnsOfClaim(next), { next: next.holder ?? undefined });
      }),
    held: () => held(storage),
  };
}

function acquire(claim: Claim, releaseId: string): CasStep<AcquireResult> {
  const { holder } = claim;
  if (holder === null || holder === releaseId) {
    // A new epoch for the holder too: the sweep may be about to remove it for what it was before a retry.
    const granted = { ...claim, holder: releaseId, epoch: claim.epoch + 1 };
    return write(columnsOfClaim(granted), { granted: true, epoch: granted.epoch });
  }
  const queue = claim.queue.includes(releaseId) ? claim.queue : [...claim.queue, releaseId];
  const index = queue.indexOf(releaseId);
  const result = { granted: false, position: index + 1, holder, ahead: queue[index - 1] ?? holder } as const;
  return queue === claim.queue ? keep(result) : write(columnsOfClaim({ ...claim, queue }), result);
}

function release(claim: Claim, releaseId: string): CasStep<string | undefined> {
  if (claim.holder === releaseId) {
    const next = passedOn(claim);
    return write(columnsOfClaim(next), next.holder ?? undefined);
  }
  const holder = claim.holder ?? undefined;
  return claim.queue.includes(releaseId) ? write(columnsOfClaim(without(claim, releaseId)), holder) : keep(holder);
}

function passedOn(claim: Claim): Claim {
  const [next, ...queue] = claim.queue;
  return { ...claim, holder: next ?? null, epoch: claim.epoch + 1, queue };
}

function without(claim: Claim, releaseId: string): Claim {
  return { ...claim, queue: claim.queue.filter((other) => other !== releaseId) };
}

function addressOf(product: string): RowAddress {
  return { table: 'claims', partitionKey, rowKey: hashedKey(product) };
}

/** The row stays when nobody holds the product: its epoch must never be used twice. */
function columnsOfClaim(claim: Claim): Columns {
  const { product, holder, epoch, queue } = claim;
  return { product, holder: holder ?? '', epoch, ...pieceColumns('queue', JSON.stringify(queue)) };
}

function claimOf(columns: Columns): Claim {
  return {
    product: requiredText(columns, 'product'),
    holder: textOf(columns, 'holder') ?? null,
    epoch: numberOf(columns, 'epoch', 0),
    queue: parseStored<readonly string[]>(joinPieces(columns, 'queue') ?? '[]', 'queue'),
  };
}

async function* held(storage: Storage): AsyncGenerator<Claim> {
  const filter = odata`PartitionKey eq ${partitionKey} and holder ne ''`;
  const pages = (await storage.table('claims')).listEntities({ queryOptions: { filter } }).byPage();
  for (;;) {
    const page = await attempt('list claims', () => pages.next());
    if (page.done === true) return;
    for (const row of page.value) yield claimOf(columnsOf(row));
  }
}
