import { EventType, type HistoryEvent } from './history';
import type { Effect } from './numbering';

/** What the history says was asked for under a number. */
interface Recorded {
  readonly kind: Effect['kind'];
  readonly name: string;
}

/** The recorded requests by sequence number. */
export function recordedEffects(history: readonly HistoryEvent[]): Map<number, Recorded> {
  const recorded = new Map<number, Recorded>();
  for (const event of history) {
    const kind = recordedKind(event.EventType);
    if (kind !== undefined) recorded.set(event.EventId, { kind, name: event.Name ?? '' });
  }
  return recorded;
}

/**
 * Compares what an orchestrator asks for now with what it asked for before: kind and name at each number, names without
 * case. Inputs and times are not compared, as on Azure.
 *
 * @returns what differs, for people, or undefined when nothing does.
 */
export function findDivergence(
  effects: readonly Effect[],
  recorded: ReadonlyMap<number, Recorded>,
): string | undefined {
  for (const [id, before] of recorded) {
    const now = effects[id];
    if (now === undefined) return `number ${id} was ${describe(before)} and is not asked for any more`;
    const asked: Recorded = { kind: now.kind, name: now.kind === 'timer' ? '' : now.name };
    if (asked.kind !== before.kind || asked.name.toLowerCase() !== before.name.toLowerCase()) {
      return `number ${id} was ${describe(before)} and is now ${describe(asked)}`;
    }
  }
  return undefined;
}

function recordedKind(type: EventType): Effect['kind'] | undefined {
  if (type === EventType.TaskScheduled) return 'activity';
  if (type === EventType.SubOrchestrationInstanceCreated) return 'child';
  return type === EventType.TimerCreated ? 'timer' : undefined;
}

function describe({ kind, name }: Recorded): string {
  if (kind === 'timer') return 'a timer';
  return `${kind === 'child' ? 'the sub-orchestration' : 'the activity'} '${name}'`;
}
