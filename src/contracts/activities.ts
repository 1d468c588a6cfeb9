import type { Failure } from '../domain/failure';
import type { DecisionView, Fault, Left, PackageView, RemoteView, StepName } from '../domain/release';
import type {
  Gate,
  OnBusy,
  OnForeignDraft,
  OnRunningRollout,
  ReleaseTarget,
  RolloutOrder,
  Until,
} from '../domain/release-document';
import type { ReleaseEvent } from '../domain/release-event';
import type { NamedTarget, StoreProduct } from '../domain/store/product';
import type { RolloutPlan, RolloutRequest, SeenRollout, StagePlace } from '../domain/store/rollout';
import type { RolloutChange } from '../domain/store/rollout-change';
import type { SubmissionOrigin } from '../domain/store/submission-origin';
import type { StoreHold } from '../domain/store/submission-status';
import { activityRef, orchestratorRef } from './durable';
import { FunctionName } from './names';

/**
 * Inputs and outputs of every activity and orchestrator. They are in stored history: small (references instead of
 * payloads), objects only, without secrets; add members, never rename or remove.
 */

/** Which run of which release calls; a run that is not the record's any more is fenced off. */
export interface RunRef {
  readonly releaseId: string;
  readonly run: number;
  /** Proves that this instance began the run. */
  readonly token: string;
}

/** The APIs of Partner Center, each with tokens of its own. */
export type TargetApi = 'store' | 'marketplace' | 'cloud-partner';

/** A call that goes to Partner Center. */
export interface RemoteCall extends RunRef {
  readonly account: string;
  readonly product: StoreProduct;
  /** From an earlier `rate-limited` failure of the same call: request slots that are reserved for it. */
  readonly ticket?: string | undefined;
}

/** As `RemoteCall`, where the product is known by a name alone. */
export interface TargetCall extends RunRef {
  readonly account: string;
  readonly target: NamedTarget;
  readonly ticket?: string | undefined;
}

/** `null`: nothing has the name. */
export interface FoundProduct {
  readonly product: StoreProduct | null;
}

/** A call about the place in the queue of a product, or of whatever else one release at a time may do. */
export interface ClaimCall extends RunRef {
  readonly claim: string;
}

export interface SubmissionCall extends RemoteCall {
  readonly submissionId: string;
}

/** What an orchestrator needs to know of the release document; the document itself stays in storage. */
export interface RunPlan {
  readonly account: string;
  readonly target: ReleaseTarget;
  readonly packages: number;
  /** Whether the document refers to files in ZIPs, to pictures, or to earlier releases; absent = no. */
  readonly hasReferences?: boolean | undefined;
  readonly until: Until;
  readonly onBusy: OnBusy;
  readonly onForeignDraft: OnForeignDraft;
  readonly onRunningRollout: OnRunningRollout;
  /** RFC 3339; nothing is begun before. */
  readonly startAt: string | null;
  /** RFC 3339; an offer does not go live before. Absent = at once. */
  readonly goLiveAt?: string | undefined;
  readonly approvals: readonly Gate[];
  readonly approvalTimeoutMs: number;
  /** Polls of one submission are never closer. */
  readonly pollFloorMs: number;
  /** The tenant's request budget. */
  readonly requestsPerMinute: number;
  /** The stages after the publication, where the document has some. */
  readonly rollout?: RolloutPlan | undefined;
  /** Where the release changes a running rollout and does nothing else. */
  readonly order?: RolloutOrder | undefined;
}

/** A person's command about a rollout. */
export interface RolloutCommand {
  readonly id: string;
  /** RFC 3339 UTC. */
  readonly at: string;
  readonly by: string | null;
  readonly change: RolloutChange;
}

/** What a checkpoint does with the commands about the rollout. */
export interface RolloutStep {
  /** From now on they are taken. */
  readonly open?: boolean | undefined;
  /** Ids of those that were carried out, or came to nothing. */
  readonly done?: readonly string[] | undefined;
  /** The rollout is over for the run; `if-idle`: unless another command waits. */
  readonly close?: 'if-idle' | 'at-once' | undefined;
}

export interface Commands {
  readonly cancel?: {
    readonly by: string | null;
    readonly reason: string | null;
    readonly abandon: boolean;
    /** Why; absent = somebody asked for it. */
    readonly code?: 'requested' | 'superseded';
  };
  readonly decision?: DecisionView & { readonly gateId: string };
  /** Stored and not carried out yet. */
  readonly rollout?: readonly RolloutCommand[];
}

export interface CheckpointInput extends RunRef {
  /** Grows by one with each checkpoint of a run; makes a repeated write harmless. */
  readonly seq: number;
  readonly at: string;
  readonly events: readonly ReleaseEvent[];
  /** The wait that follows, if one does: whoever stores a command from now on rings there. */
  readonly bell?: { readonly instance: string; readonly name: string } | undefined;
  /** Opens a gate. */
  readonly gate?: { readonly gateId: string; readonly gate: Gate } | undefined;
  readonly rollout?: RolloutStep | undefined;
}

