import type { NamedOffer, Offer } from '../../../domain/offer/offer';
import { Module } from '../../../partner-center/ingestion';
import type { Product } from '../../../partner-center/ingestion';
import type { OfferDirectory } from '../offer-api';
import { MarketplaceError } from './failures';
import { all, isPublishedType, pause, unsupportedType } from './session';
import type { AccountSession } from './session';

const externalIdType = 'AzureOfferId';
const looks = 4;

/** The products of an account in the commercial marketplace, by their offer ids. */
export function marketplaceDirectory(session: AccountSession): OfferDirectory {
  const { client, call } = session;
  return {
    find: async (target) => {
      const externalId = { type: externalIdType, value: target.offerId };
      for await (const product of client.listProducts(call, { externalId })) {
        if (isNamed(product, target.offerId)) return offerOf(product, target);
      }
      return null;
    },
    make: async (target) => {
      const { resourceType, name } = newProduct(target);
      const externalIDs = [{ type: externalIdType, value: target.offerId }];
      const { value } = await client.createProduct({ resourceType, name, externalIDs }, call);
      await branchesShown(session, value.id);
      return { kind: 'marketplace-product', productId: value.id };
    },
  };
}

/** The filter is the service's; what it let through is looked at again. */
function isNamed({ externalIDs }: Product, offerId: string): boolean {
  return externalIDs.some(
    ({ type, value }) =>
      type.toLowerCase() === externalIdType.toLowerCase() && value.toLowerCase() === offerId.toLowerCase(),
  );
}

function offerOf({ id, resourceType }: Product, target: NamedOffer): Offer {
  if (!isPublishedType(resourceType)) throw unsupportedType(resourceType);
  const asked = target.kind === 'marketplace-product' ? target.create?.resourceType : undefined;
  if (asked !== undefined && asked !== resourceType) {
    const message = `The offer ${target.offerId} is there already, and is of the type ${resourceType ?? '(none)'}, not ${asked}.`;
    throw new MarketplaceError({ code: 'product-type-unsupported', message, retryable: false });
  }
  return { kind: 'marketplace-product', productId: id };
}

function newProduct(target: NamedOffer) {
  if (target.kind === 'marketplace-product' && target.create !== undefined) return target.create;
  const message = `There is no offer ${target.offerId}, and the document does not say what to make it as.`;
  throw new MarketplaceError({ code: 'product-not-found', message, retryable: false });
}

/** The product is made, whatever becomes of this: whoever reads its draft looks again. */
async function branchesShown(session: AccountSession, productId: string): Promise<void> {
  const { client, call } = session;
  for (let look = 1; look <= looks; look++) {
    try {
      const rows = await all(client.listBranches(productId, Module.listing, call));
      if (rows.length > 0) return;
      if (look < looks) await pause(session);
    } catch {
      return;
    }
  }
}
