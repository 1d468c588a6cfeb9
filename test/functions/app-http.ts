import type { ReleaseApp } from '../support/release-app';
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

/** Lets the request budget recover: reads may take five requests of a minute. */
export function passMinutes(app: ReleaseApp, minutes = 2): void {
  app.host.clock.step(app.host.clock.now() + minutes * 60_000);
}
