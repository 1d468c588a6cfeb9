import type { Answer, Call } from '../http';
import { ListingFiles, type FileOptions, type ListingFileAddress } from './listing-files';
import type { ListingAddress } from './listing-methods';
import { ListingAsset, ListingImage, ListingVideo } from './listing-schema';
import { IngestionOperation } from './operations';
import type { ListCall } from './pages';
import type { ConditionalCall, IngestionRequests, PossiblyConditionalCall } from './requests';
import type { Draft } from './resource-schema';

/**
 * Logos and screenshots, documents, and films of a listing: B18–B23.
 *
 * A file is made in three steps: a create answers `fileSasUri`, good for about a quarter of an hour; the bytes go there
 * with a blob PUT; an update with `state: 'Uploaded'` tells the service, and answers an address that only reads.
 */
export interface ListingFileMethods {
  /** B18, GET /products/{p}/listings/{l}/assets. A read. */
  listListingAssets(listing: ListingAddress, call: ListCall, options?: FileOptions): AsyncGenerator<ListingAsset>;
  /** B18, POST …/assets. `PendingUpload` unless told otherwise. Not repeatable: after an unclear answer list them. */
  createListingAsset(listing: ListingAddress, asset: Draft<ListingAsset>, call: Call): Promise<Answer<ListingAsset>>;
  /** B19, GET …/assets/{a}. A read. */
  getListingAsset(asset: ListingFileAddress, call: Call, options?: FileOptions): Promise<Answer<ListingAsset>>;
  /** B19, PUT …/assets/{a}. Replaces, safe to repeat. The API does not ask for `If-Match` here. */
  updateListingAsset(
    asset: ListingFileAddress,
    document: Draft<ListingAsset>,
    call: PossiblyConditionalCall,
  ): Promise<Answer<ListingAsset>>;
  /** B19, DELETE …/assets/{a}. 204. Not repeatable, though a second one does no harm but 404. */
  deleteListingAsset(asset: ListingFileAddress, call: Call): Promise<Answer<unknown>>;

  /** B20, GET /products/{p}/listings/{l}/images. A read. */
  listListingImages(listing: ListingAddress, call: ListCall, options?: FileOptions): AsyncGenerator<ListingImage>;
  /** B20, POST …/images, with `fileName`, `type` and `order`; otherwise as `createListingAsset`. */
  createListingImage(listing: ListingAddress, image: Draft<ListingImage>, call: Call): Promise<Answer<ListingImage>>;
  /** B21, GET …/images/{i}. A read. */
  getListingImage(image: ListingFileAddress, call: Call, options?: FileOptions): Promise<Answer<ListingImage>>;
  /**
   * B21, PUT …/images/{i}. The whole object; safe to repeat, conflicts as in `IngestionClient`. `Uploaded` before the
   * blob is there is refused. Unverified: with which words.
   */
  updateListingImage(
    image: ListingFileAddress,
    document: Draft<ListingImage>,
    call: ConditionalCall,
  ): Promise<Answer<ListingImage>>;
  /** B21, DELETE …/images/{i}. 204. As `deleteListingAsset`. */
  deleteListingImage(image: ListingFileAddress, call: Call): Promise<Answer<unknown>>;

  /** B22, GET /products/{p}/listings/{l}/videos. A read. */
  listListingVideos(listing: ListingAddress, call: ListCall, options?: FileOptions): AsyncGenerator<ListingVideo>;
  /** B22, POST …/videos. As `createListingAsset`. Unverified: how its thumbnail is uploaded. */
  createListingVideo(listing: ListingAddress, video: Draft<ListingVideo>, call: Call): Promise<Answer<ListingVideo>>;
  /** B23, GET …/videos/{v}. A read. */
  getListingVideo(video: ListingFileAddress, call: Call, options?: FileOptions): Promise<Answer<ListingVideo>>;
  /** B23, PUT …/videos/{v}. As `updateListingAsset`. */
  updateListingVideo(
    video: ListingFileAddress,
    document: Draft<ListingVideo>,
    call: PossiblyConditionalCall,
  ): Promise<Answer<ListingVideo>>;
  /** B23, DELETE …/videos/{v}. 204. As `deleteListingAsset`. */
  deleteListingVideo(video: ListingFileAddress, call: Call): Promise<Answer<unknown>>;
}

export function listingFileMethods(requests: IngestionRequests): ListingFileMethods {
  const assets = new ListingFiles(requests, {
    resources: 'assets',
    resourceType: 'ListingAsset',
    schema: ListingAsset,
    operations: {
      list: IngestionOperation.listListingAssets,
      create: IngestionOperation.createListingAsset,
      get: IngestionOperation.getListingAsset,
      update: IngestionOperation.updateListingAsset,
      delete: IngestionOperation.deleteListingAsset,
    },
  });
  const images = new ListingFiles(requests, {
    resources: 'images',
    resourceType: 'ListingImage',
    schema: ListingImage,
    operations: {
      list: IngestionOperation.listListingImages,
      create: IngestionOperation.createListingImage,
      get: IngestionOperation.getListingImage,
      update: IngestionOperation.updateListingImage,
      delete: IngestionOperation.deleteListingImage,
    },
  });
  const videos = new ListingFiles(requests, {
    resources: 'videos',
    resourceType: 'ListingVideo',
    schema: ListingVideo,
    operations: {
      list: IngestionOperation.listListingVideos,
      create: IngestionOperation.createListingVideo,
      get: IngestionOperation.getListingVideo,
      update: IngestionOperation.updateListingVideo,
      delete: IngestionOperation.deleteListingVideo,
    },
  });
  return {
    listListingAssets: (...args) => assets.list(...args),
    createListingAsset: (...args) => assets.create(...args),
    getListingAsset: (...args) => assets.get(...args),
    updateListingAsset: (...args) => assets.update(...args),
    deleteListingAsset: (...args) => assets.delete(...args),
    listListingImages: (...args) => images.list(...args),
    createListingImage: (...args) => images.create(...args),
    getListingImage: (...args) => images.get(...args),
    updateListingImage: (...args) => images.update(...args),
    deleteListingImage: (...args) => images.delete(...args),
    listListingVideos: (...args) => videos.list(...args),
    createListingVideo: (...args) => videos.create(...args),
    getListingVideo: (...args) => videos.get(...args),
    updateListingVideo: (...args) => videos.update(...args),
    deleteListingVideo: (...args) => videos.delete(...args),
  };
}
