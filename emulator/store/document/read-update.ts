import type { Application, Submission } from '../../core/model';
import type { Switches } from '../../core/settings';
import { invalidValue } from '../errors';
import { canonicalNames } from './canonical-names';
import { LenientContent, SubmissionContent } from './content';
import { limitExceeded, refusalFor } from './literals';
import { mergeListings } from './merge-images';
import { mergePackages } from './merge-packages';
import { mergePricing } from './merge-pricing';
import { mergeTrailers } from './merge-trailers';

const READ_ONLY = ['id', 'status', 'statusDetails', 'fileUploadUrl', 'friendlyName'];
const LANGUAGE = /^[a-z]{2,8}(-[a-z0-9]{2,8})*$/;
const MOST_KEYWORDS = 21;

/** What a draft becomes by an update. */
export interface Update {
  readonly content: SubmissionContent;
  readonly hiddenPrice: string | undefined;
}

/**
 * Reads the body of a PUT (or of a create with a body) against the stored draft. Refuses the whole document at the first
 * thing that is wrong; the stored draft is then as it was (*observed*).
 *
 * - *Observed*: names in any case, enum values exact; packages, images, listings and keyword literals.
 * - *Assumed*: members left out fall back to defaults (switch `omittedFields`), except `pricing`, which is kept (switch
 *   `omittedPricing`).
 */
export function readUpdate(
  body: Record<string, unknown>,
  stored: Submission,
  application: Application,
  context: { switches: Switches; emptyListings: 'AppListings' | 'Listings' },
): Update {
  const { switches } = context;
  // `canonicalNames` keeps an object an object.
  const sent = canonicalNames(body) as Record<string, unknown>;
  const echoed = READ_ONLY.find((name) => name in sent);
  if (switches.readOnlyEcho === 'reject' && echoed !== undefined) {
    throw invalidValue(`The property ${echoed} is read-only`, echoed);
  }
  // Listings come first: a document without them gets their literal, whatever else is wrong.
  if (isEmptyMap(sent['listings'])) throw limitExceeded('size', context.emptyListings, 1, 'more');
  const content = parse(sent, stored, switches);
  if (switches.validation === 'strict') checkKeywords(content, switches);
  checkLanguages(content);
  checkAdvanced(content, application);
  mergePackages(content, stored.content);
  mergeListings(content, stored.content);
  mergeTrailers(content, stored.content);
  if (switches.titleChange === 'drop') keepTitles(content, stored.content);
  const hiddenPrice = mergePricing(content, stored, { sent: 'pricing' in sent, switches });
  return { content, hiddenPrice };
}

function parse(sent: Record<string, unknown>, stored: Submission, switches: Switches): SubmissionContent {
  // Listings and packages are never kept: a PUT without them is refused (*observed*).
  const { listings: _listings, applicationPackages: _packages, ...kept } = stored.content;
  const schema = switches.validation === 'strict' ? SubmissionContent : LenientContent;
  const parsed = schema.safeParse(switches.omittedFields === 'keep' ? { ...kept, ...sent } : sent);
  if (!parsed.success) throw refusalFor(parsed.error);
  const { isSeekEnabled, ...delivery } = parsed.data.packageDeliveryOptions;
  if (switches.seekEnabledPlace === 'packageDeliveryOptions') {
    const { isSeekEnabled: _elsewhere, ...rollout } = delivery.packageRollout;
    delivery.packageRollout = isSeekEnabled === undefined ? rollout : { ...rollout, isSeekEnabled };
  }
  return { ...parsed.data, packageDeliveryOptions: delivery };
}

function isEmptyMap(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

/** *Observed*: language keys are lower-case; what the API says to others is *assumed*. */
function checkLanguages(content: SubmissionContent): void {
  const odd = Object.keys(content.listings).find((code) => !LANGUAGE.test(code));
  if (odd !== undefined) throw invalidValue(`The language code ${odd} is not valid`, 'listings');
}

/** *Observed* literal; what it counts is unknown (switch `keywordsTotalCount`). */
function checkKeywords(content: SubmissionContent, switches: Switches): void {
  const keywords = Object.values(content.listings).map((listing) => listing.baseListing.keywords);
  const counts =
    switches.keywordsTotalCount === 'locales'
      ? [keywords.filter((list) => list.length > 0).length]
      : keywords.map((list) => wordCount(list));
  if (counts.some((count) => count > MOST_KEYWORDS)) {
    throw limitExceeded('size', 'KeywordsTotalCount', MOST_KEYWORDS, 'less');
  }
}

/** A language that the draft has already keeps its title; a new one brings its own (switch `titleChange`). */
function keepTitles(content: SubmissionContent, stored: SubmissionContent): void {
  for (const [language, { baseListing }] of Object.entries(content.listings)) {
    baseListing.title = stored.listings[language]?.baseListing.title ?? baseListing.title;
  }
}

function wordCount(keywords: readonly string[]): number {
  return keywords.flatMap((keyword) => keyword.split(/\s+/).filter((word) => word !== '')).length;
}

/** *Documented*: gaming options and trailers need the advanced listing permission. Wording is *assumed*. */
function checkAdvanced(content: SubmissionContent, application: Application): void {
  if (application.hasAdvancedListingPermission) return;
  if (content.trailers.length > 0 || content.gamingOptions.some((options) => options.genres.length > 0)) {
    const target = content.trailers.length > 0 ? 'trailers' : 'gamingOptions';
    throw invalidValue('This application does not have the advanced listing permission', target);
  }
}
