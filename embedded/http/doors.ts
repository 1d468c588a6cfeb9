import { randomBytes } from 'node:crypto';
import type { OrchestrationClient } from '../engine/client';
import type { Clock } from '../engine/clock';
import type { LogEntry, LogSink } from '../engine/log';
import type { Invoker } from '../host/invoker';
import { admit, answerRequest, type AppServerParts } from './app-server';
import { DurableApi } from './durable-api';
import { clientBinding, type DurableEndpoints } from './durable-urls';
import type { Keys } from './keys';
import { listen, type RequestHandler } from './listener';
import { decodePath, type Routes } from './routes';

/** What stands behind the doors once the app has loaded. */
export interface House {
  readonly routes: Routes;
  readonly keys: Keys;
  readonly invoker: Invoker;
  readonly client: OrchestrationClient;
  readonly log: LogSink;
  /** Cuts off what takes longer to answer than Azure's front end waits. */
  readonly clock: Clock;
  /** Why no work can be taken, or undefined when it can. Default: it always can. */
  readonly problem?: () => string | undefined;
}

/** The runtime's two listeners: the public one, and the loopback one that only the app's durable client knows. */
export interface Doors {
  /** `http://host:port` of the public listener. */
  readonly url: string;
  /** The durableClient input's value as JSON text. */
  clientBinding(): string;
  /** Until this is called every request is answered 503. */
  open(house: House): void;
  /** Takes no new public requests; resolves when those under way are answered. The app's own calls still work. */
  close(): Promise<void>;
  /** Cuts everything off. */
  abort(): void;
}

/** Azure's limit for a request's body, bytes; FUNCTIONS_REQUEST_BODY_SIZE_LIMIT sets another one. */
const defaultBodyLimit = 104_857_600;

/** Read when it is needed: local.settings.json may say it, which is read after the doors are there. */
function bodyLimit(): number {
  const text = process.env['FUNCTIONS_REQUEST_BODY_SIZE_LIMIT'] ?? '';
  return /^\d+$/.test(text) ? Number(text) : defaultBodyLimit;
}

function unexpected(error: unknown, requestId: string): LogEntry {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { level: 'error', category: 'Host.Http', message: `Request ${requestId} failed: ${text}` };
}

/**
 * Opens the listeners before the app is loaded, because the app wants to know their addresses.
 *
 * @throws Error when the port is taken.
 */
export async function openDoors(at: { host: string; port: number }, taskHub: string): Promise<Doors> {
  // Anybody on this machine can reach loopback: an address that cannot be guessed is the app's key to it.
  const secret = randomBytes(24).toString('base64url');
  let house: (House & { api: DurableApi; parts: AppServerParts }) | undefined;
  const publicHandler: RequestHandler = (head) => {
    if (house === undefined) return { status: 503, headers: { 'retry-after': '1' } };
    const { parts } = house;
    const admission = admit(parts, head);
    return admission.kind === 'refused' ? admission.answer : (request) => answerRequest(parts, admission, request);
  };
  const rpcHandler: RequestHandler = (head) => {
    const [first, , ...segments] = decodePath(head.url.pathname) ?? [];
    if (first !== secret) return { status: 404 };
    const api = house?.api;
    return api === undefined ? { status: 503 } : (request) => api.handle(request, segments);
  };

  const onError = (error: unknown, requestId: string): void => house?.log(unexpected(error, requestId));
  const publicDoor = await listen(at, { bodyLimit, onError }, publicHandler);
  const rpcRules = { bodyLimit: () => defaultBodyLimit, onError };
  const rpcDoor = await listen({ host: '127.0.0.1', port: 0 }, rpcRules, rpcHandler).catch((error: unknown) => {
    publicDoor.abort();
    void publicDoor.close();
    throw error;
  });
  const endpoints = (): DurableEndpoints => ({
    webhookBase: `${publicDoor.origin}/runtime/webhooks/durabletask`,
    rpcBase: `${rpcDoor.origin}/${secret}/durabletask/`,
    systemKey: house?.keys.system ?? '',
    taskHub,
  });
  return {
    url: publicDoor.origin,
    clientBinding: () => clientBinding(endpoints()),
    open(behind) {
      const api = new DurableApi(behind.client, endpoints);
      house = { ...behind, api, parts: { ...behind, durable: api } };
    },
    close: () => publicDoor.close(),
    abort() {
      for (const door of [publicDoor, rpcDoor]) {
        void door.close();
        door.abort();
      }
    },
  };
}
