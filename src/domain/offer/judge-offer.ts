import type { Failure } from '../failure';
import type { Fault } from '../release';
import type { OnForeignDraft, OfferUntil } from '../release-document';
import { differentKeys, differentMembers } from './compare-offers';
import { baseOf, isFound, isOurs } from './draft-ledger';
import type { DraftLedger } from './draft-ledger';
import type { OfferContent } from './offer-content';
import { isUnderWay } from './offer-status';
import type { OfferProgress } from './offer-status';

/** An offer as it is: its draft, what was last published, and the publication that was begun last. */
export interface SeenOffer {
  readonly draft: OfferContent;
  /** `null` = never published; `unknown` = it was, and the API does not show what. */
  readonly live: OfferContent | null | 'unknown';
  readonly last: OfferProgress | null;
  /** Whether a release of this service began that publication. */
  readonly lastIsOurs: boolean;
}

/** What a release makes of the content that it is merged into. */
export interface AppliedChanges {
  readonly content: OfferContent;
  /** The same where all secrets that it names are there already, by our own record: without them. */
  readonly settled?: OfferContent | undefined;
  readonly faults: readonly Fault[];
}

export interface OfferCase {
  readonly offer: SeenOffer;
  readonly ledger: DraftLedger;
  /** The publication that an earlier run of this release began. */
  readonly publicationId: string | null;
  readonly onForeignDraft: OnForeignDraft;
  readonly until: OfferUntil;
  /** Pure: the release document's changes and packages. */
  readonly apply: (base: OfferContent) => AppliedChanges;
  /** Pure: a fault for each price that would change and may not. */
  readonly keptPrices: (before: OfferContent, after: OfferContent) => readonly Fault[];
}

export interface OfferJudgement {
  /** What the draft is to be. */
  readonly desired: OfferContent;
  readonly faults: readonly Fault[];
  /** Differences between the draft and what was last published that no release of ours made. */
  readonly foreign: readonly string[];
  /** Why the release must stop, before anything is written. */
  readonly failure: Failure | null;
  /** Resources that are to be written. */
  readonly changed: readonly string[];
  /** All that is asked for is live, or in the draft where the release ends there; nothing is to be published. */
  readonly nothingToPublish: boolean;
  /** Of this release, begun by an earlier run and not failed. */
  readonly own: OfferProgress | null;
  /** Of this release, failed or canceled. */
  readonly ended: OfferProgress | null;
  /** Somebody's publication that has to end first. */
  readonly underWay: OfferProgress | null;
}

/** Whether a release may go to its offer as it is, and what it would write. Pure: the run and a plan judge alike. */
export function judgeOffer(release: OfferCase): OfferJudgement {
  const { offer, ledger, publicationId, until } = release;
  const { last } = offer;
  const isOwn = last !== null && last.publicationId === publicationId;
  const base = baseOf(offer.draft, ledger);
  const applied = release.apply(base);
  const place = until === 'draft' ? offer.draft : offer.live;
  const desired = desiredOf(applied, offer.draft, place);
  const foreign = foreignKeys(release);
  const prices = release.keptPrices(pricedAs(release, base, foreign), applied.content);
  return {
    desired,
    faults: [...applied.faults, ...prices],
    foreign,
    failure: foreign.length > 0 && release.onForeignDraft !== 'adopt' ? foreignDraft(release, foreign) : null,
    changed: differentKeys(offer.draft, desired),
    nothingToPublish: isThere(place, desired),
    ...publicationsOf(last, isOwn),
  };
}

/**
 * Where the prices are that a release keeps: in the draft that it builds on, but where it adopts the work of others, in
 * what is live. What somebody charges there goes live knowingly, or not at all.
 */
