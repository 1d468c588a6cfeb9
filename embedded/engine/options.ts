import type { Store } from '../store/store';
import type { Clock } from './clock';
import type { LogSink } from './log';

/** Calls user code. Names are compared without case; the registered spelling is answered. */
export interface FunctionCaller {
  /** The registered name of an orchestrator function, or undefined. */
  orchestratorName(name: string): string | undefined;
  /** The registered name of an activity function, or undefined. */
  activityName(name: string): string | undefined;
  /** Runs an orchestrator over a trigger (JSON text); answers what it answered, rejects as it rejected. */
  callOrchestrator(name: string, instanceId: string, trigger: string): Promise<unknown>;
  /** Runs an activity over its input (JSON text); answers its result as JSON text, rejects as it rejected. */
  callActivity(name: string, instanceId: string, input: string): Promise<string>;
}

/** Places at which a test may look, wait, or let the process "die". */
export type ProbePoint =
  /** An episode's messages and history are read; user code comes next. */
  | 'episode-loaded'
  /** User code has answered; nothing is written yet. */
  | 'episode-answered'
  /** Inside the transaction, everything written, not committed. The probe must answer synchronously here. */
  | 'episode-committing'
  /** The episode is durable. */
  | 'episode-committed'
  /** An activity is about to run. */
  | 'activity-starting'
  /** An activity has run; its completion is not written: killed here, it runs again. */
  | 'activity-returned'
  /** An activity's completion is durable. */
  | 'activity-completed'
  /** Inside the transaction that fires timers, not committed. The probe must answer synchronously here. */
  | 'timers-firing';

/** What a probe is told. */
export interface ProbeDetail {
  /** Empty for timers-firing. */
  readonly instanceId: string;
  /** Name of the orchestrator or activity function; empty for timers-firing. */
  readonly name: string;
}

/** Called at named points. It may throw: the engine then does what it would do if the work had thrown there. */
export type Probe = (point: ProbePoint, detail: ProbeDetail) => void | Promise<void>;

/** What an engine is made of. */
export interface EngineOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly functions: FunctionCaller;
  readonly log: LogSink;
  /** How many episodes run at once, at least 1. */
  readonly maxOrchestrators: number;
  /** How many activities run at once, at least 1. */
  readonly maxActivities: number;
  /** Version of instances that are started without one. */
  readonly defaultVersion?: string | undefined;
  readonly probe?: Probe | undefined;
}
