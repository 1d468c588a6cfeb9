import { hasAddressReference } from './addresses';
import { covers, fits, sameContent } from './compare-offers';
import { keysOf } from './offer-content';
import type { Members, OfferContent } from './offer-content';
import { secretNames } from './secrets';

/**
 * What this service has written into the draft of an offer since it was last published, resource by resource. It tells
 * our own work from other people's, and is what a cancel puts back. It holds no secrets: contents are as they were read.
 */
export interface DraftLedger {
  /** The release that made the offer, while it was never published. */
  readonly madeBy?: string | undefined;
  /** The draft that the offer came with, as that release found it before it wrote: what differs, somebody has changed. */
  readonly made?: OfferContent | undefined;
  readonly entries: Readonly<Record<string, LedgerEntry>>;
}

export interface LedgerEntry {
  /** The release that wrote it last. */
  readonly releaseId: string;
  /** Before the first write since the last publication; `null` = it was not there. */
  readonly found: Members | null;
  /** As it is to be, noted before it was sent; `null` = it is to be gone. */
  readonly wrote: Members | null;
  /** As it was before this write, where that was ours already: a write that never came to be leaves it so. */
  readonly was?: Members | undefined;
  /** As it was read back after the write, where the service keeps it in other words. */
  readonly readBack?: Members | null | undefined;
  /** What was read back is what was written, in words of the service that do not compare as the same. */
  readonly isAsWanted?: boolean | undefined;
  /** Its release succeeded with the draft as its end: the next one goes on with it. */
  readonly kept?: boolean | undefined;
  /** What an earlier release had kept, and this one has written over: it counts again once this one is put back. */
  readonly under?: LedgerEntry | undefined;
}

export const emptyLedger: DraftLedger = { entries: {} };

/** The ledger with the draft that a new offer came with, noted once by the release that made it. */
export function withMade(ledger: DraftLedger, releaseId: string, draft: OfferContent): DraftLedger {
  const isFresh = ledger.madeBy === releaseId && ledger.made === undefined && Object.keys(ledger.entries).length === 0;
  return isFresh ? { ...ledger, made: draft } : ledger;
}

/** Whether what is there is what this service wrote, and nobody has touched it since. */
export function isOurs(ledger: DraftLedger, key: string, there: Members | undefined): boolean {
  const entry = ledger.entries[key];
  if (entry === undefined) return false;
  const now = there ?? null;
  if (fits(entry.wrote, now)) return true;
  if (entry.readBack !== undefined) return sameContent(entry.readBack, now);
  return isMadeAs(entry, entry.wrote, now) || (entry.was !== undefined && sameContent(entry.was, now));
}

/** It was not there before this service made it, and has what was wanted: what is beside that was added by its API. */
function isMadeAs(entry: LedgerEntry, wanted: Members | null, there: Members | null): boolean {
  return entry.found === null && entry.wrote !== null && wanted !== null && covers(wanted, there);
}

/**
 * As `fits`; or it was written so, and is since as it was read back then: in words that its API took for the same, or,
 * where it was made, with what the API has added by itself.
 */
function isAsWanted(ledger: DraftLedger, key: string, wanted: Members | null, there: Members | undefined): boolean {
  const now = there ?? null;
  if (fits(wanted, now)) return true;
  const entry = ledger.entries[key];
  if (entry?.readBack === undefined || !sameContent(entry.wrote, wanted)) return false;
  return (entry.isAsWanted === true || isMadeAs(entry, wanted, now)) && sameContent(entry.readBack, now);
}

/** What was wanted, as it was read back where that says the same in other words, or more: so it shows once it is live. */
export function asReadBack(wanted: OfferContent, ledger: DraftLedger): OfferContent {
  const read = Object.entries(wanted).map(([key, members]) => {
    const there = ledger.entries[key]?.readBack ?? undefined;
    const isSame = there !== undefined && isAsWanted(ledger, key, members, there);
    return [key, isSame && !hasUnseen(members) ? there : members] as const;
  });
  return Object.fromEntries(read);
}

/** As `unfitKeys`, where this service knows its own writes again in the words of the other one. */
export function unwantedKeys(wanted: OfferContent, there: OfferContent, ledger: DraftLedger): readonly string[] {
  return keysOf(wanted, there).filter((key) => !isAsWanted(ledger, key, wanted[key] ?? null, there[key]));
}

/** Whether what is there is what was there before this service wrote. */
export function isFound(ledger: DraftLedger, key: string, there: Members | undefined): boolean {
  const entry = ledger.entries[key];
  return entry !== undefined && sameContent(entry.found, there ?? null);
}

/**
 * What a new release is merged into: the draft as it is, with leftovers of our own ended releases, and of an earlier run
 * of the same one, as they were found. What nobody may know is ours stays.
 */
export function baseOf(draft: OfferContent, ledger: DraftLedger): OfferContent {
  const base: Record<string, Members> = { ...draft };
  for (const [key, entry] of Object.entries(ledger.entries)) {
    if (entry.kept === true || !isOurs(ledger, key, draft[key])) continue;
    if (entry.found === null) delete base[key];
    else base[key] = entry.found;
  }
  return base;
}

