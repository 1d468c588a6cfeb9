import type { OfferPhase, OfferProgress } from '../../../domain/offer/offer-status';
import {
  OfferStatusValue,
  signoffStep,
  StepId,
  StepStatus,
  SubmissionState,
} from '../../../partner-center/cloud-partner-portal';
import type { OfferStatus, Operation, Step } from '../../../partner-center/cloud-partner-portal';
import { kindOf } from './operations';
import { remoteOf } from './remote';

/** The newest publication, and what the offer says of it. */
export interface SeenPublication {
  readonly operation: Operation;
  readonly status: OfferStatus;
}

/** How far the newest publication is. The row of an operation that has ended says so; of one that runs, the steps do. */
export function progressOf(seen: SeenPublication): OfferProgress {
  const phase = phaseOf(seen);
  const { operation, status } = seen;
  const failedIn = kindOf(operation) === 'goLive' ? 'live' : 'preview';
  return {
    publicationId: operation.id,
    phase,
    ...(phase === 'failed' ? { failedIn } : {}),
    remote: remoteOf(operation.id, status),
  };
}

/** How far a publication is that has gone on as the go-live after it, or has given way to another one. */
export function earlierProgress(operation: Operation, next: OfferProgress | undefined): OfferProgress {
  const publicationId = operation.id;
  if (next !== undefined) {
    const remote = { ...next.remote, submissionId: publicationId };
    return { ...next, publicationId, goneOnAs: next.publicationId, remote };
  }
  const phase = operation.submissionState === SubmissionState.failed ? 'failed' : 'canceled';
  const status = phase === 'failed' ? operation.submissionState : `${operation.submissionState}: superseded`;
  const failedIn = kindOf(operation) === 'goLive' ? 'live' : 'preview';
  return {
    publicationId,
    phase: kindOf(operation) === 'goLive' && operation.submissionState === SubmissionState.completed ? 'live' : phase,
    ...(phase === 'failed' ? { failedIn } : {}),
    remote: remoteOf(publicationId, { status, messages: [], steps: [], previewLinks: [], liveLinks: [] }),
  };
}

function phaseOf({ operation, status }: SeenPublication): OfferPhase {
  switch (operation.submissionState) {
    case SubmissionState.canceled:
      return 'canceled';
    case SubmissionState.failed:
      return 'failed';
    case SubmissionState.completed:
      return kindOf(operation) === 'goLive' ? 'live' : afterPreview(status);
    default:
      return runningPhase(operation, status);
  }
}

function runningPhase(operation: Operation, status: OfferStatus): OfferPhase {
  if (status.status === OfferStatusValue.canceled) return 'canceled';
  if (status.status === OfferStatusValue.failed || status.steps.some(isStopped)) return 'failed';
  if (kindOf(operation) === 'goLive') return isLive(status) ? 'live' : 'going-live';
  if (signoffStep(status)?.status === StepStatus.waitingForPublisherReview) return 'preview-ready';
  return isBegun(liveStep(status)) ? afterPreview(status) : 'previewing';
}

/** Of a publication that has made its preview and shows no go-live of its own. */
function afterPreview(status: OfferStatus): OfferPhase {
  if (isLive(status)) return 'live';
  return isBegun(liveStep(status)) ? 'going-live' : 'preview-ready';
}

function isLive({ status }: OfferStatus): boolean {
  return status === OfferStatusValue.succeeded || status === OfferStatusValue.published;
}

function liveStep({ steps }: OfferStatus): Step | undefined {
  return steps.find(({ id, stepName }) => (id ?? stepName)?.toLowerCase() === StepId.live);
}

function isBegun(step: Step | undefined): boolean {
  return step !== undefined && step.status !== StepStatus.notStarted;
}

function isStopped({ status }: Step): boolean {
  return status === StepStatus.blocked || status === StepStatus.rejected;
}
