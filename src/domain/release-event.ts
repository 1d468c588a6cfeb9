import type { FailureCode } from './failure-catalogue';
import type {
  CancellationView,
  DecisionView,
  FailureView,
  Left,
  PackageView,
  RemoteView,
  RolloutView,
  StepName,
  Unrestored,
  WaitingFor,
} from './release';
import type { ReleaseTarget } from './release-document';
import type { RolloutChange } from './store/rollout-change';

/**
 * What can happen to a release. The view that people see is the fold of these, and the timeline is their list.
 * Shapes are in stored history and in the timeline: add, never rename.
 */
export type ReleaseEvent =
  | { readonly type: 'run-started' }
  | { readonly type: 'step-started'; readonly step: StepName }
  | { readonly type: 'step-skipped'; readonly step: StepName; readonly why: string }
  | {
      readonly type: 'attempt-failed';
      readonly step: StepName;
      readonly code: FailureCode;
      readonly message: string;
      readonly correlationId: string | null;
      readonly retryAt: string;
    }
  | { readonly type: 'progress'; readonly step: StepName; readonly done: number; readonly total: number }
  | { readonly type: 'waiting'; readonly waitingFor: WaitingFor }
  | { readonly type: 'resumed' }
  | { readonly type: 'packages-checked'; readonly packages: readonly PackageView[] }
  /** With the ids that were found or made. */
  | { readonly type: 'target-found'; readonly target: ReleaseTarget; readonly how: 'found' | 'made' }
  | { readonly type: 'rollout-seen'; readonly rollout: RolloutView }
  /** A person's command that a run takes up. */
  | { readonly type: 'rollout-asked'; readonly change: RolloutChange; readonly by: string | null }
  | { readonly type: 'leftover-cleared'; readonly submissionId: string; readonly why: 'own' | 'replaced' }
  | {
      readonly type: 'submission-made';
      readonly submissionId: string;
      readonly how: 'created' | 'found' | 'adopted';
      /** In the words of the API; absent = a draft of the Store. */
      readonly status?: string | undefined;
    }
  | {
      readonly type: 'remote-seen';
      readonly remote: RemoteView;
      /** How often the status before this one was seen. */
      readonly polls: number;
    }
  | {
      readonly type: 'next-check';
      readonly at: string;
      readonly stalledSince: string | null;
    }
  | { readonly type: 'decided'; readonly decision: DecisionView }
  | { readonly type: 'succeeded'; readonly left: readonly Left[] }
  | { readonly type: 'failed'; readonly failure: FailureView; readonly left: readonly Left[] }
  | {
      readonly type: 'canceled';
      readonly cancellation: CancellationView;
      readonly left: readonly Left[];
      /** Absent = nothing. */
      readonly unrestored?: readonly Unrestored[] | undefined;
    };

/** An event in its place: `seq` grows by one with each write of a run. */
export interface TimelineEntry {
  readonly run: number;
  readonly seq: number;
  /** RFC 3339 UTC. */
  readonly at: string;
  readonly event: ReleaseEvent;
}

/** Whether people want to read it later; what is not kept changes the view alone. */
export function isKept(event: ReleaseEvent): boolean {
  return event.type !== 'next-check' && event.type !== 'progress';
}
