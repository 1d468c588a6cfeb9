import { isObject, type JsonObject, numberMember, stringMember } from './json';

/** How an action asks to be tried again: a fixed wait between attempts. */
export interface Retry {
  readonly intervalMs: number;
  readonly maxAttempts: number;
}

/** One thing that an orchestrator has asked for, as the SDK answers it. */
export type Action =
  | { readonly kind: 'activity'; readonly name: string; readonly input: unknown; readonly retry?: Retry }
  | {
      readonly kind: 'child';
      readonly name: string;
      readonly input: unknown;
      readonly instanceId?: string;
      readonly version?: string;
      readonly retry?: Retry;
    }
  | { readonly kind: 'timer'; readonly fireAt: number; readonly cancelled: boolean }
  | { readonly kind: 'event'; readonly name: string }
  | { readonly kind: 'continue'; readonly input: unknown }
  | { readonly kind: 'any' | 'all'; readonly children: readonly Action[] };

/** What an orchestrator answers at the end of an episode: everything it has asked for since its start. */
export interface OrchestratorAnswer {
  readonly isDone: boolean;
  readonly actions: readonly Action[];
  readonly output: unknown;
  /** Undefined leaves the status as it is: the SDK never sends a falsy one. */
  readonly customStatus: unknown;
  /** Set when the orchestrator has thrown. */
  readonly error: string | undefined;
}

/** An answer that cannot be carried out; the instance fails with the message. */
export class AnswerError extends Error {}

const refused = new Map([
  [7, 'callEntity'],
  [8, 'callHttp'],
  [9, 'signalEntity'],
  [13, 'lock'],
  [14, 'lock'],
]);

/**
 * Reads an orchestrator's answer.
 *
 * @throws AnswerError for anything that is not one, or asks for what this runtime does not have (entities, callHttp).
 */
export function parseAnswer(value: unknown): OrchestratorAnswer {
  if (!isObject(value) || !Array.isArray(value['actions'])) throw new AnswerError('The orchestrator gave no answer.');
  const outer: unknown[] = value['actions'];
  const listed: unknown = outer[0] ?? [];
  if (outer.length > 1 || !Array.isArray(listed)) {
    throw new AnswerError('The orchestrator answered in an unknown replay schema.');
  }
  return {
    isDone: value['isDone'] === true,
    actions: listed.map(parseAction),
    output: value['output'],
    customStatus: value['customStatus'],
    error: stringMember(value, 'error'),
  };
}

function parseAction(value: unknown): Action {
  const action = isObject(value) ? value : {};
  switch (action['actionType']) {
    case 0:
      return { kind: 'activity', ...callOf(action) };
    case 1:
      return { kind: 'activity', ...callOf(action), retry: retryOf(action) };
    case 2:
      return { kind: 'child', ...childOf(action) };
    case 3:
      return { kind: 'child', ...childOf(action), retry: retryOf(action) };
    case 4:
      return { kind: 'continue', input: action['input'] };
    case 5:
      return { kind: 'timer', fireAt: fireAtOf(action), cancelled: action['isCanceled'] === true };
    case 6:
      return { kind: 'event', name: stringMember(action, 'externalEventName') ?? '' };
    case 11:
      return { kind: 'any', children: childrenOf(action) };
    case 12:
      return { kind: 'all', children: childrenOf(action) };
    default:
      return refuse(action['actionType']);
  }
}

function refuse(type: unknown): never {
  const name = typeof type === 'number' ? refused.get(type) : undefined;
  throw new AnswerError(
    name === undefined
      ? `The orchestrator asked for something unknown (action type ${String(type)}).`
      : `The embedded runtime has no ${name}: entities and durable HTTP run on Azure only.`,
  );
}

function callOf(action: JsonObject): { name: string; input: unknown } {
  return { name: stringMember(action, 'functionName') ?? '', input: action['input'] };
}

function childOf(action: JsonObject): { name: string; input: unknown; instanceId?: string; version?: string } {
  const instanceId = stringMember(action, 'instanceId');
  const version = stringMember(action, 'version');
  return {
    ...callOf(action),
    // An empty id means the same as none: the engine makes one.
    ...(instanceId ? { instanceId } : {}),
    ...(version === undefined ? {} : { version }),
  };
}

function retryOf(action: JsonObject): Retry {
  const options = isObject(action['retryOptions']) ? action['retryOptions'] : {};
  return {
    intervalMs: numberMember(options, 'firstRetryIntervalInMilliseconds') ?? 1,
    maxAttempts: numberMember(options, 'maxNumberOfAttempts') ?? 1,
  };
}

function fireAtOf(action: JsonObject): number {
  const fireAt = Date.parse(stringMember(action, 'fireAt') ?? '');
  if (Number.isNaN(fireAt)) throw new AnswerError('The orchestrator made a timer without a time.');
  return fireAt;
}

function childrenOf(action: JsonObject): Action[] {
  const children: unknown = action['compoundActions'];
  return Array.isArray(children) ? children.map(parseAction) : [];
}
