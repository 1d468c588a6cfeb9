import { invalidValue } from '../errors';
import type { Image, ApplicationContent } from './application-content';

/**
 * Joins the images that were sent with those that the store has. *Observed*: an image that is not new needs its id; an
 * image that is left out stays. *Assumed*: one that was only announced may be dropped; an unknown id is refused.
 */
export function mergeListings(next: ApplicationContent, stored: ApplicationContent): void {
  for (const [language, listing] of Object.entries(next.listings)) {
    const old = stored.listings[language];
    listing.baseListing.images = mergeImages(listing.baseListing.images, old?.baseListing.images ?? []);
    for (const [platform, override] of Object.entries(listing.platformOverrides)) {
      // Keys of a partial record of platforms are platforms.
      const images = old?.platformOverrides[platform as keyof typeof listing.platformOverrides]?.images ?? [];
      if (override && (override.images !== undefined || images.length > 0)) {
        override.images = mergeImages(override.images ?? [], images);
      }
    }
  }
}

function mergeImages(sent: readonly Image[], stored: readonly Image[]): Image[] {
  const existing = stored.filter((image) => image.id !== undefined);
  const named = sent.map((image) => ({ image, old: match(image, existing) }));
  const left = existing.filter((image) => !named.some(({ old }) => old === image));
  return [...left, ...named.map(({ image, old }) => (old ? update(old, image) : fresh(image)))];
}

function match(sent: Image, existing: readonly Image[]): Image | undefined {
  if (sent.fileStatus === 'PendingUpload') return undefined;
  if (sent.id === undefined || sent.id === '') {
    throw invalidValue(`Existing Image (${sent.fileName}) should contain Id`);
  }
  const old = existing.find((image) => image.id === sent.id);
  if (!old) throw invalidValue(`The image ${sent.id} does not exist`, 'images');
  return old;
}

function update(old: Image, sent: Image): Image {
  return {
    ...old,
    fileStatus: sent.fileStatus === 'PendingDelete' ? 'PendingDelete' : 'Uploaded',
    ...(sent.description !== undefined && { description: sent.description }),
  };
}

function fresh(sent: Image): Image {
  if (sent.fileName === '') throw invalidValue('The value of FileName is not valid', 'fileName');
  const { fileName, fileStatus, imageType, description } = sent;
  return { fileName, fileStatus, imageType, ...(description !== undefined && { description }) };
}
