import type { PlainDocument, PlainPackage } from '../domain/plain-document';
import type { PackageItem, ReleaseDocument } from '../domain/release-document';
import type { SourcePin } from '../packages';
import type { Work } from '../storage/work';
import type { ActivityDeps } from './deps';

/** Where bytes lie: a source that the document of a release names, or a file of the ZIP there. */
export interface FilePlace {
  /** The release whose document names the source: this one or an earlier one. */
  readonly releaseId: string;
  readonly part: 'packages' | 'assets' | 'archive';
  /** In the list of that part; 0 where there is one only. */
  readonly index: number;
  /** The file's name in the ZIP. */
  readonly entry?: string | undefined;
}

/** A file that a release uses. */
export interface ReleaseFile extends FilePlace {
  /** The file name of a package, the path of an asset. */
  readonly name: string;
  /** Where faults of it are told. */
  readonly pointer: string;
  /** SHA-256 that the bytes must have, lower-case hex. */
  readonly sha256?: string | undefined;
}

/** A ZIP that a release takes files from, and which bytes it was when its directory was read. */
export interface ReleaseZip extends Omit<ReleaseFile, 'entry'> {
  readonly pin: SourcePin;
}

/** A release document with its references followed, and where the bytes of each of its files lie. */
export interface ReleaseContent {
  readonly document: PlainDocument;
  readonly packages: readonly ReleaseFile[];
  /** Files that `changes` name. */
  readonly assets: readonly ReleaseFile[];
  readonly zips: readonly ReleaseZip[];
}

const contentName = 'content';

/** Whether the document refers to more than sources of packages: then the content is made and kept once. */
export function hasReferences({ packages = [], assets = [], submission }: ReleaseDocument): boolean {
  return submission !== undefined || assets.length > 0 || packages.some(({ source }) => 'release' in source);
}

/** Keeps the content; the first one counts, so that an index always means the same file. */
export function keepContent(work: Work, releaseId: string, content: ReleaseContent): Promise<ReleaseContent> {
  return work.putOnce(releaseId, contentName, content);
}

/** `undefined` where the release is gone, or its references were not followed yet. */
export async function readContent(
  deps: Pick<ActivityDeps, 'documents' | 'work'>,
  releaseId: string,
): Promise<ReleaseContent | undefined> {
  const document = await deps.documents.read<ReleaseDocument>(releaseId);
  if (document === undefined) return undefined;
  if (hasReferences(document)) return deps.work.get<ReleaseContent>(releaseId, contentName);
  return plainContent(releaseId, document);
}

/** The content of a document that refers to nothing but sources of packages. */
export function plainContent(releaseId: string, document: ReleaseDocument): ReleaseContent {
  const { packages = [], submission: _none, archive: _nothing, assets: _empty, ...rest } = document;
  const files = packages.flatMap((item, index): ReleaseFile[] => {
    // A list of entries without name is a reference.
    if (!('fileName' in item)) return [];
    const { fileName, sha256 } = item;
    const pointer = `/packages/${index}`;
    return [{ releaseId, part: 'packages', index, name: fileName, pointer, sha256: sha256?.toLowerCase() }];
  });
  const named = packages.flatMap((item) => ('fileName' in item ? [plainPackage(item)] : []));
  return { document: { ...rest, packages: named }, packages: files, assets: [], zips: [] };
}

/** What the rules need to know of an entry besides its bytes. */
export function plainPackage({ fileName, plan, version }: PackageItem): PlainPackage {
  return { fileName, ...(plan === undefined ? {} : { plan }), ...(version === undefined ? {} : { version }) };
}
