import { applyEvent } from '../../domain/apply-event';
import { describeFailure } from '../../domain/describe-failure';
import { isOfferTarget } from '../../domain/offer/offer';
import { hasEnded, type Left, type ReleaseView, type StepName } from '../../domain/release';
import type { ReleaseEvent } from '../../domain/release-event';
import { instanceIdOf } from '../../contracts/names';
import type { ActiveRelease } from '../../storage/release-list';
import type { ReleaseRecord } from '../../storage/release-record';
import { instanceStatus, startRun, type InstanceStatus } from '../durable-run';
import type { DurableClient, Log } from '../http-route';
import type { Releases, Timeline } from '../services';

export interface ReconcilePorts {
  readonly releases: Pick<Releases, 'active' | 'update'>;
  readonly timeline: Pick<Timeline, 'insert'>;
  readonly durable: DurableClient;
  readonly now: () => Date;
  readonly log: Log;
}

export interface Reconciled {
  readonly started: number;
  readonly failed: number;
}

/**
 * Compares every release that has not ended with its instance: one that waits for its instance gets it, one whose
 * instance is gone or has ended without ending the release fails. Repeating it changes nothing more.
 */
export async function reconcile(ports: ReconcilePorts): Promise<Reconciled> {
  let started = 0;
  let failed = 0;
  for await (const release of ports.releases.active()) {
    const instanceId = instanceIdOf(release.id, release.run);
    const verdict = judge(release, await instanceStatus(ports.durable, instanceId));
    if (verdict === 'start') {
      await startRun(ports.durable, release, { mayBeThere: false, log: ports.log });
      started += 1;
    }
    if (verdict === 'fail' && (await fail(release, ports))) failed += 1;
  }
  return { started, failed };
}

const endedStatuses: ReadonlySet<InstanceStatus> = new Set(['Completed', 'Failed', 'Terminated', 'Canceled']);

/** What is to be done about a release that has not ended, by the state of its instance. */
export function judge(
  { state, runToken }: Pick<ActiveRelease, 'state' | 'runToken'>,
  status: InstanceStatus,
): 'start' | 'fail' | 'leave' {
  const hasBegun = runToken !== null;
  if (status === 'absent') return state === 'queued' && !hasBegun ? 'start' : 'fail';
  return endedStatuses.has(status) ? 'fail' : 'leave';
}

/**
 * The record was read again after the instance had ended, so nobody but a retry changes it any more; a retry is another
 * run, and is left alone.
 */
async function fail(release: ActiveRelease, ports: ReconcilePorts): Promise<boolean> {
  const at = ports.now().toISOString();
  let event: ReleaseEvent | undefined;
  const record = await ports.releases.update(release.id, (before) => {
    event = undefined;
    if (before.view.run !== release.run || hasEnded(before.view.state)) return undefined;
    event = failureOf(before);
    return { ...before, view: applyEvent(before.view, event, at), seq: before.seq + 1, bell: null };
  });
  if (event === undefined) return false;
  await ports.timeline.insert(release.id, { run: release.run, seq: record.seq, at, events: [event] });
  ports.log('A release lost its run and was failed', { releaseId: release.id, run: release.run });
  return true;
}

function failureOf({ view, phase, submissionId }: ReleaseRecord): ReleaseEvent {
  const failure = {
    code: 'run-ended-unexpectedly',
    message: 'The orchestration of this release is gone or has ended without finishing it.',
    retryable: true,
  } as const;
  const left = leftOf({ view, phase, submissionId });
  return { type: 'failed', failure: describeFailure(failure, view.step), left };
}

function leftOf({
  view,
  phase,
  submissionId,
}: Pick<ReleaseRecord, 'view' | 'phase' | 'submissionId'>): readonly Left[] {
  if (view.step === 'rollout') return ['rollout'];
  if (isOfferTarget(view.target)) return leftOfOffer(view, phase);
  return submissionId === null ? [] : [phase === 'open' ? 'draft' : 'publication'];
}

/** By how far it came: a preview that may be there counts as one. */
function leftOfOffer({ steps }: ReleaseView, phase: ReleaseRecord['phase']): readonly Left[] {
  if (phase !== 'open') return ['publication'];
  const began = (name: StepName): boolean => steps.some((step) => step.name === name && step.state !== 'skipped');
  return [
    ...(began('updateDraft') ? (['draft'] as const) : []),
    ...(began('publishPreview') ? (['preview'] as const) : []),
  ];
}
