import type { Services } from '../core/services';
import type { IngestionState } from './model';

/** What new things are made of: numbers and a time. A seed has them before there is an emulator. */
export interface Ground {
  readonly state: IngestionState;
  /** Epoch milliseconds by the emulator's clock. */
  readonly now: number;
}

/** The ground of a running emulator. */
export function groundOf({ world, clock }: Services): Ground {
  return { state: world.ingestion, now: clock.now() };
}
