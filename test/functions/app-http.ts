import type { ReleaseApp, World } from '../support/release-app';
import { deviations } from './conformance';

/** What the whole app answers; tests know what they asked for. */
export interface AppAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** Sends a request with the host key to an app on virtual time; the answer must be as OpenAPI describes it. */
export type AppSend = (method: string, path: string, body?: unknown) => Promise<AppAnswer>;

/** Serves an app over HTTP, as long as its host runs. */
export async function httpOf(app: ReleaseApp): Promise<AppSend> {
  const { url, keys } = await app.host.serve();
  await app.host.app.invoker.loadModel();
  return async (method, path, body) => {
    const answer = await fetch(`${url}/api${path}`, {
      method,
      redirect: 'manual',
      headers: { 'x-functions-key': keys.host, ...(method === 'POST' ? { 'content-type': 'application/json' } : {}) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    const type = answer.headers.get('content-type') ?? '';
    const parsed: unknown = type.includes('json') && text !== '' ? JSON.parse(text) : text;
    expect(deviations(method, path, { status: answer.status, type, body: parsed })).toEqual([]);
    return { status: answer.status, headers: answer.headers, body: parsed };
  };
}

/** An app of its own for one test, with all of its request budget, on an emulator that is back at its seed. */
export async function freshApp(
  world: World,
  settings: Record<string, string> = {},
): Promise<{ app: ReleaseApp; send: AppSend }> {
  await world.emulator.reset();
  const app = await world.app(settings);
  letBudgetRecover(app);
  return { app, send: await httpOf(app) };
}

let moved = 0;

/**
 * Lets time pass until the request budget has room for reads again, which may take five requests of a minute. Apps of
 * one file share it, and each begins in the present: so each call goes further than the one before.
 */
export function letBudgetRecover(app: ReleaseApp): void {
  moved += 10 * 60_000;
  app.host.clock.step(Date.now() + moved);
}
