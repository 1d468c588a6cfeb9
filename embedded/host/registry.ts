import type { RegisteredFunction } from './core-module';
import type { CoreBinding, CoreCallback, CoreMetadata } from './core-types';

/** Triggers that this runtime serves. */
export type TriggerKind = 'http' | 'timer' | 'orchestration' | 'activity';

/** A function that can be invoked. */
export interface HostedFunction {
  readonly name: string;
  readonly kind: TriggerKind;
  readonly metadata: CoreMetadata;
  readonly callback: CoreCallback;
  readonly trigger: CoreBinding;
  readonly triggerName: string;
  /** Names of its durableClient inputs. */
  readonly clientInputs: readonly string[];
}

const triggerKinds = new Map<string, TriggerKind>([
  ['httptrigger', 'http'],
  ['timertrigger', 'timer'],
  ['orchestrationtrigger', 'orchestration'],
  ['activitytrigger', 'activity'],
]);

const validName = /^[a-z][a-z0-9_-]{0,127}$/i;

/** Everything an app has registered and this runtime can serve, found by name without case. */
export class FunctionRegistry {
  readonly #functions = new Map<string, HostedFunction>();

  /**
   * @throws Error that names every function that cannot be served and why: what Azure would refuse (names), and what
   *   this runtime does not have (other triggers, outputs other than HTTP, inputs other than durableClient).
   */
  constructor(registered: readonly RegisteredFunction[]) {
    const problems = registered.flatMap((item) => this.#add(item));
    if (problems.length > 0) throw new Error(`The app cannot be hosted:\n${problems.map((p) => `- ${p}`).join('\n')}`);
  }

  /** All functions of a kind, in order of registration. */
  ofKind(kind: TriggerKind): HostedFunction[] {
    return [...this.#functions.values()].filter((candidate) => candidate.kind === kind);
  }

  /** The function of this name, when it is of this kind. */
  find(kind: TriggerKind, name: string): HostedFunction | undefined {
    const found = this.#functions.get(name.toLowerCase());
    return found?.kind === kind ? found : undefined;
  }

  #add({ metadata, callback }: RegisteredFunction): string[] {
    const name = metadata.name ?? '';
    if (!validName.test(name) || name.toLowerCase() === 'host') return [`'${name}' is no valid function name.`];
    if (this.#functions.has(name.toLowerCase())) return [`'${name}' is registered twice.`];
    const problems = Object.entries(metadata.bindings).flatMap(([key, binding]) => bindingProblem(name, key, binding));
    const trigger = Object.entries(metadata.bindings).find(([, { type }]) => type?.toLowerCase().endsWith('trigger'));
    const kind = triggerKinds.get(trigger?.[1].type?.toLowerCase() ?? '');
    if (trigger === undefined) return [...problems, `'${name}' has no trigger.`];
    if (problems.length > 0 || kind === undefined) return problems;
    const clientInputs = Object.entries(metadata.bindings)
      .filter(([, { type }]) => type === 'durableClient' || type === 'orchestrationClient')
      .map(([key]) => key);
    const [triggerName, binding] = trigger;
    this.#functions.set(name.toLowerCase(), {
      name,
      kind,
      metadata,
      callback,
      trigger: binding,
      triggerName,
      clientInputs,
    });
    return [];
  }
}

function bindingProblem(functionName: string, key: string, { type = '', direction }: CoreBinding): string[] {
  const kind = type.toLowerCase();
  if (kind.endsWith('trigger')) {
    return triggerKinds.has(kind) ? [] : [`'${functionName}' has a ${type}: the embedded runtime has none.`];
  }
  if (direction === 'out') {
    return kind === 'http' ? [] : [`'${functionName}' has the output '${key}' of type ${type}: only http is there.`];
  }
  return kind === 'durableclient' || kind === 'orchestrationclient'
    ? []
    : [`'${functionName}' has the input '${key}' of type ${type}: only durableClient is there.`];
}
