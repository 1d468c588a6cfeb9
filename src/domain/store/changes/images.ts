import { imageTypes } from '../words';
import { identityOf, newFile, refuseDoubles, sameZipPath, send, withCaption } from './assets';
import type { StoredFile } from './assets';
import { below, belowKey, refuse } from './place';
import type { Place } from './place';
import { asList, asObject, asText, isObject, plainText } from '../../json-value';
import type { Members } from '../../json-value';
import type { Shape } from './shape';

interface StoredImage extends StoredFile {
  readonly fileStatus?: string | null | undefined;
  readonly imageType?: string | null | undefined;
}

/**
 * Images of a listing: one list in the API, lists by type here, each replaced whole. What is gone from a list is marked
 * for deletion, for the API keeps what is merely left out. The order within a type is sent as given; whether the Store
 * shows it so, no page says. An image that was only announced and has no id is left out, for there is nothing to delete.
 */
export const images: Shape = {
  exported: (stored) => {
    if (!Array.isArray(stored)) return undefined;
    const shown = imagesOf(stored).filter((image) => image.fileStatus !== 'PendingDelete');
    const types = imageTypes.filter((type) => shown.some((image) => image.imageType === type));
    return Object.fromEntries(
      types.map((type) => [type, shown.filter((image) => image.imageType === type).map(exportedImage)]),
    );
  },
  patched: (stored, patch, at) => {
    const changes = patch === null ? clearAll(stored) : asObject(patch);
    return Object.entries(changes).reduce<unknown>(
      (before, [type, items]) =>
        items === undefined ? before : replaceType(before, type, asList(items), belowKey(at, type, type)),
      stored,
    );
  },
};

function imagesOf(stored: unknown): readonly StoredImage[] {
  return asList(stored).filter(isObject);
}

function clearAll(stored: unknown): Members {
  return Object.fromEntries(Object.keys(asObject(images.exported(stored))).map((type) => [type, null]));
}

/** A picture as an export shows it. */
export function exportedImage({ id, fileName, description }: StoredImage): Members {
  const caption = plainText(asText(description));
  return { id: identityOf(id, fileName), ...(caption === '' ? {} : { description: caption }) };
}

function replaceType(stored: unknown, type: string, items: readonly unknown[], at: Place): unknown {
  const all = asList(stored);
  const mine = imagesOf(stored).filter((image) => image.imageType === type);
  const asked = items.map((item, index) => wantedImage(mine, type, asObject(item), below(at, index)));
  refuseDoubles(
    asked.map((image) => image && nameOf(image)),
    at,
  );
  const wanted = asked.filter((image) => image !== undefined);
  const kept = new Set(wanted.map(nameOf));
  const gone = mine.filter((image) => !kept.has(nameOf(image)) && asText(image.id) !== '');
  const after = inPlaces(all, type, [...wanted, ...gone.map(deleted)]);
  return after.length === all.length && after.every((image, index) => image === all[index]) ? stored : after;
}

function nameOf(image: StoredImage): string {
  return identityOf(image.id, image.fileName);
}

function deleted(image: StoredImage): StoredImage {
  return image.fileStatus === 'PendingDelete' ? image : { ...image, fileStatus: 'PendingDelete' };
}

function wantedImage(mine: readonly StoredImage[], type: string, item: Members, at: Place): StoredImage | undefined {
  const asset = item['file'];
  if (typeof asset !== 'string') {
    const found = mine.find((image) => nameOf(image) === item['id']);
    if (found !== undefined) return kept(found, item['description']);
    refuse(below(at, 'id'), 'image-not-found', `There is no ${type} with the id "${asText(item['id'])}" here.`);
    return undefined;
  }
  const file = newFile(at, asset);
  if (file === undefined) return undefined;
  const caption = item['description'] ?? null;
  const known = mine.find((image) => file.known !== undefined && nameOf(image) === file.known);
  if (known !== undefined) return kept(known, caption);
  send(at, asset, file.zipPath);
  const announced = mine.find((image) => isPending(image) && sameZipPath(image.fileName, file.zipPath));
  if (announced !== undefined) return kept(announced, caption);
  return withCaption({ fileName: file.zipPath, fileStatus: 'PendingUpload', imageType: type }, caption);
}

function isPending({ fileStatus }: StoredImage): boolean {
  return fileStatus === 'PendingUpload';
}

function kept(image: StoredImage, caption: unknown): StoredImage {
  const back = image.fileStatus === 'PendingDelete' ? { ...image, fileStatus: 'Uploaded' } : image;
  return withCaption(back, caption);
}

/** Puts the images of one type where that type was, and those that are left after the last of them. */
function inPlaces(all: readonly unknown[], type: string, wanted: readonly StoredImage[]): readonly unknown[] {
  const isMine = (image: unknown): boolean => asObject(image)['imageType'] === type;
  const left = [...wanted];
  const last = all.findLastIndex(isMine);
  const after = all.flatMap((image, index) => {
    if (!isMine(image)) return [image];
    const next = index === last ? left.splice(0) : left.splice(0, 1);
    return next;
  });
  return [...after, ...left];
}