function pricedAs({ offer, onForeignDraft }: OfferCase, base: OfferContent, foreign: readonly string[]): OfferContent {
  const { live } = offer;
  if (onForeignDraft !== 'adopt' || live === null || live === 'unknown') return base;
  const entries = Object.entries(base).filter(([key]) => !foreign.includes(key));
  const published = foreign.flatMap((key) => (live[key] === undefined ? [] : [[key, live[key]] as const]));
  return Object.fromEntries([...entries, ...published]);
}

/** Secrets that are there need no sending, unless something else is written or published: then they go with it. */
function desiredOf({ content, settled }: AppliedChanges, draft: OfferContent, place: SeenOffer['live']): OfferContent {
  const isSettled = settled !== undefined && isThere(draft, settled) && isThere(place, settled);
  return isSettled ? settled : content;
}

function isThere(place: SeenOffer['live'], content: OfferContent): boolean {
  return place !== null && place !== 'unknown' && differentKeys(content, place).length === 0;
}

/** What the publication that was begun last is to the release. */
function publicationsOf(
  last: OfferProgress | null,
  isOwn: boolean,
): Pick<OfferJudgement, 'own' | 'ended' | 'underWay'> {
  const nothing = { own: null, ended: null, underWay: null };
  if (last === null) return nothing;
  if (!isOwn) return isUnderWay(last) ? { ...nothing, underWay: last } : nothing;
  return hasEnded(last) ? { ...nothing, ended: last } : { ...nothing, own: last };
}

function hasEnded({ phase }: OfferProgress): boolean {
  return phase === 'failed' || phase === 'canceled';
}

/** A preview of somebody else's is work that a new publication would push aside. */
const foreignPreview = 'preview';

function foreignKeys({ offer, ledger }: OfferCase): readonly string[] {
  const { draft, live, last, lastIsOurs } = offer;
  const preview = last?.phase === 'preview-ready' && !lastIsOurs;
  const mine = (key: string): boolean => isOurs(ledger, key, draft[key]) || isFoundAsLive(offer, ledger, key);
  const keys = live === 'unknown' ? Object.keys(draft) : differentKeys(live ?? madeAs(ledger, draft), draft);
  return [...keys.filter((key) => !mine(key)), ...(preview ? [foreignPreview] : [])];
}

/** What the draft of an offer that was never published is compared with: what it came with, where a release made it. */
function madeAs({ madeBy, made }: DraftLedger, draft: OfferContent): OfferContent {
  // How it was may not have been noted: then nothing tells who has changed what.
  return madeBy === undefined ? {} : (made ?? draft);
}

/** Put back by somebody to what we had found, which is what is live. */
function isFoundAsLive({ draft, live }: SeenOffer, ledger: DraftLedger, key: string): boolean {
  return live === null && isFound(ledger, key, draft[key]);
}

function foreignDraft({ offer: { draft, live }, ledger }: OfferCase, foreign: readonly string[]): Failure {
  const known = live === null ? madeAs(ledger, draft) : live;
  const named = foreign.slice(0, 20).map((key) => {
    const members = known === 'unknown' ? [] : differentMembers(known[key], draft[key]);
    return members.length === 0 ? key : `${key} (${members.slice(0, 5).join(', ')})`;
  });
  const rest = foreign.length > named.length ? ` and ${foreign.length - named.length} more` : '';
  const what =
    live === null
      ? neverPublished(ledger)
      : live === 'unknown'
        ? 'Partner Center does not show what was last published, so that its draft cannot be compared'
        : 'The draft differs from what was last published, and no release made the difference';
  return {
    code: 'foreign-draft',
    message: `${what}: ${named.join('; ')}${rest}.`.slice(0, 2000),
    retryable: false,
    errors: foreign.slice(0, 50).map((key) => ({ pointer: '', code: 'foreign-draft', message: key })),
  };
}

function neverPublished({ madeBy }: DraftLedger): string {
  return madeBy === undefined
    ? 'The offer was never published, and its draft was made by somebody else'
    : 'The offer was never published, and somebody has changed the draft that a release made';
}
