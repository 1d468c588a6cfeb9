import type { ReleaseDocument, SourceReference } from '../domain/release-document';
import { openArchive, PackageError } from '../packages';
import type { Access, Archive, PackageSource, SourcePin } from '../packages';
import type { ActivityDeps } from './deps';
import type { FilePlace, ReleaseZip } from './release-content';

/** Opens the bytes of a release's files; documents and directories of ZIPs are read once. For one activity run. */
export interface FileOpener {
  /**
   * @param pin which bytes the file was at its first opening
   * @throws PackageError, also `package-changed`
   */
  open(
    place: FilePlace,
    options: { readonly access: Access; readonly pin?: SourcePin | undefined },
  ): Promise<PackageSource>;
  /** The ZIP at a place; `pin` as of a file. */
  openZip(place: FilePlace, what: string, pin: SourcePin | undefined): Promise<Archive>;
  /** What the document says of the place. */
  sourceOf(place: FilePlace): Promise<SourceReference>;
}

type Deps = Pick<ActivityDeps, 'documents' | 'packages' | 'stopping'>;

/** @param zips of the release: a file in one of them is read of the bytes whose directory was read first */
export function createFileOpener(deps: Deps, zips: readonly ReleaseZip[]): FileOpener {
  const documentOf = remembered((id: string) => deps.documents.readWhole<ReleaseDocument>(id));
  const sourceOf = async (place: FilePlace): Promise<SourceReference> => {
    const source = sourceAt(await documentOf(place.releaseId), place);
    if (source !== undefined) return source;
    throw new PackageError('source-not-found', `The release ${place.releaseId} is gone, and its sources with it.`);
  };
  const openAt = async (place: FilePlace, pin: SourcePin | undefined): Promise<PackageSource> => {
    const source = await sourceOf(place);
    // References of earlier releases were followed when the content was made.
    if ('release' in source) throw new Error(`The place ${zipKey(place)} leads to another release`);
    return deps.packages.open(source, pin, deps.stopping);
  };
  const archives = new Map<string, Promise<Archive>>();
  const openZip = (place: FilePlace, what: string, pin: SourcePin | undefined): Promise<Archive> => {
    const key = zipKey(place);
    const opening = archives.get(key) ?? openAt(place, pin).then((zip) => openArchive(zip, what, deps.stopping));
    archives.set(key, opening);
    return opening;
  };
  return {
    openZip,
    sourceOf,
    open: async (place, { access, pin }) => {
      if (place.entry === undefined) return openAt(place, pin);
      const zip = zips.find((one) => zipKey(one) === zipKey(place));
      const archive = await openZip(place, zip?.name ?? 'The ZIP', zip?.pin);
      const source = await archive.open(place.entry, access);
      if (source !== undefined) return source;
      throw new PackageError('package-changed', `"${place.entry}" is not in its ZIP any more.`);
    },
  };
}

/** Files of one ZIP share it. */
function zipKey({ releaseId, part, index }: FilePlace): string {
  return `${releaseId}/${part}/${index}`;
}

function sourceAt(document: ReleaseDocument | undefined, { part, index }: FilePlace): SourceReference | undefined {
  if (part === 'archive') return document?.archive?.source;
  return document?.[part]?.[index]?.source;
}

function remembered<T>(read: (id: string) => Promise<T>): (id: string) => Promise<T> {
  const known = new Map<string, Promise<T>>();
  return (id) => {
    const reading = known.get(id) ?? read(id);
    known.set(id, reading);
    return reading;
  };
}
