/** Members of a JSON object whose meaning is not looked at. */
export type Members = Record<string, unknown>;

/** What an offer is: flat keys with dotted prefixes, of which any that is unknown is kept. */
export interface Definition {
  readonly [key: string]: unknown;
  readonly displayText: string;
  readonly offer: Members;
  readonly plans: readonly Members[];
}

/** The namespace of offers. */
export interface Publisher {
  readonly id: string;
  /** The Partner Center account that it belongs to. */
  readonly account: string;
  readonly displayText: string;
  readonly sellerId: number;
}

/** An offer as it was at some time. */
export interface Snapshot {
  /** Digits: those of migrated offers are beyond what a double can hold. */
  readonly version: string;
  /** When its definition was changed, in ticks. */
  readonly changed: string;
  readonly definition: Definition;
}

/** How far an offer is; that a publication waits for its publisher is seen from its operation. */
export const OFFER_STATES = ['neverPublished', 'running', 'succeeded', 'canceled', 'failed'] as const;
export type OfferState = (typeof OFFER_STATES)[number];

export interface Offer {
  readonly publisher: string;
  readonly id: string;
  readonly offerTypeId: string;
  /** Whether Partner Center's back end has taken it over. */
  migrated: boolean;
  status: OfferState;
  /** 0 until it first goes live. */
  version: string;
  /** When the draft was changed, in ticks; what its ETag is made of. */
  changed: string;
  draft: Definition;
  preview?: Snapshot;
  production?: Snapshot;
  /** What went live, oldest first. */
  versions: Snapshot[];
  /** Number of the newest publication. */
  lastPublishing: number;
  /** Addresses of the service's own copies, and what each is a copy of. */
  artifacts: Record<string, string>;
}

export const MESSAGE_LEVELS = ['information', 'warning', 'error'] as const;

/** What a step has to say. */
export interface StepMessage {
  readonly text: string;
  readonly level: (typeof MESSAGE_LEVELS)[number];
  /** Epoch milliseconds, emulator's clock. */
  readonly at: number;
}

/** A publication, a go-live or a cancellation that takes its time. */
export interface OfferOperation {
  readonly id: string;
  /** Key of the offer. */
  readonly offer: string;
  readonly type: 'publish' | 'goLive' | 'cancel';
  state: 'running' | 'completed' | 'failed' | 'canceled';
  readonly publishingVersion: number;
  readonly offerVersion: string;
  /** Whom to tell; absent for migrated offers. */
  readonly emails?: string;
  /** When it was started and when it last changed, in ticks. */
  readonly started: string;
  changed: string;
  /** What goes to the slot at the end. */
  readonly snapshot?: Snapshot;
  /** Of a whole publication, in milliseconds. */
  readonly duration: number;
  /** Index of the step that it is in. */
  step: number;
  /** When it entered that step, epoch milliseconds. */
  since: number;
  /** By the index of their step. */
  messages: Record<string, StepMessage[]>;
  readonly outcome?: OfferOutcome;
  /** A cancellation of it is on its way. */
  canceling?: boolean;
  /** For a cancellation: the operation that it ends. */
  readonly cancels?: string;
}

export const OFFER_RESULTS = ['Refused', 'Blocked', 'CertificationFailed', 'Stuck', 'Succeeded'] as const;

/** How the next publication or go-live ends. */
export interface OfferOutcome {
  readonly id: string;
  /** Of which offer; of any when absent. */
  readonly publisher?: string;
  readonly offer?: string;
  readonly of: 'publish' | 'goLive';
  /** `Refused`: 422 at once. `Blocked`: its step is blocked. `CertificationFailed`: rejected. `Stuck`: never leaves its step. */
  readonly result: (typeof OFFER_RESULTS)[number];
  /** Index of the step that it is about. */
  readonly step: number;
  readonly stuckAs: 'inProgress' | 'waitingForApproval';
  readonly messages: readonly Omit<StepMessage, 'at'>[];
}

/** What the emulator remembers of the Cloud Partner Portal. */
export interface CloudPartnerContents {
  /** By id. */
  publishers: Map<string, Publisher>;
  /** By `offerKey`. */
  offers: Map<string, Offer>;
  /** By id, oldest first. */
  offerOperations: Map<string, OfferOperation>;
  /** By id, oldest first. */
  offerOutcomes: Map<string, OfferOutcome>;
}

export const CLOUD_PARTNER_MAPS = ['publishers', 'offers', 'offerOperations', 'offerOutcomes'] as const;

/** Nothing of the Cloud Partner Portal. */
export function noCloudPartner(): CloudPartnerContents {
  return { publishers: new Map(), offers: new Map(), offerOperations: new Map(), offerOutcomes: new Map() };
}

/** What an offer is kept under: ids are matched without regard to case. */
export function offerKey(publisher: string, offer: string): string {
  return `${publisher}/${offer}`.toLowerCase();
}
