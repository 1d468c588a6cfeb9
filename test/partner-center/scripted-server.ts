import { createServer, type Server } from 'node:https';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { selfSignedCertificate } from '../support/certificate';

/** A request that arrived, whatever became of it. */
export interface Arrived {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Answers one request; may also cut the connection, or hold on. */
export type Step = (response: ServerResponse, request: Arrived) => void | Promise<void>;

export interface ScriptedServer {
  readonly url: string;
  readonly ca: string;
  /** Every request that arrived, oldest first. */
  readonly arrived: readonly Arrived[];
  /** What to do with the next requests, in order; the last step also serves what comes after. */
  play(...steps: Step[]): void;
  close(): Promise<void>;
}

/** An HTTPS server that does what a test tells it, for the behaviours of a transport. */
export async function startScriptedServer(names?: readonly string[]): Promise<ScriptedServer> {
  const { certificate, privateKey } = await selfSignedCertificate(names);
  let arrived: Arrived[] = [];
  let steps: Step[] = [];
  const server = createServer({ cert: certificate, key: privateKey }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url = '', headers } = request;
      const entry = { method, url, headers, body: Buffer.concat(chunks) };
      const step = steps[Math.min(arrived.length, steps.length - 1)];
      arrived.push(entry);
      void step?.(response, entry);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://localhost:${portOf(server)}/v1.0/my/`,
    ca: certificate,
    get arrived() {
      return arrived;
    },
    play: (...next) => {
      arrived = [];
      steps = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

/** Answers with a JSON body (none for undefined). */
export function json(status: number, body?: unknown, headers: Record<string, string> = {}): Step {
  return (response) => {
    response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };
}

/** Answers with any text. */
export function text(status: number, body: string, headers: Record<string, string> = {}): Step {
  return (response) => {
    response.writeHead(status, headers);
    response.end(body);
  };
}

/** Takes the request and cuts the connection without a word. */
export const cut: Step = (response) => {
  response.socket?.destroy();
};

/** Begins an answer and cuts the connection in the middle of it. */
export const cutInBody: Step = (response) => {
  response.writeHead(200, { 'Content-Length': '1000' });
  response.write('{"id":');
  response.socket?.end();
};
