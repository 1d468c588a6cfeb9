import { app, HttpRequest } from '@azure/functions';
import * as df from 'durable-functions';
import type { Keys } from '../../embedded/http/keys';
import type { Fault } from '../../src/domain/release';
import type { PublishInput } from '../../src/contracts/activities';
import { FunctionName } from '../../src/contracts/names';
import { registerFunctions } from '../../src/functions/register';
import type { FunctionServices } from '../../src/functions/services';
import { deviations } from './conformance';
import { createDurableHost, type DurableHost } from '../support/durable-host';

/** The HTTP functions behind a real listener, on the real durable engine. */
export interface HttpHost {
  /** Sends a request with the host key, unless `key` says otherwise; the answer must be as OpenAPI describes it. */
  send(method: string, path: string, options?: SendOptions): Promise<Answer>;
  readonly durable: DurableHost;
  readonly url: string;
  readonly keys: Keys;
  /** Inputs of the runs that were started, in order. */
  readonly runs: PublishInput[];
  close(): void;
}

export interface SendOptions {
  readonly body?: unknown;
  /** Sent as it is. */
  readonly raw?: string | Uint8Array;
  readonly headers?: Record<string, string>;
  /** `null` = none. */
  readonly key?: string | null;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed, where it is JSON. */
  readonly body: AnswerBody;
}

/** What tests look for in bodies: each has some of it, and the OpenAPI document says which. */
export interface AnswerBody {
  readonly id: string;
  readonly state: string;
  readonly requestedBy: string | null;
  readonly links: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  readonly seq: number;
  readonly value: readonly AnswerBody[];
  readonly nextLink?: string;
  readonly uploadUrl: string;
  readonly checks?: unknown;
  readonly code: string;
  readonly detail: string;
  readonly remedy: string;
  readonly traceId: string;
  readonly errors: readonly Fault[];
}

/** A request as Azure's authentication hands it on: who signs in is known to it alone, and no caller can say so. */
const signInHeader = 'x-signed-in-as';

/** Stands in for Azure's authentication, behind the runtime's door: the door takes the platform's own header off. */
function signIn(): void {
  app.hook.preInvocation(({ inputs: [request] }) => {
    const principal = request instanceof HttpRequest ? request.headers.get(signInHeader) : null;
    if (request instanceof HttpRequest && principal !== null) request.headers.set('x-ms-client-principal', principal);
  });
}

/** Registers the functions with these services; runs are recorded and wait for `end`, or for their bell. */
export async function createHttpHost(services: FunctionServices): Promise<HttpHost> {
  const runs: PublishInput[] = [];
  const durable = await createDurableHost({
    // As the services: what is old to the one is old to the other.
    now: new Date(),
    register: () => {
      if (services.settings.callers === 'entra-id') signIn();
      registerFunctions(services);
      df.app.orchestration(FunctionName.publishToStore, function* (ctx): Generator<df.Task, string, unknown> {
        if (!ctx.df.isReplaying) runs.push(ctx.df.getInput<PublishInput>());
        yield ctx.df.waitForExternalEvent('wake:1.1');
        return 'rung';
      });
    },
  });
  const { url, keys } = await durable.serve();
  await durable.app.invoker.loadModel();
  return {
    durable,
    url,
    keys,
    runs,
    send: async (method, path, options) => {
      const answer = await send(`${url}/api${path}`, method, { key: keys.host, ...options });
      const type = answer.headers.get('content-type') ?? '';
      expect(deviations(method, path, { status: answer.status, type, body: answer.body })).toEqual([]);
      return answer;
    },
    close: () => durable.close(),
  };
}

async function send(url: string, method: string, options: SendOptions): Promise<Answer> {
  const { body, raw, key, headers = {} } = options;
  const answer = await fetch(url, {
    method,
    headers: {
      ...(key === null || key === undefined ? {} : { 'x-functions-key': key }),
      ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(raw !== undefined ? { body: raw } : body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = /json/.test(answer.headers.get('content-type') ?? '');
  const parsed: unknown = isJson && text !== '' ? JSON.parse(text) : text;
  // Tests know what they asked for.
  return { status: answer.status, headers: answer.headers, body: parsed as AnswerBody };
}
