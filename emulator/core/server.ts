import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, type RouteOptions } from 'fastify';
import { randomUUID } from 'node:crypto';
import { createServer as createHttpServer, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { CUT, json, type Answer } from './answer';
import { cloudPartnerHeaders } from '../cloud-partner/headers';
import type { Call, CallFacts } from './call';
import type { Dispatcher } from './dispatcher';
import type { Operation, RelayedOperation, Surface } from './operation';

const BODY_LIMIT = 256 * 1024 * 1024;

/** Handles a request outside the emulated services: the control endpoint. */
export interface PlainRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly run: (call: Call) => Answer | Promise<Answer>;
}

/** A running listener. */
export interface Listener {
  readonly origin: string;
  readonly close: () => Promise<void>;
}

/** Builds the routes; `listenHttps` and `listenHttp` serve them. */
export function createRoutes(
  operations: readonly Operation[],
  plain: readonly PlainRoute[],
  dispatcher: Dispatcher,
): FastifyInstance {
  const app = Fastify({
    bodyLimit: BODY_LIMIT,
    exposeHeadRoutes: false,
    routerOptions: { caseSensitive: false, ignoreTrailingSlash: true, maxParamLength: 400 },
    // No route is asked for what cannot be an address, so nothing else would number this answer.
    frameworkErrors: (error, request, reply) => {
      void reply.header('MS-CorrelationId', randomUUID());
      sendAnswer(reply, json(400, { message: `${request.url.split('?')[0]} is no address: ${error.code}` }));
    },
  });
  // The services judge content types themselves, each in its own words.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  for (const operation of operations) {
    const handler = async (request: FastifyRequest, reply: FastifyReply) => {
      const call = toCall(request);
      return send(reply, call, operation.surface, await dispatcher.dispatch(operation, call));
    };
    app.route({ method: operation.method, url: operation.path, ...ofAnyType(handler) });
  }
  for (const route of plain) {
    const handler = async (request: FastifyRequest, reply: FastifyReply) =>
      sendAnswer(reply, await route.run(toCall(request)));
    app.route({ method: route.method, url: route.path, ...ofAnyType(handler) });
  }
  app.setNotFoundHandler((request, reply) =>
    sendAnswer(
      reply,
      json(404, { message: `The emulator has nothing at ${request.method} ${request.url.split('?')[0]}` }),
    ),
  );
  app.setErrorHandler((error, _request, reply) => fail(error, reply));
  return app;
}

/** Adds the operations whose bodies are passed on as they come; those of one method and path differ in `comp`. */
export function addRelayedRoutes(
  app: FastifyInstance,
  operations: readonly RelayedOperation[],
  dispatcher: Dispatcher,
): void {
  const places = Map.groupBy(operations, ({ method, path }) => `${method} ${path}`);
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload));
    for (const [first, ...others] of places.values()) {
      if (!first) continue;
      const handler = async (request: FastifyRequest, reply: FastifyReply) => {
        const call = toCall(request);
        const operation = [first, ...others].find(({ comp }) => comp === call.query.get('comp')) ?? first;
        return send(reply, call, operation.surface, await dispatcher.dispatch(operation, call));
      };
      scope.route({ method: first.method, url: first.path, ...ofAnyType(handler) });
    }
  });
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/** A content type that makes no sense at all is for the handler to judge, too. */
function ofAnyType(handler: Handler): Pick<RouteOptions, 'handler' | 'errorHandler'> {
  return {
    handler,
    errorHandler: (error, request, reply) => {
      if (error.code !== 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return void fail(error, reply);
      handler(request, reply).catch((cause: unknown) => fail(cause, reply));
    },
  };
}

function fail(error: unknown, reply: FastifyReply): FastifyReply {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return sendAnswer(reply, json(500, { message: 'The emulator failed; see its standard error.' }));
}

const asItIs = (text: string): string => text;
const inCapitals = (text: string): string => text.toUpperCase();
const inSmallLetters = (text: string): string => text.toLowerCase();
/** Which parameter of a path says what about a request, in the case in which such names are kept. */
const TOLD_BY: Readonly<Record<keyof CallFacts, { parameter: string; written: (text: string) => string }>> = {
  tenant: { parameter: 'tenant', written: asItIs },
  application: { parameter: 'applicationId', written: inCapitals },
  flight: { parameter: 'flightId', written: inSmallLetters },
  addOn: { parameter: 'inAppProductId', written: inCapitals },
  submission: { parameter: 'submissionId', written: asItIs },
  publisher: { parameter: 'publisherId', written: inSmallLetters },
  offer: { parameter: 'offerId', written: inSmallLetters },
  product: { parameter: 'productId', written: inSmallLetters },
};

function factsOf(params: Readonly<Record<string, string>>): CallFacts {
  const told = Object.entries(TOLD_BY).flatMap(([fact, { parameter, written }]) => {
    const text = params[parameter];
    return text ? [[fact, written(text)] as const] : [];
  });
  return Object.fromEntries(told);
}

function toCall(request: FastifyRequest): Call {
  const url = new URL(request.raw.url ?? '/', 'http://localhost');
  // Declared parameters are strings in find-my-way.
  const params = request.params as Record<string, string>;
  return {
    method: request.method,
    path: url.pathname,
    query: url.searchParams,
    params,
    headers: request.headers,
    body: Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0),
    stream: request.raw,
    origin: `${'encrypted' in request.raw.socket ? 'https' : 'http'}://${request.headers.host ?? 'localhost'}`,
    correlationId: randomUUID(),
    facts: factsOf(params),
  };
}

function send(reply: FastifyReply, call: Call, surface: Surface, result: Answer | typeof CUT): FastifyReply {
  if (result === CUT) {
    reply.hijack();
    reply.raw.socket?.destroy();
    return reply;
  }
  if (surface === 'store') void reply.header('MS-CorrelationId', call.correlationId);
  else if (surface === 'cloud-partner') void reply.headers(cloudPartnerHeaders(call.correlationId));
  else if (surface === 'ingestion') void reply.header('request-id', call.correlationId);
  else void reply.header('x-ms-request-id', call.correlationId);
  return sendAnswer(reply, result);
}

function sendAnswer(reply: FastifyReply, answer: Answer): FastifyReply {
  void reply.code(answer.status).headers(answer.headers ?? {});
  if (answer.bytes) return reply.send(answer.bytes);
  if (answer.text) return reply.type(answer.text.type).send(answer.text.content);
  if (answer.json === undefined) return reply.send();
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer.json));
}

/** Serves the routes over HTTPS on a loopback port. */
export async function listenHttps(
  app: FastifyInstance,
  tls: { key: string; cert: string },
  port: number,
): Promise<Listener> {
  await app.ready();
  return listen(
    createHttpsServer(tls, (request, response) => app.routing(request, response)),
    'https',
    port,
  );
}

/** Serves the routes over plain HTTP on a loopback port. */
export async function listenHttp(app: FastifyInstance, port: number): Promise<Listener> {
  await app.ready();
  return listen(
    createHttpServer((request, response) => app.routing(request, response)),
    'http',
    port,
  );
}

async function listen(server: Server, scheme: string, port: number): Promise<Listener> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  // A listening TCP server has an address with a port.
  const address = server.address() as AddressInfo;
  return {
    origin: `${scheme}://localhost:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
