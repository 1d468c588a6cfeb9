import type { Members } from '../../../domain/offer/offer-content';
import { found } from './failures';
import type { MediaKind } from './media-rows';
import { ifSame } from './send-row';
import { asDraft } from './session';
import type { ProductSession } from './session';

/** What is done to the files of one kind of a listing. */
export interface MediaCalls {
  /** Not repeatable: after an unclear answer, the list has it. */
  create(document: Members): Promise<Members>;
  /** With its address. */
  get(id: string): Promise<Members>;
  /** Over what was read. */
  update(row: Members, document: Members): Promise<void>;
  /** One that is gone already is no error. */
  remove(id: string): Promise<void>;
}

export function mediaCalls(session: ProductSession, listingId: string, kind: MediaKind): MediaCalls {
  const { client, call, productId } = session;
  const listing = { productId, listingId };
  const file = (fileId: string) => ({ ...listing, fileId });
  const shown = { withFileSasUri: true };
  const updated = (row: Members) => [file(String(row['id'])), ifSame(call, kind, row)] as const;
  switch (kind) {
    case 'images':
      return {
        create: async (document) => (await client.createListingImage(listing, asDraft(document), call)).value,
        get: async (id) => (await client.getListingImage(file(id), call, shown)).value,
        update: async (row, document) => {
          const [address, same] = updated(row);
          await client.updateListingImage(address, asDraft(document), same);
        },
        remove: async (id) => void (await found(client.deleteListingImage(file(id), call))),
      };
    case 'videos':
      return {
        create: async (document) => (await client.createListingVideo(listing, asDraft(document), call)).value,
        get: async (id) => (await client.getListingVideo(file(id), call, shown)).value,
        update: async (row, document) => {
          const [address, same] = updated(row);
          await client.updateListingVideo(address, asDraft(document), same);
        },
        remove: async (id) => void (await found(client.deleteListingVideo(file(id), call))),
      };
    case 'assets':
      return {
        create: async (document) => (await client.createListingAsset(listing, asDraft(document), call)).value,
        get: async (id) => (await client.getListingAsset(file(id), call, shown)).value,
        update: async (row, document) => {
          const [address, same] = updated(row);
          await client.updateListingAsset(address, asDraft(document), same);
        },
        remove: async (id) => void (await found(client.deleteListingAsset(file(id), call))),
      };
  }
}
