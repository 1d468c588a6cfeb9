import type { Call } from '../core/call';
import type { Answer } from '../core/answer';
import type { Operation } from '../core/operation';

/** An operation of this API. */
export function operation(
  name: string,
  method: Operation['method'],
  path: string,
  run: (call: Call) => Answer | Promise<Answer>,
): Operation {
  return { name, surface: 'ingestion', method, path, run };
}
