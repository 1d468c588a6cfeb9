import { app, type HttpRequest, type HttpResponseInit, type InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import type { z } from 'zod';
import { faultsOf } from '../contracts/faults';
import type { Operation } from '../contracts/operation';
import type { Json } from '../contracts/strict-json';
import { authorise, type Caller } from './caller';
import { logLine } from './log-line';
import { problemResponse } from './problem';
import { problemOf } from './problem-of';
import { demandJson, readBody, type CheckedBody } from './read-body';
import { readQuery } from './read-query';
import { demandSameOrigin } from './same-origin';
import type { HttpSettings } from './services';
import { traceIdOf } from './trace-id';

/** The durable client as triggers use it. */
export type DurableClient = Pick<df.DurableClient, 'startNew' | 'getStatus' | 'raiseEvent' | 'purgeInstanceHistoryBy'>;

/** A request that was let through, read and checked. */
export interface Call<Op extends Operation> {
  readonly request: HttpRequest;
  readonly caller: Caller;
  readonly query: z.infer<Op['query']>;
  readonly body: BodyOf<Op>;
  /** Bound to this invocation; only for routes that say `durable`. */
  readonly durable: DurableClient;
  readonly log: Log;
}

/** Warnings of a handler: static words, the facts as data. */
export type Log = (message: string, facts: Readonly<Record<string, unknown>>) => void;

type BodyOf<Op extends Operation> = Op extends { readonly body: { readonly schema: infer S extends z.ZodType } }
  ? z.infer<S>
  : undefined;

/** What a route needs besides its operation. */
export interface RouteOptions {
  readonly settings: Pick<HttpSettings, 'callers'>;
  readonly redact: (text: string) => string;
}

export interface Handler<Op extends Operation> {
  /** Whether it talks to the durable engine. */
  readonly durable?: boolean;
  /** Where the schema alone does not say all. */
  readonly check?: (value: Json) => CheckedBody<BodyOf<Op>>;
  /** What it throws is answered as a problem. */
  handle(call: Call<Op>): Promise<HttpResponseInit> | HttpResponseInit;
}

/**
 * Registers the function of an operation: the only place that does so. Whatever the operation, a caller is authorised,
 * the request is checked whole, and every answer, a fault's too, has the same form and headers.
 */
export function httpRoute<Op extends Operation>(operation: Op, options: RouteOptions, handler: Handler<Op>): void {
  const byKey = operation.access !== 'open' && options.settings.callers === 'function-keys';
  app.http(operation.name, {
    methods: [operation.method],
    route: operation.path.slice(1),
    // Explicit, since the default lets everyone in. Signed-in callers are let through by the platform and judged here.
    authLevel: byKey ? 'function' : 'anonymous',
    extraInputs: handler.durable === true ? [df.input.durableClient()] : [],
    handler: (request, context) => answer({ request, context, operation, options, handler }),
  });
}

/** Registers every operation of a table, each with the handler of its name. */
export function httpRoutes<Name extends string, Op extends Operation>(
  operations: Readonly<Record<Name, Op>>,
  options: RouteOptions,
  handlerOf: (name: Name) => Handler<Op>,
): void {
  // Object.keys forgets what the keys are.
  for (const name of Object.keys(operations) as Name[]) httpRoute(operations[name], options, handlerOf(name));
}

interface Invocation<Op extends Operation> {
  readonly request: HttpRequest;
  readonly context: InvocationContext;
  readonly operation: Op;
  readonly options: RouteOptions;
  readonly handler: Handler<Op>;
}

async function answer<Op extends Operation>(invocation: Invocation<Op>): Promise<HttpResponseInit> {
  const { context, options } = invocation;
  const traceId = traceIdOf(context);
  try {
    return secured(await run(invocation));
  } catch (error) {
    return secured(problemResponse(problemOf(error, { context, traceId, redact: options.redact }), traceId));
  }
}

async function run<Op extends Operation>(invocation: Invocation<Op>): Promise<HttpResponseInit> {
  const { request, context, operation, options, handler } = invocation;
  const caller = authorise(request, operation.access, options.settings.callers);
  if (operation.method !== 'GET') demandSameOrigin(request);
  if (operation.method === 'POST') demandJson(request);
  // The operation's schema gives what its type says.
  const query = readQuery(request, operation.query) as z.infer<Op['query']>;
  const body = await bodyOf(request, operation, handler);
  const log: Log = (message, facts) => context.warn(logLine(message, facts));
  return handler.handle({
    request,
    caller,
    query,
    body,
    log,
    get durable() {
      return df.getClient(context);
    },
  });
}

async function bodyOf<Op extends Operation>(
  request: HttpRequest,
  operation: Op,
  handler: Handler<Op>,
): Promise<BodyOf<Op>> {
  const { body } = operation;
  // An operation without a body has none to hand over.
  if (body === undefined) return undefined as BodyOf<Op>;
  const bySchema = (value: Json): CheckedBody<BodyOf<Op>> => {
    const parsed = body.schema.safeParse(value);
    // The schema is the one that BodyOf infers from.
    if (parsed.success) return { ok: true, value: parsed.data as BodyOf<Op> };
    return { ok: false, faults: faultsOf(parsed.error.issues, value) };
  };
  return readBody(request, body, handler.check ?? bySchema);
}

const securityHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=31536000',
  'x-content-type-options': 'nosniff',
};

function secured(response: HttpResponseInit): HttpResponseInit {
  // Handlers give plain objects.
  const own = response.headers as Readonly<Record<string, string>> | undefined;
  return { ...response, headers: { ...securityHeaders, ...own } };
}
