import { nextPollAt } from '../poll-pace';
import type { PollPace, PollSituation } from '../poll-pace';
import type { StoreHold } from './submission-status';

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

/** A status, and since when the submission has it (RFC 3339). */
export interface StatusInTime {
  readonly status: string;
  readonly since: string;
  /** What it waits for on purpose. */
  readonly hold?: StoreHold | undefined;
}

/**
 * Since when (RFC 3339) the submission has been in its status, where that is longer than is usual; otherwise `null`. What
 * waits for a person is never late, and what waits for its date is late from then on only.
 */
export function stalledSince({ status, since, hold }: StatusInTime, now: Date): string | null {
  if (hold?.for === 'publisher') return null;
  const isHeldLonger = hold !== undefined && Date.parse(hold.until) > Date.parse(since);
  const from = isHeldLonger ? hold.until : since;
  const lasts = now.getTime() - Date.parse(from);
  return lasts > (paces[status] ?? unknownPace).stalledAfterMs ? from : null;
}
