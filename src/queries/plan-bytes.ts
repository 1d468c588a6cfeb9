import type { AssetHashes } from '../activities/assets';
import { gatherContent } from '../activities/gather-content';
import { checkedOf } from '../activities/inspect-package';
import { createFileOpener } from '../activities/open-files';
import type { FileOpener } from '../activities/open-files';
import { hasReferences, plainContent } from '../activities/release-content';
import type { ReleaseContent, ReleaseFile } from '../activities/release-content';
import { atOrigin } from '../domain/plain-document';
import type { PlainDocument } from '../domain/plain-document';
import type { Fault } from '../domain/release';
import type { ReleaseDocument } from '../domain/release-document';
import { assetUses, tooLargeFile, unfitFile } from '../domain/store/asset-rules';
import type { CheckedPackage } from '../domain/store/submission';
import { inspectSlice, PackageError, parseUploadId, readManifest, readPng } from '../packages';
import type { PackageSource } from '../packages';
import type { QueryDeps } from './session';

/** What a plan knows of the bytes of a document; with faults, it knows no more. */
export interface PlanContent {
  /** With its references followed. */
  readonly document: PlainDocument;
  readonly packages: readonly CheckedPackage[];
  readonly hashes: AssetHashes;
  readonly faults: readonly Fault[];
}

/** The bytes would take longer to read than a request may. */
export class PlanTooSlow extends Error {
  override readonly name = 'PlanTooSlow';
}

/** Milliseconds, for reading bytes whose hash nobody has promised. */
const hashingMs = 120_000;

/**
 * Follows what the document refers to, opens the packages and reads what they say of themselves, a few ranges of each,
 * and reads the pictures. A hash that the document or the id of an upload promises is believed here: the release reads
 * every byte and holds it to that.
 *
 * @throws PlanTooSlow
 */
export async function readBytes(deps: QueryDeps, document: ReleaseDocument, signal: AbortSignal): Promise<PlanContent> {
  // It is no release yet: its document is here, not in storage.
  const readWhole: QueryDeps['documents']['readWhole'] = async <T>(id: string) =>
    id === noRelease ? (document as T) : deps.documents.readWhole<T>(id);
  const mine = { ...deps, documents: { ...deps.documents, readWhole }, stopping: signal };
  const gathered = hasReferences(document)
    ? await gatherContent(mine, noRelease, document)
    : { faults: [], content: plainContent(noRelease, document) };
  const { content } = gathered;
  if (content === null) {
    return { document: plainContent(noRelease, document).document, packages: [], hashes: {}, faults: gathered.faults };
  }
  const opener = createFileOpener(mine, content.zips);
  return readFiles(content, { opener, signal, deadline: Date.now() + hashingMs });
}

const noRelease = 'none';

interface Reader {
  readonly opener: FileOpener;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly deadline: number;
}

async function readFiles(content: ReleaseContent, reader: Reader): Promise<PlanContent> {
  const { document } = content;
  const packages: CheckedPackage[] = [];
  const hashes: Record<string, string> = {};
  const faults: Fault[] = [];
  for (const file of content.packages) {
    await told(faults, file, async () => void packages.push(await readPackage(reader, file)));
  }
  for (const file of content.assets) {
    await told(faults, file, async () => {
      const { sha256, found } = await readAsset(reader, file, document);
      hashes[file.name.toLowerCase()] = sha256;
      faults.push(...atOrigin(found, document.origins));
    });
  }
  return { document, packages, hashes, faults };
}

async function told(faults: Fault[], { pointer }: ReleaseFile, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof PackageError)) throw error;
    faults.push({ pointer, code: error.code, message: error.message });
  }
}

async function readPackage(reader: Reader, file: ReleaseFile): Promise<CheckedPackage> {
  const source = await reader.opener.open(file, { access: 'anywhere' });
  const manifest = await readManifest(source, file.name);
  const sha256 = (await promisedHash(reader, file)) ?? (await hashOf(reader, file));
  return checkedOf({ fileName: file.name }, { sha256, size: source.size }, manifest);
}

async function readAsset(
  reader: Reader,
  file: ReleaseFile,
  { changes }: PlainDocument,
): Promise<{ readonly sha256: string; readonly found: readonly Fault[] }> {
  const uses = assetUses(changes).filter((use) => use.file.toLowerCase() === file.name.toLowerCase());
  const source = await reader.opener.open(file, { access: 'forward' });
  const large = tooLargeFile(uses, source);
  if (large.length > 0) return { sha256: '', found: large };
  const picture = await readPng(source);
  const sha256 = (await promisedHash(reader, file)) ?? (await hashOf(reader, file));
  return { sha256, found: unfitFile(uses, { size: source.size, picture }) };
}

async function promisedHash({ opener }: Reader, file: ReleaseFile): Promise<string | undefined> {
  if (file.sha256 !== undefined || file.entry !== undefined) return file.sha256;
  const source = await opener.sourceOf(file);
  return 'upload' in source ? parseUploadId(source.upload) : undefined;
}

async function hashOf({ opener, signal, deadline }: Reader, file: ReleaseFile): Promise<string> {
  const source: PackageSource = await opener.open(file, { access: 'forward' });
  const slice = await inspectSlice(source, undefined, { deadline, signal });
  if (!slice.done) throw new PlanTooSlow('The bytes could not be read in time.');
  return slice.facts.sha256;
}
