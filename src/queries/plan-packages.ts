import { checkedOf } from '../activities/inspect-package';
import type { PackageItem, ReleaseDocument } from '../domain/release-document';
import type { CheckedPackage } from '../domain/store/submission';
import type { PlanBlocker } from '../domain/store/release-plan';
import { inspectSlice, PackageError, parseUploadId, readManifest } from '../packages';
import type { PackageSource } from '../packages';
import type { QueryDeps } from './session';

/** What a plan knows of the packages of a document; with blockers, it knows no more. */
export interface PlanPackages {
  readonly packages: readonly CheckedPackage[];
  readonly blockers: readonly PlanBlocker[];
}

/** The bytes would take longer to read than a request may. */
export class PlanTooSlow extends Error {
  override readonly name = 'PlanTooSlow';
}

/** Milliseconds, for reading bytes whose hash nobody has promised. */
const hashingMs = 120_000;

/**
 * Opens the packages and reads what they say of themselves, a few ranges of each. A hash that the document or the id of
 * an upload promises is believed here: the release reads every byte and holds it to that.
 *
 * @throws PlanTooSlow
 */
export async function readPackages(
  deps: QueryDeps,
  document: ReleaseDocument,
  signal: AbortSignal,
): Promise<PlanPackages> {
  const deadline = Date.now() + hashingMs;
  const packages: CheckedPackage[] = [];
  const blockers: PlanBlocker[] = [];
  for (const [index, item] of (document.packages ?? []).entries()) {
    if (!('fileName' in item)) continue;
    try {
      packages.push(await readPackage(deps, item, { signal, deadline }));
    } catch (error) {
      if (!(error instanceof PackageError)) throw error;
      blockers.push({ code: error.code, message: error.message, pointer: `/packages/${index}` });
    }
  }
  return { packages, blockers };
}

interface Limits {
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly deadline: number;
}

async function readPackage(deps: QueryDeps, item: PackageItem, limits: Limits): Promise<CheckedPackage> {
  const source = await deps.packages.open(item.source, undefined, limits.signal);
  const manifest = await readManifest(source, item.fileName);
  const sha256 = promisedHash(item) ?? (await hashOf(source, limits));
  return checkedOf(item, { sha256, size: source.size }, manifest);
}

function promisedHash({ source, sha256 }: PackageItem): string | undefined {
  return sha256?.toLowerCase() ?? ('upload' in source ? parseUploadId(source.upload) : undefined);
}

async function hashOf(source: PackageSource, { signal, deadline }: Limits): Promise<string> {
  const slice = await inspectSlice(source, undefined, { deadline, signal });
  if (!slice.done) throw new PlanTooSlow('The packages could not be read in time.');
  return slice.facts.sha256;
}
