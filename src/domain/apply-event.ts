import type { ReleaseState, ReleaseView, RemoteView, StepName, StepView, WaitingFor } from './release';
import type { ReleaseEvent } from './release-event';

/**
 * The release after an event: pure, so that a repeated write gives the same view.
 *
 * @param at when it happened, RFC 3339 UTC
 */
export function applyEvent(view: ReleaseView, event: ReleaseEvent, at: string): ReleaseView {
  return { ...change(view, event, at), updatedAt: at, rev: view.rev + 1 };
}

function change(view: ReleaseView, event: ReleaseEvent, at: string): ReleaseView {
  switch (event.type) {
    case 'run-started':
      return {
        ...view,
        state: 'running',
        waitingFor: null,
        failure: null,
        cancellation: null,
        left: [],
        endedAt: null,
      };
    case 'step-started':
      return { ...startStep(view, event.step, at), state: 'running', waitingFor: null, ...unchecked };
    case 'step-skipped':
      return skipStep(view, event.step, at);
    case 'attempt-failed':
      return {
        ...updateStep(view, event.step, (step) => ({ ...step, attempts: step.attempts + 1 })),
        nextCheckAt: event.retryAt,
      };
    case 'progress':
      return updateStep(view, event.step, (step) => ({
        ...step,
        progress: { done: event.done, total: event.total, unit: 'bytes' },
      }));
    case 'waiting':
      return wait(view, event.waitingFor);
    case 'resumed':
      return resume(view);
    case 'rollout-asked':
      return view;
    default:
      return changeFacts(view, event, at);
  }
}

/** Nothing was polled in this step yet. */
const unchecked = { nextCheckAt: null, stalledSince: null } as const;

type FactEvent = Exclude<
  ReleaseEvent,
  {
    type:
      | 'run-started'
      | 'step-started'
      | 'step-skipped'
      | 'attempt-failed'
      | 'progress'
      | 'waiting'
      | 'resumed'
      | 'rollout-asked';
  }
>;

function changeFacts(view: ReleaseView, event: FactEvent, at: string): ReleaseView {
  switch (event.type) {
    case 'packages-checked':
      return { ...view, packages: event.packages };
    case 'leftover-cleared':
      return view;
    case 'submission-made':
      return { ...view, remote: justMade(event) };
    case 'remote-seen':
      return { ...view, remote: event.remote, stalledSince: null };
    case 'target-found':
      return { ...view, target: event.target };
    case 'rollout-seen':
      return { ...view, rollout: event.rollout };
    case 'next-check':
      return { ...view, nextCheckAt: event.at, stalledSince: event.stalledSince };
    case 'decided':
      return { ...view, decisions: [...view.decisions, event.decision] };
    case 'succeeded':
      return { ...end(view, 'succeeded', at), left: event.left };
    case 'failed':
      return { ...end(view, 'failed', at), failure: event.failure, left: event.left };
    case 'canceled':
      return { ...end(view, 'canceled', at), ...withdrawn(event) };
  }
}

function withdrawn({ cancellation, left, unrestored }: Extract<ReleaseEvent, { type: 'canceled' }>) {
  return { cancellation, left, ...(unrestored === undefined ? {} : { unrestored }) };
}

const emptyRemote = { errors: [], warnings: [], reports: [], links: [] } as const;

/** Nobody has read it yet: a draft of the Store, or what the API of an offer has answered. */
function justMade({
  submissionId,
  status = 'PendingCommit',
}: Extract<ReleaseEvent, { type: 'submission-made' }>): RemoteView {
  return { ...emptyRemote, submissionId, status };
}

function wait(view: ReleaseView, waitingFor: WaitingFor): ReleaseView {
  const queued = waitingFor.kind === 'release' || waitingFor.kind === 'publication';
  const state: ReleaseState = queued ? 'queued' : waitingFor.kind === 'time' ? 'scheduled' : 'waiting';
  const waiting = view.step === null ? view : updateStep(view, view.step, (step) => ({ ...step, state: 'waiting' }));
  // It waits for what is named: Partner Center is not late with anything.
  return { ...waiting, state, waitingFor, stalledSince: null };
}

function resume(view: ReleaseView): ReleaseView {
  const steps = view.steps.map((step): StepView => (step.state === 'waiting' ? { ...step, state: 'running' } : step));
  return { ...view, steps, state: 'running', waitingFor: null };
}

function startStep(view: ReleaseView, name: StepName, at: string): ReleaseView {
  const ended = endRunningStep(view, 'succeeded', at);
  const before = ended.steps.find((step) => step.name === name);
  const step: StepView = {
    name,
    state: 'running',
    startedAt: before?.startedAt ?? at,
    endedAt: null,
    attempts: (before?.attempts ?? 0) + 1,
  };
  return { ...ended, step: name, steps: [...ended.steps.filter((other) => other.name !== name), step] };
}

function skipStep(view: ReleaseView, name: StepName, at: string): ReleaseView {
  const ended = endRunningStep(view, 'succeeded', at);
  const step: StepView = { name, state: 'skipped', startedAt: at, endedAt: at, attempts: 0 };
  return { ...ended, step: name, steps: [...ended.steps.filter((other) => other.name !== name), step] };
}

function endRunningStep(view: ReleaseView, state: StepView['state'], at: string): ReleaseView {
  return {
    ...view,
    steps: view.steps.map((step) => (step.endedAt === null ? { ...step, state, endedAt: at } : step)),
  };
}

function updateStep(view: ReleaseView, name: StepName, update: (step: StepView) => StepView): ReleaseView {
  return { ...view, steps: view.steps.map((step) => (step.name === name ? update(step) : step)) };
}

function end(view: ReleaseView, state: 'succeeded' | 'failed' | 'canceled', at: string): ReleaseView {
  return {
    ...endRunningStep(view, state, at),
    state,
    waitingFor: null,
    nextCheckAt: null,
    stalledSince: null,
    endedAt: at,
  };
}
