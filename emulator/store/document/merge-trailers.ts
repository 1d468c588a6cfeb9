import { invalidValue } from '../errors';
import type { SubmissionContent, Trailer } from './content';

/**
 * Trailers have no file status: those with an id exist, those without are new (*documented*). One that is left out is
 * gone, and an unknown id is refused (both *assumed*).
 */
export function mergeTrailers(next: SubmissionContent, stored: SubmissionContent): void {
  next.trailers = next.trailers.map((sent) => {
    if (sent.id === undefined || sent.id === '') return fresh(sent);
    const old = stored.trailers.find((trailer) => trailer.id === sent.id);
    if (!old) throw invalidValue(`The trailer ${sent.id} does not exist`, 'trailers');
    return { ...sent, videoFileName: old.videoFileName, videoFileId: old.videoFileId };
  });
}

function fresh(sent: Trailer): Trailer {
  if (sent.videoFileName === '') throw invalidValue('The value of VideoFileName is not valid', 'videoFileName');
  return { videoFileName: sent.videoFileName, trailerAssets: sent.trailerAssets };
}
