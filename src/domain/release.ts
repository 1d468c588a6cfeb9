import type { FailureCode } from './failure-catalogue';
import type { Gate, ReleaseTarget } from './release-document';

/** The states of a release; the last three have ended. */
export const releaseStates = ['queued', 'scheduled', 'running', 'waiting', 'succeeded', 'failed', 'canceled'] as const;
export type ReleaseState = (typeof releaseStates)[number];

export const endedStates = ['succeeded', 'failed', 'canceled'] as const satisfies readonly ReleaseState[];
export type EndedState = (typeof endedStates)[number];

/** Whether nothing more happens in this run. */
export function hasEnded(state: ReleaseState): state is EndedState {
  return (endedStates as readonly ReleaseState[]).includes(state);
}

/** The steps of a Store release in their order. */
export const storeSteps = [
  'acquireToken',
  'checkPackages',
  'checkProduct',
  'createSubmission',
  'updateSubmission',
  'uploadPackages',
  'approveCommit',
  'commit',
  'certify',
  'publish',
  'rollout',
] as const;

/** The steps of a release of a marketplace offer in their order. */
export const offerSteps = [
  'acquireToken',
  'checkPackages',
  'checkProduct',
  'updateDraft',
  'uploadPackages',
  'approveCommit',
  'publishPreview',
  'approveGoLive',
  'goLive',
] as const;
export type StepName = (typeof storeSteps)[number] | (typeof offerSteps)[number];

export interface StepView {
  readonly name: StepName;
  readonly state: 'running' | 'waiting' | 'succeeded' | 'failed' | 'canceled' | 'skipped';
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly attempts: number;
  readonly progress?: Progress;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly unit: 'bytes';
}

/** What a release waits for, and since when. */
export type WaitingFor =
  | { readonly kind: 'release'; readonly release: string; readonly since: string }
  | { readonly kind: 'publication'; readonly since: string }
  | {
      readonly kind: 'approval';
      readonly gate: Gate;
      readonly gateId: string;
      readonly since: string;
      readonly expiresAt: string;
    }
  | { readonly kind: 'publisher'; readonly since: string }
  /** Until its `startAt`. */
  | { readonly kind: 'time'; readonly until: string; readonly since: string }
  /** A stage that lasts until a person goes on, or one that is held. */
  | { readonly kind: 'rollout'; readonly since: string };

/** The gradual rollout of a published submission as last seen. */
export interface RolloutView {
  /** 0 to 100. */
  readonly percentage: number;
  /** Partner Center's word, as `PackageRolloutInProgress`. */
  readonly status: string;
  readonly held: boolean;
  readonly nextStageAt: string | null;
}

/** A package as it was found when it was opened. */
export interface PackageView {
  readonly fileName: string;
  readonly identity: string;
  readonly version: string;
  readonly architecture: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
}

/** A message of Partner Center about a submission. */
export interface RemoteMessage {
  readonly code: string;
  readonly details: string;
}

/** The submission in Partner Center as last seen. */
export interface RemoteView {
  readonly submissionId: string;
  readonly status: string;
  readonly errors: readonly RemoteMessage[];
  readonly warnings: readonly RemoteMessage[];
  readonly reports: readonly { readonly date: string; readonly href: string }[];
  readonly links: readonly { readonly title: string; readonly href: string }[];
}

export interface DecisionView {
  readonly gate: Gate;
  readonly decision: 'approved' | 'rejected' | 'expired';
  readonly by: string | null;
  readonly at: string;
  readonly comment: string | null;
}

/** One fault found in a document, its bytes or against the remote state. */
export interface Fault {
  /** JSON pointer into the release document. */
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
}

export interface FailureView {
  readonly code: FailureCode;
  readonly title: string;
  readonly detail: string;
  readonly remedy: string;
  readonly retryable: boolean;
  readonly step: StepName | null;
  readonly errors: readonly Fault[];
  readonly correlationId: string | null;
  readonly docs: string;
}

export interface CancellationView {
  readonly code: 'requested' | 'rejected' | 'superseded' | 'rollout-halted' | 'canceled-in-portal';
  readonly by: string | null;
  readonly reason: string | null;
}

/** Something of ours that is still in Partner Center after the end. */
export type Left = 'draft' | 'preview' | 'publication' | 'rollout';

/** A member that a canceled release wrote and that could not be put back. Never its value. */
export interface Unrestored {
  /** JSON pointer into the release document. */
  readonly pointer: string;
  readonly code: string;
  readonly message: string;
  /** What to do about it. */
  readonly remedy: string;
}

/** A release as people and pipelines see it: the answer of `GET /releases/{id}` without its links. */
export interface ReleaseView {
  readonly id: string;
  readonly account: string;
  readonly target: ReleaseTarget;
  readonly labels: Readonly<Record<string, string>>;
  readonly batch: null;
  readonly requestedBy: string | null;
  readonly run: number;
  readonly state: ReleaseState;
  readonly step: StepName | null;
  readonly steps: readonly StepView[];
  readonly waitingFor: WaitingFor | null;
  readonly packages: readonly PackageView[];
  readonly remote: RemoteView | null;
  readonly rollout: RolloutView | null;
  readonly decisions: readonly DecisionView[];
  readonly failure: FailureView | null;
  readonly cancellation: CancellationView | null;
  readonly left: readonly Left[];
  /** Absent where all that was written is as it was found. */
  readonly unrestored?: readonly Unrestored[] | undefined;
  readonly stalledSince: string | null;
  readonly nextCheckAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly endedAt: string | null;
  /** Grows with every change; the ETag. */
  readonly rev: number;
}
