import { asList, asObject, asText, isObject, withMember } from '../../json-value';
import type { Members } from '../../json-value';
import { below, refuse } from './place';
import type { Place } from './place';
import { optional, shown, text } from './rule';
import type { Rule } from './rule';

/** What changes say of a file besides which one it is. */
type Captions = Readonly<Record<string, Rule>>;

export const imageCaptions: Captions = { description: text };
export const assetCaptions: Captions = { type: text, friendlyName: text, description: text };
export const videoCaptions: Captions = { streamingUri: text, title: text, description: text, thumbnail: optional };
const thumbnailCaptions: Captions = { title: text, description: text };

/** What an export calls a file: what names its bytes; a video of another site is known by its address. */
function idOf({ bytes, fileName, streamingUri }: Members): string | undefined {
  if (asText(bytes) !== '') return asText(bytes);
  return asText(streamingUri) === '' ? asText(fileName) : undefined;
}

/** The files of a list, as an export shows them. */
export function exportedFiles(stored: Members, captions: Captions): readonly Members[] {
  return asList(stored['items']).map((item) => exportedFile(asObject(item), captions));
}

function exportedFile(item: Members, captions: Captions): Members {
  const id = idOf(item);
  const said = Object.keys(captions).flatMap((name) => {
    const value = item[name];
    if (name === 'thumbnail') return isObject(value) ? [[name, exportedFile(value, thumbnailCaptions)] as const] : [];
    return asText(value) === '' ? [] : [[name, shown(value)] as const];
  });
  return { ...(id === undefined ? {} : { id }), ...Object.fromEntries(said) };
}

/**
 * A list of files, replaced whole, in order; `null` empties it. The very same one where nothing changes, `undefined`
 * where none is left.
 */
export function patchedFiles(
  stored: Members | undefined,
  patch: unknown,
  captions: Captions,
  at: Place,
): Members | undefined {
  const before = asList(stored?.['items']).map(asObject);
  const left = [...before];
  const found: Members[] = [];
  asList(patch).forEach((item, index) => {
    const one = wantedFile({ left, found }, asObject(item), captions, below(at, index));
    if (one !== undefined) found.push(one);
  });
  if (found.length === 0) return before.length === 0 ? stored : undefined;
  const same = found.length === before.length && found.every((one, index) => one === before[index]);
  return same ? stored : { ...stored, items: found };
}

interface Files {
  /** Those that are there and not asked for yet; shrinks. */
  readonly left: Members[];
  /** Those that were asked for already. */
  readonly found: readonly Members[];
}

function wantedFile(files: Files, item: Members, captions: Captions, at: Place): Members | undefined {
  if (typeof item['file'] === 'string') return fileOfDocument(files, item['file'], item, { captions, at });
  const { id, streamingUri } = item;
  const isSame = (one: Members): boolean =>
    id === undefined ? one['streamingUri'] === streamingUri && idOf(one) === undefined : idOf(one) === id;
  const kept = taken(files.left, isSame);
  if (kept !== undefined) return captioned(kept, item, captions, at);
  if (files.found.some(isSame)) {
    refuse(at, 'duplicate', 'The same file is there twice.');
    return undefined;
  }
  if (id === undefined) return captioned({}, item, captions, at);
  refuse(below(at, 'id'), 'image-not-found', `There is no file with the id "${asText(id)}" in this place.`);
  return undefined;
}

function fileOfDocument(
  files: Files,
  asset: string,
  item: Members,
  { captions, at }: { readonly captions: Captions; readonly at: Place },
): Members | undefined {
  const sha256 = at.context.sha256Of(asset)?.toLowerCase();
  if (sha256 === undefined) {
    refuse(below(at, 'file'), 'asset-not-found', `The document has no asset "${asset}".`);
    return undefined;
  }
  const bytes = `sha256:${sha256}`;
  const isSame = (one: Members): boolean => one['bytes'] === bytes;
  const known = taken(files.left, isSame);
  const absent = Object.fromEntries(Object.keys(captions).map((name) => [name, null]));
  if (known !== undefined) return captioned(known, { ...absent, ...item }, captions, at);
  if (files.found.some(isSame)) {
    refuse(below(at, 'file'), 'duplicate', 'The same file is there twice.');
    return undefined;
  }
  const fileName = asset.slice(asset.lastIndexOf('/') + 1);
  note(at, { asset, fileName, sha256 });
  return captioned({ fileName, bytes }, item, captions, at);
}

function note(at: Place, file: { readonly asset: string; readonly fileName: string; readonly sha256: string }): void {
  const isKnown = at.found.files.some(({ key, sha256 }) => key === at.key && sha256 === file.sha256);
  if (!isKnown) at.found.files.push({ ...file, key: at.key });
}

/** Takes the first that fits out of a list. */
function taken(left: Members[], isSame: (one: Members) => boolean): Members | undefined {
  const index = left.findIndex(isSame);
  return index < 0 ? undefined : left.splice(index, 1)[0];
}

/** `undefined` keeps what is said of a file, `null` takes it away. */
function captioned(file: Members, item: Members, captions: Captions, at: Place): Members {
  const after = Object.entries(captions).reduce<unknown>((before, [name, rule]) => {
    const wanted = item[name];
    const old = asObject(before)[name];
    if (wanted === undefined) return before;
    if (name === 'thumbnail') return withMember(before, name, thumbnail(old, wanted, below(at, name)));
    if (asText(wanted) === '' && asText(old) === '') return before;
    return withMember(before, name, asText(wanted) === '' ? undefined : rule(old, wanted, below(at, name)));
  }, file);
  return asObject(after);
}

function thumbnail(stored: unknown, patch: unknown, at: Place): unknown {
  if (!isObject(patch)) return undefined;
  const left = isObject(stored) ? [stored] : [];
  return wantedFile({ left, found: [] }, patch, thumbnailCaptions, at) ?? stored;
}
