import { nextPollAt } from '../poll-pace';
import type { PollPace, PollSituation } from '../poll-pace';

const minute = 60_000;
const hour = 60 * minute;

const paces: Record<string, PollPace> = {
  CommitStarted: { first: 1, longestMs: 2 * minute, stalledAfterMs: 2 * hour },
  PreProcessing: { first: 1, longestMs: 5 * minute, stalledAfterMs: 12 * hour },
  Certification: { first: 2, longestMs: 10 * minute, stalledAfterMs: 5 * 24 * hour },
  Release: { first: 1, longestMs: 5 * minute, stalledAfterMs: 24 * hour },
  PendingPublication: { first: 1, longestMs: 5 * minute, stalledAfterMs: 24 * hour },
  Publishing: { first: 1, longestMs: 5 * minute, stalledAfterMs: 48 * hour },
};
const unknownPace: PollPace = { first: 1, longestMs: 10 * minute, stalledAfterMs: 24 * hour };

export interface StorePollSituation extends PollSituation {
  readonly status: string;
}

/** Milliseconds to the next poll of a submission. */
export function nextPollMs(situation: StorePollSituation): number {
  return nextPollAt(paces[situation.status] ?? unknownPace, situation);
}

/** Whether the submission has been in this status for longer than is usual. */
export function isStalled(status: string, inStatusMs: number): boolean {
  return inStatusMs > (paces[status] ?? unknownPace).stalledAfterMs;
}
