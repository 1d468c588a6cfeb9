import type { Answer, CUT } from './answer';
import type { Call, CallFacts } from './call';

/** Which of the emulated services an operation belongs to; decides the shape of errors. */
export type Surface = 'entra' | 'key-vault' | 'store' | 'storage' | 'ingestion';

/** One operation of an emulated service: faults, the journal and the tests know it by its name. */
export interface Operation {
  readonly name: string;
  readonly surface: Surface;
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  /** With `:parameters`; matched without regard to case or a trailing slash. */
  readonly path: string;
  readonly run: (call: Call) => Answer | Promise<Answer>;
  /** What a lost update answers when the stored, unchanged resource is to be shown (fault `discard: "stored"`). */
  readonly reread?: (call: Call) => Answer | Promise<Answer>;
}

/**
 * An operation of the upload storage: another server does the work, so nothing waits for it and it changes nothing here.
 * Its body is passed on as it comes.
 */
export interface RelayedOperation extends Omit<Operation, 'run' | 'reread'> {
  /** The value of the query's `comp`, which tells the operations of one path from each other. */
  readonly comp: string | null;
  /** What the path says about the request. */
  readonly factsOf: (call: Call) => CallFacts;
  readonly relay: (call: Call) => Promise<Answer | typeof CUT>;
}
