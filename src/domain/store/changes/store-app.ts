import { categories, deviceFamilies, hardware, licensing, platforms, visibilities } from '../words';
import { asItIs, byKey, lowerCase } from './by-key';
import { delivery } from './delivery';
import { gamingOptions } from './gaming-options';
import { images } from './images';
import { refuseIncomplete } from './incomplete-listing';
import type { Place } from './place';
import { appPricing } from './pricing';
import { asObject, asText } from '../../json-value';
import { flag, object, text, texts, word, wordList } from './shape';
import { trailers } from './trailers';

const baseListing = object({
  title: text,
  shortTitle: text,
  sortTitle: text,
  voiceTitle: text,
  description: text,
  shortDescription: text,
  releaseNotes: text,
  copyrightAndTrademarkInfo: text,
  licenseTerms: text,
  devStudio: text,
  keywords: texts,
  features: texts,
  recommendedHardware: texts,
  minimumHardware: texts,
  images,
});

const listing = object({
  baseListing,
  platformOverrides: byKey({ written: asItIs, known: platforms, item: baseListing }),
});

const newListing = {
  baseListing: {
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
  },
  platformOverrides: {},
};

/** A listing that is not there is made from a patch that has all it needs. */
function freshListing(patch: unknown, at: Place): unknown {
  const changes = asObject(asObject(patch)['baseListing']);
  refuseIncomplete(
    ['title', 'description'].filter((name) => asText(changes[name]) === ''),
    at,
  );
  return newListing;
}

/** An app submission as `changes` sees it. */
export const storeApp = object({
  applicationCategory: word(categories),
  pricing: appPricing,
  visibility: word(visibilities),
  listings: byKey({ written: lowerCase, item: listing, fresh: freshListing }),
  hardwarePreferences: wordList(hardware),
  automaticBackupEnabled: flag,
  canInstallOnRemovableMedia: flag,
  isGameDvrEnabled: flag,
  gamingOptions,
  hasExternalInAppProducts: flag,
  meetAccessibilityGuidelines: flag,
  notesForCertification: text,
  packageDeliveryOptions: delivery,
  enterpriseLicensing: word(licensing),
  allowMicrosoftDecideAppAvailabilityToFutureDeviceFamilies: flag,
  allowTargetFutureDeviceFamilies: byKey({ written: asItIs, known: deviceFamilies, item: flag }),
  trailers,
});
