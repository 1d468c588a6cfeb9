import { asObject, isObject } from '../json-value';
import type { Members } from '../offer/offer-content';
import { fields, keyed, record, set } from './forms';
import type { Form } from './forms';
import { isMedia, readKey } from './resource-key';
import type { ResourceKey, ResourceKind } from './resource-key';

const lowerCase = (text: string): string => text.toLowerCase();
const upperCase = (text: string): string => text.toUpperCase();

const members = keyed({ key: 'ID', normal: lowerCase });
const pairs = keyed({ key: 'type', value: 'value' });
const levels = record(set);

const listing = fields({ listingContacts: keyed({ key: 'type' }) });
const configuration = fields({
  allowedCustomerActions: set,
  allowedDataActions: set,
  publicAzureAuthorizations: set,
  azureGovernmentAuthorizations: set,
  policies: keyed({ key: 'policyName' }),
  packageRegionAvailabilities: keyed({ key: 'region' }),
});

/** What of a resource is a list of things with a key, or a list without an order. */
const forms: Partial<Record<ResourceKind, Form>> = {
  setup: fields({ channelStates: pairs }),
  resellerConfiguration: fields({ tenantIds: set }),
  property: fields({
    leveledCategories: levels,
    leveledIndustries: levels,
    customAmendments: keyed({ key: 'name', item: fields({ tenants: members }) }),
  }),
  availability: fields({
    audiences: keyed({ key: 'Type', value: 'Values', item: set }),
    emailAudiences: members,
    subscriptionAudiences: members,
  }),
  listing,
  planListing: listing,
  plan: fields({ cloudAvailabilities: set, extendedProperties: pairs }),
  planAvailability: fields({
    marketStates: keyed({ key: 'marketCode', value: 'state', normal: upperCase }),
    tenantAudiences: members,
    subscriptionAudiences: members,
    properties: pairs,
    customMeters: keyed({ key: 'ID', item: fields({ includedBaseQuantities: keyed({ key: 'recurringUnit' }) }) }),
  }),
  packageConfiguration: configuration,
  planPackageConfiguration: configuration,
};

/** Members that no content has, of any resource: names, versions and addresses that the service gives. */
const everywhere: ReadonlySet<string> = new Set(['id', 'ID', '@odata.etag', 'resourceType', 'fileSasUri']);

/** The same, of some resources. */
const stripped: Partial<Record<ResourceKind, readonly string[]>> = {
  property: ['submissionVersion'],
  listing: ['languageCode'],
  planListing: ['languageCode'],
  plan: ['externalID'],
  packageConfiguration: ['packageReferences'],
  planPackageConfiguration: ['packageReferences'],
  images: ['type', 'state', 'order', 'publisherDefinedSasUri'],
  videos: ['state', 'order', 'publisherDefinedSasUri'],
  assets: ['state', 'order', 'publisherDefinedSasUri'],
};

function isStripped(kind: ResourceKind, name: string): boolean {
  // These come in several types under one key.
  if (name === 'resourceType') return kind !== 'packageConfiguration' && kind !== 'planPackageConfiguration';
  return everywhere.has(name) || (stripped[kind]?.includes(name) ?? false);
}

const resourceTypes: Partial<Record<ResourceKind, string>> = {
  setup: 'AzureProductSetup',
  resellerConfiguration: 'ResellerConfiguration',
  property: 'AzureProperty',
  availability: 'ProductAvailability',
  listing: 'AzureListing',
  planListing: 'AzureListing',
  plan: 'AzureSkuVariant',
  planAvailability: 'FeatureAvailability',
  images: 'ListingImage',
  videos: 'ListingVideo',
  assets: 'ListingAsset',
};

/**
 * The content of a resource as the API answers it, without what the service sets and with an object for each list of
 * things that have a key. `packageReferences` go: the reader puts `packages` in their place. `null` is what the API
 * leaves out. Of a file's resource it is the item of its list, to which the reader adds `bytes`.
 *
 * @param key of the resource in the content, as `plans/basic/availability`
 */
export function contentOf(key: string, resource: Members): Members {
  const { kind } = partsOf(key);
  const kept = Object.entries(resource).filter(([name]) => !isStripped(kind, name));
  const content = asObject(withoutNulls(Object.fromEntries(kept)));
  if (kind === 'videos') return withThumbnail(content);
  return asObject(forms[kind]?.toContent(content) ?? content);
}

function withThumbnail(video: Members): Members {
  if (!isObject(video['thumbnail'])) return video;
  const shown = Object.entries(video['thumbnail']).filter(([name]) => !isStripped('videos', name));
  return { ...video, thumbnail: Object.fromEntries(shown) };
}

/**
 * What to send for a content: the inverse of {@link contentOf}. Over the resource that was read, if any: what no content
 * holds stays, lists keep the order they had, and what is gone from the content is gone. Without one it has what a new
 * resource needs of the key. `bytes`, `packages` and the state and order of files are left to the writer.
 */
export function resourceOf(key: string, content: Members, read?: Members): Members {
  const parts = partsOf(key);
  const sent = withoutAdded(parts.kind, content);
  const wire = asObject(forms[parts.kind]?.toWire(sent, read) ?? sent);
  if (read === undefined) return { ...ownNames(parts), ...wire };
  const before = Object.entries(read).flatMap(([name, value]) => {
    if (isStripped(parts.kind, name)) return [[name, value] as const];
    return Object.hasOwn(wire, name) ? [[name, merged(wire[name], value, name)] as const] : [];
  });
  const fresh = Object.entries(wire).filter(([name]) => !Object.hasOwn(read, name));
  return Object.fromEntries([...before, ...fresh]);
}

/** What the service sets about a thumbnail stays with it, where it is the same file. */
function merged(wire: unknown, read: unknown, name: string): unknown {
  if (name !== 'thumbnail' || !isObject(wire) || !isObject(read) || wire['fileName'] !== read['fileName']) return wire;
  const set = Object.entries(read).filter(([member]) => isStripped('videos', member));
  return { ...wire, ...Object.fromEntries(set) };
}

/** Without what a reader adds to what the API has. */
function withoutAdded(kind: ResourceKind, content: Members): Members {
  if (kind === 'packageConfiguration' || kind === 'planPackageConfiguration') return without(content, 'packages');
  if (!isMedia(kind)) return content;
  const sent = without(content, 'bytes');
  return isObject(sent['thumbnail']) ? { ...sent, thumbnail: without(sent['thumbnail'], 'bytes') } : sent;
}

function without(content: Members, name: string): Members {
  const { [name]: _added, ...rest } = content;
  return rest;
}

function ownNames({ kind, plan, language, imageType }: ResourceKey): Members {
  const resourceType = resourceTypes[kind];
  return {
    ...(resourceType === undefined ? {} : { resourceType }),
    ...(kind === 'plan' ? { externalID: plan } : {}),
    ...(kind === 'listing' || kind === 'planListing' ? { languageCode: language } : {}),
    ...(imageType === undefined ? {} : { type: imageType }),
  };
}

function partsOf(key: string): ResourceKey {
  const parts = readKey(key);
  if (parts === undefined) throw new TypeError(`No resource of a product is called "${key}".`);
  return parts;
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const kept = Object.entries(value).filter(([, one]) => one !== null && one !== undefined);
  return Object.fromEntries(kept.map(([name, one]) => [name, withoutNulls(one)]));
}
