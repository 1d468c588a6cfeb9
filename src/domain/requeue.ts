import type { ReleaseView } from './release';

/**
 * A failed release as its next run waits to begin. The failure stays visible until the run begins; the steps stay too,
 * for the run goes on from the first whose result no longer holds.
 *
 * @param at when the retry was asked for, RFC 3339 UTC
 */
export function requeued(view: ReleaseView, at: string): ReleaseView {
  return {
    ...view,
    state: 'queued',
    run: view.run + 1,
    waitingFor: null,
    nextCheckAt: null,
    endedAt: null,
    updatedAt: at,
    rev: view.rev + 1,
  };
}
