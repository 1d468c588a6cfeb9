import type { ReleaseView } from './release';
import type { ReleaseDocument } from './release-document';

/** A release as it is when it was just asked for. */
export function newReleaseView(
  id: string,
  document: Pick<ReleaseDocument, 'account' | 'target' | 'labels'>,
  asked: { readonly by: string | null; readonly at: string },
): ReleaseView {
  return {
    id,
    account: document.account,
    target: document.target,
    labels: document.labels ?? {},
    batch: null,
    requestedBy: asked.by,
    run: 1,
    state: 'queued',
    step: null,
    steps: [],
    waitingFor: null,
    packages: [],
    remote: null,
    rollout: null,
    decisions: [],
    failure: null,
    cancellation: null,
    left: [],
    stalledSince: null,
    nextCheckAt: null,
    createdAt: asked.at,
    updatedAt: asked.at,
    endedAt: null,
    rev: 1,
  };
}
