import { type InstanceRecord, type Message, MessageKind } from '../store/records';
import { EventType, type HistoryEvent, newEvent } from './history';
import { RuntimeStatus } from './status';

/** What the messages make of an episode, before any user code has run. */
export interface Episode {
  readonly instance: InstanceRecord;
  /** Events of earlier episodes as they are stored: JSON texts, already marked as played. */
  readonly pastTexts: readonly string[];
  readonly past: readonly HistoryEvent[];
  /** Events of this episode so far, OrchestratorStarted first. */
  readonly fresh: readonly HistoryEvent[];
  /** Ids of the messages that this episode uses up. */
  readonly taken: readonly number[];
  /**
   * `run`: invoke the orchestrator; `hold`: suspended, only record; `terminate`: end now; `nothing`: all messages were
   * for an earlier generation.
   */
  readonly course: 'run' | 'hold' | 'terminate' | 'nothing';
  /** Why it is to be terminated. */
  readonly reason: string;
  /** The episode's start: what the orchestrator sees as the current time. Epoch milliseconds, never backwards. */
  readonly startedAt: number;
}

/** The stored side of an instance, as an episode finds it. */
export interface Loaded {
  readonly instance: InstanceRecord;
  readonly pastTexts: readonly string[];
  readonly messages: readonly Message[];
}

/**
 * Puts an episode together: OrchestratorStarted, in a new generation ExecutionStarted, then the waiting messages in
 * order of arrival. Messages for another generation are used up and dropped. A suspend that comes behind other
 * messages is left for the next episode, so that what came before it still takes effect.
 */
export function beginEpisode({ instance, pastTexts, messages }: Loaded, now: number): Episode {
  // The texts are our own: written by commitEpisode from HistoryEvents.
  const past = pastTexts.map((event) => JSON.parse(event) as HistoryEvent);
  const startedAt = Math.max(now, lastStart(past));
  const collected = new Collector(instance, startedAt, past.length === 0);
  for (const message of messages) if (!collected.take(message)) break;
  return { instance, pastTexts, past, startedAt, ...collected.result(past.length === 0) };
}

function lastStart(past: readonly HistoryEvent[]): number {
  const last = past.findLast((event) => event.EventType === EventType.OrchestratorStarted);
  return last === undefined ? 0 : Date.parse(last.Timestamp);
}

class Collector {
  readonly #instance: InstanceRecord;
  readonly #at: number;
  readonly #fresh: HistoryEvent[];
  readonly #taken: number[] = [];
  #useful = 0;
  #suspended: boolean;
  #reason: string | undefined;

  constructor(instance: InstanceRecord, at: number, isFirst: boolean) {
    this.#instance = instance;
    this.#at = at;
    this.#suspended = instance.status === RuntimeStatus.Suspended;
    this.#fresh = [newEvent(EventType.OrchestratorStarted, at)];
    if (isFirst) this.#fresh.push(executionStarted(instance, at));
  }

  /** False when this message and those behind it are for the next episode. */
  take(message: Message): boolean {
    const isOurs = message.executionId === undefined || message.executionId === this.#instance.executionId;
    if (isOurs && message.kind === MessageKind.Suspend && this.#useful > 0 && !this.#suspended) return false;
    this.#taken.push(message.id);
    if (!isOurs) return true;
    this.#useful += 1;
    this.#apply(message);
    return true;
  }

  result(isFirst: boolean): Pick<Episode, 'fresh' | 'taken' | 'course' | 'reason'> {
    return { fresh: this.#fresh, taken: this.#taken, course: this.#course(isFirst), reason: this.#reason ?? '' };
  }

  #course(isFirst: boolean): Episode['course'] {
    if (this.#reason !== undefined) return 'terminate';
    if (this.#useful === 0 && !isFirst) return 'nothing';
    return this.#suspended ? 'hold' : 'run';
  }

  #apply({ kind, body }: Message): void {
    switch (kind) {
      case MessageKind.Event:
        this.#fresh.push(JSON.parse(body) as HistoryEvent); // Our own text: written by eventMessage.
        break;
      case MessageKind.Suspend:
        this.#suspended = true;
        this.#fresh.push(newEvent(EventType.ExecutionSuspended, this.#at, { Reason: body }));
        break;
      case MessageKind.Resume:
        this.#suspended = false;
        this.#fresh.push(newEvent(EventType.ExecutionResumed, this.#at, { Reason: body }));
        break;
      case MessageKind.Terminate:
        this.#reason = body;
        this.#fresh.push(newEvent(EventType.ExecutionTerminated, this.#at, { Reason: body }));
    }
  }
}

function executionStarted(instance: InstanceRecord, at: number): HistoryEvent {
  return newEvent(EventType.ExecutionStarted, at, {
    Name: instance.name,
    Input: instance.input ?? null,
    ...(instance.version === undefined ? {} : { Version: instance.version }),
  });
}

/** The trigger that an orchestrator is invoked with, as JSON text. */
export function triggerText({ instance, pastTexts, fresh }: Episode): string {
  const frame = JSON.stringify({
    instanceId: instance.instanceId,
    isReplaying: pastTexts.length > 0,
    parentInstanceId: instance.parent?.instanceId ?? null,
    upperSchemaVersion: 1,
    upperSchemaVersionNew: 2,
    // One timer for any time: the store has no limit that hops would be needed for.
    maximumShortTimerDuration: '36500.00:00:00',
    longRunningTimerIntervalDuration: '3.00:00:00',
    defaultHttpAsyncRequestSleepTimeMillseconds: 30_000,
  });
  const history = [...pastTexts, ...fresh.map((event) => JSON.stringify(event))].join(',');
  // The stored texts go in as they are: parsing and writing a long history again would cost most of an episode.
  return `${frame.slice(0, -1)},"input":${instance.input ?? 'null'},"history":[${history}]}`;
}
