import type { Fault } from './release';

/** People mend what they see and look again; more would not fit into the history of a run. */
const mostFaults = 50;
const longestMessage = 400;

/** As many faults as history, timeline and a reader can take, the first ones, each with a message of bounded length. */
export function boundFaults(faults: readonly Fault[]): readonly Fault[] {
  return faults
    .slice(0, mostFaults)
    .map(({ pointer, code, message }) => ({ pointer, code, message: message.slice(0, longestMessage) }));
}
