import { empty, json, type Answer } from '../../core/answer';
import type { Call } from '../../core/call';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { authorize, findProduct } from '../access';
import { readBody } from '../body';
import { readResource, readType } from '../document/read-resource';
import { conflict, invalid, refusal } from '../errors';
import { groundOf } from '../ground';
import type { IngestionProduct, TypeValuePair } from '../model';
import { operation } from '../operation';
import { pageOf, queryOf } from '../page';
import { BELOW_PRODUCT, PRODUCTS } from '../paths';
import { renderProduct } from '../render';
import { productFilter } from './filter';
import { makeProduct } from './make-product';
import { PRODUCT_TYPES } from './product-types';

const OFFER_ID = /^[a-z0-9][a-z0-9_-]{0,49}$/;

/**
 * Products (B1–B4, B-R3).
 *
 * - *Observed*: the server chooses the id; `externalIDs` in any case, its type comes back as `AzureOfferId`; an absolute
 *   `Location`.
 * - *Assumed*: a second product with the same offer id answers 409 (switch `ingestion.duplicateOffer`); only what was never published
 *   can be deleted (switch `ingestion.deletePublished`).
 */
export function productOperations(services: Services): Operation[] {
  return [
    operation('listProducts', 'GET', PRODUCTS, (call) => list(services, call)),
    operation('createProduct', 'POST', PRODUCTS, (call) => create(services, call)),
    operation('getProduct', 'GET', BELOW_PRODUCT, (call) => json(200, renderProduct(findProduct(services, call)))),
    operation('deleteProduct', 'DELETE', BELOW_PRODUCT, (call) => remove(services, call)),
  ];
}

function list(services: Services, call: Call): Answer {
  const account = authorize(services, call);
  const isWanted = productFilter(call, queryOf(call, '$filter') ?? '');
  const latest = services.clock.now() - services.world.settings.switches['ingestion.listDelay'];
  const products = [...services.world.products.values()].filter(
    (product) => product.account === account && product.created <= latest && isWanted(product),
  );
  return pageOf(services, call, products.map(renderProduct), 'products');
}

function create(services: Services, call: Call): Answer {
  const account = authorize(services, call);
  const body = readBody(call);
  const type = readType(call, body, PRODUCT_TYPES);
  const members = readResource(services, call, 'Product', { body });
  const { isModularPublishing } = members;
  const offerId = offerIdOf(call, members['externalIDs'] as TypeValuePair[] | undefined);
  if (productOfOffer(services, account, offerId)) {
    const status = Number(services.world.settings.switches['ingestion.duplicateOffer']);
    throw refusal(call, status, { ExternalIDs: [`The offer id ${offerId} is in use already.`] });
  }
  const product = makeProduct(groundOf(services), {
    account,
    type,
    // The shape says that both are what they seem.
    name: members['name'] as string,
    offerId,
    ...(isModularPublishing !== undefined && { isModularPublishing: isModularPublishing as boolean }),
  });
  services.world.products.set(product.id, product);
  call.facts.product = product.id;
  return json(201, renderProduct(product), { location: `${call.origin}${PRODUCTS}/${product.id}` });
}

/** *Documented* for the marketplace: lower case letters, digits, dashes and underscores, 50 at most. */
function offerIdOf(call: Call, externalIDs: readonly TypeValuePair[] = []): string {
  const offerId = externalIDs.find(({ type }) => /^AzureOfferId$/i.test(type))?.value;
  if (offerId === undefined) throw invalid(call, 'ExternalIDs', 'Missing ExternalIDs.');
  if (!OFFER_ID.test(offerId)) throw invalid(call, 'ExternalIDs', 'The field ExternalIDs is invalid.');
  return offerId;
}

function productOfOffer(services: Services, account: string, offerId: string): IngestionProduct | undefined {
  return [...services.world.products.values()].find(
    (product) => product.account === account && product.externalIDs.some(({ value }) => value === offerId),
  );
}

function remove(services: Services, call: Call): Answer {
  const product = findProduct(services, call);
  const isKept =
    product.live !== undefined && services.world.settings.switches['ingestion.deletePublished'] === 'refuse';
  if (isKept) throw conflict(call, 'ProductID', 'A published product cannot be deleted.');
  services.world.products.delete(product.id);
  return empty(204);
}
