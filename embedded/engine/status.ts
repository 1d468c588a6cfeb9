/** The runtime status of an orchestration instance, in the words of the Durable extension. */
export const RuntimeStatus = {
  Pending: 'Pending',
  Running: 'Running',
  Suspended: 'Suspended',
  Completed: 'Completed',
  Failed: 'Failed',
  Terminated: 'Terminated',
} as const;

/** The runtime status of an orchestration instance. */
export type RuntimeStatus = (typeof RuntimeStatus)[keyof typeof RuntimeStatus];

/** Statuses that exist on Azure and are never reached here: known to filters only. */
export const foreignStatuses: readonly string[] = ['ContinuedAsNew', 'Canceled'];

/** True when the text names a status of ours. */
export function isRuntimeStatus(text: string): text is RuntimeStatus {
  return Object.values<string>(RuntimeStatus).includes(text);
}

/** True for an instance that will never run again. */
export function hasEnded(status: RuntimeStatus): boolean {
  return status === RuntimeStatus.Completed || status === RuntimeStatus.Failed || status === RuntimeStatus.Terminated;
}

/** True for the name of a status that an instance ends in, here or on Azure. */
export function isEndedStatus(text: string): boolean {
  return text === 'Canceled' || (isRuntimeStatus(text) && hasEnded(text));
}
