import { atOrigin } from '../domain/plain-document';
import type { Origins, PlainDocument, PlainPackage } from '../domain/plain-document';
import type { FaultCode } from '../domain/fault-catalogue';
import type { Fault } from '../domain/release';
import type { ReleaseDocument, StoreDocument, SubmissionDocument } from '../domain/release-document';
import { assetUses } from '../domain/asset-rules';
import { compareAssets } from '../domain/store/referenced-assets';
import { isStoreTarget } from '../domain/store/product';
import { readSubmissionDocument } from '../domain/store/submission-document';
import { PackageError } from '../packages';
import type { Archive } from '../packages';
import type { ActivityDeps } from './deps';
import { earlierFiles } from './earlier-releases';
import { createFileOpener } from './open-files';
import type { FileOpener } from './open-files';
import { plainPackage } from './release-content';
import type { FilePlace, ReleaseContent, ReleaseFile, ReleaseZip } from './release-content';

type Deps = Pick<ActivityDeps, 'documents' | 'packages' | 'releases' | 'stopping' | 'work'>;

/** The content of a release, or everything that keeps it from being put together. */
export type Gathered =
  | { readonly faults: readonly []; readonly content: ReleaseContent }
  | { readonly faults: readonly Fault[]; readonly content: null };

/**
 * Follows what a document refers to: packages of earlier releases, files in ZIPs (their directories are read), and the
 * submission document with its archive. Reads only. What may pass by itself is thrown; all else is told together.
 */
export async function gatherContent(deps: Deps, releaseId: string, document: ReleaseDocument): Promise<Gathered> {
  const work: Following = {
    deps,
    releaseId,
    document,
    opener: createFileOpener(deps, []),
    zips: new Map(),
    faults: [],
  };
  const { submission, target } = document;
  const isSubmission = submission !== undefined && isStoreTarget(target);
  const content = isSubmission ? await ofSubmission(work, { ...document, target }, submission) : await ofParts(work);
  if (work.faults.length > 0) return { faults: atOrigin(work.faults, content.document.origins), content: null };
  return { faults: [], content: { ...content, zips: [...work.zips.values()].map(({ zip }) => zip) } };
}

interface Following {
  readonly deps: Deps;
  readonly releaseId: string;
  readonly document: ReleaseDocument;
  readonly opener: FileOpener;
  /** By path of the asset; `archive` for that of a submission. */
  readonly zips: Map<string, { readonly zip: ReleaseZip; readonly archive: Archive }>;
  readonly faults: Fault[];
}

type Parts = Omit<ReleaseContent, 'zips'>;

async function ofParts(work: Following): Promise<Parts> {
  const { packages: _packages, assets: _assets, submission: _none, archive: _nothing, ...rest } = work.document;
  const origins: Record<string, string> = {};
  const packages = await packageFiles(work, origins);
  const assets = await assetFiles(work, rest.changes);
  const names = packages.map((file) => plainOf(work, file));
  const { warnings } = compareAssets(rest.changes, work.document.assets ?? []);
  return { document: { ...rest, packages: names, origins, warnings }, packages, assets };
}

function plainOf({ document, releaseId }: Following, file: ReleaseFile): PlainPackage {
  const item = file.releaseId === releaseId ? document.packages?.[file.index] : undefined;
  return item !== undefined && 'fileName' in item ? plainPackage(item) : { fileName: file.name };
}

/** Entries in their order; one that names a whole release stands for all its packages. */
async function packageFiles(work: Following, origins: Record<string, string>): Promise<ReleaseFile[]> {
  const files: ReleaseFile[] = [];
  for (const [index, item] of (work.document.packages ?? []).entries()) {
    const pointer = `/packages/${index}`;
    const found = await packagesOf(work, index);
    for (const file of found) {
      const here = `/packages/${files.length}`;
      if (files.some(({ name }) => name.toLowerCase() === file.name.toLowerCase())) {
        tell(work, pointer, 'duplicate', `"${file.name}" is there twice; case makes no difference.`);
      }
      if (here !== pointer) origins[here] = pointer;
      files.push({
        ...file,
        pointer,
        sha256: ('fileName' in item ? item.sha256?.toLowerCase() : undefined) ?? file.sha256,
      });
    }
  }
  return files;
}