/** `fenced`: another run or instance has the release; the caller stops and touches nothing. */
export type CheckpointOutput =
  | { readonly fenced: true }
  | {
      readonly fenced: false;
      readonly commands: Commands;
      /** Of the record: higher than the one asked for where that was taken, and nothing was written. */
      readonly seq: number;
    };

/** `left` = what an earlier run of the release left in Partner Center. */
export type BeginOutput =
  { readonly mine: false } | { readonly mine: true; readonly plan: RunPlan; readonly left: readonly Left[] };

export type InspectOutput =
  | { readonly done: false; readonly read: number; readonly total: number }
  | { readonly done: true; readonly package: PackageView };

/** How many packages and other files the release has, once its references were followed. */
export interface FollowOutput {
  readonly packages: number;
  readonly assets: number;
  /** All that keeps it from being put together. */
  readonly faults: readonly Fault[];
}

/** How far the check of the files came that `changes` name. */
export interface CheckAssetsOutput {
  /** The file to go on with; `null` = all were looked at. */
  readonly next: number | null;
  readonly total: number;
  /** Of the files that were looked at this time. */
  readonly faults: readonly Fault[];
}

export type ClaimOutput =
  { readonly granted: true } | { readonly granted: false; readonly ahead: string; readonly position: number };

/** The product as it was found, judged against the release. */
export interface ProductLook {
  readonly publishedId: string | null;
  readonly pending: {
    readonly submissionId: string;
    readonly status: string;
    readonly friendlyName: string;
    readonly origin: SubmissionOrigin;
    /** The only submission that a flight ever had. */
    readonly isOnly?: boolean | undefined;
  } | null;
  readonly rolloutRunning: boolean;
  /** The submission of this release, where an earlier run committed it and it no longer shows as pending: it is live, or was. */
  readonly committed: string | null;
  /** Faults of document and packages against the product; nothing may be written while there is one. */
  readonly faults: readonly Fault[];
  /** Why the release must not touch the product, whatever the document says. */
  readonly blocker: 'price-hidden' | 'halted-packages' | null;
  /** Everything that is asked for is live already, and nothing is on its way that would change it. */
  readonly nothingToDo: boolean;
  /** Whether there are packages or other files to upload. */
  readonly hasFiles: boolean;
  /** What is live already, where there is nothing to do. */
  readonly remote: RemoteView | null;
}

export type UploadOutput =
  | { readonly done: false; readonly nextBlock: number; readonly sent: number; readonly total: number }
  | { readonly done: true; readonly total: number };

export interface PollOutput {
  readonly remote: RemoteView;
  /** `Manual` waits for a person in Partner Center once certified. */
  readonly publishMode: string;
  /** With `SpecificDate`: when the Store is to publish, RFC 3339. */
  readonly publishAt?: string | undefined;
  /** How many releases of the tenant have not ended. */
  readonly activeReleases: number;
  readonly correlationId: string | null;
}

/** A call about the rollout of a submission; `null` = of the one that is live. */
export interface RolloutCall extends RemoteCall {
  readonly submissionId: string | null;
}

export interface RolloutSeen {
  readonly submissionId: string;
  readonly seen: SeenRollout;
}

export interface ChangeRolloutCall extends RolloutCall {
  readonly request: RolloutRequest;
  /** Nothing is sent where the percentage is another one: somebody has set it. `null` = whatever it is. */
  readonly from: number | null;
}

/** `sent`: whether this call asked for the change; what was so already is not asked for. */
export interface ChangeRolloutOutput extends RolloutSeen {
  readonly sent: boolean;
}

/** A plan that is made in the background. */
export interface PlanRef {
  readonly planId: string;
}

