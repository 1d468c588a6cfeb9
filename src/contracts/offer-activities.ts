import type { Failure } from '../domain/failure';
import type { Fault, Left, RemoteView, StepName, Unrestored } from '../domain/release';
import type { NamedOffer, Offer } from '../domain/offer/offer';
import type { OfferGoal, OfferPhase, OfferProgress } from '../domain/offer/offer-status';
import { activityRef, orchestratorRef } from './durable';
import { FunctionName } from './names';
import type { PublishInput, RunPlan, RunRef, WatchState } from './activities';

/**
 * Inputs and outputs of the activities and orchestrators of marketplace offers. They are in stored history: small, objects
 * only, without secrets; add members, never rename or remove.
 */

/** A call about an offer, whichever API it is behind. */
export interface OfferCall extends RunRef {
  readonly account: string;
  readonly product: Offer;
  /** From an earlier `rate-limited` failure of the same call: request slots that are reserved for it. */
  readonly ticket?: string | undefined;
}

/** As `OfferCall`, where the offer is known by a name alone, or may have to be made. */
export interface NamedOfferCall extends RunRef {
  readonly account: string;
  readonly target: NamedOffer;
  readonly ticket?: string | undefined;
}

/** `null`: nothing has the name. */
export interface FoundOffer {
  readonly product: Offer | null;
}

/** A call about one publication: a submission, or an operation. */
export interface PublicationCall extends OfferCall {
  readonly publicationId: string;
}

/** The offer as it was found, judged against the release. */
export interface OfferLook {
  /** The publication of this release that an earlier run began, where it goes on or has got there. */
  readonly own: { readonly publicationId: string; readonly phase: OfferPhase } | null;
  /** A publication of this release that has failed, or was canceled: another one may take its place. */
  readonly ended?: string | null | undefined;
  /** The publication that the record named at this look, whatever became of it: one of this run has another id. */
  readonly named?: string | null | undefined;
  /** Somebody's publication that has to end first. */
  readonly underWay: { readonly publicationId: string; readonly status: string } | null;
  /** Faults of document and packages against the offer; nothing may be written while there is one. */
  readonly faults: readonly Fault[];
  /** Why the release must not touch the offer. */
  readonly failure: Failure | null;
  /** How many resources of the draft are to be written, and how many of them need files. */
  readonly writes: number;
  readonly fileWrites: number;
  /** All that is asked for is there already: nothing is to be published. */
  readonly nothingToPublish: boolean;
  /** Of what is live, where nothing is to be done. */
  readonly remote: RemoteView | null;
}

/** How far the writing came: resources that are as they are to be. */
export type WriteOutput =
  | { readonly done: false; readonly written: number; readonly total: number }
  | { readonly done: true; readonly written: number; readonly total: number };

/** How far the sending of files came, in bytes. */
export type SendOutput =
  | { readonly done: false; readonly sent: number; readonly total: number }
  | { readonly done: true; readonly total: number };

export interface OfferPoll {
  readonly progress: OfferProgress;
  /** How many releases of the tenant have not ended. */
  readonly activeReleases: number;
}

/** How far taking back came; once it is done, what is left. */
export type WithdrawOutput = { readonly done: false } | ({ readonly done: true } & Withdrawn);

/** What stays in Partner Center of a canceled run. */
export interface Withdrawn {
  readonly left: readonly Left[];
  /** Members that could not be put back as they were found; absent = none. */
  readonly unrestored?: readonly Unrestored[] | undefined;
}

/** What of an offer is compared with what the release wanted: its draft, its preview, or what is live. */
export type OfferPlace = 'draft' | 'preview' | 'live';

/**
 * Where a release ends: with what is live, or with nothing to publish (`unchanged`); or with a preview or a draft, which
 * the next release builds on.
 */
export type OfferEnd = 'live' | 'unchanged' | 'preview' | 'draft';

export const offerActivities = {
  findOffer: activityRef<NamedOfferCall, FoundOffer>(FunctionName.findOffer),
  makeOffer: activityRef<NamedOfferCall, FoundOffer>(FunctionName.makeOffer),
  lookAtOffer: activityRef<OfferCall, OfferLook>(FunctionName.lookAtOffer),
  writeOfferDraft: activityRef<OfferCall, WriteOutput>(FunctionName.writeOfferDraft),
  uploadOfferFiles: activityRef<OfferCall, SendOutput>(FunctionName.uploadOfferFiles),
  verifyOffer: activityRef<OfferCall & { place: OfferPlace; publicationId: string | null }, object>(
    FunctionName.verifyOffer,
  ),
  publishOffer: activityRef<
    OfferCall & { ended: string | null; before?: string | null | undefined },
    { publicationId: string; status: string }
  >(FunctionName.publishOffer),
  pollOffer: activityRef<PublicationCall, OfferPoll>(FunctionName.pollOffer),
  promoteOffer: activityRef<
    PublicationCall,
    { promoted: true; publicationId: string } | { promoted: false; why: 'canceled' }
  >(FunctionName.promoteOffer),
  withdrawOffer: activityRef<OfferCall & { publicationId: string | null }, WithdrawOutput>(FunctionName.withdrawOffer),
  /** What the release did to the draft has come to its end: it is live, or stays as the draft for the next release. */
  settleOffer: activityRef<OfferCall & { end: OfferEnd }, object>(FunctionName.settleOffer),
} as const;

export interface WatchOfferInput {
  readonly call: PublicationCall;
  readonly plan: RunPlan;
  readonly goal: OfferGoal;
  readonly seq: number;
  readonly watch: WatchState;
}

export type WatchOfferOutput = { readonly seq: number; readonly step: StepName | null } & (
  | { readonly end: 'reached'; readonly phase: OfferPhase }
  | { readonly end: 'canceled'; readonly by: string | null; readonly reason: string | null; readonly code: CancelCode }
  | { readonly end: 'canceled-in-portal' }
  | { readonly end: 'fenced' }
  | { readonly end: 'failed'; readonly failure: Failure }
);

type CancelCode = 'requested' | 'superseded';

export const offerOrchestrators = {
  publishToMarketplace: orchestratorRef<PublishInput, void>(FunctionName.publishToMarketplace),
  watchOffer: orchestratorRef<WatchOfferInput, WatchOfferOutput>(FunctionName.watchOffer),
} as const;
