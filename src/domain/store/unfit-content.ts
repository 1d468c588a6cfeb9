import type { FaultCode } from '../fault-catalogue';
import { jsonPointer } from '../json-pointer';
import type { Fault } from '../release';
import { asList, asObject, asText } from '../json-value';
import type { StoreSubmission } from './submission';

/** What a submission came from. */
export interface Situation {
  readonly base: StoreSubmission;
  /** Whether the product was never published. */
  readonly isFirst: boolean;
  /** Languages of the packages that the release brings. */
  readonly newLanguages: readonly string[];
}

/** What the service refuses about a whole app submission. */
export function unfitApp(planned: StoreSubmission, situation: Situation): Fault[] {
  const none = 'The product has no listing yet: the first release needs at least one, with title and description.';
  return [
    ...withoutListing(planned, situation, none),
    ...withoutCategory(planned, situation),
    ...withoutTitle(planned, situation),
    ...tooManyKeywords(planned, situation),
  ];
}

/** What the service refuses about a whole add-on submission. */
export function unfitAddOn(planned: StoreSubmission, situation: Situation): Fault[] {
  const none = 'The add-on has no listing yet: the first release needs at least one, with a title.';
  return [...withoutListing(planned, situation, none), ...withoutContentType(planned)];
}

function fault(path: readonly string[], code: FaultCode, message: string): Fault {
  return { pointer: jsonPointer(['changes', ...path]), code, message };
}

function listingsOf({ listings }: StoreSubmission): [string, Readonly<Record<string, unknown>>][] {
  return Object.entries(asObject(listings)).map(([language, listing]) => [
    language,
    asObject(asObject(listing)['baseListing']),
  ]);
}

function withoutListing(planned: StoreSubmission, { base }: Situation, none: string): Fault[] {
  if (listingsOf(planned).length > 0) return [];
  const message = listingsOf(base).length === 0 ? none : 'The last listing cannot be removed: keep one, or add one.';
  return [fault(['listings'], 'listing-missing', message)];
}

function withoutCategory({ applicationCategory }: StoreSubmission, { isFirst }: Situation): Fault[] {
  if (!isFirst || !['', 'NotSet'].includes(asText(applicationCategory))) return [];
  const message = 'The app was never published and has no category yet: set one, or make it in Partner Center.';
  return [fault(['applicationCategory'], 'category-missing', message)];
}

function withoutContentType({ contentType }: StoreSubmission): Fault[] {
  if (!['', 'NotSet'].includes(asText(contentType))) return [];
  return [fault(['contentType'], 'content-type-missing', 'The add-on has no content type yet: set one.')];
}

/**
 * A language that some package has takes its title from there (seen at the commit: "Validation error: MissingTitle"). It
 * may lose its title, or the last package that has one for it; where it had neither before, the Store took it so.
 */
function withoutTitle(planned: StoreSubmission, { base, newLanguages }: Situation): Fault[] {
  const before = new Map(listingsOf(base));
  const [packaged, hadPackage] = [packagedLanguages(planned, newLanguages), packagedLanguages(base, [])];
  return listingsOf(planned)
    .filter(([language, { title }]) => asText(title) === '' && !packaged.has(language.toLowerCase()))
    .filter(([language]) => asText(before.get(language)?.['title']) !== '' || hadPackage.has(language.toLowerCase()))
    .map(([language]) =>
      fault(
        ['listings', language, 'baseListing', 'title'],
        'title-missing',
        `No package has the language "${language}", so its listing needs a title of its own.`,
      ),
    );
}

function packagedLanguages({ applicationPackages }: StoreSubmission, more: readonly string[]): ReadonlySet<string> {
  const languages = asList(applicationPackages)
    .map(asObject)
    .filter((entry) => entry['fileStatus'] !== 'PendingDelete')
    .flatMap((entry) => asList(entry['languages']).map(asText));
  return new Set([...languages, ...more].map((language) => language.toLowerCase()));
}

const mostLanguagesWithKeywords = 21;

/**
 * The API refuses more than 21 of what it calls KeywordsTotalCount; one team measured that it counts the languages that
 * have keywords. A product that has more already shows that the limit is another one there.
 */
function tooManyKeywords(planned: StoreSubmission, { base }: Situation): Fault[] {
  const [after, before] = [planned, base].map(languagesWithKeywords);
  if (after === undefined || before === undefined) return [];
  if (after <= mostLanguagesWithKeywords || after <= before) return [];
  const message = `At most ${mostLanguagesWithKeywords} languages may have keywords, and ${after} would.`;
  return [fault(['listings'], 'too-long', message)];
}

function languagesWithKeywords(submission: StoreSubmission): number {
  return listingsOf(submission).filter(([, { keywords }]) => asList(keywords).length > 0).length;
}
