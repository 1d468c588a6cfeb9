import { nextPollAt } from '../poll-pace';
import type { PollPace, PollSituation } from '../poll-pace';
import type { OfferGoal } from './offer-status';

const minute = 60_000;
const hour = 60 * minute;

/** A preview takes minutes to hours, going live hours to days: people look at both. */
const paces: Readonly<Record<OfferGoal, PollPace>> = {
  preview: { first: 1, longestMs: 5 * minute, stalledAfterMs: 3 * 24 * hour },
  live: { first: 2, longestMs: 10 * minute, stalledAfterMs: 7 * 24 * hour },
};

/** Status and steps. */
const requestsPerPoll = 2;

/** Longer than anything that was begun takes to show: what stays away that long is gone. */
const goneAfterMs = 10 * minute;

/** Whether a publication that does not show is gone: somebody has taken it away. */
export function isOfferGone(missingMs: number): boolean {
  return missingMs >= goneAfterMs;
}

/** Milliseconds to the next poll of a publication. */
export function nextOfferPollMs(goal: OfferGoal, situation: PollSituation): number {
  return nextPollAt(paces[goal], { ...situation, requestsPerPoll });
}

/** Whether the publication has been in one status for longer than is usual. */
export function isOfferStalled(goal: OfferGoal, inStatusMs: number): boolean {
  return inStatusMs > paces[goal].stalledAfterMs;
}