async function packagesOf({ deps, releaseId, document, faults }: Following, index: number): Promise<ReleaseFile[]> {
  const item = document.packages?.[index];
  if (item === undefined) return [];
  const pointer = `/packages/${index}`;
  if ('release' in item.source) {
    const wanted = 'fileName' in item ? item.fileName : null;
    return gathered(faults, await earlierFiles(deps, item.source.release, { part: 'packages', wanted, pointer }));
  }
  // Only an earlier release may go without a name.
  if (!('fileName' in item)) return [];
  return [{ releaseId, part: 'packages', index, name: item.fileName, pointer }];
}

function gathered<T>(faults: Fault[], found: { readonly files: T[]; readonly faults: readonly Fault[] }): T[] {
  faults.push(...found.faults);
  return found.files;
}

function tell({ faults }: Following, pointer: string, code: FaultCode, message: string): void {
  faults.push({ pointer, code, message });
}

/** The files that `changes` name, each once. */
async function assetFiles(work: Following, changes: object | undefined): Promise<ReleaseFile[]> {
  const files = new Map<string, ReleaseFile>();
  for (const { file, pointer } of assetUses(changes)) {
    if (files.has(file.toLowerCase())) continue;
    const found = await assetFile(work, file, pointer);
    if (found !== undefined) files.set(file.toLowerCase(), found);
  }
  return [...files.values()];
}

async function assetFile(work: Following, file: string, pointer: string): Promise<ReleaseFile | undefined> {
  const { document, releaseId, deps } = work;
  const assets = document.assets ?? [];
  const name = file.toLowerCase();
  const index = assets.findIndex(({ path }) => path.toLowerCase() === name);
  const item = assets[index];
  if (item === undefined) return fileInZip(work, file, pointer);
  const at = `/assets/${index}`;
  if ('release' in item.source) {
    const found = await earlierFiles(deps, item.source.release, { part: 'assets', wanted: item.path, pointer: at });
    return gathered(work.faults, found).map((one) => ({ ...one, pointer: at, name: item.path }))[0];
  }
  return { releaseId, part: 'assets', index, name: item.path, pointer: at, sha256: item.sha256?.toLowerCase() };
}

/** Of the ZIP with the longest path that the file lies below. */
async function fileInZip(work: Following, file: string, pointer: string): Promise<ReleaseFile | undefined> {
  const assets = work.document.assets ?? [];
  const [path] = assets
    .map((item) => item.path)
    .filter((one) => one.endsWith('/') && file.toLowerCase().startsWith(one.toLowerCase()))
    .sort((a, b) => b.length - a.length);
  const opened = path === undefined ? undefined : await zipAt(work, path);
  if (opened === 'faulty') return undefined;
  if (path === undefined || opened === undefined) {
    tell(work, pointer, 'asset-not-found', `The document has no asset "${file}".`);
    return undefined;
  }
  return entryOf(work, opened, { name: file, entry: file.slice(path.length), pointer });
}

interface Wanted {
  readonly name: string;
  readonly entry: string;
  readonly pointer: string;
}

type OpenedZip = { readonly zip: ReleaseZip; readonly archive: Archive };

function entryOf(work: Following, { zip, archive }: OpenedZip, wanted: Wanted): ReleaseFile | undefined {
  const { name, entry, pointer } = wanted;
  const found = archive.files.find((one) => one.name.toLowerCase() === entry.toLowerCase());
  if (found === undefined) {
    tell(work, pointer, 'asset-not-found', `The ZIP "${zip.name}" has no file "${entry}".`);
    return undefined;
  }
  const { releaseId, part, index } = zip;
  return { releaseId, part, index, entry: found.name, name, pointer };
}

/** Opens a ZIP of the document, once; what is wrong with it is told once. */
async function zipAt(work: Following, path: string): Promise<OpenedZip | 'faulty'> {
  const known = work.zips.get(path);
  if (known !== undefined) return known;
  const at = itemAt(work.document, path);
  if (at === undefined || work.faults.some((fault) => fault.pointer === at.pointer)) return 'faulty';
  const place = await placeOfZip(work, { ...at, releaseId: work.releaseId, path });
  return place === undefined ? 'faulty' : openZip(work, place, { path, pointer: at.pointer });
}

