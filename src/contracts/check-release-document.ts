import { isAllowedHost } from '../domain/allowed-host';
import type { Fault } from '../domain/release';
import { isListingLanguage } from '../domain/store/listing-languages';
import { changesFaults, changesOf } from './changes';
import { partFaults, submissionFaults } from './document-parts';
import { faultsOf } from './faults';
import { asObject, fault, holds, isObject, member, textsAt } from './json-places';
import type { FoundText } from './json-places';
import { kindFaults } from './kind-faults';
import { ReleaseDocument } from './release-document';
import { secretFaults } from './secret-faults';
import type { Json } from './strict-json';
import { isOfferKind, isStoreKind } from './target-kinds';

/** What the settings say about documents. */
export interface DocumentRules {
  /** Hosts that bytes are read from: `example.com`, or `*.example.com` for every host below it. */
  readonly allowedHosts: readonly string[];
  /** For tests on one machine only. */
  readonly allowLoopbackSources: boolean;
  /** How the names of secrets begin that a document may name; empty = it may name none. */
  readonly secretPrefix: string;
}

export type CheckedDocument =
  { readonly ok: true; readonly document: ReleaseDocument } | { readonly ok: false; readonly faults: readonly Fault[] };

/** Everything that the document alone shows, all faults together. */
export function checkReleaseDocument(value: Json, rules: DocumentRules): CheckedDocument {
  // Changes have a form for each kind of target: of a union, a fault could not be told.
  const { changes, ...rest } = asObject(value);
  const parsed = ReleaseDocument.safeParse(isObject(value) ? rest : value);
  const ofMembers = parsed.success ? [] : faultsOf(parsed.error.issues, value);
  const kind = ofMembers.filter((fault) => fault.pointer === '/target/kind');
  // Another kind of target has other members: what this kind would say about them only misleads.
  if (kind.length > 0) return { ok: false, faults: [...kind, ...ofMembers.filter(isOfEveryKind)] };
  const faults = distinct([...ofMembers, ...ofKind(value, ofMembers), ...acrossMembers(value, rules)]);
  if (!parsed.success || faults.length > 0) return { ok: false, faults };
  if (changes === undefined) return { ok: true, document: parsed.data };
  return { ok: true, document: { ...parsed.data, changes: changesOf[parsed.data.target.kind].parse(changes) } };
}

/** What the kind of target decides about the other parts. */
function ofKind(value: Json, known: readonly Fault[]): Fault[] {
  const kind = member(member(value, 'target'), 'kind');
  if (!isOfferKind(kind) && !isStoreKind(kind)) return [];
  const changes = asObject(value)['changes'];
  return [
    ...(changes === undefined ? [] : changesFaults(kind, changes)),
    ...kindFaults(kind, value),
    ...(isStoreKind(kind) ? [...languages(value), ...submissionFaults(kind, value, known)] : []),
  ];
}

/** A schema says nothing of the whole where a part is at fault: what it might have said is looked for again. */
function distinct(faults: readonly Fault[]): Fault[] {
  const byPlace = new Map(faults.map((found) => [JSON.stringify(found), found]));
  return [...byPlace.values()];
}

function isOfEveryKind(fault: Fault): boolean {
  return /^\/(account|labels|notify)(\/|$)/.test(fault.pointer);
}

/** What takes more than one member, or a name, to see. It works on whatever is there, so that it adds to other faults. */
function acrossMembers(value: Json, rules: DocumentRules): Fault[] {
  return [
    ...askedFor(value),
    ...packageUniqueness(value),
    ...uniqueness(textsAt(value, ['assets', '*', 'path'])),
    ...uniqueness(textsAt(value, ['oldPackages', 'remove', '*'])),
    ...labelNames(value),
    ...partFaults(value),
    ...secretFaults(value, rules.secretPrefix),
    ...sourceUrls(value).flatMap((found) => hostFaults(found, rules)),
  ];
}

function sourceUrls(value: Json): FoundText[] {
  const sources = [
    ['packages', '*', 'source', 'url'],
    ['assets', '*', 'source', 'url'],
    ['archive', 'source', 'url'],
  ];
  return sources.flatMap((place) => textsAt(value, place));
}

function askedFor(value: Json): Fault[] {
  if (!isObject(value)) return [];
  const parts = ['packages', 'changes', 'submission'].map((name) => member(value, name));
  const asks = [...parts, member(member(value, 'oldPackages'), 'remove')].some((part) => part !== null && holds(part));
  if (asks) return [];
  return [fault([], 'nothing-asked', 'Add packages, oldPackages.remove, changes or a submission.')];
}

function uniqueness(texts: readonly FoundText[]): Fault[] {
  const seen = new Set<string>();
  return texts.flatMap(({ path, text }) => {
    const key = text.toLowerCase();
    if (seen.has(key)) return [fault(path, 'duplicate', 'It is there twice; case makes no difference.')];
    seen.add(key);
    return [];
  });
}

/** Packages of the Store are told apart by their names; a plan of the marketplace has one package. */
function packageUniqueness(value: Json): Fault[] {
  const ofOffer = isOfferKind(member(member(value, 'target'), 'kind'));
  return uniqueness(textsAt(value, ['packages', '*', ofOffer ? 'plan' : 'fileName']));
}

function languages(value: Json): Fault[] {
  const names = Object.keys(asObject(member(member(value, 'changes'), 'listings')));
  const found = names.map((text) => ({ path: ['changes', 'listings', text], text }));
  const unknown = found.filter(({ text }) => !isListingLanguage(text));
  return [
    ...unknown.map(({ path }) => fault(path, 'unknown-language', 'Use a language code of the Store as "en-us".')),
    ...uniqueness(found),
  ];
}

const labelForm = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,62}$/;

function labelNames(value: Json): Fault[] {
  return Object.keys(asObject(member(value, 'labels')))
    .filter((name) => !labelForm.test(name))
    .map((name) =>
      fault(
        ['labels', name],
        'invalid-format',
        'A label is named by at most 63 letters, digits, ".", "_", "/" and "-", and begins with a letter or digit.',
      ),
    );
}

const loopbackForm = /^(localhost|127(\.\d+){3}|\[::1\])$/;

function hostFaults({ path, text }: FoundText, { allowedHosts, allowLoopbackSources }: DocumentRules): Fault[] {
  const url = URL.parse(text);
  if (url === null) return [];
  const isLoopback = allowLoopbackSources && loopbackForm.test(url.hostname);
  if (url.protocol !== 'https:' && !isLoopback) {
    return [fault(path, 'invalid-url', 'Use an https address.')];
  }
  if (allowedHosts.some((entry) => isAllowedHost(entry, url, isLoopback))) return [];
  return [
    fault(
      path,
      'host-not-allowed',
      `Bytes are not read from "${url.host.slice(0, 253)}": upload the file, or have the host added to PUBLISHER_ALLOWED_HOSTS.`,
    ),
  ];
}
