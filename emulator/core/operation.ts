import type { Answer } from './answer';
import type { Call } from './call';

/** Which of the emulated services an operation belongs to; decides the shape of errors. */
export type Surface = 'entra' | 'key-vault' | 'store';

/** One operation of an emulated service: faults, the journal and the tests know it by its name. */
export interface Operation {
  readonly name: string;
  readonly surface: Surface;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `:parameters`; matched without regard to case or a trailing slash. */
  readonly path: string;
  readonly run: (call: Call) => Answer | Promise<Answer>;
  /** What a lost update answers when the stored, unchanged resource is to be shown (fault `discard: "stored"`). */
  readonly reread?: (call: Call) => Answer | Promise<Answer>;
}
