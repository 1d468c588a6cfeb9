import type { InvocationContext } from '@azure/functions';

/** What finds a request in the logs: the trace of the platform (W3C), else the invocation. */
export function traceIdOf(context: InvocationContext): string {
  const trace = /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(context.traceContext?.traceParent ?? '')?.[1];
  return trace ?? context.invocationId;
}
