import { isObject } from '../json-value';
import { isEmpty, isSame } from './compare-values';

/**
 * Pictures and videos, compared by what was sent: what has an id by the id, what is new by the end of its name, for the
 * service may keep a name without its folders. Once processed, the new have ids and what was to be deleted is gone.
 */
type Entry = Readonly<Record<string, unknown>>;

function entries(value: unknown): readonly Entry[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function isLive({ fileStatus }: Entry): boolean {
  return fileStatus !== 'PendingDelete';
}

/** Images of a listing: which ones of each type, their order and their captions. */
export function imageDifferences(meant: unknown, stored: unknown, at: string): string[] {
  const old = new Set(entries(meant).map(({ id }) => id));
  const [wanted, there] = [entries(meant).filter(isLive), entries(stored).filter(isLive)];
  const types = new Set([...wanted, ...there].map(({ imageType }) => imageType));
  return [...types].flatMap((type) => {
    const ofType = (image: Entry): boolean => image['imageType'] === type;
    const [a, b] = [wanted.filter(ofType), there.filter(ofType)];
    const place = `${at}/${String(type)}`;
    if (a.length !== b.length) return [place];
    return a.flatMap((image, index) => {
      const found = b[index] ?? {};
      if (!isSameFile(image, found) && !isRenamed(image, found, old)) return [`${place}/${index}`];
      return isSame(image['description'], found['description']) ? [] : [`${place}/${index}/description`];
    });
  });
}

/** One that was processed, has an id that we did not know, and another name than it was sent by. */
function isRenamed(meant: Entry, { id, fileStatus }: Entry, old: ReadonlySet<unknown>): boolean {
  return isEmpty(meant['id']) && fileStatus === 'Uploaded' && !isEmpty(id) && !old.has(id);
}

function isSameFile(meant: Entry, stored: Entry, name = 'fileName'): boolean {
  return isEmpty(meant['id']) ? sameEnd(meant[name], stored[name]) : meant['id'] === stored['id'];
}

function sameEnd(a: unknown, b: unknown): boolean {
  const end = (name: unknown): unknown =>
    typeof name === 'string' ? name.toLowerCase().replace(/^.*[\\/]/s, '') : undefined;
  return end(a) === end(b);
}

/** The icon of an add-on's listing, which has no id. */
export function iconDifferences(meant: unknown, stored: unknown, at: string): string[] {
  const [[wanted], [there]] = [meant, stored].map((one) =>
    entries([one]).filter((icon) => isLive(icon) && !isEmpty(icon['fileName'])),
  ) as [Entry[], Entry[]]; // `map` of a pair is a pair
  if (wanted === undefined || there === undefined) return wanted === there ? [] : [at];
  return sameEnd(wanted['fileName'], there['fileName']) ? [] : [at];
}

/** Trailers: which ones, in which order, and per language title and thumbnail. */
export function trailerDifferences(meant: unknown, stored: unknown, at: string): string[] {
  const [wanted, there] = [entries(meant), entries(stored)];
  if (wanted.length !== there.length) return [at];
  return wanted.flatMap((trailer, index) => {
    const found = there[index] ?? {};
    const place = `${at}/${index}`;
    if (!isSameFile(trailer, found, 'videoFileName')) return [place];
    return assetDifferences(trailer['trailerAssets'], found['trailerAssets'], `${place}/trailerAssets`);
  });
}

function assetDifferences(meant: unknown, stored: unknown, at: string): string[] {
  const [wanted, there] = [byLanguage(meant), byLanguage(stored)];
  const languages = new Set([...wanted.keys(), ...there.keys()]);
  return [...languages].flatMap((language) => {
    const [a, b] = [wanted.get(language), there.get(language)];
    const place = `${at}/${language}`;
    if (a === undefined || b === undefined) return [place];
    return [
      ...(isSame(a['title'], b['title']) ? [] : [`${place}/title`]),
      ...thumbnailDifferences(entries(a['imageList']), entries(b['imageList']), `${place}/imageList`),
    ];
  });
}

function byLanguage(value: unknown): ReadonlyMap<string, Entry> {
  const found = Object.entries(isObject(value) ? value : {});
  return new Map(found.map(([language, asset]) => [language.toLowerCase(), isObject(asset) ? asset : {}]));
}

function thumbnailDifferences(meant: readonly Entry[], stored: readonly Entry[], at: string): string[] {
  if (meant.length !== stored.length) return [at];
  return meant.flatMap((image, index) => {
    const found = stored[index] ?? {};
    if (!isSameFile(image, found)) return [`${at}/${index}`];
    return isSame(image['description'], found['description']) ? [] : [`${at}/${index}/description`];
  });
}
