import type { Application, Submission } from '../../core/model';
import type { Switches } from '../../core/settings';
import { invalidValue } from '../errors';
import { canonicalNames } from './canonical-names';
import { SubmissionContent } from './content';
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
 * - *Assumed*: members left out fall back to defaults (switch `omittedFields`), except `pricing`, which is kept.
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
  const complete = switches.omittedFields === 'keep' ? { ...stored.content, ...sent } : sent;
  const parsed = SubmissionContent.safeParse(complete);
  // Listings come first: a document without them gets their literal, whatever else is wrong.
  if (isEmptyMap(complete['listings'])) throw limitExceeded('size', context.emptyListings, 1, 'more');
  if (!parsed.success) throw refusalFor(parsed.error);
  const content = parsed.data;
  checkListings(content, switches);
  checkAdvanced(content, application);
  mergePackages(content, stored.content);
  mergeListings(content, stored.content);
  mergeTrailers(content, stored.content);
  const hiddenPrice = mergePricing(content, stored, { sent: 'pricing' in sent, switches });
  return { content, hiddenPrice };
}

function isEmptyMap(value: unknown): boolean {
  return value === undefined || (typeof value === 'object' && value !== null && Object.keys(value).length === 0);
}

/** *Observed*: language keys are lower-case; what the API says to others is *assumed*. */
function checkListings(content: SubmissionContent, switches: Switches): void {
  const languages = Object.keys(content.listings);
  const odd = languages.find((code) => !LANGUAGE.test(code));
  if (odd !== undefined) throw invalidValue(`The language code ${odd} is not valid`, 'listings');
  const counts =
    switches.keywordsTotalCount === 'locales'
      ? [Object.values(content.listings).filter((listing) => listing.baseListing.keywords.length > 0).length]
      : Object.values(content.listings).map((listing) => wordCount(listing.baseListing.keywords));
  if (counts.some((count) => count > MOST_KEYWORDS)) {
    throw limitExceeded('size', 'KeywordsTotalCount', MOST_KEYWORDS, 'less');
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
