import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BodyTooLarge, type HttpAnswer, type HttpRequest, readBody, readHead, send } from './messages';

/** Decides about a request in two steps: by its head, and, where that is not enough, with its body. */
export type RequestHandler = (
  head: Omit<HttpRequest, 'body'>,
) => HttpAnswer | ((request: HttpRequest) => Promise<HttpAnswer> | HttpAnswer);

/** A listening HTTP server. */
export interface Listener {
  /** `http://host:port`. */
  readonly origin: string;
  /** Stops accepting connections and closes idle ones; resolves when requests under way are answered. */
  close(): Promise<void>;
  /** Cuts all connections off. */
  abort(): void;
}

/**
 * Listens for HTTP requests.
 *
 * @param at port 0 takes any free one.
 * @param limit largest body in bytes; a longer one is answered 413.
 * @throws Error that says what to do, when the port is taken or the address is none of this machine's.
 */
export async function listen(
  at: { readonly host: string; readonly port: number },
  limit: number,
  handler: RequestHandler,
): Promise<Listener> {
  let origin = `http://${at.host}`;
  const server = createServer((request, response) => {
    void respond(request, response, { origin, limit, handler });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(explained(error, at)));
    server.listen(at.port, at.host, resolve);
  });
  origin = `http://${hostName(at.host)}:${portOf(server)}`;
  return {
    origin,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
    abort: () => server.closeAllConnections(),
  };
}

function explained(error: NodeJS.ErrnoException, { host, port }: { host: string; port: number }): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Error(`Port ${port} on ${host} is taken. Stop what listens there, or choose another with --port.`);
    case 'EACCES':
      return new Error(`Port ${port} is kept for privileged programs. Choose one from 1024 with --port.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Error(`${host} is no address of this machine. Choose one with --host: 127.0.0.1, or 0.0.0.0 for all.`);
    default:
      return error;
  }
}

function hostName(host: string): string {
  // An address to listen on is not one to call: a client on this machine uses loopback.
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function portOf(server: Server): number {
  // A TCP server has an AddressInfo once it listens.
  return (server.address() as AddressInfo).port;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  { origin, limit, handler }: { origin: string; limit: number; handler: RequestHandler },
): Promise<void> {
  try {
    const head = readHead(request, origin);
    if (head === undefined) return send(response, { status: 400 });
    const first = handler(head);
    if (typeof first !== 'function') return refuse(request, response, first);
    send(response, await first({ ...head, body: await readBody(request, limit) }));
  } catch (error) {
    if (error instanceof BodyTooLarge) refuse(request, response, { status: 413 });
    else if (!response.headersSent) send(response, { status: 500 });
    else response.destroy();
  }
}

/** Answers without having read the body; a client that is still sending it must not be waited for. */
function refuse(request: IncomingMessage, response: ServerResponse, answer: HttpAnswer): void {
  if (!request.complete) response.setHeader('connection', 'close');
  send(response, answer);
  request.resume();
}
