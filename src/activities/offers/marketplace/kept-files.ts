import { asObject } from '../../../domain/json-value';
import type { Members } from '../../../domain/offer/offer-content';
import type { SecretUrl } from '../../../partner-center/http';
import type { DraftTask } from '../offer-api';
import { download, sha256In } from './file-hashes';
import { urlOf } from './media-rows';
import type { MediaRow } from './media-rows';

/**
 * Keeps the bytes of a file that is about to go, so that a cancel can put it back. What cannot be read, or is too large
 * to be held, cannot be put back. Repeating it does nothing.
 */
export async function keepFile(task: DraftTask, { item, wire }: Pick<MediaRow, 'item' | 'wire'>): Promise<void> {
  await keepBytes(task, item, urlOf(wire));
  await keepBytes(task, asObject(item['thumbnail']), urlOf(asObject(wire['thumbnail'])));
}

async function keepBytes({ files, signal }: DraftTask, { bytes }: Members, url: SecretUrl | undefined): Promise<void> {
  const sha256 = sha256In(bytes);
  if (sha256 === undefined || url === undefined) return;
  const before = await files.find(sha256);
  // A file of the release itself is not there for the one that puts back.
  if (before !== undefined && before.file === undefined) return;
  const read = await download(url, { keep: true, signal });
  if (read?.bytes !== undefined && read.sha256 === sha256) await files.keep(sha256, read.bytes);
}
