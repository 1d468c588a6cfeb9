/** Numbers of the history events as the Durable SDK reads them (durable-functions `HistoryEventType`). */
export const EventType = {
  ExecutionStarted: 0,
  ExecutionCompleted: 1,
  ExecutionFailed: 2,
  ExecutionTerminated: 3,
  TaskScheduled: 4,
  TaskCompleted: 5,
  TaskFailed: 6,
  SubOrchestrationInstanceCreated: 7,
  SubOrchestrationInstanceCompleted: 8,
  SubOrchestrationInstanceFailed: 9,
  TimerCreated: 10,
  TimerFired: 11,
  OrchestratorStarted: 12,
  OrchestratorCompleted: 13,
  EventRaised: 15,
  ExecutionSuspended: 19,
  ExecutionResumed: 20,
} as const;

/** The number of a history event. */
export type EventType = (typeof EventType)[keyof typeof EventType];

/**
 * One history event in its wire form. `Timestamp` and `FireAt` are ISO texts; `Input` and `Result` are JSON texts.
 * `EventId` is the sequence number for events that schedule something and -1 for all others.
 */
export interface HistoryEvent {
  readonly EventType: EventType;
  readonly EventId: number;
  readonly IsPlayed: boolean;
  readonly Timestamp: string;
  readonly Name?: string;
  readonly Input?: string | null;
  readonly Version?: string;
  readonly Result?: string;
  readonly Reason?: string;
  readonly Details?: string;
  readonly TaskScheduledId?: number;
  readonly TimerId?: number;
  readonly FireAt?: string;
  readonly InstanceId?: string;
}

/** What an event says beyond its type, number and time. */
export type EventDetail = Omit<HistoryEvent, 'EventType' | 'EventId' | 'IsPlayed' | 'Timestamp'>;

/** A new event of the running episode: not yet played. */
export function newEvent(type: EventType, atMs: number, detail: EventDetail = {}, eventId = -1): HistoryEvent {
  return { EventType: type, EventId: eventId, IsPlayed: false, Timestamp: new Date(atMs).toISOString(), ...detail };
}

/** The name of an event type, for people. */
export function eventTypeName(type: EventType): string {
  return Object.entries(EventType).find(([, number]) => number === type)?.[0] ?? String(type);
}

/** The sequence number that an event completes, or undefined when it completes none. */
export function completedId(event: HistoryEvent): number | undefined {
  switch (event.EventType) {
    case EventType.TaskCompleted:
    case EventType.TaskFailed:
    case EventType.SubOrchestrationInstanceCompleted:
    case EventType.SubOrchestrationInstanceFailed:
      return event.TaskScheduledId;
    case EventType.TimerFired:
      return event.TimerId;
    default:
      return undefined;
  }
}
