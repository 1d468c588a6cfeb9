import type { SubmissionCall, UploadOutput } from '../contracts/activities';
import { failed, ok } from '../domain/failure';
import type { Result } from '../domain/failure';
import type { ReleaseDocument } from '../domain/release-document';
import { packagesOf } from '../domain/store/submission';
import { planZip, uploadSlice } from '../packages';
import type { PackageFacts, PackageSource, ZipPlan } from '../packages';
import type { Activity, ActivityDeps } from './deps';
import { holderOf } from './fence';
import { packageFactsName } from './inspect-package';
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
    return failed({ code: 'portal-draft', message, retryable: false });
  }
  const slice = await uploadSlice({
    plan,
    sources: await Promise.all(zipFiles.map((file) => file.open())),
    uploadUrl: url.open(),
    fromBlock: input.fromBlock,
    deadline: deps.now().getTime() + deps.settings.sliceMs,
    signal: deps.stopping,
  });
  if (slice.done) return ok({ done: true, total: plan.size });
  return ok({ done: false, nextBlock: slice.nextBlock, sent: slice.sentBytes, total: plan.size });
}

/** The packages that the plan marks as pending, in the order of the release document. */
async function filesToSend(deps: ActivityDeps, input: Input, files: SubmissionFiles): Promise<ZipFile[]> {
  const document = await deps.documents.readWhole<ReleaseDocument>(input.releaseId);
  const plan = await files.plan();
  const pending = new Set(
    packagesOf(plan ?? {})
      .filter((entry) => entry.fileStatus === 'PendingUpload')
      .map((entry) => entry.fileName.toLowerCase()),
  );
  const items = (document?.packages ?? []).map((item, index) => ({ item, index }));
  const wanted = items.filter(({ item }) => pending.has(item.fileName.toLowerCase()));
  return Promise.all(
    wanted.map(async ({ item, index }) => {
      const facts = await deps.work.get<PackageFacts>(input.releaseId, packageFactsName(index));
      if (facts === undefined) throw new Error(`Package ${index} of ${input.releaseId} was not checked`);
      return { name: item.fileName, facts, open: () => deps.packages.open(item.source, facts.pin, deps.stopping) };
    }),
  );
}
