import { empty, type Answer } from '../../core/answer';
import { param, type Call } from '../../core/call';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findProduct } from '../access';
import { memberOf, readBody } from '../body';
import { readResource, readType } from '../document/read-resource';
import { conflict, invalid } from '../errors';
import { checkIfMatch, touch } from '../etag';
import { groundOf } from '../ground';
import { operation } from '../operation';
import { pageOf } from '../page';
import { BELOW_LISTING, BELOW_PRODUCT } from '../paths';
import { makeListing } from '../products/make-product';
import { renderRow, rowAnswer } from '../render';
import { findInstance, findRow, refuseFrozen, type FoundRow } from './lookup';

const TYPE = 'AzureListing';

/**
 * Listings (B15–B17), one per language.
 *
 * - *Observed*: a PUT replaces the whole but for the language, whatever the body says of ids and etags (B-R7).
 * - *Assumed*: a language that is there already answers 409; the last language cannot be deleted.
 */
export function listingOperations(services: Services): Operation[] {
  const listings = `${BELOW_PRODUCT}/listings`;
  const show = (call: Call): Answer => {
    const { row } = findListing(services, call);
    return rowAnswer(row, renderRow(row));
  };
  return [
    operation('listListingsOfInstance', 'GET', `${listings}/getByInstanceID(*`, (call) => {
      const { instance } = findInstance(services, call, findProduct(services, call), 'Listing');
      return pageOf(services, call, instance.rows.map(renderRow));
    }),
    operation('createListing', 'POST', `${listings}/createWithInstanceID(*`, (call) => create(services, call)),
    operation('getListing', 'GET', BELOW_LISTING, show),
    { ...operation('updateListing', 'PUT', BELOW_LISTING, (call) => update(services, call)), reread: show },
    operation('deleteListing', 'DELETE', BELOW_LISTING, (call) => remove(services, call)),
  ];
}

/** The listing in the path, of a draft or frozen. */
export function findListing(services: Services, call: Call): FoundRow {
  const product = findProduct(services, call);
  const what = { module: 'Listing', id: param(call, 'listingId'), accepts: () => true } as const;
  return findRow(services, call, product, what);
}

function create(services: Services, call: Call): Answer {
  const found = findInstance(services, call, findProduct(services, call), 'Listing');
  refuseFrozen(call, found);
  const body = readBody(call);
  readType(call, body, [TYPE], TYPE);
  const language = memberOf(body, 'languageCode');
  if (typeof language !== 'string' || language === '') throw invalid(call, 'LanguageCode', 'Missing LanguageCode.');
  const { rows } = found.instance;
  if (rows.some(({ members }) => String(members['languageCode']).toLowerCase() === language.toLowerCase())) {
    throw conflict(call, 'LanguageCode', 'A listing in this language exists already.');
  }
  const row = makeListing(groundOf(services), language, '');
  row.members = readResource(services, call, TYPE, { body });
  rows.push(row);
  const path = call.path.slice(0, call.path.toLowerCase().lastIndexOf('/createwith'));
  return rowAnswer(row, renderRow(row), 201, { location: `${call.origin}${path}/${row.id}` });
}

function update(services: Services, call: Call): Answer {
  const found = findListing(services, call);
  refuseFrozen(call, found);
  checkIfMatch(services, call, found.row, true);
  const body = readBody(call);
  readType(call, body, [TYPE], TYPE);
  found.row.members = readResource(services, call, TYPE, { body, stored: found.row.members });
  touch(services, found.row);
  return rowAnswer(found.row, renderRow(found.row));
}

function remove(services: Services, call: Call): Answer {
  const found = findListing(services, call);
  refuseFrozen(call, found);
  checkIfMatch(services, call, found.row, false);
  const { instance, row } = found;
  if (instance.rows.length === 1) throw conflict(call, 'ListingID', 'The last listing cannot be deleted.');
  instance.rows = instance.rows.filter((other) => other !== row);
  return empty(204);
}