export const activities = {
  beginRun: activityRef<RunRef, BeginOutput>(FunctionName.beginRun),
  checkpoint: activityRef<CheckpointInput, CheckpointOutput>(FunctionName.checkpoint),
  closeGate: activityRef<RunRef & { gateId: string; at: string }, { decision: DecisionView }>(FunctionName.closeGate),
  /** `api` absent = that of the Store. */
  checkToken: activityRef<RunRef & { account: string; api?: TargetApi | undefined }, { expiresAt: string }>(
    FunctionName.checkToken,
  ),
  inspectPackage: activityRef<RunRef & { index: number }, InspectOutput>(FunctionName.inspectPackage),
  followReferences: activityRef<RunRef, FollowOutput>(FunctionName.followReferences),
  checkAssets: activityRef<RunRef & { from: number }, CheckAssetsOutput>(FunctionName.checkAssets),
  findStoreProduct: activityRef<TargetCall, FoundProduct>(FunctionName.findStoreProduct),
  makeStoreProduct: activityRef<TargetCall, FoundProduct>(FunctionName.makeStoreProduct),
  acquireClaim: activityRef<ClaimCall, ClaimOutput>(FunctionName.acquireClaim),
  supersede: activityRef<ClaimCall, object>(FunctionName.supersede),
  releaseClaim: activityRef<RunRef, object>(FunctionName.releaseClaim),
  lookAtStoreProduct: activityRef<RemoteCall, ProductLook>(FunctionName.lookAtStoreProduct),
  clearStoreSubmission: activityRef<SubmissionCall, object>(FunctionName.clearStoreSubmission),
  createStoreSubmission: activityRef<
    RemoteCall & { adopt: string | null },
    { submissionId: string; how: 'created' | 'found' | 'adopted' }
  >(FunctionName.createStoreSubmission),
  updateStoreSubmission: activityRef<SubmissionCall, { sent: boolean }>(FunctionName.updateStoreSubmission),
  verifyStoreSubmission: activityRef<
    SubmissionCall & { after: 'update' | 'commit' | 'publish' },
    { remote: RemoteView }
  >(FunctionName.verifyStoreSubmission),
  uploadStorePackages: activityRef<SubmissionCall & { fromBlock: number }, UploadOutput>(
    FunctionName.uploadStorePackages,
  ),
  commitStoreSubmission: activityRef<SubmissionCall, { committed: true } | { committed: false; why: 'canceled' }>(
    FunctionName.commitStoreSubmission,
  ),
  pollStoreSubmission: activityRef<SubmissionCall, PollOutput>(FunctionName.pollStoreSubmission),
  withdrawStoreSubmission: activityRef<RemoteCall, { left: readonly Left[] }>(FunctionName.withdrawStoreSubmission),
  readRollout: activityRef<RolloutCall, RolloutSeen>(FunctionName.readRollout),
  changeRollout: activityRef<ChangeRolloutCall, ChangeRolloutOutput>(FunctionName.changeRollout),
  rememberPublished: activityRef<SubmissionCall, object>(FunctionName.rememberPublished),
  readPlanBytes: activityRef<PlanRef, { done: boolean }>(FunctionName.readPlanBytes),
  judgePlan: activityRef<PlanRef, object>(FunctionName.judgePlan),
  endPlan: activityRef<PlanRef & { failure: Failure }, object>(FunctionName.endPlan),
} as const;

/** What starts a run. */
export interface PublishInput {
  readonly releaseId: string;
  readonly run: number;
}

export interface WatchInput {
  readonly call: SubmissionCall;
  readonly plan: RunPlan;
  readonly seq: number;
  readonly watch: WatchState;
}

/** What the watch carries from one generation to the next. */
export interface WatchState {
  readonly status: string;
  /** When this status was first seen, RFC 3339 UTC. */
  readonly since: string;
  /** Polls that saw it. */
  readonly polls: number;
  /** The step that the record shows. */
  readonly step: StepName | null;
  /** What this status waits for on purpose. */
  readonly hold?: StoreHold | undefined;
  /** Since when Partner Center says that there is no such thing, RFC 3339 UTC; absent = it was there just now. */
  readonly missingSince?: string | undefined;
  /** Request slots that are reserved for the next poll. */
  readonly ticket?: string | undefined;
}

export type WatchOutput = { readonly seq: number; readonly step: StepName | null } & (
  | { readonly end: 'reached' }
  | { readonly end: 'abandoned'; readonly by: string | null; readonly reason: string | null }
  | { readonly end: 'canceled-in-portal' }
  | { readonly end: 'fenced' }
  | { readonly end: 'failed'; readonly failure: Failure }
);

export interface RollOutInput {
  readonly call: SubmissionCall;
  readonly plan: RunPlan;
  readonly seq: number;
  readonly state: RollOutState;
}

/** What the stages carry from one generation to the next. Times are milliseconds since 1970. */
export interface RollOutState extends StagePlace {
  readonly status: string;
  /** When Partner Center is looked at next. */
  readonly lookAt: number;
  /** Looks that failed in a row. */
  readonly failures: number;
  readonly ticket?: string | undefined;
  /** What is asked of Partner Center and was not read back yet. */
  readonly asked: AskedRollout | null;
  /** Ids of commands that were taken up and are not done. */
  readonly taken: readonly string[];
  readonly done: readonly string[];
  /** What people were shown last. */
  readonly shown: string;
  readonly isWaiting: boolean;
  /** What happened and was not written yet. */
  readonly news: readonly ReleaseEvent[];
}

export interface AskedRollout {
  readonly request: RolloutRequest;
  /** The person's command; `null` = the stages want it. */
  readonly command: RolloutCommand | null;
  readonly since: number;
  readonly retryAt: number;
  readonly failures: number;
  /** How often it was answered, and read back otherwise. */
  readonly misses: number;
  readonly ticket?: string | undefined;
}

/** `running`: whether the rollout runs on after the end. */
export type RollOutOutput = { readonly seq: number } & (
  | { readonly end: 'over'; readonly running: boolean }
  | { readonly end: 'halted' | 'canceled'; readonly by: string | null; readonly reason: string | null }
  | { readonly end: 'fenced' }
  | { readonly end: 'failed'; readonly failure: Failure; readonly running: boolean }
);

export const orchestrators = {
  publishToStore: orchestratorRef<PublishInput, void>(FunctionName.publishToStore),
  watchStoreSubmission: orchestratorRef<WatchInput, WatchOutput>(FunctionName.watchStoreSubmission),
  rollOut: orchestratorRef<RollOutInput, RollOutOutput>(FunctionName.rollOut),
  makePlan: orchestratorRef<PlanRef, void>(FunctionName.makePlan),
} as const;
