import type { Fault } from '../release';
import type { ListingChanges, StoreAppChanges } from '../release-document';
import type { StoreBaseListing, StoreListing } from './submission';

const listMembers = ['keywords', 'features', 'recommendedHardware', 'minimumHardware'];

type Listings = Readonly<Record<string, StoreListing>>;

/**
 * The listings after a merge patch of texts. Languages are compared without case and keep the key they have; a new one
 * is written in lower case, as the API wants it, and must come with all that a listing needs.
 */
export function mergeListings(
  listings: Listings,
  changes: StoreAppChanges['listings'],
): { readonly listings: Listings; readonly faults: readonly Fault[] } {
  const merged: Record<string, StoreListing> = { ...listings };
  const faults: Fault[] = [];
  for (const [language, { baseListing }] of Object.entries(changes ?? {})) {
    const key = Object.keys(merged).find((name) => name.toLowerCase() === language.toLowerCase());
    if (key === undefined) faults.push(...incompleteness(language, baseListing));
    const name = key ?? language.toLowerCase();
    merged[name] = { ...(merged[name] ?? newListing), baseListing: mergeTexts(merged[name]?.baseListing, baseListing) };
  }
  return { listings: merged, faults };
}

const newListing: StoreListing = { platformOverrides: {} };
const newBaseListing: StoreBaseListing = {
  copyrightAndTrademarkInfo: '',
  keywords: [],
  licenseTerms: '',
  privacyPolicy: '',
  supportContact: '',
  websiteUrl: '',
  description: '',
  features: [],
  releaseNotes: '',
  images: [],
  recommendedHardware: [],
  minimumHardware: [],
  title: '',
};

function mergeTexts(before: StoreBaseListing | null | undefined, changes: ListingChanges): StoreBaseListing {
  const patch = Object.entries(changes).filter(([, value]) => value !== undefined);
  return {
    ...(before ?? newBaseListing),
    ...Object.fromEntries(patch.map(([name, value]) => [name, written(name, value)])),
  };
}

/** As the API wants it: `null` empties, and line breaks are CR LF. */
function written(name: string, value: unknown): unknown {
  if (value === null) return listMembers.includes(name) ? [] : '';
  return typeof value === 'string' ? value.replace(/\r\n|\r|\n/g, '\r\n') : value;
}

function incompleteness(language: string, changes: ListingChanges): Fault[] {
  const pointer = `/changes/listings/${language}`;
  const missing = (['title', 'description'] as const).filter((name) => !changes[name]);
  if (missing.length === 0) return [];
  return [
    {
      pointer,
      code: 'listing-not-found',
      message: `The product has no listing in "${language}"; a new one needs ${missing.map((name) => `"${name}"`).join(' and ')}.`,
    },
  ];
}
