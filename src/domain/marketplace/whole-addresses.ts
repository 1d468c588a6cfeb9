import { asObject } from '../json-value';
import type { Members } from '../offer/offer-content';
import { withQueriesOf } from '../offer/whole-addresses';
import { isMedia, readKey } from './resource-key';
import type { ResourceKey } from './resource-key';

/**
 * A resource of a content with the queries that its addresses have in the release document, each in its place: they may
 * give access, so that no wish holds them. Only for a request that is sent at once. Pure.
 *
 * @param changes as the document was sent
 */
export function withWholeAddresses(key: string, members: Members, changes: unknown): Members {
  const parts = readKey(key);
  return parts === undefined ? members : asObject(withQueriesOf(members, askedOf(parts, asObject(changes))));
}

/** What the changes say of a resource, in the form that its content has. */
function askedOf({ kind, plan, language, imageType }: ResourceKey, changes: Members): unknown {
  const owner = plan === undefined ? changes : asObject(asObject(changes['plans'])[plan]);
  if (kind === 'plan') return owner;
  if (kind === 'planAvailability') return owner['availability'];
  if (kind === 'planPackageConfiguration') return owner['packageConfiguration'];
  if (language === undefined) return owner[kind];
  const listing = listingOf(asObject(owner['listings']), language);
  if (!isMedia(kind)) return listing;
  const files = listing[kind];
  return { items: imageType === undefined ? files : asObject(files)[imageType] };
}

/** Documents write languages as they like. */
function listingOf(listings: Members, language: string): Members {
  const name = Object.keys(listings).find((one) => one.toLowerCase() === language);
  return name === undefined ? {} : asObject(listings[name]);
}
