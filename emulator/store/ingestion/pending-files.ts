import type { AddOnContent } from '../document/add-on-content';
import type { ApplicationContent, Image, Trailer } from '../document/application-content';
import { packagesOf, type Content } from '../document/content';
import type { Package } from '../document/delivery';

/** Files of a draft that have to be in the uploaded archive. */
export interface PendingFiles {
  readonly packages: Package[];
  readonly images: Pick<Image, 'fileName' | 'imageType'>[];
  /** Videos of trailers that the store does not have yet. */
  readonly videos: string[];
  /** Thumbnails of trailers that the store does not have yet. */
  readonly thumbnails: string[];
}

/** Every file that the archive must bring. *Documented*. */
export function pendingFiles(content: Content): PendingFiles {
  const packages = packagesOf(content).filter((p) => p.fileStatus === 'PendingUpload');
  if ('flightPackages' in content) return { packages, images: [], videos: [], thumbnails: [] };
  if ('contentType' in content) return { packages, images: pendingIcons(content), videos: [], thumbnails: [] };
  return {
    packages,
    images: allImages(content).filter((image) => image.fileStatus === 'PendingUpload'),
    videos: content.trailers.filter((trailer) => trailer.id === undefined).map((trailer) => trailer.videoFileName),
    thumbnails: content.trailers
      .flatMap(thumbnailsOf)
      .filter((image) => image.id === undefined)
      .map((image) => image.fileName),
  };
}

/** *Documented*: icons of add-ons have the size of those of applications. */
function pendingIcons({ listings }: AddOnContent): PendingFiles['images'] {
  return Object.values(listings)
    .flatMap(({ icon }) => icon ?? [])
    .filter(({ fileStatus }) => fileStatus === 'PendingUpload')
    .map(({ fileName }) => ({ fileName, imageType: 'Icon' }));
}

/** Archive entries that those files need, `\` turned into `/`. */
export function pendingNames({ packages, images, videos, thumbnails }: PendingFiles): string[] {
  const names = [...packages.map((p) => p.fileName), ...images.map((i) => i.fileName), ...videos, ...thumbnails];
  return names.map(entryName);
}

/** The thumbnails of a trailer, in all languages. */
export function thumbnailsOf(trailer: Trailer): Trailer['trailerAssets'][string]['imageList'] {
  return Object.values(trailer.trailerAssets).flatMap((asset) => asset.imageList);
}

/** The name of the archive entry for a `fileName`. *Observed*: `\` and `/` mean the same, case matters. */
export function entryName(fileName: string): string {
  return fileName.replaceAll('\\', '/');
}

/** The images of all listings of an application, overrides included. */
export function allImages(content: ApplicationContent): Image[] {
  return Object.values(content.listings).flatMap((listing) => [
    ...listing.baseListing.images,
    ...Object.values(listing.platformOverrides).flatMap((override) => override?.images ?? []),
  ]);
}
