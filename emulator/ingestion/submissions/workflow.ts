import type { ProductSubmission } from '../model';
import { stepTimes } from './phases';

type State = 'NotStarted' | 'InProgress' | 'Success' | 'Failed';

interface Step {
  readonly name: string;
  readonly state: State;
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

/**
 * The two rows of `workflowdetails`. *Observed*: names and states of the steps, times without a zone. *Assumed*: which step
 * is in which row, the state of a step that failed, the same names for products of every type.
 */
export function workflowDetails(submission: ProductSubmission, now: number): readonly [unknown, unknown] {
  return [
    row('Preview', previewSteps(submission, now), submission.created),
    row('Live', liveSteps(submission, now), submission.promoted),
  ];
}

function previewSteps(submission: ProductSubmission, now: number): Step[] {
  const { created, substate, since, promoted } = submission;
  const { validated, previewed } = stepTimes(submission);
  const isFailed = substate === 'Failed';
  const isValidated = substate !== 'Submitted' || now >= validated;
  const isPreviewed = substate !== 'Submitted' && !isFailed;
  const validation = isFailed ? 'Failed' : isValidated ? 'Success' : 'InProgress';
  const preview = isPreviewed ? 'Success' : isValidated && !isFailed ? 'InProgress' : 'NotStarted';
  return [
    step('Automated validation', validation, created, isFailed ? since : validated),
    step('Preview Creation', preview, validated, previewed),
    step(
      'Publisher Signoff',
      promoted !== undefined ? 'Success' : isPreviewed ? 'InProgress' : 'NotStarted',
      previewed,
      promoted,
    ),
  ];
}

function liveSteps(submission: ProductSubmission, now: number): Step[] {
  const { promoted, substate } = submission;
  const { certified, published } = stepTimes(submission);
  const isFailed = substate === 'FailedInCertification';
  const isStuck = submission.outcome?.result === 'Stuck';
  const isCertified = substate === 'Published' || substate === 'InStore' || (now >= certified && !isFailed && !isStuck);
  const publish = substate === 'InStore' ? 'Success' : isCertified ? 'InProgress' : 'NotStarted';
  const certification =
    promoted === undefined ? 'NotStarted' : isFailed ? 'Failed' : isCertified ? 'Success' : 'InProgress';
  return [step('Certification', certification, promoted, certified), step('Publish', publish, certified, published)];
}

function step(name: string, state: State, from: number | undefined, to: number | undefined): Step {
  const isOver = state === 'Success' || state === 'Failed';
  return { name, state, from: state === 'NotStarted' ? undefined : from, to: isOver ? to : undefined };
}

/** *Observed*: the row of the preview is done while its sign-off is not. */
function row(targetEnvironment: 'Preview' | 'Live', steps: readonly Step[], from: number | undefined): unknown {
  const own = steps.filter(({ name }) => name !== 'Publisher Signoff');
  const last = own.at(-1);
  const failed = own.find(({ state }) => state === 'Failed');
  const state = failed?.state ?? (own.every((each) => each.state === 'NotStarted') ? 'NotStarted' : undefined);
  const end = failed ?? (last?.state === 'Success' ? last : undefined);
  return {
    type: 'Push',
    state: state ?? (last?.state === 'Success' ? 'Success' : 'InProgress'),
    targetEnvironment,
    workflowSteps: steps.map(({ name, state: own, ...times }) => ({ name, state: own, ...rendered(times) })),
    ...rendered({ from, to: end?.to }),
  };
}

function rendered({ from, to }: Pick<Step, 'from' | 'to'>) {
  return {
    ...(from !== undefined && { startDateTimeInUtc: unzoned(from) }),
    ...(to !== undefined && { completeDateTimeInUtc: unzoned(to) }),
  };
}

/** *Observed*: seven digits, no `Z`. */
function unzoned(time: number): string {
  return new Date(time).toISOString().replace('Z', '0000');
}
