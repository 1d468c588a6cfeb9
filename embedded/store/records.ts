import type { RuntimeStatus } from '../engine/status';

/** Where a child orchestration reports to. */
export interface ParentLink {
  readonly instanceId: string;
  readonly executionId: string;
  /** The sequence number of the call in the parent. */
  readonly taskId: number;
}

/** One orchestration instance in its current generation. Times are epoch milliseconds; payloads are JSON texts. */
export interface InstanceRecord {
  readonly instanceId: string;
  readonly executionId: string;
  readonly name: string;
  readonly version: string | undefined;
  readonly status: RuntimeStatus;
  readonly input: string | undefined;
  readonly output: string | undefined;
  readonly customStatus: string | undefined;
  readonly parent: ParentLink | undefined;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What an instance is made of when it starts. */
export interface NewInstance {
  readonly instanceId: string;
  readonly executionId: string;
  readonly name: string;
  readonly version: string | undefined;
  readonly input: string | undefined;
  readonly parent?: ParentLink | undefined;
  /** Default: Pending. */
  readonly status?: RuntimeStatus;
  readonly customStatus?: string | undefined;
}

/** What waits for an instance's next episode. */
export const MessageKind = {
  /** A history event to append as it is. */
  Event: 'event',
  Terminate: 'terminate',
  Suspend: 'suspend',
  Resume: 'resume',
} as const;

/** What waits for an instance's next episode. */
export type MessageKind = (typeof MessageKind)[keyof typeof MessageKind];

/** A message to an instance; with an execution id it is for that generation alone and dropped by any other. */
export interface NewMessage {
  readonly instanceId: string;
  readonly executionId: string | undefined;
  readonly kind: MessageKind;
  /** For an event the history event as JSON text; for the verbs the reason. */
  readonly body: string;
}

/** A stored message; ids rise in order of arrival. */
export interface Message extends NewMessage {
  readonly id: number;
}

/** An activity that has to run. It stays until its completion is written. */
export interface ActivityRecord {
  readonly id: number;
  readonly instanceId: string;
  readonly executionId: string;
  readonly taskId: number;
  readonly name: string;
  /** JSON text of the input. */
  readonly input: string;
}

/** A timer that has come due. */
export interface DueTimer {
  readonly instanceId: string;
  readonly executionId: string;
  readonly timerId: number;
  readonly fireAt: number;
}
