import type { FollowOutput, RunRef } from '../contracts/activities';
import { boundFaults } from '../domain/bound-faults';
import { failed, ok } from '../domain/failure';
import type { ReleaseDocument } from '../domain/release-document';
import type { Activity, ActivityDeps } from './deps';
import { recordOf } from './fence';
import { gatherContent } from './gather-content';
import { keepContent, readContent } from './release-content';
import type { ReleaseContent } from './release-content';
import { guarded } from './to-failure';

/**
 * Follows what the document refers to, and keeps what that gives: which packages and files the release has, and where
 * their bytes lie. Safe to repeat and to run twice: the first content that was put together without a fault counts.
 */
export function createFollowReferences(deps: ActivityDeps): Activity<RunRef, FollowOutput> {
  return (input) =>
    guarded<FollowOutput>(async () => {
      const mine = await recordOf(deps, input);
      if (!mine.ok) return mine;
      const known = await readContent(deps, input.releaseId);
      if (known !== undefined) return ok(countsOf(known));
      const document = await deps.documents.read<ReleaseDocument>(input.releaseId);
      if (document === undefined) {
        return failed({ code: 'run-ended-unexpectedly', message: 'The release document is gone.', retryable: false });
      }
      const { content, faults } = await gatherContent(deps, input.releaseId, document);
      if (content === null) return ok({ packages: 0, assets: 0, faults: boundFaults(faults) });
      return ok(countsOf(await keepContent(deps.work, input.releaseId, content)));
    });
}

function countsOf({ packages, assets }: ReleaseContent): FollowOutput {
  return { packages: packages.length, assets: assets.length, faults: [] };
}
