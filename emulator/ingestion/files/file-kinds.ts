import type { ListingFiles } from '../model';

/** What the files below a listing have in common. */
export interface FileKind {
  /** In names of operations. */
  readonly name: string;
  readonly plural: string;
  readonly collection: ListingFiles;
  readonly type: string;
  /** Whether a PUT needs `If-Match`; *documented*. */
  readonly needsIfMatch: boolean;
}

export const FILE_KINDS: readonly FileKind[] = [
  { name: 'Image', plural: 'Images', collection: 'images', type: 'ListingImage', needsIfMatch: true },
  { name: 'Asset', plural: 'Assets', collection: 'assets', type: 'ListingAsset', needsIfMatch: false },
  { name: 'Video', plural: 'Videos', collection: 'videos', type: 'ListingVideo', needsIfMatch: false },
];
