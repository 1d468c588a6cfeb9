import type { SubmissionCall, UploadOutput } from '../contracts/activities';
import { failed, ok } from '../domain/failure';
import type { Result } from '../domain/failure';
import { packagesOf } from '../domain/store/submission';
import { PackageError, planZip, uploadSlice } from '../packages';
import type { PackageFacts, PackageSource, ZipPlan } from '../packages';
import type { Activity, ActivityDeps } from './deps';
import { holderOf } from './fence';
import { assetFactsName, packageFactsName } from './file-facts';
import { createFileOpener } from './open-files';
import { readContent } from './release-content';
import type { ReleaseFile } from './release-content';
import { openSession } from './store-call';
import { submissionFiles } from './submission-files';
import type { SubmissionFiles } from './submission-files';
import { guarded } from './to-failure';

type Input = SubmissionCall & { readonly fromBlock: number };

/** A file of the ZIP: where its bytes lie, and what they were when they were checked. */
interface ZipFile {
  readonly name: string;
  readonly facts: PackageFacts;
  open(): Promise<PackageSource>;
}

/**
 * Sends one slice of the ZIP to the upload blob, whose address it asks for itself: an address is a secret, and is kept
 * nowhere. Safe to repeat, killed anywhere or running twice: the ZIP is a function of the plan, its blocks have
 * deterministic ids, and what is there already is not sent again.
 */
export function createUploadStorePackages(deps: ActivityDeps): Activity<Input, UploadOutput> {
  return (input) =>
    guarded<UploadOutput>(async () => {
      const mine = await holderOf(deps, input);
      if (!mine.ok) return mine;
      const files = submissionFiles(deps.work, input.releaseId, input.submissionId);
      const zipFiles = await filesToSend(deps, input, files);
      if (zipFiles.length === 0) return ok({ done: true, total: 0 });
      const plan = planZip(zipFiles.map(({ name, facts }) => ({ name, ...facts })));
      if ((await files.uploaded()) === plan.hash) return ok({ done: true, total: plan.size });
      const sent = await sendSlice(deps, input, plan, zipFiles);
      if (sent.ok && sent.value.done) await files.keepUploaded(plan.hash);
      return sent;
    });
}

async function sendSlice(
  deps: ActivityDeps,
  input: Input,
  plan: ZipPlan,
  zipFiles: readonly ZipFile[],
): Promise<Result<UploadOutput>> {
  const session = await openSession(deps, input, 1);
  const { value: url } = await session.product.getUploadUrl(input.submissionId, session.call);
  if (url === undefined) {
    const message = 'The draft has no upload address any more: somebody opened it in Partner Center.';
    return failed({ code: 'draft-edited-in-portal', message, retryable: false });
  }
  const slice = await uploadSlice({
    plan,
    sources: zipFiles.map(lazySource),
    uploadUrl: url.open(),
    fromBlock: input.fromBlock,
    deadline: deps.now().getTime() + deps.settings.sliceMs,
    signal: deps.stopping,
  });
  if (slice.done) return ok({ done: true, total: plan.size });
  return ok({ done: false, nextBlock: slice.nextBlock, sent: slice.sentBytes, total: plan.size });
}

/**
 * What the plan announces: packages in the order of the release, then the files that `changes` name, in that of the
 * plan.
 */
async function filesToSend(deps: ActivityDeps, input: Input, files: SubmissionFiles): Promise<ZipFile[]> {
  const content = await readContent(deps, input.releaseId);
  if (content === undefined) throw new PackageError('source-not-found', 'The release document is gone.');
  const opener = createFileOpener(deps, content.zips);
  const pending = new Set(
    packagesOf((await files.plan()) ?? {})
      .filter((entry) => entry.fileStatus === 'PendingUpload')
      .map((entry) => entry.fileName.toLowerCase()),
  );
  const zipFile = async (file: ReleaseFile, name: string, factsName: string): Promise<ZipFile> => {
    const facts = await deps.work.get<PackageFacts>(input.releaseId, factsName);
    if (facts === undefined) throw new Error(`The file "${file.name}" of ${input.releaseId} was not checked`);
    return { name, facts, open: () => opener.open(file, { access: 'forward', pin: facts.pin }) };
  };
  const packages = content.packages.map((file, index) => ({ file, index }));
  const wanted = packages.filter(({ file }) => pending.has(file.name.toLowerCase()));
  const assets = (await files.assets()).map(({ asset, zipPath }) => {
    const index = content.assets.findIndex(({ name }) => name.toLowerCase() === asset.toLowerCase());
    const file = content.assets[index];
    if (file === undefined) throw new Error(`The plan of ${input.releaseId} names "${asset}", which is no asset of it`);
    return zipFile(file, zipPath, assetFactsName(index));
  });
  return Promise.all([
    ...wanted.map(({ file, index }) => zipFile(file, file.name, packageFactsName(index))),
    ...assets,
  ]);
}

/** Opened when it is read first: one slice touches few of many pictures. */
function lazySource(file: ZipFile): PackageSource {
  const { facts } = file;
  let opened: Promise<PackageSource> | undefined;
  return {
    size: facts.size,
    pin: facts.pin,
    read: async (offset, length, signal) => {
      opened ??= file.open();
      return (await opened).read(offset, length, signal);
    },
  };
}
