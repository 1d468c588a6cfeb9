import { ok } from '../../../domain/failure';
import type { Result } from '../../../domain/failure';
import { asObject } from '../../../domain/json-value';
import { plannedWrites } from '../../../domain/marketplace/planned-writes';
import type { PlannedWrite } from '../../../domain/marketplace/planned-writes';
import type { Members, OfferContent } from '../../../domain/offer/offer-content';
import type { DraftTask, Sent } from '../offer-api';
import { draftRows } from './draft-rows';
import { sha256In } from './file-hashes';
import { clearLeftovers } from './leftovers';
import { readDraft } from './publications';
import type { Readers } from './read-content';
import { sendMedia } from './send-media';
import { sendPackage } from './send-package';
import { fileWritesOf, writePlain } from './write-draft';
import type { Writing } from './write-resource';

/** How far one write came. */
interface Step {
  readonly done: boolean;
  /** Bytes of an unfinished one that are there. */
  readonly sent: number;
  /** Something of the draft was written: a package alone is none, what names it follows at once. */
  readonly hasWritten: boolean;
}

const nothing: Step = { done: true, sent: 0, hasWritten: false };

/**
 * Sends pictures, documents and packages, then the configurations that name the packages, then takes out what goes: as
 * much as the slice has time for. Safe to repeat: what is there already is found.
 */
export async function uploadFiles(readers: Readers, task: DraftTask): Promise<Result<Sent>> {
  const current = await readDraft(readers);
  const writing: Writing = { rows: draftRows(readers), task };
  const all = plannedWrites(current, task.desired);
  const named = new Set(fileWritesOf(all).map(({ key }) => key));
  const writes = all.filter(({ kind, key }) => kind === 'delete' || named.has(key));
  const total = await bytesOf(task, plannedWrites(task.expected, task.desired));
  let hasWritten = false;
  for (const [index, write] of writes.entries()) {
    const isOver: boolean = hasWritten && task.isOver();
    const step: Result<Step> = isOver ? ok({ ...nothing, done: false }) : await makeWrite(writing, write, current);
    if (!step.ok) return step;
    hasWritten ||= step.value.hasWritten;
    if (step.value.done) continue;
    const left = await bytesOf(task, writes.slice(index));
    return ok({ done: false, sent: Math.min(total, Math.max(0, total - left) + step.value.sent), total });
  }
  await clearLeftovers(writing);
  return ok({ done: true, sent: total, total });
}

async function makeWrite(writing: Writing, write: PlannedWrite, current: OfferContent): Promise<Result<Step>> {
  if (write.kind === 'media') {
    const sent = await sendMedia(writing, write.key, write.members);
    return sent.ok ? ok({ ...nothing, done: sent.value.done, hasWritten: sent.value.steps > 0 }) : sent;
  }
  if (write.kind === 'packages') return sendPackages(writing, write.packages);
  const written = await writePlain(writing, write, current);
  return written.ok ? ok({ ...nothing, hasWritten: written.value === 'sent' }) : written;
}

async function sendPackages(writing: Writing, packages: readonly Members[]): Promise<Result<Step>> {
  for (const item of packages) {
    const sent = await sendPackage(writing, item);
    if (!sent.ok) return sent;
    if (!sent.value.done) return ok({ ...nothing, ...sent.value });
  }
  return ok(nothing);
}

/** Of the files that writes have to send. */
async function bytesOf({ files }: DraftTask, writes: readonly PlannedWrite[]): Promise<number> {
  const items = writes.flatMap((write) => {
    if (write.kind === 'packages') return [...write.packages];
    return write.kind === 'media' ? write.steps.flatMap((step) => (step.step === 'add' ? filesIn(step.item) : [])) : [];
  });
  const sizes = await Promise.all(
    items.map(async ({ bytes }) => {
      const sha256 = sha256In(bytes);
      return sha256 === undefined ? 0 : ((await files.find(sha256))?.size ?? 0);
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

function filesIn(item: Members): readonly Members[] {
  return [item, asObject(item['thumbnail'])];
}
