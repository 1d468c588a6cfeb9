import type { Submission } from '../../core/model';
import type { Services } from '../../core/services';
import type { AddOnContent } from '../document/add-on-content';
import type { ApplicationContent } from '../document/application-content';
import { packagesOf, setPackages } from '../document/content';
import type { Package } from '../document/delivery';
import type { PackageFacts } from './manifest';
import { allImages, thumbnailsOf } from './pending-files';

/** PendingUpload becomes Uploaded with an id, PendingDelete vanishes. *Documented*. */
export function takeOver(services: Services, submission: Submission, read: ReadonlyMap<Package, PackageFacts>): void {
  const { content } = submission;
  const { counters } = services.world;
  const packages = packagesOf(content)
    .filter((entry) => entry.fileStatus !== 'PendingDelete')
    .map((entry) => {
      const facts = read.get(entry);
      return facts ? uploaded(entry, facts, String(2000000000090500000n + BigInt(++counters.package))) : entry;
    });
  setPackages(content, packages);
  if ('contentType' in content) takeOverIcons(content);
  if ('trailers' in content) takeOverAssets(content, () => String(1152922700022200000n + BigInt(++counters.image)));
}

/** *Documented*: icons have no ids. */
function takeOverIcons({ listings }: AddOnContent): void {
  for (const listing of Object.values(listings)) {
    if (listing.icon?.fileStatus === 'PendingUpload') listing.icon.fileStatus = 'Uploaded';
    if (listing.icon?.fileStatus === 'PendingDelete') delete listing.icon;
  }
}

function takeOverAssets(content: ApplicationContent, newId: () => string): void {
  for (const image of allImages(content)) {
    if (image.fileStatus === 'PendingUpload') Object.assign(image, { fileStatus: 'Uploaded', id: newId() });
  }
  for (const listing of Object.values(content.listings)) {
    for (const part of [listing.baseListing, ...Object.values(listing.platformOverrides)]) {
      if (part?.images) part.images = part.images.filter((image) => image.fileStatus !== 'PendingDelete');
    }
  }
  for (const trailer of content.trailers) {
    trailer.id ??= newId();
    trailer.videoFileId ??= newId();
    for (const image of thumbnailsOf(trailer)) image.id ??= newId();
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
