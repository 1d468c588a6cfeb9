/**
 * An HTTP proxy in front of a server, for what happens between two processes: requests held before they arrive, answers
 * held after the work is done, connections cut at exactly that moment.
 */
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that has passed, with the status of its answer; `undefined` = none was passed on. */
export interface Passed {
  readonly method: string;
  /** Path with query: may hold a signature. */
  readonly url: string;
  status: number | undefined;
}

/** Requests that are kept. */
export interface Held {
  /** Resolves when so many are held. */
  met(count?: number): Promise<void>;
  /** Lets them go on, and those that come. */
  release(): void;
  /** Breaks their connections, and keeps no more. */
  cut(): void;
}

export interface E2eProxy {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Where requests go: an origin, which may change. */
  target: string;
  readonly passed: readonly Passed[];
  /** Holds matching requests: before the server sees them, or its answers after it has done the work. */
  hold(when: 'before' | 'after', matches: (request: IncomingMessage) => boolean): Held;
  close(): Promise<void>;
}

interface Hold {
  readonly when: 'before' | 'after';
  readonly matches: (request: IncomingMessage) => boolean;
  /** `true` = go on. */
  readonly verdict: Promise<boolean>;
  meet(): void;
}

/** Starts a proxy to an origin such as `http://127.0.0.1:1234`. */
export async function startE2eProxy(target: string): Promise<E2eProxy> {
  const passed: Passed[] = [];
  const holds = new Set<Hold>();
  const goesOn = async (when: Hold['when'], request: IncomingMessage): Promise<boolean> => {
    for (const hold of holds) {
      if (hold.when !== when || !hold.matches(request)) continue;
      hold.meet();
      if (!(await hold.verdict)) return false;
    }
    return true;
  };
  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (!(await goesOn('before', request)) || request.socket.destroyed) return void response.destroy();
    const { method = '', url = '', headers } = request;
    const entry: Passed = { method, url, status: undefined };
    passed.push(entry);
    const { hostname, port } = new URL(proxy.target);
    const outgoing = forward({ hostname, port, method, path: url, headers, agent: false }, (answer) => {
      void goesOn('after', request).then((goOn) => {
        if (!goOn) return void response.destroy();
        entry.status = answer.statusCode;
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
    });
    outgoing.on('error', () => response.destroy());
    response.on('close', () => outgoing.destroy());
    request.pipe(outgoing);
  };
  const server = createServer((request, response) => void pass(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: E2eProxy = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    target,
    passed,
    hold(when, matches) {
      let settle: (goOn: boolean) => void = () => undefined;
      const verdict = new Promise<boolean>((resolve) => (settle = resolve));
      const waiters: { readonly count: number; readonly tell: () => void }[] = [];
      let count = 0;
      const tell = (): void => waiters.forEach((waiter) => void (count >= waiter.count && waiter.tell()));
      const meet = (): void => {
        count++;
        tell();
      };
      const hold: Hold = { when, matches, verdict, meet };
      holds.add(hold);
      const end = (goOn: boolean) => (): void => {
        holds.delete(hold);
        settle(goOn);
      };
      const met = (wanted = 1): Promise<void> =>
        new Promise((resolve) => {
          waiters.push({ count: wanted, tell: resolve });
          tell();
        });
      return { met, release: end(true), cut: end(false) };
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return proxy;
}
