/** Levels of a log entry, as the Functions worker names them. */
export type LogLevel = 'trace' | 'debug' | 'information' | 'warning' | 'error' | 'critical';

/** One log entry. */
export interface LogEntry {
  readonly level: LogLevel;
  /** `Function.<name>.User` for what an app logs, `Host.…` for the runtime's own. */
  readonly category: string;
  readonly message: string;
  readonly functionName?: string | undefined;
  readonly invocationId?: string | undefined;
  readonly instanceId?: string | undefined;
}

/** Takes log entries; must not throw. */
export type LogSink = (entry: LogEntry) => void;
