import { randomUUID } from 'node:crypto';
import type { Clock } from '../engine/clock';
import type { LogLevel, LogSink } from '../engine/log';
import type { Core, HookName } from './core-module';
import type { CoreCallback, CoreContext, CoreResponse, ProgrammingModel, TypedData } from './core-types';
import type { HostedFunction } from './registry';

/** What an invocation is given besides its function. */
export interface InvocationInput {
  /** The trigger's value. */
  readonly data: TypedData;
  /** By which the log finds it; a new one unless the caller has one. */
  readonly invocationId?: string;
  readonly triggerMetadata?: Record<string, TypedData>;
  readonly traceParent?: string | undefined;
  /** The orchestration instance that it belongs to, for the log. */
  readonly instanceId?: string | undefined;
}

/** A hook context in the shape that the programming model wraps; hooks may replace its members. */
interface HookState {
  hookData: Record<string, unknown>;
  invocationContext: unknown;
  inputs: unknown[];
  functionCallback: CoreCallback;
  result: unknown;
  error: unknown;
}

/** A log entry as the library hands it over; `category` is `user` or `system`. */
interface LoggedEntry {
  readonly level: LogLevel;
  readonly message: string;
  readonly category: string;
}

/** What an invoker is made of. */
export interface InvokerOptions {
  /** An app's registrations; its programming model must be set. */
  readonly core: Core;
  /** Takes what functions log. */
  readonly log: LogSink;
  /** The durableClient input's value (JSON text), asked for at each invocation that has one. */
  readonly clientBinding: () => string;
  readonly clock: Clock;
  /** How long a function may take before it counts as failed, milliseconds; undefined for no limit. */
  readonly timeoutMs?: number | undefined;
}

/** Calls functions the way the Node worker does, hooks included. */
export class Invoker {
  readonly #options: InvokerOptions;
  readonly #core: Core;
  readonly #model: ProgrammingModel;
  readonly #appHookData: Record<string, unknown> = {};

  /** @throws Error when the app has loaded no programming model, that is, registered nothing. */
  constructor(options: InvokerOptions) {
    const { model } = options.core;
    if (model === undefined) throw new Error('The app has registered no function through @azure/functions.');
    this.#options = options;
    this.#core = options.core;
    this.#model = model;
  }

  /** Locks the app's set-up, as the worker does after loading. Throws when the app asks for HTTP streams. */
  async loadModel(): Promise<void> {
    const capabilities = await this.#model.getCapabilities({});
    if (capabilities['HttpUri'] !== undefined) {
      throw new Error('The app sets enableHttpStream: the embedded runtime has no HTTP streams.');
    }
  }

  /** Runs appStart or appTerminate hooks in order. Rejects with what a hook throws. */
  async appHooks(name: Extract<HookName, 'appStart' | 'appTerminate'>): Promise<void> {
    for (const hook of this.#core.hooks(name)) await hook({ hookData: this.#appHookData });
  }

  /**
   * Invokes a function; rejects with what it, or a hook, has thrown, and when it takes longer than the limit. One that
   * has run into the limit cannot be stopped: it may still do its work, as on Azure.
   */
  async invoke(target: HostedFunction, input: InvocationInput): Promise<CoreResponse> {
    const { timeoutMs, clock } = this.#options;
    const run = this.#invoke(target, input);
    if (timeoutMs === undefined) return run;
    let cancel: () => void = () => undefined;
    const limit = new Promise<never>((_, reject) => {
      cancel = clock.schedule(clock.now() + timeoutMs, () => {
        reject(new Error(`Timeout value of ${timeoutMs} ms was exceeded by function: Functions.${target.name}`));
      });
    });
    return Promise.race([run, limit]).finally(() => cancel());
  }

  async #invoke(target: HostedFunction, input: InvocationInput): Promise<CoreResponse> {
    const shown: { context?: unknown } = {};
    const coreContext = this.#coreContext(target, input, shown);
    const model = this.#model.getInvocationModel(coreContext);
    const { context, inputs } = await model.getArguments();
    shown.context = context;
    const state: HookState = {
      hookData: {},
      invocationContext: context,
      inputs,
      functionCallback: target.callback,
      result: undefined,
      error: undefined,
    };
    coreContext.state = 'preInvocationHooks';
    for (const hook of this.#core.hooks('preInvocation')) await hook(state);
    coreContext.state = 'invocation';
    try {
      state.result = await model.invokeFunction(context, state.inputs, state.functionCallback);
    } catch (error) {
      state.error = error;
    }
    coreContext.state = 'postInvocationHooks';
    for (const hook of this.#core.hooks('postInvocation')) await hook(state);
    coreContext.state = undefined;
    // Whatever the function threw goes on unchanged, also when it is no Error.
    // eslint-disable-next-line @typescript-eslint/only-throw-error
    if (state.error !== undefined && state.error !== null) throw state.error;
    return await model.getResponse(context, state.result);
  }

  /** @param shown the invocation's context, which log hooks are given as soon as there is one. */
  #coreContext(target: HostedFunction, input: InvocationInput, shown: { readonly context?: unknown }): CoreContext {
    const invocationId = input.invocationId ?? randomUUID();
    const clients = target.clientInputs.map((name) => ({ name, data: { string: this.#options.clientBinding() } }));
    return {
      invocationId,
      request: {
        invocationId,
        functionId: target.name,
        inputData: [{ name: target.triggerName, data: input.data }, ...clients],
        triggerMetadata: input.triggerMetadata ?? {},
        traceContext: input.traceParent === undefined ? {} : { traceParent: input.traceParent },
      },
      metadata: target.metadata,
      state: undefined,
      log: (level, category, message) => {
        const entry = this.#throughLogHooks({ level, message, category }, shown.context);
        this.#options.log({
          level: entry.level,
          message: entry.message,
          category: `Function.${target.name}${category === 'user' ? '.User' : ''}`,
          functionName: target.name,
          invocationId,
          instanceId: input.instanceId,
        });
      },
    };
  }

  /** What a hook changes counts for the app's own entries only. */
  #throughLogHooks(entry: LoggedEntry, invocationContext: unknown): LoggedEntry {
    const state = { hookData: {}, invocationContext, ...entry };
    for (const hook of this.#core.hooks('log')) {
      try {
        hook(state);
      } catch {
        // A failing log hook must not fail the function that logs.
      }
    }
    return entry.category === 'user' ? state : entry;
  }
}
