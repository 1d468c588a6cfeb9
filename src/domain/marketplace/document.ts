import { asObject } from '../json-value';
import type { Members, OfferContent } from '../offer/offer-content';
import { namesBelow } from './changes/draft';
import { assetCaptions, exportedFiles, imageCaptions, videoCaptions } from './changes/files';
import { shown } from './changes/rule';
import { testDrivePlan } from './words';

type Resources = ReadonlyMap<string, Members>;

/** Of the setup: what belongs to test drives, which no release changes. */
const ofTestDrive = ['enableTestDrive', 'testDriveType'];

/** Of a technical configuration: what `packages` of the release document say. */
const ofPackages = ['version', 'packages'];

/**
 * A product's content as a release document's `changes` would say it: modules under their names, listings by language,
 * plans by id; without what is read-only or said elsewhere in the document. Applied as a patch it changes nothing.
 */
export function documentOf(content: OfferContent): Members {
  const resources: Resources = new Map(Object.entries(content));
  const plans = namesBelow(resources, 'plans').filter((plan) => plan !== testDrivePlan);
  return present({
    setup: plain(resources.get('setup'), ofTestDrive),
    property: plain(resources.get('property')),
    availability: plain(resources.get('availability')),
    listings: listingsOf(resources, 'listings'),
    resellerConfiguration: plain(resources.get('resellerConfiguration')),
    packageConfiguration: plain(resources.get('packageConfiguration'), ofPackages),
    plans: byName(plans, (plan) => planOf(resources, plan)),
  });
}

function planOf(resources: Resources, plan: string): Members {
  const key = `plans/${plan}`;
  return present({
    ...plain(resources.get(key)),
    listings: listingsOf(resources, `${key}/listings`),
    availability: plain(resources.get(`${key}/availability`)),
    packageConfiguration: plain(resources.get(`${key}/packageConfiguration`), ofPackages),
  });
}

function listingsOf(resources: Resources, key: string): Members | undefined {
  return byName(namesBelow(resources, key), (language) => listingOf(resources, `${key}/${language}`));
}

function listingOf(resources: Resources, key: string): Members {
  const types = namesBelow(resources, `${key}/images`);
  const [videos, assets] = [resources.get(`${key}/videos`), resources.get(`${key}/assets`)];
  return present({
    ...plain(resources.get(key)),
    images: byName(types, (type) => exportedFiles(asObject(resources.get(`${key}/images/${type}`)), imageCaptions)),
    videos: videos && exportedFiles(videos, videoCaptions),
    assets: assets && exportedFiles(assets, assetCaptions),
  });
}

/** A resource as it is, without what no export shows. */
function plain(members: Members | undefined, hidden: readonly string[] = []): Members | undefined {
  if (members === undefined) return undefined;
  return asObject(shown(Object.fromEntries(Object.entries(members).filter(([name]) => !hidden.includes(name)))));
}

/** `undefined` where there is nothing of the kind. */
function byName(names: readonly string[], one: (name: string) => unknown): Members | undefined {
  return names.length === 0 ? undefined : Object.fromEntries(names.map((name) => [name, one(name)]));
}

function present(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([, one]) => one !== undefined));
}
