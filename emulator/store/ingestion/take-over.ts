import type { Submission } from '../../core/model';
import type { Services } from '../../core/services';
import type { Package } from '../document/content';
import type { PackageFacts } from './manifest';
import { allImages, thumbnailsOf } from './pending-files';

/** PendingUpload becomes Uploaded with an id, PendingDelete vanishes. *Documented*. */
export function takeOver(services: Services, submission: Submission, read: ReadonlyMap<Package, PackageFacts>): void {
  const { content } = submission;
  const { counters } = services.world;
  const imageId = (): string => String(1152922700022200000n + BigInt(++counters.image));
  content.applicationPackages = content.applicationPackages
    .filter((entry) => entry.fileStatus !== 'PendingDelete')
    .map((entry) => {
      const facts = read.get(entry);
      return facts ? uploaded(entry, facts, String(2000000000090500000n + BigInt(++counters.package))) : entry;
    });
  for (const image of allImages(content)) {
    if (image.fileStatus === 'PendingUpload') Object.assign(image, { fileStatus: 'Uploaded', id: imageId() });
  }
  for (const listing of Object.values(content.listings)) {
    for (const part of [listing.baseListing, ...Object.values(listing.platformOverrides)]) {
      if (part?.images) part.images = part.images.filter((image) => image.fileStatus !== 'PendingDelete');
    }
  }
  for (const trailer of content.trailers) {
    trailer.id ??= imageId();
    trailer.videoFileId ??= imageId();
    for (const image of thumbnailsOf(trailer)) image.id ??= imageId();
  }
}

function uploaded(entry: Package, facts: PackageFacts, id: string): Package {
  return {
    ...entry,
    fileStatus: 'Uploaded',
    id,
    version: facts.version,
    architecture: facts.architecture,
    targetPlatform: 'Windows10',
    languages: facts.languages,
    capabilities: facts.capabilities,
    targetDeviceFamilies: facts.targetDeviceFamilies,
  };
}
