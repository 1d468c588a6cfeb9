import type { IncomingMessage, ServerResponse } from 'node:http';

/** A request with its body read. */
export interface HttpRequest {
  readonly method: string;
  /** Absolute. */
  readonly url: URL;
  /** Names in lower case; repeated headers joined by a comma without a space, as the host joins them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** An answer. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: Uint8Array | string;
}

/** A body that is longer than the limit. */
export class BodyTooLarge extends Error {}

/** An answer with a JSON body. */
export function jsonAnswer(status: number, value: unknown, headers: Record<string, string> = {}): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

/**
 * The header part of a request. A proxy in front that ends TLS is believed about the scheme, as Azure's front end is.
 *
 * @param origin scheme and authority to use when the request names no host.
 */
export function readHead(request: IncomingMessage, origin: string): Omit<HttpRequest, 'body'> | undefined {
  const headers = Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values = []]) => [name, values.join(',')]),
  );
  const scheme = headers['x-forwarded-proto']?.toLowerCase() === 'https' ? 'https' : 'http';
  const base = request.headers.host === undefined ? origin : `${scheme}://${request.headers.host}`;
  // Joined, not resolved: a path that begins with two slashes would be read as another host.
  const path = request.url ?? '/';
  const url = URL.parse(path.startsWith('/') ? base + path : path);
  if (url === null) return undefined;
  return { method: request.method ?? 'GET', url, headers };
}

/** Reads a body whole. Rejects with BodyTooLarge as soon as it is known to be over the limit (bytes). */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw new BodyTooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    // Node types the chunks of a stream as any.
    size += chunk.length;
    if (size > limit) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Statuses whose answers never have a body, nor a length. */
const bodiless: readonly number[] = [204, 304];

/** Writes an answer. */
export function send(response: ServerResponse, { status, headers = {}, body = '' }: HttpAnswer): void {
  const hasLength = Object.keys(headers).some((name) => name.toLowerCase() === 'content-length');
  const length = bodiless.includes(status) || hasLength ? {} : { 'content-length': Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, ...length });
  response.end(body);
}
