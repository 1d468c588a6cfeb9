import type { Flow } from '../contracts/durable';
import { offerActivities } from '../contracts/offer-activities';
import type { Withdrawn } from '../contracts/offer-activities';
import type { FailureCode } from '../domain/failure-catalogue';
import type { CancellationView, Left } from '../domain/release';
import { act } from './run';
import type { OfferRun } from './run';
import { unlessFenced } from './run-lifecycle';
import type { Aftermath } from './run-lifecycle';

/** What a run leaves in the commercial marketplace. */
export function offerAftermath(run: OfferRun): Aftermath {
  return {
    withdraw: (cancellation) => withdraw(run, cancellation),
    left: (code) => (code === undefined ? leftBySuccess(run) : leftByFailure(run, code)),
  };
}

/** Cancels the publication where the API can, and puts the draft back where nobody has changed it since. */
function* withdraw(run: OfferRun, { code }: CancellationView): Flow<Withdrawn> {
  const { call, publication } = run;
  // One that was canceled over there leaves nothing but the draft.
  if (publication?.phase === 'going-live' && code !== 'canceled-in-portal') return { left: ['publication'] };
  if (call === null) return { left: run.leftBefore };
  const publicationId = publication?.id ?? null;
  for (;;) {
    const withdrawn = yield* unlessFenced(act(run, offerActivities.withdrawOffer, { ...call, publicationId }));
    if (withdrawn === undefined) return { left: leftByFailure(run) };
    if (withdrawn.done) return stays(withdrawn);
  }
}

function stays({ left, unrestored }: Withdrawn): Withdrawn {
  return unrestored === undefined ? { left } : { left, unrestored };
}

function leftBySuccess({ hasDraft, publication, leftBefore }: OfferRun): readonly Left[] {
  if (publication === null) return hasDraft ? ['draft'] : leftBefore;
  return publication.phase === 'preview-ready' ? ['preview'] : [];
}

/** Publications that have ended: what they were made of is in the draft. */
const endedBy: readonly FailureCode[] = ['preview-failed', 'go-live-failed'];

/** A failed run keeps its draft, so that a retry can go on with it. */
function leftByFailure({ hasDraft, publication, leftBefore }: OfferRun, code?: FailureCode): readonly Left[] {
  const hasEnded = code !== undefined && endedBy.includes(code);
  if (publication === null || hasEnded) return hasDraft ? ['draft'] : leftBefore;
  return publication.phase === 'preview-ready' ? ['draft', 'preview'] : ['publication'];
}
