import { randomBytes } from 'node:crypto';
import * as df from 'durable-functions';
import type { Keys } from '../../embedded/http/keys';
import { openDoors, type Doors } from '../../embedded/http/doors';
import { Routes } from '../../embedded/http/routes';
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
  readonly body: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests look into it as they expect it
}

/** Registers the functions with these services; runs are recorded and wait for `end`, or for their bell. */
export async function createHttpHost(services: FunctionServices): Promise<HttpHost> {
  const doors = await openDoors({ host: '127.0.0.1', port: 0 }, 'TestHub');
  const runs: PublishInput[] = [];
  const durable = await createDurableHost({
    clientBinding: () => doors.clientBinding(),
    register: () => {
      registerFunctions(services);
      df.app.orchestration(FunctionName.publishStoreApp, function* (ctx): Generator<df.Task, string, unknown> {
        if (!ctx.df.isReplaying) runs.push(ctx.df.getInput<PublishInput>());
        yield ctx.df.waitForExternalEvent('wake:1.1');
        return 'rung';
      });
    },
  });
  const keys = open(doors, durable);
  await durable.app.invoker.loadModel();
  return {
    durable,
    url: doors.url,
    keys,
    runs,
    send: async (method, path, options) => {
      const answer = await send(`${doors.url}/api${path}`, method, { key: keys.host, ...options });
      const type = answer.headers.get('content-type') ?? '';
      expect(deviations(method, path, { status: answer.status, type, body: answer.body })).toEqual([]);
      return answer;
    },
    close: () => {
      doors.abort();
      durable.close();
    },
  };
}

function open(doors: Doors, { app }: DurableHost): Keys {
  const http = app.registry.ofKind('http');
  const functions = Object.fromEntries(http.map(({ name }) => [name.toLowerCase(), randomBytes(16).toString('hex')]));
  const [master = '', host = '', system = ''] = [1, 2, 3].map(() => randomBytes(16).toString('hex'));
  const keys: Keys = { master, host, system, functions };
  const routes = new Routes(http, 'api');
  doors.open({ routes, keys, invoker: app.invoker, client: app.client, log: () => undefined });
  return keys;
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
  return { status: answer.status, headers: answer.headers, body: isJson && text !== '' ? JSON.parse(text) : text };
}