/** What a cancel makes of the draft: our work as it was found. `touched` = somebody else has changed it since: it stays. */
export function putBackOf(
  draft: OfferContent,
  ledger: DraftLedger,
): { readonly content: OfferContent; readonly touched: readonly string[] } {
  const content: Record<string, Members> = { ...draft };
  const touched: string[] = [];
  for (const [key, { found }] of Object.entries(ledger.entries)) {
    if (isFound(ledger, key, draft[key])) continue;
    if (!isOurs(ledger, key, draft[key])) touched.push(key);
    else if (found === null) delete content[key];
    else content[key] = found;
  }
  return { content, touched };
}

/**
 * The ledger with a write that is about to be sent: what was found first stays what was found. What another release has
 * kept is found by this one as it is.
 */
export function withIntent(
  ledger: DraftLedger,
  releaseId: string,
  write: { readonly key: string; readonly there: Members | undefined; readonly wanted: Members | null },
): DraftLedger {
  const { key, there, wanted } = write;
  const before = ledger.entries[key];
  const mine = before !== undefined && isOurs(ledger, key, there);
  const was = mine && there !== undefined ? { was: there } : {};
  const origin = mine && before.kept === true ? { found: there ?? null, under: before } : originOf(ledger, key, there);
  return { ...ledger, entries: { ...ledger.entries, [key]: { releaseId, wrote: wanted, ...origin, ...was } } };
}

/** Where a resource is ours, or as it was found, its origin is known; otherwise it is what is there now. */
function originOf(ledger: DraftLedger, key: string, there: Members | undefined): Pick<LedgerEntry, 'found' | 'under'> {
  const before = ledger.entries[key];
  if (before === undefined || !(isOurs(ledger, key, there) || isFound(ledger, key, there)))
    return { found: there ?? null };
  return before.under === undefined ? { found: before.found } : { found: before.found, under: before.under };
}

/**
 * What to do about a resource that a release wants to be so. `done`: it is. `changed`: it is neither as it was when the
 * release looked, nor as it wrote it: somebody else is at work, and nothing is written over that. What cannot be seen, a secret or
 * the query of an address: a resource with such is written once by each release.
 */
export function judgeWrite(
  ledger: DraftLedger,
  releaseId: string,
  { key, there, expected, wanted }: WantedResource,
): 'done' | 'write' | 'changed' {
  if (isMadeUnseen(ledger, key, wanted, there) || isAsWanted(ledger, key, wanted, there)) {
    return !hasUnseen(wanted) || hasWritten(ledger, releaseId, key, wanted) ? 'done' : 'write';
  }
  const isKnown = sameContent(expected ?? null, there ?? null) || isOurs(ledger, key, there);
  return isKnown || isFound(ledger, key, there) ? 'write' : 'changed';
}

/** Whether what is wanted has something that does not show once it is written. */
function hasUnseen(wanted: Members | null): boolean {
  return secretNames(wanted).length > 0 || hasAddressReference(wanted);
}

/** Whether it was made, and never read back: the answer was lost, or it came with what it belongs to. */
function isMadeUnseen(ledger: DraftLedger, key: string, wanted: Members | null, there: Members | undefined): boolean {
  const entry = ledger.entries[key];
  return entry !== undefined && entry.readBack === undefined && isMadeAs(entry, wanted, there ?? null);
}

/** Whether the release has sent it, and seen what came of it. */
function hasWritten(ledger: DraftLedger, releaseId: string, key: string, wanted: Members | null): boolean {
  const entry = ledger.entries[key];
  return entry?.releaseId === releaseId && entry.readBack !== undefined && sameContent(entry.wrote, wanted);
}

export interface WantedResource {
  readonly key: string;
  /** As it is now; `undefined` = it is not there. */
  readonly there: Members | undefined;
  /** As it was when the release looked. */
  readonly expected: Members | undefined;
  /** `null` = it is to be gone. */
  readonly wanted: Members | null;
}

/** The ledger with what was read back after a write. */
export function withReadBack(
  ledger: DraftLedger,
  key: string,
  there: Members | undefined,
  isAsWanted = false,
): DraftLedger {
  const entry = ledger.entries[key];
  if (entry === undefined) return ledger;
  const { isAsWanted: _before, was: _was, ...rest } = entry;
  const read: LedgerEntry = { ...rest, readBack: there ?? null, ...(isAsWanted ? { isAsWanted } : {}) };
  return { ...ledger, entries: { ...ledger.entries, [key]: read } };
}

/** The ledger without an entry that no longer says anything, for what it wrote was put back; what is under it stays. */
export function withoutEntry({ entries, ...rest }: DraftLedger, key: string): DraftLedger {
  const { [key]: gone, ...others } = entries;
  return { ...rest, entries: gone?.under === undefined ? others : { ...others, [key]: gone.under } };
}

/** The ledger of one release: what it wrote last. What others wrote is not its to put back. */
export function writtenBy(ledger: DraftLedger, releaseId: string): DraftLedger {
  const own = Object.entries(ledger.entries).filter(([, entry]) => entry.releaseId === releaseId);
  return { ...ledger, entries: Object.fromEntries(own) };
}

/** What the release wrote is to be gone on with by the next one. */
export function withKept(ledger: DraftLedger, releaseId: string): DraftLedger {
  const entries = Object.entries(ledger.entries).map(([key, entry]) => {
    const { under: _before, ...own } = entry;
    return [key, entry.releaseId === releaseId ? { ...own, kept: true } : entry] as const;
  });
  return { ...ledger, entries: Object.fromEntries(entries) };
}
