import { randomUUID } from 'node:crypto';
import type { Clock } from '../engine/clock';
import type { LogLevel, LogSink } from '../engine/log';
import type { Invoker } from '../host/invoker';
import type { HostedFunction } from '../host/registry';
import type { DurableApi } from './durable-api';
import { hostStatus, hostStatusPath } from './host-status';
import { answerOf, losesBody, requestData } from './http-trigger';
import { type Credentials, isAuthorized, isManagement, type Keys } from './keys';
import { type HttpAnswer, type HttpRequest } from './messages';
import { decodePath, type RouteMatch, type Routes } from './routes';

/** What the public side of the runtime is made of. */
export interface AppServerParts {
  readonly routes: Routes;
  readonly keys: Keys;
  readonly invoker: Invoker;
  readonly durable: DurableApi;
  readonly log: LogSink;
  readonly clock: Clock;
  /** Why no work can be taken, or undefined when it can. Default: it always can. */
  readonly problem?: () => string | undefined;
}

/** How long Azure's front end waits for an answer, milliseconds. */
const answerLimitMs = 230_000;

const webhookPath = ['runtime', 'webhooks', 'durabletask'];

/** What a request is allowed to reach, decided before its body is read; or the answer that ends it at once. */
export type Admission =
  | { readonly kind: 'function'; readonly match: RouteMatch }
  | { readonly kind: 'durable'; readonly segments: readonly string[] }
  | { readonly kind: 'refused'; readonly answer: HttpAnswer };

/** Finds what a request asks for and checks its key: 404 and 401, both without a body, as on Azure. */
export function admit(parts: AppServerParts, request: Omit<HttpRequest, 'body'>): Admission {
  const shown = credentials(request);
  const path = decodePath(request.url.pathname) ?? [];
  if (beginsWith(path, webhookPath)) {
    if (!isManagement(parts.keys, shown)) return { kind: 'refused', answer: { status: 401 } };
    return { kind: 'durable', segments: path.slice(webhookPath.length) };
  }
  if (request.method === 'GET' && path.length === hostStatusPath.length && beginsWith(path, hostStatusPath)) {
    const isAdmin = isAuthorized(parts.keys, 'admin', '', shown);
    return { kind: 'refused', answer: isAdmin ? hostStatus(parts.problem?.()) : { status: 401 } };
  }
  const match = parts.routes.find(request.method, request.url.pathname);
  if (match === undefined) return { kind: 'refused', answer: { status: 404 } };
  if (!isAuthorized(parts.keys, match.authLevel, match.target.name, shown)) {
    return { kind: 'refused', answer: { status: 401 } };
  }
  return { kind: 'function', match };
}

function beginsWith(path: readonly string[], beginning: readonly string[]): boolean {
  return beginning.every((part, index) => path[index]?.toLowerCase() === part);
}

function credentials({ headers, url }: Omit<HttpRequest, 'body'>): Credentials {
  const code = [...url.searchParams].find(([name]) => name.toLowerCase() === 'code');
  return { header: headers['x-functions-key'], query: code?.[1] };
}

/**
 * Answers an admitted request. Never rejects: what a function throws is logged and answered 500 without a body. What
 * takes longer than Azure's front end waits is answered 502, and the function goes on.
 */
export async function answerRequest(
  parts: AppServerParts,
  admission: Exclude<Admission, { kind: 'refused' }>,
  request: HttpRequest,
): Promise<HttpAnswer> {
  if (admission.kind === 'durable') return parts.durable.handle(request, admission.segments);
  const invocationId = randomUUID();
  const report = reporter(parts.log, admission.match.target, invocationId);
  let cancel: () => void = () => undefined;
  const limit = new Promise<HttpAnswer>((resolve) => {
    cancel = parts.clock.schedule(parts.clock.now() + answerLimitMs, () => {
      report('warning', 'No answer after 230 seconds: the caller was answered 502. The function goes on.');
      resolve({ status: 502 });
    });
  });
  const call = { ...admission.match, invocationId, report };
  return Promise.race([answerOfFunction(parts, call, request), limit]).finally(() => cancel());
}

interface Call extends RouteMatch {
  readonly invocationId: string;
  readonly report: (level: LogLevel, message: string) => void;
}

async function answerOfFunction(
  parts: AppServerParts,
  { target, parameters, invocationId, report }: Call,
  request: HttpRequest,
): Promise<HttpAnswer> {
  const traceParent = request.headers['traceparent'];
  if (losesBody(request)) {
    report('warning', 'The body has no Content-Length (chunked): the function gets none, as on Azure.');
  }
  try {
    const data = requestData(request, parameters);
    const response = await parts.invoker.invoke(target, { data, invocationId, traceParent });
    const answer = answerOf(response.returnValue);
    if (answer === undefined) report('warning', 'The function returned no response: answered 204. Always return one.');
    return answer ?? { status: 204 };
  } catch (error) {
    report('error', `The function threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return { status: 500 };
  }
}

/** Logs for one invocation. */
function reporter(log: LogSink, { name }: HostedFunction, invocationId: string) {
  return (level: LogLevel, message: string): void => {
    log({ level, category: `Function.${name}`, message, functionName: name, invocationId });
  };
}
