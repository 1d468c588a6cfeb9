import type { LogLevel } from '../engine/log';

/**
 * The half of `@azure/functions-core` that the programming model uses. The real module exists inside the Functions
 * worker only and has no types on npm; these follow what `@azure/functions` 4.16 reads and writes.
 */
export interface CoreBinding {
  readonly type?: string;
  readonly direction?: string;
  readonly [option: string]: unknown;
}

/** A function's metadata as the programming model registers it. */
export interface CoreMetadata {
  readonly name?: string;
  readonly bindings: Record<string, CoreBinding>;
  readonly retryOptions?: unknown;
}

/** A registered function. */
export type CoreCallback = (...args: unknown[]) => unknown;

/** A registered hook. */
export type CoreHook = (context: unknown) => unknown;

/** Something that can be taken back. */
export interface CoreDisposable {
  dispose(): void;
}

/** A value on its way to or from the worker: at most one member is set. */
export interface TypedData {
  readonly string?: string;
  readonly json?: string;
  readonly bytes?: Uint8Array;
  readonly int?: number;
  readonly double?: number;
  readonly http?: unknown;
}

/** One invocation as the programming model takes it. */
export interface CoreContext {
  readonly invocationId: string;
  readonly request: {
    readonly invocationId: string;
    readonly functionId: string;
    readonly inputData: readonly { readonly name: string; readonly data: TypedData }[];
    readonly triggerMetadata: Record<string, TypedData>;
    readonly traceContext?: { readonly traceParent?: string; readonly traceState?: string };
  };
  readonly metadata: CoreMetadata;
  state: 'preInvocationHooks' | 'postInvocationHooks' | 'invocation' | undefined;
  log(level: LogLevel, category: string, message: string): void;
}

/** What an invocation answers. */
export interface CoreResponse {
  readonly returnValue?: TypedData | null;
  readonly outputData?: readonly unknown[];
}

/** One invocation in the programming model. */
export interface InvocationModel {
  getArguments(): Promise<{ context: unknown; inputs: unknown[] }>;
  invokeFunction(context: unknown, inputs: unknown[], callback: CoreCallback): Promise<unknown>;
  getResponse(context: unknown, result: unknown): Promise<CoreResponse>;
}

/** The library's side of the contract. */
export interface ProgrammingModel {
  readonly name: string;
  readonly version: string;
  getInvocationModel(context: CoreContext): InvocationModel;
  getCapabilities(workerCapabilities: Record<string, string>): Promise<Record<string, string>>;
}
