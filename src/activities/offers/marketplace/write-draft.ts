import { ok } from '../../../domain/failure';
import type { Result } from '../../../domain/failure';
import { plannedWrites } from '../../../domain/marketplace/planned-writes';
import type { PlannedWrite } from '../../../domain/marketplace/planned-writes';
import type { OfferContent } from '../../../domain/offer/offer-content';
import type { DraftTask, Written } from '../offer-api';
import { deleteResource } from './delete-resource';
import { draftRows } from './draft-rows';
import { clearLeftovers } from './leftovers';
import { readDraft } from './publications';
import type { Readers } from './read-content';
import { writeResource } from './write-resource';
import type { WriteEnd, Writing } from './write-resource';

/** The writes that need files: pictures, documents and packages. */
export function fileWritesOf(writes: readonly PlannedWrite[]): readonly PlannedWrite[] {
  return writes.filter(({ kind }) => kind === 'media' || kind === 'packages');
}

/** Plain resources; what goes goes last, after files where there are any. */
function plainWritesOf(writes: readonly PlannedWrite[]): readonly PlannedWrite[] {
  const withPackages = new Set(writes.filter(({ kind }) => kind === 'packages').map(({ key }) => key));
  const hasFiles = fileWritesOf(writes).length > 0;
  return writes.filter(({ kind, key }) => {
    if (kind === 'delete') return !hasFiles;
    return (kind === 'create' || kind === 'update') && !withPackages.has(key);
  });
}

const rounds = 3;

/**
 * Writes what needs no files, until all is as it is to be or the slice is over. What came into being with something that
 * was made is looked at in another round.
 */
export async function writeDraft(readers: Readers, task: DraftTask): Promise<Result<Written>> {
  const total = plainWritesOf(plannedWrites(task.expected, task.desired)).length;
  const progress = (left: number): Omit<Written, 'done'> => ({ written: Math.max(0, total - left), total });
  for (let round = 1; ; round++) {
    const current = await readDraft(readers);
    const all = plannedWrites(current, task.desired);
    const writes = plainWritesOf(all);
    const writing: Writing = { rows: draftRows(readers), task };
    const result = await writeAll(writing, writes, current);
    if (!result.ok) return result;
    const left = writes.length - result.value;
    if (left > 0) return ok({ done: false, ...progress(left) });
    const hasMade = writes.some(({ kind }) => kind === 'create');
    if (hasMade && round < rounds) continue;
    // Otherwise files are sent next, which may go on with what waits for its bytes.
    if (fileWritesOf(all).length === 0) await clearLeftovers(writing);
    return ok({ done: true, written: total, total });
  }
}

/** @returns how many are as they are to be */
async function writeAll(
  writing: Writing,
  writes: readonly PlannedWrite[],
  current: OfferContent,
): Promise<Result<number>> {
  let sent = 0;
  for (const [index, write] of writes.entries()) {
    if (sent > 0 && writing.task.isOver()) return ok(index);
    const result = await writePlain(writing, write, current);
    if (!result.ok) return result;
    if (result.value === 'sent') sent++;
  }
  return ok(writes.length);
}

/** Writes a resource, or takes it out. */
export async function writePlain(
  writing: Writing,
  write: PlannedWrite,
  current: OfferContent,
): Promise<Result<WriteEnd>> {
  if (write.kind === 'delete') return deleteResource(writing, write.key, current);
  if (write.kind === 'create' || write.kind === 'update') return writeResource(writing, write.key, write.members);
  return ok('was-so');
}
