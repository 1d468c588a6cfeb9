import { asObject } from '../../../domain/json-value';
import { sameContent } from '../../../domain/offer/compare-offers';
import type { Members } from '../../../domain/offer/offer-content';
import { isWaiting, itemsOf, orderOf } from './media-rows';
import type { MediaKind, MediaRow } from './media-rows';

/** The next change that brings a list of files nearer to what it is to be, and what the list is after it. */
export type NextStep = {
  /** What the list is to be after the step; `undefined` = none is left. */
  readonly next: Members | undefined;
} & (
  | { readonly step: 'add'; readonly item: Members; readonly order: number; readonly again?: MediaRow }
  | { readonly step: 'change'; readonly row: MediaRow; readonly item: Members; readonly order: number }
  /** The picture of a film that waits for its bytes. */
  | { readonly step: 'thumbnail'; readonly row: MediaRow; readonly item: Members }
  | { readonly step: 'remove'; readonly row: MediaRow }
);

/**
 * One step, worked out anew from what is there: additions first, so that no list is ever shorter than both, removals last.
 * Pictures have an order; films and documents come in the order in which they were made, so that one that is to stand
 * behind a new one is made again. `undefined` = nothing is left to do.
 */
export function nextStep(
  kind: MediaKind,
  rows: readonly MediaRow[],
  wanted: Members | undefined,
): NextStep | undefined {
  const items = itemsOf(wanted ?? {});
  const matches = kind === 'images' ? anywhere(rows, items) : inSequence(rows, items);
  return added(kind, rows, items, matches) ?? changed(kind, rows, items, matches) ?? removed(rows, matches);
}

type Matches = readonly (MediaRow | undefined)[];

function anywhere(rows: readonly MediaRow[], items: readonly Members[]): Matches {
  const left = [...rows];
  return items.map((item) => {
    const index = bestOf(left, item);
    return index < 0 ? undefined : left.splice(index, 1)[0];
  });
}

/** Each behind the one before; behind one that is to be made, all are to be made. */
function inSequence(rows: readonly MediaRow[], items: readonly Members[]): Matches {
  let from = 0;
  let isMissing = false;
  return items.map((item) => {
    const index = isMissing ? -1 : bestOf(rows.slice(from), item);
    if (index < 0) {
      isMissing = true;
      return undefined;
    }
    const row = rows[from + index];
    from += index + 1;
    return row;
  });
}

/** Of several with the same bytes the one that says the same. */
function bestOf(rows: readonly MediaRow[], item: Members): number {
  const equal = rows.findIndex((row) => sameContent(row.item, item));
  return equal < 0 ? rows.findIndex((row) => isSameFile(row, item)) : equal;
}

function isSameFile(row: MediaRow, item: Members): boolean {
  if (nameOf(row.item) !== nameOf(item)) return false;
  const [there, wanted] = [row.item['thumbnail'], item['thumbnail']];
  if (wanted === undefined || sameFile(there, wanted)) return true;
  // One that waits for its bytes may get them; another picture takes another film.
  const waiting = asObject(row.wire['thumbnail']);
  return there === undefined && isWaiting(waiting) && waiting['fileName'] === asObject(wanted)['fileName'];
}

function sameFile(there: unknown, wanted: unknown): boolean {
  return there !== undefined && nameOf(asObject(there)) === nameOf(asObject(wanted));
}

function nameOf({ bytes, streamingUri, fileName }: Members): unknown {
  return bytes ?? streamingUri ?? fileName;
}

function added(
  kind: MediaKind,
  rows: readonly MediaRow[],
  items: readonly Members[],
  matches: Matches,
): NextStep | undefined {
  const order = matches.indexOf(undefined);
  const whole = items[order];
  if (whole === undefined) return undefined;
  const { thumbnail, ...bare } = whole;
  const again = rows.find((row) => isSameFile(row, whole));
  const item = kind === 'videos' && thumbnail !== undefined ? bare : whole;
  const next = listOf(kind, [...rows.map(placed), { item, order }]);
  return { step: 'add', item: whole, order, next, ...(again === undefined ? {} : { again }) };
}

function changed(
  kind: MediaKind,
  rows: readonly MediaRow[],
  items: readonly Members[],
  matches: Matches,
): NextStep | undefined {
  for (const [order, item] of items.entries()) {
    const row = matches[order];
    if (row === undefined) continue;
    const isPlaced = kind !== 'images' || orderOf(row.wire) === order;
    if (isPlaced && sameContent(row.item, item)) continue;
    const next = listOf(
      kind,
      rows.map((one) => (one === row ? { item, order } : placed(one))),
    );
    const needsPicture = item['thumbnail'] !== undefined && row.item['thumbnail'] === undefined;
    return needsPicture ? { step: 'thumbnail', row, item, next } : { step: 'change', row, item, order, next };
  }
  return undefined;
}

function removed(rows: readonly MediaRow[], matches: Matches): NextStep | undefined {
  const row = rows.find((one) => !matches.includes(one));
  if (row === undefined) return undefined;
  const items = rows.filter((one) => one !== row).map(({ item }) => item);
  return { step: 'remove', row, next: items.length === 0 ? undefined : { items } };
}

interface Placed {
  readonly item: Members;
  readonly order: number;
}

function placed({ item, wire }: MediaRow): Placed {
  return { item, order: orderOf(wire) };
}

function listOf(kind: MediaKind, list: readonly Placed[]): Members {
  const sorted = kind === 'images' ? [...list].sort((a, b) => a.order - b.order) : list;
  return { items: sorted.map(({ item }) => item) };
}
