import type { InspectOutput, RunRef } from '../contracts/activities';
import { failed, ok } from '../domain/failure';
import type { Result } from '../domain/failure';
import type { PlainPackage } from '../domain/plain-document';
import type { PackageView } from '../domain/release';
import type { PackageItem } from '../domain/release-document';
import type { CheckedPackage } from '../domain/store/submission';
import { checkAzureApplication, PackageError, readManifest } from '../packages';
import type { PackageFacts, PackageManifest, PackageSource } from '../packages';
import type { Activity, ActivityDeps } from './deps';
import { recordOf } from './fence';
import { checkedPackageName, packageFactsName } from './file-facts';
import { hashFile } from './hash-file';
import { createFileOpener } from './open-files';
import { readContent } from './release-content';
import type { ReleaseContent, ReleaseFile } from './release-content';
import { guarded, toFailure } from './to-failure';

type Input = RunRef & { readonly index: number };

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
      const content = await readContent(deps, input.releaseId);
      const file = content?.packages[input.index];
      if (content === undefined || file === undefined) {
        return failed({ code: 'run-ended-unexpectedly', message: 'The release document is gone.', retryable: false });
      }
      try {
        return await inspect(deps, input, { content, file });
      } catch (error) {
        if (error instanceof PackageError) return faulty(error, file);
        throw error;
      }
    });
}

interface Inspected {
  readonly content: ReleaseContent;
  readonly file: ReleaseFile;
}

async function inspect(
  deps: ActivityDeps,
  { releaseId, index }: Input,
  { content, file }: Inspected,
): Promise<Result<InspectOutput>> {
  const opener = createFileOpener(deps, content.zips);
  const hashed = await hashFile(deps, opener, {
    releaseId,
    file,
    stateName: `packages/${index}/state`,
    deadline: deps.now().getTime() + deps.settings.sliceMs,
  });
  if (!hashed.done) return ok({ done: false, read: hashed.read, total: hashed.total });
  const { facts } = hashed;
  const source = await opener.open(file, { access: 'anywhere', pin: facts.pin });
  const checked = await checkedBytes(source, facts, { file, item: content.document.packages?.[index] });
  await deps.work.put(releaseId, packageFactsName(index), facts);
  await deps.work.put(releaseId, checkedPackageName(index), checked);
  return ok({ done: true, package: viewOf(checked) });
}

interface PackageEntry {
  readonly file: ReleaseFile;
  /** As the document has it. */
  readonly item: PlainPackage | undefined;
}

/** What the bytes say of themselves; a package of a plan says nothing but whether it is one. */
export async function checkedBytes(
  source: PackageSource,
  facts: Pick<PackageFacts, 'sha256' | 'size'>,
  { file, item }: PackageEntry,
): Promise<CheckedPackage> {
  if (item?.plan === undefined) {
    return checkedOf({ fileName: file.name }, facts, await readManifest(source, file.name));
  }
  await checkAzureApplication(source, file.name);
  const { plan, version = '' } = item;
  const nothing = { architectures: [], languages: [], targetDeviceFamilies: [] };
  const { sha256, size } = facts;
  return { fileName: file.name, sha256, size, identityName: plan, publisher: '', version, ...nothing };
}

/** What the rules need to know of a package. */
function checkedOf(
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
    targetDeviceFamilies: asShown(manifest.targetDeviceFamilies),
    ...(manifest.applications === undefined
      ? {}
      : {
          applications: manifest.applications.map(({ architecture, targetDeviceFamilies }) => ({
            architecture,
            targetDeviceFamilies: asShown(targetDeviceFamilies),
          })),
        }),
  };
}

function asShown(families: PackageManifest['targetDeviceFamilies']): string[] {
  return families.map(({ name, minVersion }) => `${name} min version ${minVersion}`);
}

function viewOf({ fileName, identityName, version, architectures, size, sha256 }: CheckedPackage): PackageView {
  return { fileName, identity: identityName, version, architecture: architectures.join('+'), size, sha256 };
}

/** A failure that names the package; one that will pass by itself is tried again as it is. */
function faulty(error: PackageError, { pointer }: ReleaseFile): Result<InspectOutput> {
  const failure = toFailure(error);
  if (failure === undefined || failure.retryable) throw error;
  return failed({ ...failure, errors: [{ pointer, code: error.code, message: error.message }] });
}
