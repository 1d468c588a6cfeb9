/** A create that is about to be sent, or was: when, and what was live then. Nothing was pending. */
export interface CreateIntent {
  readonly kind: 'create';
  readonly at: string;
  readonly publishedId: string | null;
  /** What the answer said was made. */
  readonly submissionId?: string;
}

/** A commit that is about to be sent, or was. */
export interface CommitIntent {
  readonly kind: 'commit';
  readonly at: string;
  readonly submissionId: string;
}

/** A flight, an add-on or an offer that is about to be made, or was. */
export interface MakeIntent {
  readonly kind: 'make';
  readonly at: string;
}

export function asMakeIntent(intent: unknown): MakeIntent | undefined {
  return kindOf(intent) === 'make' ? (intent as MakeIntent) : undefined;
}

export function asCreateIntent(intent: unknown): CreateIntent | undefined {
  // Written by this service alone, and told apart by its kind.
  return kindOf(intent) === 'create' ? (intent as CreateIntent) : undefined;
}

export function asCommitIntent(intent: unknown): CommitIntent | undefined {
  return kindOf(intent) === 'commit' ? (intent as CommitIntent) : undefined;
}

/** A publication of an offer that is about to be begun, or let go live, or was: when, and which one was the last then. */
export interface OfferIntent {
  readonly kind: 'publish' | 'promote';
  readonly at: string;
  /** The publication that had been begun last; `null` = none ever. */
  readonly lastId: string | null;
}

export function asOfferIntent(intent: unknown, kind: OfferIntent['kind']): OfferIntent | undefined {
  return kindOf(intent) === kind ? (intent as OfferIntent) : undefined;
}

function kindOf(intent: unknown): unknown {
  return typeof intent === 'object' && intent !== null && 'kind' in intent ? intent.kind : undefined;
}
