const minute = 60_000;
const hour = 60 * minute;

/** Waits between polls of one status: quick while something is about to change, slow while people work. */
interface PollPace {
  /** The first wait, in units of the floor. */
  readonly first: number;
  readonly longestMs: number;
  /** Longer in this status than is usual. */
  readonly stalledAfterMs: number;
}

const paces: Record<string, PollPace> = {
  CommitStarted: { first: 1, longestMs: 2 * minute, stalledAfterMs: 2 * hour },
  PreProcessing: { first: 1, longestMs: 5 * minute, stalledAfterMs: 12 * hour },
  Certification: { first: 2, longestMs: 10 * minute, stalledAfterMs: 5 * 24 * hour },
  Release: { first: 1, longestMs: 5 * minute, stalledAfterMs: 24 * hour },
  PendingPublication: { first: 1, longestMs: 5 * minute, stalledAfterMs: 24 * hour },
  Publishing: { first: 1, longestMs: 5 * minute, stalledAfterMs: 48 * hour },
};
const unknownPace: PollPace = { first: 1, longestMs: 10 * minute, stalledAfterMs: 24 * hour };

export interface PollSituation {
  readonly status: string;
  /** Milliseconds since the status was first seen. */
  readonly inStatusMs: number;
  /** Releases of the tenant that have not ended, this one included. */
  readonly activeReleases: number;
  readonly requestsPerMinute: number;
  /** Never poll closer than this. */
  readonly floorMs: number;
}

/** Milliseconds to the next poll: a sixth of the time spent in the status, within the pace, stretched by the load. */
export function nextPollMs(situation: PollSituation): number {
  const pace = paces[situation.status] ?? unknownPace;
  const planned = Math.min(Math.max(pace.first * situation.floorMs, situation.inStatusMs / 6), pace.longestMs);
  const fairShare = (situation.activeReleases * minute) / Math.max(situation.requestsPerMinute / 2, 1);
  return Math.max(planned, situation.floorMs, fairShare);
}

/** Whether the submission has been in this status for longer than is usual. */
export function isStalled(status: string, inStatusMs: number): boolean {
  return inStatusMs > (paces[status] ?? unknownPace).stalledAfterMs;
}
