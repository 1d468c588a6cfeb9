import type { Clock } from '../engine/clock';
import type { LogSink } from '../engine/log';
import type { Invoker } from '../host/invoker';
import type { HostedFunction } from '../host/registry';
import type { DurableApi } from './durable-api';
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
  const path = decodePath(request.url.pathname);
  if (path !== undefined && webhookPath.every((part, index) => path[index]?.toLowerCase() === part)) {
    if (!isManagement(parts.keys, shown)) return { kind: 'refused', answer: { status: 401 } };
    return { kind: 'durable', segments: path.slice(webhookPath.length) };
  }
  const match = parts.routes.find(request.method, request.url.pathname);
  if (match === undefined) return { kind: 'refused', answer: { status: 404 } };
  if (!isAuthorized(parts.keys, match.authLevel, match.target.name, shown)) {
    return { kind: 'refused', answer: { status: 401 } };
  }
  return { kind: 'function', match };
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
  const { target } = admission.match;
  let cancel: () => void = () => undefined;
  const limit = new Promise<HttpAnswer>((resolve) => {
    cancel = parts.clock.schedule(parts.clock.now() + answerLimitMs, () => {
      warn(parts.log, target, 'No answer after 230 seconds: the caller was answered 502. The function goes on.');
      resolve({ status: 502 });
    });
  });
  return Promise.race([answerOfFunction(parts, admission.match, request), limit]).finally(() => cancel());
}

async function answerOfFunction(
  parts: AppServerParts,
  { target, parameters }: RouteMatch,
  request: HttpRequest,
): Promise<HttpAnswer> {
  if (losesBody(request)) {
    warn(parts.log, target, 'The body has no Content-Length (chunked): the function gets none, as on Azure.');
  }
  try {
    const input = { data: requestData(request, parameters), traceParent: request.headers['traceparent'] };
    const response = await parts.invoker.invoke(target, input);
    return answerOf(response.returnValue) ?? noAnswer(parts.log, target);
  } catch (error) {
    const message = `The function threw: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
    parts.log({ level: 'error', category: `Function.${target.name}`, message, functionName: target.name });
    return { status: 500 };
  }
}

function noAnswer(log: LogSink, target: HostedFunction): HttpAnswer {
  warn(log, target, 'The function returned no response: answered 204. Always return one.');
  return { status: 204 };
}

function warn(log: LogSink, { name }: HostedFunction, message: string): void {
  log({ level: 'warning', category: `Function.${name}`, message, functionName: name });
}
