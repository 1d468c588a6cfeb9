import { asList, asObject } from '../json-value';
import { sameContent } from '../offer/compare-offers';
import { keysOf } from '../offer/offer-content';
import type { Members, OfferContent } from '../offer/offer-content';
import { isMedia, parentOf, readKey } from './resource-key';
import type { ResourceKind } from './resource-key';

/** What becomes of one file of a list, known by its bytes. */
export type MediaStep =
  | { readonly step: 'add'; readonly item: Members; readonly order: number }
  /** What is said of it is another, or its place is. */
  | { readonly step: 'change'; readonly from: Members; readonly item: Members; readonly order: number }
  | { readonly step: 'remove'; readonly item: Members };

/**
 * One write that makes a draft what it should be. `create` = the content has no such resource; where the service made
 * it together with its parent, the writer changes that one.
 */
export type PlannedWrite =
  | { readonly kind: 'create' | 'update'; readonly key: string; readonly members: Members }
  /** The files of a list; `members` is the list that should be there, `undefined` = none. */
  | {
      readonly kind: 'media';
      readonly key: string;
      readonly members: Members | undefined;
      readonly steps: readonly MediaStep[];
    }
  /** Packages to send before the configuration with this key can name them. */
  | { readonly kind: 'packages'; readonly key: string; readonly packages: readonly Members[] }
  /** With all that lies below. */
  | { readonly kind: 'delete'; readonly key: string };

/**
 * The writes that turn one content into another, in the order to make them: parents before children, plain resources
 * before files, packages before the configurations that name them, deletions last. Contents that mean the same need none.
 */
export function plannedWrites(current: OfferContent, desired: OfferContent): readonly PlannedWrite[] {
  const writes = keysOf(current, desired).flatMap((key) =>
    writesOf(key, memberOf(current, key), memberOf(desired, key)),
  );
  const isCovered = ({ kind, key }: PlannedWrite): boolean =>
    (kind === 'delete' || kind === 'media') && isGone(parentOf(key), current, desired);
  return writes.filter((write) => !isCovered(write)).sort((a, b) => rank(a) - rank(b) || depth(a) - depth(b));
}

/** Whether something goes, or what it belongs to does: then what lies below goes along. */
function isGone(key: string | undefined, current: OfferContent, desired: OfferContent): boolean {
  if (key === undefined) return false;
  const goes = Object.hasOwn(current, key) && !Object.hasOwn(desired, key);
  return goes || isGone(parentOf(key), current, desired);
}

function memberOf(content: OfferContent, key: string): Members | undefined {
  return Object.hasOwn(content, key) ? content[key] : undefined;
}

function writesOf(key: string, from: Members | undefined, to: Members | undefined): PlannedWrite[] {
  if (sameContent(from ?? null, to ?? null)) return [];
  if (isMedia(kindOf(key))) return [{ kind: 'media', key, members: to, steps: mediaSteps(from, to) }];
  if (to === undefined) return [{ kind: 'delete', key }];
  const packages = newPackages(from, to);
  return [
    ...(kindOf(key) === 'planPackageConfiguration' && packages.length > 0
      ? [{ kind: 'packages' as const, key, packages }]
      : []),
    { kind: from === undefined ? 'create' : 'update', key, members: to },
  ];
}

function kindOf(key: string): ResourceKind {
  const kind = readKey(key)?.kind;
  if (kind === undefined) throw new TypeError(`No resource of a product is called "${key}".`);
  return kind;
}

/** Those whose bytes are not among those that the configuration names. */
function newPackages(from: Members | undefined, to: Members): readonly Members[] {
  const there = asList(from?.['packages']).map((one) => asObject(one)['bytes']);
  return asList(to['packages'])
    .map(asObject)
    .filter(({ bytes }) => !there.includes(bytes));
}

/** Files are known by their bytes, videos of other sites by their address; what goes is removed last. */
function mediaSteps(from: Members | undefined, to: Members | undefined): readonly MediaStep[] {
  const left = asList(from?.['items']).map((item, order) => ({ item: asObject(item), order }));
  const steps = asList(to?.['items']).map((one, order): MediaStep | undefined => {
    const item = asObject(one);
    const index = indexOf(left, item, order);
    const old = index < 0 ? undefined : left.splice(index, 1)[0];
    if (old === undefined) return { step: 'add', item, order };
    return old.order === order && sameContent(old.item, item)
      ? undefined
      : { step: 'change', from: old.item, item, order };
  });
  const removed = left.map(({ item }): MediaStep => ({ step: 'remove', item }));
  return [...steps.filter((step) => step !== undefined), ...removed];
}

interface Placed {
  readonly item: Members;
  readonly order: number;
}

/** Of several with the same bytes the one that fits best. */
function indexOf(left: readonly Placed[], wanted: Members, order: number): number {
  const isSame = ({ item }: Placed): boolean => fileOf(item) === fileOf(wanted);
  const best = left.findIndex((one) => one.order === order && sameContent(one.item, wanted));
  const equal = best < 0 ? left.findIndex(({ item }) => sameContent(item, wanted)) : best;
  return equal < 0 ? left.findIndex(isSame) : equal;
}

function fileOf({ bytes, streamingUri, fileName }: Members): unknown {
  return bytes ?? streamingUri ?? fileName;
}

function rank({ kind, key }: PlannedWrite): number {
  if (kind === 'delete') return 4;
  if (kind === 'media') return 1;
  if (kind === 'packages') return 2;
  return kindOf(key) === 'planPackageConfiguration' ? 3 : 0;
}

/** Parents first; what goes goes in the order of the keys. */
function depth({ key }: PlannedWrite): number {
  return key.split('/').length;
}
