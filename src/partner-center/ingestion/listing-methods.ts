import type { Answer, Call } from '../http';
import { creationPath, instancePath, productPath, type InstanceAddress } from './addresses';
import { Listing } from './listing-schema';
import { IngestionOperation } from './operations';
import type { ListCall } from './pages';
import type { ConditionalCall, IngestionRequests } from './requests';
import type { Draft } from './resource-schema';

export interface ListingAddress {
  readonly productId: string;
  readonly listingId: string;
}

/** What customers read, language by language: B15–B17. Their files: `ListingFileMethods`. */
export interface ListingMethods {
  /** B15, GET /products/{p}/listings/{l}. A read. */
  getListing(address: ListingAddress, call: Call): Promise<Answer<Listing>>;

  /**
   * B15, PUT /products/{p}/listings/{l}. Replaces: what is left out is gone afterwards, but for the language, which stays
   * as it was made. Safe to repeat, conflicts as in `IngestionClient`. A missing text that is needed is refused with
   * "Missing" in the words (`invalid-document`). The answer is what was stored.
   */
  updateListing(address: ListingAddress, listing: Draft<Listing>, call: ConditionalCall): Promise<Answer<Listing>>;

  /** B15, DELETE /products/{p}/listings/{l}. 204. Not repeatable, though a second one does no harm but 404. */
  deleteListing(address: ListingAddress, call: Call): Promise<Answer<unknown>>;

  /** B16, GET /products/{p}/listings/getByInstanceID(instanceID={i}). A read, of one row per language; a new product or variant has `en-us`. */
  listListingsOfInstance(instance: InstanceAddress, call: ListCall): AsyncGenerator<Listing>;

  /**
   * B17, POST /products/{p}/listings/createWithInstanceID(instanceID={i}). Adds a language; 201. Not repeatable: after an
   * unclear answer list the instance's. Unverified: how a language that is there already is refused.
   */
  createListing(instance: InstanceAddress, listing: Draft<Listing>, call: Call): Promise<Answer<Listing>>;
}

export function listingMethods(requests: IngestionRequests): ListingMethods {
  const schema = Listing;
  const row = { resourceType: 'AzureListing' };
  const pathOf = ({ productId, listingId }: ListingAddress) => productPath(productId, 'listings', listingId);
  return {
    getListing: (address, call) =>
      requests.read({ schema, operation: IngestionOperation.getListing, path: pathOf(address) }, call),
    updateListing: (address, draft, call) => {
      const [path, body] = [pathOf(address), { ...row, ...draft }];
      return requests.put({ schema, operation: IngestionOperation.updateListing, path, body }, call);
    },
    deleteListing: (address, call) =>
      requests.delete({ operation: IngestionOperation.deleteListing, path: pathOf(address) }, call),
    listListingsOfInstance: (instance, call) => {
      const path = instancePath(instance, 'listings');
      return requests.list({ schema, operation: IngestionOperation.listListingsOfInstance, path }, call);
    },
    createListing: (instance, draft, call) => {
      const [path, body] = [creationPath(instance, 'listings'), { ...row, ...draft }];
      return requests.post({ schema, operation: IngestionOperation.createListing, path, body }, call);
    },
  };
}
