import type { InspectOutput, RunRef } from '../contracts/activities';
import { failed, ok } from '../domain/failure';
import type { Result } from '../domain/failure';
import type { PackageView } from '../domain/release';
import type { PackageItem, ReleaseDocument } from '../domain/release-document';
import type { CheckedPackage } from '../domain/store/submission';
import { inspectSlice, PackageError, parseUploadId, readManifest } from '../packages';
import type { InspectionState, PackageFacts, PackageManifest } from '../packages';
import { checkedPackageName } from './checked-packages';
import type { Activity, ActivityDeps } from './deps';
import { recordOf } from './fence';
import { guarded, toFailure } from './to-failure';

type Input = RunRef & { readonly index: number };

/** Where the hashes of a package lie among a release's working files. */
export function packageFactsName(index: number): string {
  return `packages/${index}/facts`;
}

/**
 * Reads one package slice by slice: hashes, identity, version, architectures. Safe to repeat, killed anywhere or running
 * twice: it goes on where the stored state is, on the very bytes that were pinned first, and what it finds is the same.
 */
export function createInspectPackage(deps: ActivityDeps): Activity<Input, InspectOutput> {
  return (input) =>
    guarded<InspectOutput>(async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const known = await deps.work.get<CheckedPackage>(input.releaseId, checkedPackageName(input.index));
      if (known !== undefined) return ok({ done: true, package: viewOf(known) });
      const document = await deps.documents.readWhole<ReleaseDocument>(input.releaseId);
      const item = document?.packages?.[input.index];
      if (item === undefined) {
        return failed({ code: 'run-ended-unexpectedly', message: 'The release document is gone.', retryable: false });
      }
      try {
        return await inspect(deps, input, item);
      } catch (error) {
        if (error instanceof PackageError) return faulty(error, input.index);
        throw error;
      }
    });
}

async function inspect(deps: ActivityDeps, input: Input, item: PackageItem): Promise<Result<InspectOutput>> {
  const { releaseId, index } = input;
  const stateName = `packages/${index}/state`;
  const state = await deps.work.get<InspectionState>(releaseId, stateName);
  const source = await deps.packages.open(item.source, state?.pin, deps.stopping);
  const slice = await inspectSlice(source, state, {
    deadline: deps.now().getTime() + deps.settings.sliceMs,
    signal: deps.stopping,
    onState: (next) => deps.work.put(releaseId, stateName, next),
  });
  if (!slice.done) return ok({ done: false, read: slice.state.offset, total: source.size });
  await checkHash(deps, item, slice.facts);
  const checked = checkedOf(item, slice.facts, await readManifest(source, item.fileName));
  await deps.work.put(releaseId, packageFactsName(index), slice.facts);
  await deps.work.put(releaseId, checkedPackageName(index), checked);
  return ok({ done: true, package: viewOf(checked) });
}

/** The bytes are those that were promised. An upload that holds others is removed, so that a re-run can mend it. */
async function checkHash(deps: ActivityDeps, { source, sha256 }: PackageItem, facts: PackageFacts): Promise<void> {
  const promised = 'upload' in source ? parseUploadId(source.upload) : undefined;
  const expected = [sha256?.toLowerCase(), promised].find((hash) => hash !== undefined && hash !== facts.sha256);
  if (expected === undefined) return;
  if ('upload' in source && promised === expected) await deps.packages.drop(source.upload, facts.pin);
  throw new PackageError(
    'hash-mismatch',
    `The bytes have the SHA-256 ${facts.sha256}, not ${expected}. Upload or name the right file.`,
  );
}

/** What the rules need to know of a package. */
export function checkedOf(
  item: Pick<PackageItem, 'fileName'>,
  facts: Pick<PackageFacts, 'sha256' | 'size'>,
  manifest: PackageManifest,
): CheckedPackage {
  return {
    fileName: item.fileName,
    sha256: facts.sha256,
    size: facts.size,
    identityName: manifest.identityName,
    publisher: manifest.publisher,
    version: manifest.version,
    architectures: manifest.architectures,
    languages: manifest.languages,
    targetDeviceFamilies: manifest.targetDeviceFamilies.map(
      ({ name, minVersion }) => `${name} min version ${minVersion}`,
    ),
  };
}

function viewOf({ fileName, identityName, version, architectures, size, sha256 }: CheckedPackage): PackageView {
  return { fileName, identity: identityName, version, architecture: architectures.join('+'), size, sha256 };
}

/** A failure that names the package; one that will pass by itself is tried again as it is. */
function faulty(error: PackageError, index: number): Result<InspectOutput> {
  const failure = toFailure(error);
  if (failure === undefined || failure.retryable) throw error;
  return failed({ ...failure, errors: [{ pointer: `/packages/${index}`, code: error.code, message: error.message }] });
}
