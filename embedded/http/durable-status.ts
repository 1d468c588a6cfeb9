import { EventType, eventTypeName, type HistoryEvent } from '../engine/history';
import { parseJson } from '../engine/json';
import { hasEnded } from '../engine/status';
import type { InstanceRecord } from '../store/records';
import { type HttpAnswer, jsonAnswer } from './messages';

/** What a status answer shows besides the status. */
export interface StatusDetail {
  readonly showInput: boolean;
  /** The current generation's events as JSON texts, when they are to be shown. */
  readonly history?: readonly string[] | undefined;
  readonly showHistoryOutput: boolean;
}

/** An instance as the extension's API shows it: input and output always present, times in whole seconds. */
export function statusObject(instance: InstanceRecord, detail: StatusDetail): Record<string, unknown> {
  return {
    name: instance.name,
    instanceId: instance.instanceId,
    runtimeStatus: instance.status,
    input: detail.showInput ? payload(instance.input) : null,
    customStatus: payload(instance.customStatus),
    output: payload(instance.output),
    createdTime: seconds(instance.createdAt),
    lastUpdatedTime: seconds(instance.updatedAt),
    ...(detail.history === undefined ? {} : { historyEvents: historyEvents(detail.history, detail.showHistoryOutput) }),
  };
}

/** 200 for an instance that has ended, 202 with a place to ask again for one that has not. */
export function statusAnswer(instance: InstanceRecord, detail: StatusDetail, location: string): HttpAnswer {
  const body = statusObject(instance, detail);
  if (hasEnded(instance.status)) return jsonAnswer(200, body);
  return jsonAnswer(202, body, { location, 'retry-after': '5' });
}

/** The value that an instance has returned. */
export function outputOf(instance: InstanceRecord): unknown {
  return payload(instance.output);
}

function payload(text: string | undefined): unknown {
  return text === undefined ? null : parseJson(text);
}

function seconds(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

const hidden: readonly number[] = [
  EventType.OrchestratorStarted,
  EventType.OrchestratorCompleted,
  EventType.TaskScheduled,
  EventType.TimerCreated,
  EventType.SubOrchestrationInstanceCreated,
];

function historyEvents(texts: readonly string[], showOutput: boolean): Record<string, unknown>[] {
  const events = texts.map((text) => parseJson(text) as HistoryEvent); // Our own texts: written by commitEpisode.
  const scheduled = new Map(events.filter(({ EventId }) => EventId >= 0).map((event) => [event.EventId, event]));
  return events
    .filter(({ EventType: type }) => !hidden.includes(type))
    .map((event) => {
      const { EventType: type, IsPlayed: _, EventId: __, Input: ___, Result: result, ...rest } = event;
      const cause = scheduled.get(event.TaskScheduledId ?? event.TimerId ?? -1);
      return {
        ...rest,
        EventType: eventTypeName(type),
        ...(cause?.Name === undefined ? {} : { FunctionName: cause.Name }),
        ...(cause === undefined ? {} : { ScheduledTime: cause.Timestamp }),
        ...(showOutput && result !== undefined ? { Result: parseJson(result) } : {}),
      };
    });
}
