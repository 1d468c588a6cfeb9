import { empty, type Answer } from '../../core/answer';
import { param, type Call } from '../../core/call';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findProduct } from '../access';
import { readBody } from '../body';
import { readResource, readType } from '../document/read-resource';
import { conflict, notFound } from '../errors';
import { checkIfMatch, touch } from '../etag';
import { groundOf } from '../ground';
import type { IngestionProduct, Variant } from '../model';
import { operation } from '../operation';
import { pageOf } from '../page';
import { BELOW_PRODUCT } from '../paths';
import { renderRow, rowAnswer } from '../render';
import { liveOf } from '../submissions/live';
import { addVariant } from './make-product';

const TYPES = ['AzureSkuVariant', 'AzureTestDriveVariant'];

/**
 * Plans (B28, B29).
 *
 * - *Observed*: 201 with `ETag` and `Location`; the members that are added; the id of a test drive is `testdrive`.
 * - *Documented*: an application's plan is a solution template unless told otherwise; no PUT needs `If-Match`.
 * - *Assumed*: a plan id is used once in a product; what a plan is does not change; a plan that is live cannot be deleted.
 */
export function variantOperations(services: Services): Operation[] {
  const path = `${BELOW_PRODUCT}/variants`;
  const show = (call: Call): Answer => {
    const { variant } = find(services, call);
    return rowAnswer(variant, renderRow(variant));
  };
  return [
    operation('listVariants', 'GET', path, (call) => list(services, call)),
    operation('createVariant', 'POST', path, (call) => create(services, call)),
    operation('getVariant', 'GET', `${path}/:variantId`, show),
    { ...operation('updateVariant', 'PUT', `${path}/:variantId`, (call) => update(services, call)), reread: show },
    operation('deleteVariant', 'DELETE', `${path}/:variantId`, (call) => remove(services, call)),
  ];
}

function find(services: Services, call: Call): { product: IngestionProduct; variant: Variant } {
  const product = findProduct(services, call);
  const id = param(call, 'variantId').toLowerCase();
  const variant = product.variants.find((candidate) => candidate.id === id);
  if (!variant) throw notFound(call, 'Variant');
  return { product, variant };
}

function list(services: Services, call: Call): Answer {
  const latest = services.clock.now() - services.world.settings.switches.listDelay;
  const variants = findProduct(services, call).variants.filter(({ created }) => created <= latest);
  return pageOf(services, call, variants.map(renderRow));
}

function create(services: Services, call: Call): Answer {
  const product = findProduct(services, call);
  const body = readBody(call);
  const type = readType(call, body, TYPES);
  const members = readResource(services, call, type, { body });
  if (product.variants.some((other) => isSame(other, type, members['externalID']))) {
    throw conflict(call, 'ExternalID', 'The product has such a plan already.');
  }
  if (type === 'AzureSkuVariant') {
    if (product.type === 'AzureApplication') members['subType'] ??= 'solution-template';
    else delete members['subType'];
  }
  const variant = addVariant(groundOf(services), product, type, ordered(members));
  const location = `${call.origin}${call.path.replace(/\/$/, '')}/${variant.id}`;
  return rowAnswer(variant, renderRow(variant), 201, { location });
}

function isSame(other: Variant, type: string, externalID: unknown): boolean {
  if (type === 'AzureTestDriveVariant') return other.type === type;
  return other.members['externalID'] === externalID;
}

/** *Observed*: other properties come last. */
function ordered({ extendedProperties, ...members }: Record<string, unknown>): Record<string, unknown> {
  return { ...members, extendedProperties };
}

function update(services: Services, call: Call): Answer {
  const { variant } = find(services, call);
  checkIfMatch(services, call, variant, false);
  const body = readBody(call);
  readType(call, body, [variant.type], variant.type);
  variant.members = readResource(services, call, variant.type, { body, stored: variant.members });
  touch(services, variant);
  return rowAnswer(variant, renderRow(variant));
}

function remove(services: Services, call: Call): Answer {
  const { product, variant } = find(services, call);
  if (liveOf(product)?.variants.some(({ id }) => id === variant.id)) {
    throw conflict(call, 'VariantID', 'A published plan cannot be deleted.');
  }
  product.variants = product.variants.filter((other) => other !== variant);
  product.drafts = product.drafts.filter((draft) => draft.variant !== variant.id);
  return empty(204);
}
