import { MessageKind, type NewMessage, type ParentLink } from '../store/records';
import { type EventDetail, EventType, newEvent } from './history';
import { RuntimeStatus } from './status';

/** Where an event goes: an instance, and one generation of it or (undefined) whichever is current. */
export interface Address {
  readonly instanceId: string;
  readonly executionId: string | undefined;
}

/** A message that appends one history event. */
export function eventMessage(to: Address, type: EventType, at: number, detail: EventDetail): NewMessage {
  return {
    instanceId: to.instanceId,
    executionId: to.executionId,
    kind: MessageKind.Event,
    body: JSON.stringify(newEvent(type, at, detail)),
  };
}

/** How a sub-orchestration has ended. */
export interface ChildEnd {
  readonly status: RuntimeStatus;
  /** JSON text. */
  readonly output: string;
}

/** Tells a parent how its child has ended; anything but Completed arrives as a failure. */
export function childEndMessage(parent: ParentLink, end: ChildEnd, at: number): NewMessage {
  if (end.status === RuntimeStatus.Completed) {
    return eventMessage(parent, EventType.SubOrchestrationInstanceCompleted, at, {
      TaskScheduledId: parent.taskId,
      Result: end.output,
    });
  }
  return childFailureMessage(parent, outputText(end.output), at);
}

/** Tells a parent that its child has failed or could not be started. */
export function childFailureMessage(parent: ParentLink, reason: string, at: number): NewMessage {
  return eventMessage(parent, EventType.SubOrchestrationInstanceFailed, at, {
    TaskScheduledId: parent.taskId,
    Reason: reason,
    // Both must be texts: the SDK breaks the instance otherwise.
    Details: '',
  });
}

function outputText(output: string): string {
  const value: unknown = JSON.parse(output);
  return typeof value === 'string' ? value : output;
}
