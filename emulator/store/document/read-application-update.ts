import type { Application } from '../../core/model';
import type { Switches } from '../../core/settings';
import { invalidValue } from '../errors';
import { ApplicationContent, LenientApplicationContent } from './application-content';
import { limitExceeded } from './literals';
import { mergeListings } from './merge-images';
import { mergePackages } from './merge-packages';
import { mergePricing } from './merge-pricing';
import { mergeTrailers } from './merge-trailers';
import {
  checkLanguages,
  isEmptyMap,
  parseMembers,
  placeSeekEnabled,
  readMembers,
  type Update,
  type UpdateContext,
} from './read-members';

const MOST_KEYWORDS = 21;
const SCHEMAS = { strict: ApplicationContent, lenient: LenientApplicationContent };

/**
 * Reads the body of a PUT (or of a create with a body) against the stored draft. Refuses the whole document at the first
 * thing that is wrong; the stored draft is then as it was (*observed*).
 *
 * - *Observed*: names in any case, enum values exact; packages, images, listings and keyword literals.
 * - *Assumed*: members left out fall back to defaults (switch `omittedFields`), except `pricing`, which is kept (switch
 *   `omittedPricing`).
 */
export function readApplicationUpdate(
  body: Record<string, unknown>,
  { stored, application, switches, isCreate }: UpdateContext<ApplicationContent>,
): Update<ApplicationContent> {
  const sent = readMembers(body, switches);
  // Listings come first: a document without them gets their literal, whatever else is wrong.
  if (isEmptyMap(sent['listings'])) throw limitExceeded('size', isCreate ? 'Listings' : 'AppListings', 1, 'more');
  // Listings and packages are never kept: a PUT without them is refused (*observed*).
  const { listings: _listings, applicationPackages: _packages, pricing: _pricing, ...kept } = stored.content;
  const content = parseMembers(SCHEMAS, sent, { kept, switches });
  content.packageDeliveryOptions = placeSeekEnabled(content.packageDeliveryOptions, switches);
  if (switches.validation === 'strict') checkKeywords(content, switches);
  checkLanguages(content.listings);
  checkAdvanced(content, application);
  content.applicationPackages = mergePackages(content.applicationPackages, stored.content.applicationPackages);
  mergeListings(content, stored.content);
  mergeTrailers(content, stored.content);
  if (switches.titleChange === 'drop') keepTitles(content, stored.content);
  const hiddenPrice = mergePricing(content, stored, { sent: 'pricing' in sent, switches });
  return { content, hiddenPrice };
}

/** *Observed* literal; what it counts is unknown (switch `keywordsTotalCount`). */
function checkKeywords(content: ApplicationContent, switches: Switches): void {
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
function keepTitles(content: ApplicationContent, stored: ApplicationContent): void {
  for (const [language, { baseListing }] of Object.entries(content.listings)) {
    baseListing.title = stored.listings[language]?.baseListing.title ?? baseListing.title;
  }
}

function wordCount(keywords: readonly string[]): number {
  return keywords.flatMap((keyword) => keyword.split(/\s+/).filter((word) => word !== '')).length;
}

/** *Documented*: gaming options and trailers need the advanced listing permission. Wording is *assumed*. */
function checkAdvanced(content: ApplicationContent, application: Application): void {
  if (application.hasAdvancedListingPermission) return;
  if (content.trailers.length > 0 || content.gamingOptions.some((options) => options.genres.length > 0)) {
    const target = content.trailers.length > 0 ? 'trailers' : 'gamingOptions';
    throw invalidValue('This application does not have the advanced listing permission', target);
  }
}
