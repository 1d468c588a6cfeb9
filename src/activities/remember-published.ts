import type { SubmissionCall } from '../contracts/activities';
import { ok } from '../domain/failure';
import type { ReleaseDocument } from '../domain/release-document';
import { productKey } from '../domain/store/product';
import { readCheckedPackages } from './checked-packages';
import type { Activity, ActivityDeps } from './deps';
import { recordOf } from './fence';
import { guarded } from './to-failure';

/**
 * Notes by SHA-256 what is live, or will be, so that a later release that asks for the same recognises it where it is
 * live. Safe to repeat: the same rows are written again.
 */
export function createRememberPublished(deps: ActivityDeps): Activity<SubmissionCall, object> {
  return (input) =>
    guarded<object>(async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const document = await deps.documents.read<ReleaseDocument>(input.releaseId);
      if (document === undefined) return ok({});
      const packages = await readCheckedPackages(deps, input.releaseId, document);
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
