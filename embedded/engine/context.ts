import type { CommitBatch } from '../store/commit-batch';
import type { EngineOptions, ProbeDetail, ProbePoint } from './options';

/** What the parts of one engine share. */
export interface EngineContext extends EngineOptions {
  readonly batch: CommitBatch;
  /** True when nothing may be written any more. */
  isDead(): boolean;
  /** Lets a test look in, as long as the engine lives. */
  pass(point: ProbePoint, detail: ProbeDetail): void | Promise<void>;
}
