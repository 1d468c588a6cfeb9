import { invalidValue } from '../errors';
import type { ApplicationContent, Trailer } from './application-content';

/**
 * Trailers have no file status: those with an id exist, those without are new, and so it is with their thumbnails
 * (*documented*). A trailer that is left out is gone, and an unknown id is refused (both *assumed*).
 */
export function mergeTrailers(next: ApplicationContent, stored: ApplicationContent): void {
  next.trailers = next.trailers.map((sent) => {
    const old = isNew(sent) ? undefined : stored.trailers.find((trailer) => trailer.id === sent.id);
    if (!isNew(sent) && !old) throw invalidValue(`The trailer ${sent.id} does not exist`, 'trailers');
    if (!old && sent.videoFileName === '')
      throw invalidValue('The value of VideoFileName is not valid', 'videoFileName');
    const { id, videoFileName, videoFileId } = old ?? { ...sent, id: undefined, videoFileId: undefined };
    return {
      ...(id !== undefined && { id }),
      videoFileName,
      ...(videoFileId !== undefined && { videoFileId }),
      trailerAssets: mergeAssets(sent, old),
    };
  });
}

function mergeAssets(sent: Trailer, old: Trailer | undefined): Trailer['trailerAssets'] {
  const known = Object.values(old?.trailerAssets ?? {}).flatMap((asset) => asset.imageList);
  const merged = Object.entries(sent.trailerAssets).map(([language, asset]) => [
    language,
    { ...asset, imageList: asset.imageList.map((image) => mergeThumbnail(image, known)) },
  ]);
  // Entries of such a record, changed in nothing but their values.
  return Object.fromEntries(merged) as Trailer['trailerAssets'];
}

type Thumbnail = Trailer['trailerAssets'][string]['imageList'][number];

function mergeThumbnail(sent: Thumbnail, known: readonly Thumbnail[]): Thumbnail {
  const { id, ...rest } = sent;
  const old = isNew(sent) ? undefined : known.find((image) => image.id === id);
  return old ? { ...rest, fileName: old.fileName, ...(old.id !== undefined && { id: old.id }) } : rest;
}

function isNew({ id }: { id?: string | undefined }): boolean {
  return id === undefined || id === '';
}
