import { failed, ok } from '../../../domain/failure';
import type { Failure, Result } from '../../../domain/failure';
import { isMedia, parentOf } from '../../../domain/marketplace/resource-key';
import type { Members } from '../../../domain/offer/offer-content';
import { ingestionFailure } from '../../../partner-center/ingestion';
import { changedMeanwhile } from '../offer-api';
import { partsOf } from './draft-rows';
import { notShownYet, ofMarketplace } from './failures';
import { removeWaiting } from './leftovers';
import { mediaCalls } from './media-calls';
import { mediaContent, readKind, visibleRows } from './media-rows';
import type { MediaRow } from './media-rows';
import { nextStep } from './media-steps';
import type { NextStep } from './media-steps';
import { makeStep } from './media-work';
import type { MediaList } from './media-work';
import { judge, wholeOf } from './write-resource';
import type { Writing } from './write-resource';

/** How far a list came. */
interface MediaSent {
  /** All of it is as it is to be. */
  readonly done: boolean;
  readonly steps: number;
}

const conflictsAllowed = 4;

/**
 * Makes a list of files as it is to be, step by step, as many as the slice has time for. Before each step the ledger
 * notes the list as it is and as it will be: whenever this is broken off, both are known as ours.
 */
export async function sendMedia(
  writing: Writing,
  key: string,
  wanted: Members | undefined,
): Promise<Result<MediaSent>> {
  const list = await openList(writing, key);
  const whole = wanted && (await wholeOf(writing, key, wanted));
  let conflicts = 0;
  for (let steps = 0; ; steps++) {
    const rows = await list.read();
    const { next, visible, failure } = await look(list, rows, whole, steps > 0);
    if (failure !== undefined) return failed(failure);
    if (next === undefined) {
      await finish(list, rows, visible, whole === wanted ? undefined : wanted);
      return ok({ done: true, steps });
    }
    if (steps > 0 && writing.task.isOver()) return ok({ done: false, steps });
    const hidden = rows.filter((row) => !visible.includes(row));
    const made = await madeOrConflict(list, hidden, next);
    if (!made.ok) return made;
    if (made.value === 'unfinished') return ok({ done: false, steps });
    if (made.value === 'made') continue;
    conflicts++;
    if (conflicts > conflictsAllowed) return failed(made.value);
  }
}

async function openList(writing: Writing, key: string): Promise<MediaList> {
  const { kind } = partsOf(key);
  const listingKey = parentOf(key) ?? '';
  const listing = await writing.rows.read(listingKey);
  if (!isMedia(kind)) throw new TypeError(`"${key}" is no list of files.`);
  if (listing === undefined) throw notShownYet(`the listing "${listingKey}"`);
  const { session, hashes } = writing.rows.readers;
  const place = { listingId: String(listing['id']), key: listingKey };
  return {
    writing,
    key,
    kind,
    calls: mediaCalls(session, place.listingId, kind),
    read: async () => (await readKind(session, place, kind, hashes)).get(key) ?? [],
  };
}

interface Look {
  readonly visible: readonly MediaRow[];
  readonly next?: NextStep | undefined;
  readonly failure?: Failure;
}

async function look(
  { writing, key, kind }: MediaList,
  rows: readonly MediaRow[],
  wanted: Members | undefined,
  isAfterStep: boolean,
): Promise<Look> {
  const { task } = writing;
  const ledger = await task.ledger.read();
  const visible = visibleRows(key, rows, ledger);
  const there = mediaContent(key, rows, ledger);
  const verdict = await judge(writing, { key, there, wanted: wanted ?? null });
  if (verdict === 'changed') return { visible, failure: changedMeanwhile(key) };
  const next = verdict === 'done' ? undefined : nextStep(kind, visible, wanted);
  if (next !== undefined) await task.ledger.intend(key, there, next.next ?? null);
  if (next !== undefined || isAfterStep) await task.ledger.readBack(key, there);
  return { visible, next };
}

/** @param wished where the list differs from what was wished by the queries of its addresses */
async function finish(
  list: MediaList,
  rows: readonly MediaRow[],
  visible: readonly MediaRow[],
  wished: Members | undefined,
): Promise<void> {
  await clear(list, rows, visible);
  if (wished !== undefined) await noteWhole(list, wished, visible);
}

/** The list is as it was wished but for the queries of its addresses: it is known again by that. */
async function noteWhole({ writing, key }: MediaList, wanted: Members, visible: readonly MediaRow[]): Promise<void> {
  const there = { items: visible.map(({ item }) => item) };
  await writing.task.ledger.intend(key, there, wanted);
  await writing.task.ledger.readBack(key, there, true);
}

/** A conflict is looked at again: the step may have been made by a try without an answer. */
async function madeOrConflict(
  list: MediaList,
  hidden: readonly MediaRow[],
  step: NextStep,
): Promise<Result<'made' | 'unfinished' | Failure>> {
  try {
    return await makeStep(list, hidden, step);
  } catch (error) {
    const failure = ingestionFailure(error)?.meaning === 'etag-conflict' ? ofMarketplace(error) : undefined;
    if (failure === undefined) throw error;
    return ok(failure);
  }
}

/** What lost answers have left waiting for bytes would fail the publication. */
async function clear({ writing, key, calls }: MediaList, rows: readonly MediaRow[], visible: readonly MediaRow[]) {
  const isMine = (await writing.task.ledger.read()).entries[key] !== undefined;
  if (!isMine) return;
  await removeWaiting(calls, rows, visible);
}
