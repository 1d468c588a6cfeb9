import { asObject, valueAt } from '../json-value';
import type { Members } from '../json-value';
import type { AddressReference } from '../offer/addresses';
import type { OfferContent } from '../offer/offer-content';
import type { OfferUntil } from '../release-document';
import { cutUrlQueries } from '../url-queries';
import { askedMembers, mapAsked } from './asked-members';
import type { AskedMember } from './asked-members';
import { inContent, inDocument } from './content';
import type { KnownMember, KnownMembers } from './known-members';
import { withoutSignature } from './leaves';

/** What a release finds of members that do not come back as they were sent. */
export interface MemberFacts {
  /** The document's changes, with the queries of their addresses. Only in memory. */
  readonly changes: object;
  readonly until: OfferUntil;
  /** Draft and live offer in the form of `changes`, with the queries of addresses: for comparing alone. */
  readonly draft: Members;
  /** `null` = nothing is live. */
  readonly live: Members | null;
  readonly known: KnownMembers;
  /** Nobody has written the draft since this service did, also nothing that does not show. */
  readonly isDraftOurs: boolean;
  /** What is live is what this service knows to have published. */
  readonly isLiveOurs: boolean;
  /** By pointer: which file lies behind the address now, which version the secret has. */
  readonly marks: ReadonlyMap<string, string>;
}

/** What a document makes of an offer, once what it names was recognised. */
export interface Recognised {
  /** Files that are there already as they show. Secrets are as the document names them. */
  readonly content: OfferContent;
  /** The same without its secrets, where all of them are there already. */
  readonly settled?: OfferContent;
}

/**
 * Recognises what is there already by our own record. A file is, while the service shows what it showed for the same
 * bytes; a secret, while what holds it is provably what we wrote. Where anything else is to be published, secrets are sent
 * anyway: the draft, which that publishes, may have another by now. Pure.
 *
 * @param wanted what the document makes of `base`, its addresses without queries
 */
export function recognise(wanted: OfferContent, base: OfferContent, facts: MemberFacts): Recognised {
  const shown = inDocument(base);
  const files = mapAsked(inDocument(wanted), facts.changes, (member, value) =>
    member.kind === 'address' ? addressOf(member, { value, shown: valueAt(shown, member.path) }, facts) : value,
  );
  const content = inContent(asObject(files));
  const secrets = askedMembers(facts.changes).filter(({ kind }) => kind === 'secret');
  if (secrets.length === 0 || !secrets.every((secret) => isSecretThere(secret, facts))) return { content };
  const without = mapAsked(files, facts.changes, ({ kind }, value) => (kind === 'secret' ? undefined : value));
  return { content, settled: inContent(asObject(without)) };
}

function isSecretThere(secret: AskedMember, facts: MemberFacts): boolean {
  const { until, known, isDraftOurs, isLiveOurs } = facts;
  if (until === 'draft') return isDraftOurs && isMarked(secret, known.members, facts);
  return isLiveOurs && isMarked(secret, known.published?.members, facts);
}

/** Whether the record is about the same thing as the document. */
function isMarked(
  { pointer, asked }: AskedMember,
  members: Readonly<Record<string, KnownMember>> | undefined,
  { marks }: MemberFacts,
): boolean {
  const known = members?.[pointer];
  return known !== undefined && known.asked === asked && known.mark === marks.get(pointer);
}

interface Place {
  readonly value: unknown;
  /** What the offer shows there. */
  readonly shown: unknown;
}

/** What is to be in the place of an address that the document names. */
function addressOf(member: AskedMember, { value, shown }: Place, facts: MemberFacts): unknown {
  if (value !== member.asked) return value;
  if (shown === value) return isAsAsked(member, facts) ? value : toSend(member.asked);
  const there = valueAt(facts.draft, member.path);
  if (typeof there !== 'string' || withoutSignature(there) !== shown) return value;
  if (isSameAddress(there, member.whole)) return isAsAsked(member, facts) ? shown : toSend(shown);
  const isOurs = isMarked(member, facts.known.members, facts);
  const before = facts.known.members[member.pointer]?.shown;
  // Of an address that others gave, only the query may tell it from ours.
  return isOurs && before !== member.asked && before === cutUrlQueries(shown).document ? shown : value;
}

function toSend(address: string): AddressReference {
  return { $address: address };
}

/**
 * Whether an address that shows as it was asked for needs no sending. By the API's documentation the service downloads
 * what is behind an address, and shows a copy of its own from then on: that copy needs no signature of ours, so a fresh
 * one for the same bytes is not written. Where the address itself still shows, there is no copy, and the service reads
 * from where it leads each time that the offer is published: another query, be it a signature that is valid for longer or
 * another version of a file, has to be written, or the old one expires and certification fails.
 */
function isAsAsked(member: AskedMember, facts: MemberFacts): boolean {
  const { until, draft, live, known, isLiveOurs } = facts;
  const places = until === 'draft' ? [draft] : [draft, live];
  const isOther = places.some((place) => hasOtherQuery(member, valueAt(place, member.path), facts));
  if (isOther) return false;
  // Of what others have written nothing more is known than the address.
  if (known.members[member.pointer]?.asked !== member.asked) return true;
  if (!isMarked(member, known.members, facts)) return false;
  return until === 'draft' || (isLiveOurs && isMarked(member, known.published?.members, facts));
}

function hasOtherQuery(member: AskedMember, there: unknown, facts: MemberFacts): boolean {
  if (typeof there !== 'string' || cutUrlQueries(there).document !== member.asked) return false;
  if (isSameAddress(there, member.whole)) return false;
  // A service that hides the query, and has what we sent.
  return !(there === member.asked && isMarked(member, facts.known.members, facts));
}

/** The same address and the same query, in whatever order and encoding. */
export function isSameAddress(one: string, other: string): boolean {
  if (one === other) return true;
  if (!URL.canParse(one) || !URL.canParse(other)) return false;
  return normal(one) === normal(other);
}

function normal(address: string): string {
  const url = new URL(address);
  url.searchParams.sort();
  return url.href;
}
