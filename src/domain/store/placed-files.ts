import { identityOf, sameZipPath } from './changes/assets';
import type { AssetFile } from './changes/place';
import { asText, isObject } from './changes/shape';
import type { Members } from './changes/shape';
import type { StoreSubmission } from './submission';

/** A file that is in a submission, under the id that an export shows. */
export interface PlacedFile {
  readonly place: string;
  readonly sha256: string;
  readonly id: string;
}

/**
 * What became of the files that were sent, once the submission was processed: to be remembered, so that the same bytes
 * are not sent again. Files that the service named anew are left out: they are sent again.
 */
export function placedFiles(files: readonly AssetFile[], submission: StoreSubmission): PlacedFile[] {
  const there = filesIn(submission);
  return files.flatMap(({ zipPath, place, sha256 }) => {
    const found = there.find((entry) => sameZipPath(nameOf(entry), zipPath));
    return found === undefined ? [] : [{ place, sha256, id: identityOf(found['id'], nameOf(found)) }];
  });
}

/**
 * Names of pictures and trailers that a draft announced before and that are not among the files to send. An archive
 * replaces the one before it whole, so they would be missing from ours.
 */
export function announcedElsewhere(planned: StoreSubmission, files: readonly AssetFile[]): string[] {
  const { applicationPackages: _packages, flightPackages: _flight, ...content } = planned;
  const names = pendingIn(content).map(nameOf);
  return names.filter((name) => !files.some(({ zipPath }) => sameZipPath(zipPath, name)));
}

function nameOf(entry: Members): string {
  return asText(entry['videoFileName'] ?? entry['fileName']);
}

function filesIn(value: unknown): Members[] {
  const gone = ['PendingUpload', 'PendingDelete'];
  return entriesIn(value).filter((entry) => !gone.includes(asText(entry['fileStatus'])));
}

/** Trailers and their thumbnails have no status: what has no id is new. */
function pendingIn(value: unknown): Members[] {
  return entriesIn(value).filter(({ fileStatus, id }) =>
    fileStatus === undefined ? asText(id) === '' : fileStatus === 'PendingUpload',
  );
}

/** Whatever has the name of a file. */
function entriesIn(value: unknown): Members[] {
  if (Array.isArray(value)) return value.flatMap(entriesIn);
  if (!isObject(value)) return [];
  return [...(nameOf(value) === '' ? [] : [value]), ...Object.values(value).flatMap(entriesIn)];
}
