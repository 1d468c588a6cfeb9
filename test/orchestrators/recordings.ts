import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { EventType, eventTypeName } from '../../embedded/engine/history';
import type { HistoryEvent } from '../../embedded/engine/history';
import { followActions } from '../../embedded/engine/numbering';
import { parseAnswer } from '../../embedded/engine/actions';
import { findDivergence, recordedEffects } from '../../embedded/engine/replay-check';
import { durableFunctions } from '../../embedded/host/durable-functions';
import type { DurableHost } from '../support/durable-host';

const folder = join(__dirname, '../histories');

/** A history as it was recorded: one generation, in the wire form that the SDK gets. */
export interface Recording {
  readonly name: string;
  readonly instanceId: string;
  readonly input: unknown;
  readonly history: readonly HistoryEvent[];
}

export function readRecording(file: string): Recording {
  return JSON.parse(readFileSync(join(folder, file), 'utf8')) as Recording;
}

export function writeRecording(file: string, recording: Recording): void {
  writeFileSync(join(folder, file), `${JSON.stringify(recording, null, 2)}\n`);
}

/** What a history asked for, one line per sequence number, for people: `3 TaskScheduled CheckToken`. */
export function effectsOf(history: readonly HistoryEvent[]): string[] {
  const kinds: readonly number[] = [
    EventType.TaskScheduled,
    EventType.TimerCreated,
    EventType.SubOrchestrationInstanceCreated,
  ];
  return history
    .filter((event) => kinds.includes(event.EventType))
    .map((event) => `${event.EventId} ${eventTypeName(event.EventType)} ${event.Name ?? ''}`.trimEnd());
}

/**
 * Replays a recorded history on an orchestrator of today, episode by episode, as the host does after a deploy.
 *
 * @returns what differs by kind or name at a sequence number, or undefined when nothing does.
 */
export async function divergence(host: DurableHost, recording: Recording, name = recording.name) {
  const { history, instanceId, input } = recording;
  const ends = history.flatMap((event, index) => (event.EventType === EventType.OrchestratorCompleted ? [index] : []));
  for (const end of ends) {
    const soFar = history.slice(0, end + 1);
    const episode = soFar.filter((event) => event.EventType !== EventType.OrchestratorCompleted);
    const { actions } = await answer(host, name, { history: episode, instanceId, input });
    const asked = followActions(actions, episode).effects;
    const recorded = recordedEffects(soFar);
    const found = findDivergence(asked, recorded);
    if (found !== undefined) return found;
    if (asked.length > recorded.size) return `number ${recorded.size} is asked for and was not`;
  }
  return undefined;
}

interface Trigger {
  readonly history: readonly HistoryEvent[];
  readonly instanceId: string;
  readonly input: unknown;
}

async function answer(host: DurableHost, name: string, trigger: Trigger) {
  const text = JSON.stringify({
    ...trigger,
    isReplaying: true,
    parentInstanceId: null,
    upperSchemaVersion: 1,
    upperSchemaVersionNew: 2,
    maximumShortTimerDuration: '36500.00:00:00',
    longRunningTimerIntervalDuration: '3.00:00:00',
    defaultHttpAsyncRequestSleepTimeMillseconds: 30000,
  });
  const functions = durableFunctions(host.app.registry, host.app.invoker);
  return parseAnswer(await functions.callOrchestrator(name, trigger.instanceId, text));
}
