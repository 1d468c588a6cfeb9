import type { SubmissionCall } from '../contracts/activities';
import { ok } from '../domain/failure';
import { placedFiles } from '../domain/store/placed-files';
import { productKey } from '../domain/product';
import { readCheckedPackages } from './checked-packages';
import type { Activity, ActivityDeps } from './deps';
import { recordOf } from './fence';
import { readContent } from './release-content';
import { openSession } from './store-call';
import { submissionFiles } from './submission-files';
import { guarded } from './to-failure';

/**
 * Notes by SHA-256 what is live, or will be, so that a later release that asks for the same recognises it where it is
 * live. Where pictures or trailers were sent, it reads the submission, which has ids for them now. Safe to repeat: the
 * same rows are written again.
 */
export function createRememberPublished(deps: ActivityDeps): Activity<SubmissionCall, object> {
  return (input) =>
    guarded<object>(async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const content = await readContent(deps, input.releaseId);
      if (content === undefined) return ok({});
      await rememberFiles(deps, input);
      const packages = await readCheckedPackages(deps, input.releaseId, content);
      await deps.published.remember(productKey(input.product), {
        submissionId: input.submissionId,
        at: deps.now().toISOString(),
        packages: packages.map(({ fileName, version, architectures, sha256, size }) => ({
          fileName,
          version,
          architecture: architectures.join('+'),
          sha256,
          size,
        })),
      });
      return ok({});
    });
}

/** Under which ids the pictures and trailers that were sent are shown now. */
async function rememberFiles(deps: ActivityDeps, input: SubmissionCall): Promise<void> {
  const kept = submissionFiles(deps.work, input.releaseId, input.submissionId);
  const files = await kept.assets();
  if (files.length === 0) return;
  const session = await openSession(deps, input, 1);
  const { document } = await session.getSubmission(input.submissionId);
  await deps.placed.remember(productKey(input.product), {
    at: deps.now().toISOString(),
    files: placedFiles(files, document, await kept.plan()),
  });
}
