import type { Image, Package, SubmissionContent, Trailer } from '../document/content';

/** Files of a draft that have to be in the uploaded archive. */
export interface PendingFiles {
  readonly packages: Package[];
  readonly images: Image[];
  /** Trailers that the store does not have yet. */
  readonly trailers: Trailer[];
}

/** Every file that the archive must bring. *Documented*. */
export function pendingFiles(content: SubmissionContent): PendingFiles {
  return {
    packages: content.applicationPackages.filter((p) => p.fileStatus === 'PendingUpload'),
    images: allImages(content).filter((image) => image.fileStatus === 'PendingUpload'),
    trailers: content.trailers.filter((trailer) => trailer.id === undefined),
  };
}

/** Archive entries that those files need, `\` turned into `/`. */
export function pendingNames(files: PendingFiles): string[] {
  const trailers = files.trailers.flatMap((trailer) => [
    trailer.videoFileName,
    ...Object.values(trailer.trailerAssets).flatMap((asset) => asset.imageList.map((image) => image.fileName)),
  ]);
  return [...files.packages.map((p) => p.fileName), ...files.images.map((i) => i.fileName), ...trailers].map(entryName);
}

/** The name of the archive entry for a `fileName`. *Observed*: `\` and `/` mean the same, case matters. */
export function entryName(fileName: string): string {
  return fileName.replaceAll('\\', '/');
}

/** The images of all listings, overrides included. */
export function allImages(content: SubmissionContent): Image[] {
  return Object.values(content.listings).flatMap((listing) => [
    ...listing.baseListing.images,
    ...Object.values(listing.platformOverrides).flatMap((override) => override?.images ?? []),
  ]);
}
