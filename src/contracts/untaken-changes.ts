import type { StoreProduct } from '../domain/store/product';
import { storeAppMembers } from './store-app-changes';
import type { Untaken } from './untaken-members';

type Reasons = Readonly<Record<string, Untaken>>;
type Places = Readonly<Record<string, Reasons>>;

const readOnly: Untaken = { code: 'read-only-member', message: 'Partner Center sets it: leave it out.' };
const inPortal: Untaken = {
  code: 'ignored-member',
  message: 'The API ignores it: leave it out, and set it in Partner Center under Properties.',
};
const sales: Untaken = {
  code: 'ignored-member',
  message: 'The API ignores sales: leave them out, and set them in Partner Center.',
};
const named: Untaken = {
  code: 'read-only-member',
  message: 'Say "file" for a new one, or "id" for one that is there.',
};

function elsewhere(message: string): Untaken {
  return { code: 'owned-elsewhere', message };
}

function each(names: readonly string[], reason: Untaken): Reasons {
  return Object.fromEntries(names.map((name) => [name, reason]));
}

const publication = elsewhere('Use "options.publishAt" of the release document instead.');
const packages = elsewhere('Use "packages" and "oldPackages" of the release document instead.');

const ofSubmission: Reasons = {
  ...each(['id', 'flightId', 'status', 'statusDetails', 'fileUploadUrl', 'hasUploadUrl', 'friendlyName'], readOnly),
  ...each(['targetPublishMode', 'targetPublishDate'], publication),
};
const ofPrice: Reasons = { isAdvancedPricingModel: readOnly, sales };
const ofDelivery: Reasons = {
  packageRollout: elsewhere('Use "options.rollout" of the release document instead.'),
};
const obsolete = each(['privacyPolicy', 'supportContact', 'websiteUrl'], inPortal);
const ofImage = each(['fileName', 'fileStatus', 'imageType'], named);

const places: Readonly<Record<StoreProduct['kind'], Places>> = {
  'store-app': {
    '/changes': { ...ofSubmission, applicationPackages: packages, flightPackages: packages },
    '/changes/pricing': ofPrice,
    '/changes/packageDeliveryOptions': ofDelivery,
    '/changes/listings/*/baseListing': obsolete,
    '/changes/listings/*/platformOverrides/*': obsolete,
    '/changes/listings/*/baseListing/images/*/*': ofImage,
    '/changes/listings/*/platformOverrides/*/images/*/*': ofImage,
    '/changes/trailers/*': each(['videoFileName', 'videoFileId'], named),
    '/changes/trailers/*/trailerAssets/*/imageList/*': ofImage,
  },
  'store-flight': {
    '/changes': {
      ...each(storeAppMembers, elsewhere('A flight has none of its own: change it by a release of the app.')),
      ...ofSubmission,
      applicationPackages: packages,
      flightPackages: packages,
    },
    '/changes/packageDeliveryOptions': ofDelivery,
  },
  'store-add-on': {
    '/changes': {
      ...each(storeAppMembers, elsewhere('It belongs to the app: change it by a release of the app.')),
      ...ofSubmission,
    },
    '/changes/pricing': {
      ...ofPrice,
      trialPeriod: elsewhere('An add-on has no trial: change it by a release of the app.'),
    },
    '/changes/listings/*/icon': each(['fileName', 'fileStatus'], named),
    '/changes/listings/*': {
      baseListing: elsewhere('A listing of an add-on has title, description and icon, and nothing around them.'),
    },
  },
};

/** Why a member of `changes` is not taken, where something is known by its name. A `*` is any one name or index. */
export function untakenChange(
  kind: StoreProduct['kind'],
  place: readonly PropertyKey[],
  name: string,
): Untaken | undefined {
  const found = Object.entries(places[kind]).find(([pattern]) => matches(pattern, place));
  return found !== undefined && Object.hasOwn(found[1], name) ? found[1][name] : undefined;
}

function matches(pattern: string, place: readonly PropertyKey[]): boolean {
  const parts = pattern.split('/').slice(1);
  return parts.length === place.length && parts.every((part, index) => part === '*' || part === String(place[index]));
}
