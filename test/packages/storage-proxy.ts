/** A real HTTP server in front of Azurite that counts what passes, and can refuse, break or change it. */
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface Passing {
  readonly method: string;
  /** `block`, `blocklist` or empty. */
  readonly comp: string;
  body: Buffer;
  readonly response: ServerResponse;
}

export interface StorageProxy {
  readonly port: number;
  /** `PUT block`, `PUT blocklist`, `GET blocklist`, … in the order of their coming. */
  readonly seen: string[];
  /** Before Azurite sees it; `true` = it was answered or broken here. */
  before: ((passing: Passing) => boolean | Promise<boolean>) | undefined;
  /** After Azurite has done it, before its answer is passed on; `true` = as above. */
  after: ((passing: Passing) => boolean | Promise<boolean>) | undefined;
  count(what: string): number;
  close(): Promise<void>;
}

export async function startStorageProxy(target: number): Promise<StorageProxy> {
  const server = createServer((request, response) => void pass(request, response));
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const comp = /[?&]comp=(\w+)/.exec(request.url ?? '')?.[1] ?? '';
    const passing: Passing = { method: request.method ?? '', comp, body: await buffer(request), response };
    proxy.seen.push(`${passing.method} ${comp}`);
    if ((await proxy.before?.(passing)) === true) return;
    const { method, url, headers } = request;
    const outgoing = forward({ port: target, method, path: url, headers, agent: false }, (answer) => {
      void (async () => {
        const body = await buffer(answer);
        if ((await proxy.after?.(passing)) === true) return;
        response.writeHead(answer.statusCode ?? 500, answer.headers).end(body);
      })();
    });
    outgoing.on('error', () => response.destroy());
    outgoing.end(passing.body);
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: StorageProxy = {
    port: (server.address() as AddressInfo).port,
    seen: [],
    before: undefined,
    after: undefined,
    count: (what) => proxy.seen.filter((entry) => entry === what).length,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return proxy;
}
