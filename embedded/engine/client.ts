import { type InstanceRecord, MessageKind } from '../store/records';
import type { InstanceFilter } from '../store/instances';
import { EventType } from './history';
import { instanceIdProblem, newId } from './ids';
import { eventMessage } from './messages';
import type { EngineOptions } from './options';
import { hasEnded, isEndedStatus, RuntimeStatus } from './status';

/** How a request to start an instance went. */
export type StartOutcome =
  | { readonly kind: 'started'; readonly instanceId: string }
  | { readonly kind: 'bad-request'; readonly message: string }
  /** An instance with this id has not ended. */
  | { readonly kind: 'exists'; readonly status: RuntimeStatus };

/** How a request to an existing instance went. `conflict`: it is in that state already. */
export type CommandOutcome = 'accepted' | 'absent' | 'ended' | 'conflict';

/** A request to start an instance. */
export interface StartRequest {
  readonly name: string;
  /** Absent or empty: a new GUID. */
  readonly instanceId?: string | undefined;
  /** JSON text; undefined for none. */
  readonly input?: string | undefined;
  /** Absent: the default version. */
  readonly version?: string | undefined;
}

/** The parts of an engine that a client needs. */
export type ClientOptions = Pick<EngineOptions, 'store' | 'clock' | 'functions' | 'defaultVersion'> & {
  /** Told of every instance that has something to do. */
  readonly notify: (instanceId: string) => void;
};

/**
 * What the Durable extension's API does to instances. Each method is one transaction, durable when it returns; one that
 * asks for work throws StateUnwritableError while the disk is full.
 */
export class OrchestrationClient {
  readonly #options: ClientOptions;

  /** @param options where instances are kept and whom to tell of changes. */
  constructor(options: ClientOptions) {
    this.#options = options;
  }

  /** Starts an instance; one of the same id that has ended is replaced with all its history, as on Azure. */
  start(request: StartRequest): StartOutcome {
    const { store, clock, functions, defaultVersion } = this.#options;
    const name = functions.orchestratorName(request.name);
    if (name === undefined) return badRequest(unknownFunction(request.name));
    const instanceId = request.instanceId ? request.instanceId : newId();
    const problem = instanceIdProblem(instanceId);
    if (problem !== undefined) return badRequest(problem);
    const version = request.version ?? defaultVersion;
    const active = store.accept(() => {
      const existing = store.instances.get(instanceId);
      if (existing !== undefined && !hasEnded(existing.status)) return existing.status;
      store.instances.remove(instanceId);
      const instance = { instanceId, executionId: newId(), name, version, input: request.input };
      store.instances.insert(instance, clock.now());
      return undefined;
    });
    if (active !== undefined) return { kind: 'exists', status: active };
    this.#options.notify(instanceId);
    return { kind: 'started', instanceId };
  }

  /** Whether a command to the instance would be taken. */
  reach(instanceId: string): CommandOutcome {
    const instance = this.get(instanceId);
    if (instance === undefined) return 'absent';
    return hasEnded(instance.status) ? 'ended' : 'accepted';
  }

  /** Looks every `intervalMs` whether the instance has ended; undefined when it has not within `timeoutMs`. */
  async waitForEnd(
    instanceId: string,
    { timeoutMs, intervalMs }: { readonly timeoutMs: number; readonly intervalMs: number },
  ): Promise<InstanceRecord | undefined> {
    const { clock } = this.#options;
    const deadline = clock.now() + timeoutMs;
    for (;;) {
      const instance = this.get(instanceId);
      if (instance !== undefined && hasEnded(instance.status)) return instance;
      const left = deadline - clock.now();
      if (left <= 0) return undefined;
      await new Promise<void>((resolve) => clock.schedule(clock.now() + Math.min(left, intervalMs), resolve));
    }
  }

  /** Delivers an event to the current generation. `input` is JSON text. */
  raiseEvent(instanceId: string, name: string, input: string): CommandOutcome {
    const at = this.#options.clock.now();
    return this.#send(instanceId, () =>
      eventMessage({ instanceId, executionId: undefined }, EventType.EventRaised, at, { Name: name, Input: input }),
    );
  }

  /** Ends an instance at its next episode with the reason as output. Running activities go on; children, too. */
  terminate(instanceId: string, reason: string): CommandOutcome {
    return this.#command(instanceId, MessageKind.Terminate, reason);
  }

  /** Holds an instance: what happens is recorded and nothing carried out until it is resumed. */
  suspend(instanceId: string, reason: string): CommandOutcome {
    if (this.get(instanceId)?.status === RuntimeStatus.Suspended) return 'conflict';
    return this.#command(instanceId, MessageKind.Suspend, reason);
  }

  /** Lets a suspended instance go on. */
  resume(instanceId: string, reason: string): CommandOutcome {
    const status = this.get(instanceId)?.status;
    if (status !== undefined && !hasEnded(status) && status !== RuntimeStatus.Suspended) return 'conflict';
    return this.#command(instanceId, MessageKind.Resume, reason);
  }

  /** The instance, or undefined. */
  get(instanceId: string): InstanceRecord | undefined {
    return this.#options.store.instances.get(instanceId);
  }

  /** The current generation's events as JSON texts. */
  history(instanceId: string): string[] {
    return this.#options.store.instances.history(instanceId);
  }

  /** Instances that pass the filter, by id. */
  query(filter: InstanceFilter): InstanceRecord[] {
    return this.#options.store.instances.query(filter);
  }

  /** Forgets one instance, also a running one, as Azure does; says how many that were. */
  purge(instanceId: string): number {
    const { store } = this.#options;
    return store.transaction(() => (store.instances.remove(instanceId) ? 1 : 0));
  }

  /**
   * Forgets the instances that pass the filter; says how many. Of the statuses only those of ended instances narrow it,
   * and a filter without such a status forgets running instances, too: Azure Storage does so.
   */
  purgeBy(filter: InstanceFilter): number {
    const { store } = this.#options;
    const statuses = filter.statuses?.filter(isEndedStatus);
    return store.transaction(() => {
      const found = store.instances.query({ ...filter, statuses });
      for (const { instanceId } of found) store.instances.remove(instanceId);
      return found.length;
    });
  }

  #command(instanceId: string, kind: MessageKind, body: string): CommandOutcome {
    return this.#send(instanceId, () => ({ instanceId, executionId: undefined, kind, body }));
  }

  #send(instanceId: string, message: () => ReturnType<typeof eventMessage>): CommandOutcome {
    const { store } = this.#options;
    const outcome = store.accept((): CommandOutcome => {
      const reached = this.reach(instanceId);
      if (reached === 'accepted') store.work.addMessage(message());
      return reached;
    });
    if (outcome === 'accepted') this.#options.notify(instanceId);
    return outcome;
  }
}

function badRequest(message: string): StartOutcome {
  return { kind: 'bad-request', message };
}

function unknownFunction(name: string): string {
  return `The function '${name}' doesn't exist, is disabled, or is not an orchestrator function.`;
}
