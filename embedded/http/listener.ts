import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BodyTooLarge, type HttpAnswer, type HttpRequest, readBody, readHead, send } from './messages';

/** Decides about a request in two steps: by its head, and, where that is not enough, with its body. */
export type RequestHandler = (
  head: Omit<HttpRequest, 'body'>,
) => HttpAnswer | ((request: HttpRequest) => Promise<HttpAnswer> | HttpAnswer);

/** How a listener treats what comes in. */
export interface ListenerRules {
  /** Largest body in bytes; a longer one is answered 413. Asked for each request. */
  readonly bodyLimit: () => number;
  /** Told of an error that nobody expected, and the id that the answer carries as `x-ms-request-id`. */
  readonly onError: (error: unknown, requestId: string) => void;
  /** How long a client may take to send its headers, milliseconds. Default 30 s, as Kestrel's. */
  readonly headersTimeoutMs?: number;
}

/** As Kestrel's: bytes of a request's line and headers. */
const headerLimit = 32_768;

/** A client that sends its body slower than this, milliseconds, does not want to be served. */
const requestTimeoutMs = 300_000;

/** A listening HTTP server. */
export interface Listener {
  /** `http://host:port`. */
  readonly origin: string;
  /**
   * Takes no request any more: closes idle connections at once, the others with their answers, and answers 503 to what
   * still comes. Resolves when requests under way are answered.
   */
  close(): Promise<void>;
  /** Cuts all connections off. */
  abort(): void;
}

/**
 * Listens for HTTP requests.
 *
 * @param at port 0 takes any free one.
 * @throws Error that says what to do, when the port is taken or the address is none of this machine's.
 */
export async function listen(
  at: { readonly host: string; readonly port: number },
  rules: ListenerRules,
  handler: RequestHandler,
): Promise<Listener> {
  let origin = `http://${at.host}`;
  const headersTimeout = rules.headersTimeoutMs ?? 30_000;
  const options = {
    maxHeaderSize: headerLimit,
    headersTimeout,
    requestTimeout: requestTimeoutMs,
    connectionsCheckingInterval: Math.min(headersTimeout, 10_000),
  };
  const underWay = new Set<ServerResponse>();
  let isClosing = false;
  const server = createServer(options, (request, response) => {
    if (isClosing) return refuse(request, response, { status: 503, headers: { connection: 'close' } });
    underWay.add(response);
    response.on('close', () => underWay.delete(response));
    void respond(request, response, { origin, rules, handler });
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
        isClosing = true;
        // Kept open, a connection would be waited for, and its client would go on asking.
        for (const response of underWay) if (!response.headersSent) response.setHeader('connection', 'close');
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
  { origin, rules, handler }: { origin: string; rules: ListenerRules; handler: RequestHandler },
): Promise<void> {
  try {
    const head = readHead(request, origin);
    if (head === undefined) return send(response, { status: 400 });
    const first = handler(head);
    if (typeof first !== 'function') return refuse(request, response, first);
    send(response, await first({ ...head, body: await readBody(request, rules.bodyLimit()) }));
  } catch (error) {
    if (error instanceof BodyTooLarge) return refuse(request, response, { status: 413 });
    // The client went away while it was sending: nobody is left to be answered.
    if (request.destroyed && !request.complete) return;
    fail(response, error, rules);
  }
}

/** What went wrong is for the log; the caller gets an id to find it by. */
function fail(response: ServerResponse, error: unknown, { onError }: ListenerRules): void {
  const requestId = randomUUID();
  onError(error, requestId);
  if (response.headersSent) response.destroy();
  else send(response, { status: 500, headers: { 'x-ms-request-id': requestId } });
}

/** Answers without having read the body; a client that is still sending it must not be waited for. */
function refuse(request: IncomingMessage, response: ServerResponse, answer: HttpAnswer): void {
  if (!request.complete) response.setHeader('connection', 'close');
  send(response, answer);
  request.resume();
}
