import { identityOf, newFile, refuseDoubles, sameZipPath, send, withCaption } from './assets';
import type { StoredFile } from './assets';
import { keyOf } from './by-key';
import { exportedImage } from './images';
import { below, belowKey, demandAdvancedListing, refuse } from './place';
import type { Place } from './place';
import { asList, asObject, asText, isObject, plainText } from '../../json-value';
import { writtenText } from './shape';
import type { Members } from '../../json-value';
import type { Shape } from './shape';

/**
 * Trailers: one list, replaced whole, in order. They have no file status: new is what has no id, and what is left out
 * is gone. That the service takes a new thumbnail for an old trailer is not documented; reading back shows it.
 */
export const trailers: Shape = {
  exported: (stored) => (Array.isArray(stored) ? stored.filter(isObject).map(exportedTrailer) : undefined),
  patched: (stored, patch, outer) => {
    const at = { ...outer, keys: [...outer.keys, 'trailers'] };
    const before = asList(stored).filter(isObject);
    const asked = asList(patch).map((item, index) => wantedTrailer(before, asObject(item), below(at, index)));
    const after = asked.filter((trailer) => trailer !== undefined);
    if (before.length === after.length && before.every((one, index) => one === after[index])) return stored;
    if (after.length > 0) demandAdvancedListing(outer, 'trailers');
    refuseDoubles(
      asked.map((trailer) => trailer && nameOf(trailer)),
      at,
    );
    return after;
  },
};

function nameOf(trailer: Members): string {
  return identityOf(trailer['id'], trailer['videoFileName']);
}

function exportedTrailer(trailer: Members): Members {
  const assets = Object.entries(asObject(trailer['trailerAssets'])).map(([language, asset]) => [
    language.toLowerCase(),
    exportedAsset(asObject(asset)),
  ]);
  return { id: nameOf(trailer), trailerAssets: Object.fromEntries(assets) };
}

function exportedAsset({ title, imageList }: Members): Members {
  return { title: plainText(asText(title)), imageList: asList(imageList).filter(isObject).map(exportedImage) };
}

function wantedTrailer(before: readonly Members[], item: Members, at: Place): Members | undefined {
  const asset = item['file'];
  if (typeof asset !== 'string') {
    const found = before.find((trailer) => nameOf(trailer) === item['id']);
    if (found !== undefined) return withAssets(found, item['trailerAssets'], at);
    refuse(below(at, 'id'), 'trailer-not-found', `There is no trailer with the id "${asText(item['id'])}".`);
    return undefined;
  }
  const file = newFile(at, asset);
  if (file === undefined) return undefined;
  const known = before.find((trailer) => file.known !== undefined && nameOf(trailer) === file.known);
  if (known !== undefined) return withAssets(known, item['trailerAssets'], at);
  send(at, asset, file.zipPath);
  const announced = before.find(
    (trailer) => asText(trailer['id']) === '' && sameZipPath(trailer['videoFileName'], file.zipPath),
  );
  return withAssets(announced ?? { videoFileName: file.zipPath }, item['trailerAssets'], at);
}

function withAssets(trailer: Members, patch: unknown, at: Place): Members {
  if (!isObject(patch)) return trailer;
  const before = asObject(trailer['trailerAssets']);
  const there = below(at, 'trailerAssets');
  const after = Object.entries(patch).map(([name, asset]) => {
    const language = keyOf(before, name) ?? name.toLowerCase();
    return [
      language,
      wantedAsset(before[language], asObject(asset), belowKey(there, name, language.toLowerCase())),
    ] as const;
  });
  const same = after.length === Object.keys(before).length && after.every(([name, asset]) => asset === before[name]);
  return same ? trailer : { ...trailer, trailerAssets: Object.fromEntries(after) };
}

function wantedAsset(stored: unknown, { title, imageList }: Members, at: Place): unknown {
  const before = asList(asObject(stored)['imageList']).filter(isObject);
  const pictures = below(at, 'imageList');
  const after = asList(imageList).flatMap((item, index) => thumbnail(before, asObject(item), below(pictures, index)));
  const written = writtenText(asObject(stored)['title'], asText(title));
  const same = after.length === before.length && after.every((one, index) => one === before[index]);
  if (same && written === asObject(stored)['title']) return stored;
  return { ...asObject(stored), title: written, imageList: after };
}

function thumbnail(before: readonly StoredFile[], item: Members, at: Place): StoredFile[] {
  const asset = item['file'];
  if (typeof asset !== 'string') {
    const found = before.find((image) => identityOf(image.id, image.fileName) === item['id']);
    if (found !== undefined) return [withCaption(found, item['description'])];
    refuse(
      below(at, 'id'),
      'image-not-found',
      `The trailer has no thumbnail with the id "${asText(item['id'])}" here.`,
    );
    return [];
  }
  const file = newFile(at, asset);
  if (file === undefined) return [];
  const caption = item['description'] ?? null;
  const known = before.find((image) => file.known !== undefined && identityOf(image.id, image.fileName) === file.known);
  if (known !== undefined) return [withCaption(known, caption)];
  send(at, asset, file.zipPath);
  const announced = before.find((image) => asText(image.id) === '' && sameZipPath(image.fileName, file.zipPath));
  return [withCaption(announced ?? { fileName: file.zipPath }, caption)];
}
