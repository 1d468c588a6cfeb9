import type { Failure } from '../failure';
import type { FailureCode } from '../failure-catalogue';
import type { RemoteView } from '../release';

/**
 * How far a publication of an offer is, whichever API it goes through. `preview-ready` waits for somebody to let it go
 * live; `live` is what it was published for. Progress names what the API says in the words of that API: `remote.status`.
 */
export const offerPhases = ['previewing', 'preview-ready', 'going-live', 'live', 'failed', 'canceled'] as const;
export type OfferPhase = (typeof offerPhases)[number];

/** One publication as it was read. */
export interface OfferProgress {
  readonly publicationId: string;
  readonly phase: OfferPhase;
  /** Where it failed: before the preview was ready, or after it was let go live. */
  readonly failedIn?: OfferGoal | undefined;
  /** The publication as which it went on to customers, where the API has another one for that. */
  readonly goneOnAs?: string | undefined;
  readonly remote: RemoteView;
}

/** What a watch waits for. */
export type OfferGoal = 'preview' | 'live';

/** What the progress of a publication means for a release that waits for a goal. */
export type OfferVerdict =
  | { readonly kind: 'reached' }
  | { readonly kind: 'going-on' }
  | { readonly kind: 'canceled-in-portal' }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** Judges a publication of our own. A preview that somebody else has let go live is past the preview, too. */
export function judgeProgress(progress: OfferProgress, goal: OfferGoal): OfferVerdict {
  switch (progress.phase) {
    case 'previewing':
      return { kind: 'going-on' };
    case 'preview-ready':
      return { kind: goal === 'preview' ? 'reached' : 'going-on' };
    case 'going-live':
      return { kind: goal === 'preview' ? 'reached' : 'going-on' };
    case 'live':
      return { kind: 'reached' };
    case 'canceled':
      return { kind: 'canceled-in-portal' };
    case 'failed':
      return { kind: 'failed', failure: failureOf(progress) };
  }
}

/** Whether nothing else can be published before this has ended, or was decided upon. */
export function isUnderWay({ phase }: Pick<OfferProgress, 'phase'>): boolean {
  return phase === 'previewing' || phase === 'going-live';
}

const codes: Readonly<Record<OfferGoal, FailureCode>> = {
  preview: 'preview-failed',
  live: 'go-live-failed',
};

function failureOf({ remote, failedIn = 'preview' }: OfferProgress): Failure {
  const details = remote.errors.map(({ code, details: text }) => (text === '' ? code : text));
  const why = details.length === 0 ? 'and Partner Center gave no reason.' : `: ${details.join(' ')}`;
  return {
    code: codes[failedIn],
    message: `The publication ended as ${remote.status}${details.length === 0 ? ', ' : ''}${why}`.slice(0, 2000),
    retryable: false,
    errors: remote.errors.map(({ code, details: text }) => ({ pointer: '', code, message: text })),
  };
}
