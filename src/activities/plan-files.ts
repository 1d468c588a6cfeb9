import { atOrigin } from '../domain/plain-document';
import type { PlainDocument } from '../domain/plain-document';
import type { Fault } from '../domain/release';
import { assetUses, tooLargeFile, unfitFile } from '../domain/asset-rules';
import type { CheckedPackage } from '../domain/store/submission';
import { parseUploadId, readPng } from '../packages';
import type { PackageError } from '../packages';
import type { AssetHashes } from './assets';
import { checkedBytes } from './inspect-package';
import type { FileOpener } from './open-files';
import type { ReleaseContent, ReleaseFile } from './release-content';

/** What a plan knows of the bytes of a document; with faults, it knows no more. */
export interface PlanContent {
  /** With its references followed. */
  readonly document: PlainDocument;
  readonly packages: readonly CheckedPackage[];
  readonly hashes: AssetHashes;
  readonly faults: readonly Fault[];
}

/** What was found in one file. */
export type Finding =
  | { readonly package: CheckedPackage }
  | { readonly asset: string; readonly sha256: string; readonly faults: readonly Fault[] }
  | { readonly faults: readonly Fault[] };

/** How the files of a content are read. */
export interface FileReading {
  readonly content: ReleaseContent;
  readonly opener: FileOpener;
  /** Of bytes for which nobody has promised one. @throws PlanTooSlow */
  hashOf(file: ReleaseFile): Promise<string>;
}

/** The bytes take longer to read than there is time for now. */
export class PlanTooSlow extends Error {
  override readonly name = 'PlanTooSlow';
}

/** Packages first, then files that `changes` name: an index always means the same one. */
export function filesOf({ packages, assets }: ReleaseContent): readonly ReleaseFile[] {
  return [...packages, ...assets];
}

/**
 * Opens a package and reads what it says of itself, a few ranges of it, or reads a picture. A hash that the document or
 * the id of an upload promises is believed: the release reads every byte and holds it to that.
 *
 * @throws PackageError, PlanTooSlow
 */
export async function readFile(reading: FileReading, file: ReleaseFile): Promise<Finding> {
  return reading.content.packages.includes(file) ? readPackage(reading, file) : readAsset(reading, file);
}

/** The finding of a file that cannot be used. */
export function faultOf({ pointer }: ReleaseFile, { code, message }: PackageError): Finding {
  return { faults: [{ pointer, code, message }] };
}

/** What all findings make together. */
export function planContent({ document }: ReleaseContent, findings: readonly Finding[]): PlanContent {
  const packages = findings.flatMap((finding) => ('package' in finding ? [finding.package] : []));
  const hashed = findings.flatMap((finding) => ('asset' in finding ? [[finding.asset, finding.sha256] as const] : []));
  const faults = findings.flatMap((finding) => ('faults' in finding ? finding.faults : []));
  return { document, packages, hashes: Object.fromEntries(hashed), faults };
}

async function readPackage(reading: FileReading, file: ReleaseFile): Promise<Finding> {
  const source = await reading.opener.open(file, { access: 'anywhere' });
  const { packages, document } = reading.content;
  const item = document.packages?.[packages.indexOf(file)];
  const sha256 = await hashOf(reading, file);
  return { package: await checkedBytes(source, { sha256, size: source.size }, { file, item }) };
}

async function readAsset(reading: FileReading, file: ReleaseFile): Promise<Finding> {
  const asset = file.name.toLowerCase();
  const { changes, origins } = reading.content.document;
  const uses = assetUses(changes).filter((use) => use.file.toLowerCase() === asset);
  const source = await reading.opener.open(file, { access: 'forward' });
  const large = tooLargeFile(uses, source);
  if (large.length > 0) return { asset, sha256: '', faults: atOrigin(large, origins) };
  const picture = await readPng(source);
  const sha256 = await hashOf(reading, file);
  return { asset, sha256, faults: atOrigin(unfitFile(uses, { size: source.size, picture }), origins) };
}

async function hashOf(reading: FileReading, file: ReleaseFile): Promise<string> {
  if (file.sha256 !== undefined) return file.sha256;
  const promised = file.entry === undefined ? await promisedBy(reading, file) : undefined;
  return promised ?? reading.hashOf(file);
}

async function promisedBy({ opener }: FileReading, file: ReleaseFile): Promise<string | undefined> {
  const source = await opener.sourceOf(file);
  return 'upload' in source ? parseUploadId(source.upload) : undefined;
}
