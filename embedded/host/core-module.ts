import type { LogLevel } from '../engine/log';
import type { CoreCallback, CoreDisposable, CoreHook, CoreMetadata, ProgrammingModel } from './core-types';

/** The hooks that exist. */
export const hookNames = ['appStart', 'appTerminate', 'preInvocation', 'postInvocation', 'log'] as const;

/** The name of a hook. */
export type HookName = (typeof hookNames)[number];

/** A function as it was registered. */
export interface RegisteredFunction {
  readonly metadata: CoreMetadata;
  readonly callback: CoreCallback;
}

/** What `require('@azure/functions-core')` answers. */
export interface CoreApi {
  readonly version: string;
  readonly hostVersion: string;
  readonly registerFunction: (metadata: CoreMetadata, callback: CoreCallback) => CoreDisposable;
  readonly registerHook: (name: string, callback: CoreHook) => CoreDisposable;
  readonly setProgrammingModel: (model: ProgrammingModel) => void;
  readonly getProgrammingModel: () => ProgrammingModel | undefined;
  readonly log: (level: LogLevel, category: string, message: string) => void;
  readonly Disposable: typeof Disposable;
}

/** What an app has registered through a core module. */
export interface Core {
  readonly api: CoreApi;
  readonly functions: readonly RegisteredFunction[];
  /** The callbacks of a hook in order of registration. */
  hooks(name: HookName): readonly CoreHook[];
  readonly model: ProgrammingModel | undefined;
  /** From now on a registration throws: the app has started. */
  freeze(): void;
}

/** Takes something back once. */
export class Disposable implements CoreDisposable {
  #dispose: (() => void) | undefined;

  /** @param dispose called by the first `dispose()`. */
  constructor(dispose: () => void) {
    this.#dispose = dispose;
  }

  dispose(): void {
    this.#dispose?.();
    this.#dispose = undefined;
  }
}

/**
 * Makes the module that the Node worker answers as `@azure/functions-core`, and keeps what is registered through it.
 *
 * @param log takes the library's own messages, as (level, category, message).
 */
export function createCore(log: CoreApi['log']): Core {
  const functions: RegisteredFunction[] = [];
  const hooks = new Map<HookName, CoreHook[]>(hookNames.map((name) => [name, []]));
  let model: ProgrammingModel | undefined;
  let frozen = false;

  function register<T>(list: T[], item: T): CoreDisposable {
    if (frozen) throw new Error('A function or hook can only be registered while the app is loading.');
    list.push(item);
    return new Disposable(() => {
      const index = list.indexOf(item);
      if (index >= 0) list.splice(index, 1);
    });
  }

  const api: CoreApi = {
    version: '3.11.0',
    hostVersion: '4.1037.0',
    registerFunction: (metadata, callback) => register(functions, { metadata, callback }),
    registerHook(name, callback) {
      const list = hooks.get(name as HookName); // A name that is no hook finds nothing.
      // The library looks for a RangeError when the host is too old for a hook.
      if (list === undefined) throw new RangeError(`Unrecognized hook "${name}".`);
      return register(list, callback);
    },
    setProgrammingModel: (value) => (model = value),
    getProgrammingModel: () => model,
    log,
    Disposable,
  };
  return {
    api,
    functions,
    hooks: (name) => hooks.get(name) ?? [],
    get model() {
      return model;
    },
    freeze: () => (frozen = true),
  };
}
