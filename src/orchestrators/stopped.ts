import type { Failure } from '../domain/failure';
import type { CancellationView, Fault } from '../domain/release';

/** How a run ends early. Thrown through the steps of one orchestrator, and caught by the one place that ends the run. */
export type Ending =
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'canceled'; readonly cancellation: CancellationView }
  /** Another run or instance has the release: nothing is touched any more. */
  | { readonly kind: 'fenced' };

/** Carries an ending out of nested steps; never crosses the durable boundary. */
export class Stopped extends Error {
  override readonly name = 'Stopped';

  constructor(readonly ending: Ending) {
    super(ending.kind);
  }
}

/** Ends the run as failed. */
export function stopFailed(failure: Failure): never {
  throw new Stopped({ kind: 'failed', failure });
}

/** Ends the run where the document does not fit what it is for. */
export function refuseUnfit(faults: readonly Fault[]): void {
  if (faults.length === 0) return;
  const message = faults.map((fault) => fault.message).join(' ');
  stopFailed({ code: 'document-unfit', message: message.slice(0, 2000), retryable: false, errors: faults });
}
