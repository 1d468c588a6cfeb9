import { below, refuse } from './place';
import type { Place } from './place';
import { asText, plainText } from '../../json-value';
import { writtenText } from './shape';

/** A picture or a video in a submission, new or already there. */
export interface StoredFile {
  readonly [member: string]: unknown;
  readonly id?: string | null | undefined;
  readonly fileName?: string | null | undefined;
  readonly description?: string | null | undefined;
}

/** What an export calls it: its id, or before it has one, its name. */
export function identityOf(id: unknown, fileName: unknown): string {
  return asText(id) === '' ? asText(fileName) : asText(id);
}

/**
 * A new file under the name that its bytes give it, so that no other has it and a repetition finds it; noted as one to
 * send. `undefined` where the document has no such asset.
 */
export function newFile(
  at: Place,
  asset: string,
): { readonly zipPath: string; readonly known: string | undefined } | undefined {
  const place = at.keys.join('/');
  const sha256 = at.context.sha256Of(asset)?.toLowerCase();
  if (sha256 === undefined) {
    refuse(below(at, 'file'), 'asset-not-found', `The document has no asset "${asset}".`);
    return undefined;
  }
  const zipPath = `Assets/${place}/${sha256}${extensionOf(asset)}`;
  return { zipPath, known: at.context.known(place, sha256) };
}

/** Notes a file for the archive. */
export function send(at: Place, asset: string, zipPath: string): void {
  const sha256 = at.context.sha256Of(asset)?.toLowerCase() ?? '';
  if (at.found.files.some((file) => file.zipPath === zipPath)) return;
  at.found.files.push({ asset, zipPath, place: at.keys.join('/'), sha256 });
}

function extensionOf(asset: string): string {
  return /\.[A-Za-z0-9]{1,8}$/.exec(asset)?.[0].toLowerCase() ?? '';
}

/** Whether two names in the archive are one: the service reads both slashes. */
export function sameZipPath(a: unknown, b: unknown): boolean {
  return asText(a).replaceAll('\\', '/').toLowerCase() === asText(b).replaceAll('\\', '/').toLowerCase();
}

/** A list has each of its files once. */
export function refuseDoubles(names: readonly (string | undefined)[], at: Place): void {
  names.forEach((name, index) => {
    if (name === undefined || names.indexOf(name) === index) return;
    refuse(below(at, index), 'duplicate', 'The same file is there twice.');
  });
}

/** `undefined` keeps the caption, `null` empties it. */
export function withCaption<T extends StoredFile>(image: T, caption: unknown): T {
  const wanted = asText(caption);
  if (caption === undefined || wanted === plainText(asText(image.description))) return image;
  return { ...image, description: writtenText(image.description, wanted) };
}
