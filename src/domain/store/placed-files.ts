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

function nameOf(entry: Members): string {
  return asText(entry['videoFileName'] ?? entry['fileName']);
}

function filesIn(value: unknown): Members[] {
  if (Array.isArray(value)) return value.flatMap(filesIn);
  if (!isObject(value)) return [];
  const isFile = nameOf(value) !== '' && !['PendingUpload', 'PendingDelete'].includes(asText(value['fileStatus']));
  return [...(isFile ? [value] : []), ...Object.values(value).flatMap(filesIn)];
}
