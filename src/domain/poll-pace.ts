/** Waits between polls of one status: quick while something is about to change, slow while people work. */
export interface PollPace {
  /** The first wait, in units of the floor. */
  readonly first: number;
  readonly longestMs: number;
  /** Longer in this status than is usual. */
  readonly stalledAfterMs: number;
}

export interface PollSituation {
  /** Milliseconds since the status was first seen. */
  readonly inStatusMs: number;
  /** Releases of the tenant that have not ended, this one included. */
  readonly activeReleases: number;
  readonly requestsPerMinute: number;
  /** Requests that one poll takes; 1 unless told otherwise. */
  readonly requestsPerPoll?: number;
  /** Never poll closer than this. */
  readonly floorMs: number;
}

const minute = 60_000;

/** Milliseconds to the next poll: a sixth of the time spent in the status, within the pace, stretched by the load. */
export function nextPollAt(pace: PollPace, situation: PollSituation): number {
  const { floorMs, inStatusMs, activeReleases, requestsPerMinute, requestsPerPoll = 1 } = situation;
  const planned = Math.min(Math.max(pace.first * floorMs, inStatusMs / 6), pace.longestMs);
  const fairShare = (activeReleases * requestsPerPoll * minute) / Math.max(requestsPerMinute / 2, 1);
  return Math.max(planned, floorMs, fairShare);
}