/** The ZIP of a document at a path. */
function itemAt(
  { archive, assets = [] }: ReleaseDocument,
  path: string,
): Pick<ZipPlace, 'item' | 'part' | 'index' | 'pointer'> | undefined {
  if (path === archiveName) {
    return archive === undefined ? undefined : { item: archive, part: 'archive', index: 0, pointer: '/archive' };
  }
  const index = assets.findIndex((item) => item.path === path);
  const item = assets[index];
  return item === undefined ? undefined : { item, part: 'assets', index, pointer: `/assets/${index}` };
}

async function openZip(
  work: Following,
  place: FoundZip,
  { path, pointer }: Pick<ZipPlace, 'path' | 'pointer'>,
): Promise<OpenedZip | 'faulty'> {
  try {
    const archive = await work.opener.openZip(place, path, place.pin);
    const opened = { zip: { ...place, name: path, pointer, pin: archive.pin }, archive };
    work.zips.set(path, opened);
    return opened;
  } catch (error) {
    if (!(error instanceof PackageError) || error.retryable) throw error;
    work.faults.push({ pointer, code: error.code, message: error.message });
    return 'faulty';
  }
}

const archiveName = 'archive';

interface ZipPlace extends FilePlace {
  readonly pointer: string;
  readonly path: string;
  readonly item: NonNullable<ReleaseDocument['archive']>;
}

type FoundZip = Omit<FilePlace, 'entry'> & Partial<Pick<ReleaseZip, 'pin' | 'sha256'>>;

async function placeOfZip({ deps, faults }: Following, zip: ZipPlace): Promise<FoundZip | undefined> {
  const { item, releaseId, part, index, pointer, path } = zip;
  const sha256 = item.sha256?.toLowerCase();
  if (!('release' in item.source)) return { releaseId, part, index, sha256 };
  const [found] = gathered(
    faults,
    await earlierFiles(deps, item.source.release, { part: 'zips', wanted: path, pointer }),
  );
  return found === undefined ? undefined : { ...found, sha256: sha256 ?? found.sha256 };
}

async function ofSubmission(work: Following, document: StoreDocument, submission: SubmissionDocument): Promise<Parts> {
  const read = readSubmissionDocument(document, submission);
  const { packages: _packages, assets: _assets, submission: _none, archive: _nothing, ...rest } = work.document;
  work.faults.push(...read.faults);
  const uses = assetUses(read.changes);
  const wanted = [...new Map(uses.map((use) => [use.file.toLowerCase(), use])).values()];
  const packages = await inArchive(
    work,
    read.packages.map(({ fileName, pointer }) => ({ name: fileName, entry: fileName, pointer })),
  );
  const assets = await inArchive(
    work,
    wanted.map(({ file, pointer }) => ({ name: file, entry: file, pointer })),
  );
  const plain: PlainDocument = {
    ...rest,
    // Checked as such when the release was asked for.
    changes: read.changes,
    packages: read.packages.map(({ fileName }) => ({ fileName })),
    oldPackages: withRemoved(rest.oldPackages, read.remove, read.origins),
    expected: read.expected,
    publication: read.publication,
    origins: read.origins,
  };
  return { document: plain, packages, assets };
}

/** What the document itself names comes behind, so that the origins of the others hold. */
function withRemoved(
  old: ReleaseDocument['oldPackages'],
  removed: readonly { readonly fileName: string }[],
  origins: Origins,
): ReleaseDocument['oldPackages'] {
  if (removed.length === 0) return old;
  const mine = old?.remove ?? [];
  mine.forEach((_name, index) => {
    Object.assign(origins, { [`/oldPackages/remove/${removed.length + index}`]: `/oldPackages/remove/${index}` });
  });
  return { ...old, remove: [...removed.map(({ fileName }) => fileName), ...mine] };
}

async function inArchive(work: Following, wanted: readonly Wanted[]): Promise<ReleaseFile[]> {
  if (wanted.length === 0) return [];
  const opened = await zipAt(work, archiveName);
  if (opened === 'faulty') return [];
  return wanted.flatMap((one) => entryOf(work, opened, one) ?? []);
}
