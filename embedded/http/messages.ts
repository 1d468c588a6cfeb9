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

/** A name or an address, perhaps with a port: what else a Host says would be read as a path, or as another host. */
const authority = /^(?:[^\s/\\?#@:[\]]+|\[[\da-f:.]+\])(?::\d*)?$/i;

/**
 * The header part of a request, or undefined for one that names no place, as Kestrel refuses it. A proxy in front that ends TLS is believed about the scheme, as Azure's front end is.
 *
 * @param origin scheme and authority to use when the request names no host.
 */
export function readHead(request: IncomingMessage, origin: string): Omit<HttpRequest, 'body'> | undefined {
  const headers = Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values = []]) => [name, values.join(',')]),
  );
  const scheme = headers['x-forwarded-proto']?.toLowerCase() === 'https' ? 'https' : 'http';
  const host = request.headers.host ?? '';
  if (host !== '' && !authority.test(host)) return undefined;
  const base = host === '' ? origin : `${scheme}://${host}`;
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

/**
 * Writes an answer. How it is transferred is this server's business: such a header of its own is left out.
 *
 * @throws Error for a Content-Length that is not the body's: what comes after it would be read as the next answer.
 */
export function send(response: ServerResponse, { status, headers = {}, body = '' }: HttpAnswer): void {
  const kept = Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'transfer-encoding');
  const [, given] = kept.find(([name]) => name.toLowerCase() === 'content-length') ?? [];
  const length = Buffer.byteLength(body);
  const hasBody = !bodiless.includes(status) && response.req.method !== 'HEAD';
  if (hasBody && given !== undefined && Number(given) !== length) {
    throw new Error(`The answer's Content-Length is ${String(given)}, and its body has ${length} bytes.`);
  }
  const own = bodiless.includes(status) || given !== undefined ? {} : { 'content-length': length };
  response.writeHead(status, { ...Object.fromEntries(kept), ...own });
  response.end(body);
}
