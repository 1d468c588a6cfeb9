/** A real HTTPS server of one file that answers ranges properly, and can be told to behave badly. */
import {
  createServer as createPlain,
  type IncomingMessage,
  type RequestListener,
  type ServerResponse,
} from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TestCertificate } from '../support/certificate';

export interface FileServer {
  readonly port: number;
  bytes: Buffer;
  headers: Record<string, string>;
  /** Looks at each request first; `true` = it has answered. */
  before: ((request: IncomingMessage, response: ServerResponse) => boolean) | undefined;
  /** Every request: method, host, url and headers. */
  readonly seen: IncomingMessage[];
  close(): Promise<void>;
}

/** With a certificate it speaks TLS, else plain http. */
export async function startFileServer(tls?: TestCertificate): Promise<FileServer> {
  const listener: RequestListener = (request, response) => {
    file.seen.push(request);
    if (file.before?.(request, response) !== true) serve(file, request, response);
  };
  const server = tls ? createServer({ cert: tls.certificate, key: tls.privateKey }, listener) : createPlain(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const file: FileServer = {
    port: (server.address() as AddressInfo).port,
    bytes: Buffer.from('0123456789'),
    headers: { etag: '"one"', 'last-modified': 'Fri, 20 Nov 2026 10:00:00 GMT' },
    before: undefined,
    seen: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return file;
}

function serve(file: FileServer, request: IncomingMessage, response: ServerResponse): void {
  const match = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '');
  const first = Number(match?.[1] ?? 0);
  const size = file.bytes.length;
  if (first >= size) {
    response.writeHead(416, { 'content-range': `bytes */${size}` }).end();
    return;
  }
  const last = Math.min(Number(match?.[2] ?? size - 1), size - 1);
  const range = { 'content-range': `bytes ${first}-${last}/${size}`, 'content-length': String(last - first + 1) };
  response.writeHead(206, { ...file.headers, ...range }).end(file.bytes.subarray(first, last + 1));
}
