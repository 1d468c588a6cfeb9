import { type HttpAnswer, jsonAnswer } from './messages';

/** Where Azure Functions tells how the host is; for the master key alone. */
export const hostStatusPath = ['admin', 'host', 'status'];

/**
 * The host's own health. Of Azure's members these two: monitors look at `state`, people read `errors`.
 *
 * @param problem why the runtime cannot take work, or undefined when it can.
 */
export function hostStatus(problem: string | undefined): HttpAnswer {
  return jsonAnswer(200, problem === undefined ? { state: 'Running' } : { state: 'Error', errors: [problem] });
}
