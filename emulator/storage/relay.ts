import { request as overHttp, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { request as overHttps } from 'node:https';
import { CUT, type Answer } from '../core/answer';
import type { Call } from '../core/call';

/** Headers that belong to one connection. */
const OF_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding', 'host', 'expect']);

/** Passes a request on as it comes; an upstream that breaks off breaks the client's connection too. */
export async function relay(call: Call, url: URL): Promise<Answer | typeof CUT> {
  const send = url.protocol === 'https:' ? overHttps : overHttp;
  // No connection is used twice: one that the other side has just closed would look like a fault.
  const upstream = send(url, { method: call.method, headers: forwarded(call), agent: false });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    upstream.once('response', resolve).once('error', reject);
  });
  call.stream.once('close', () => {
    if (!call.stream.complete) upstream.destroy();
  });
  call.stream.pipe(upstream);
  try {
    return await read(await answered);
  } catch {
    return CUT;
  }
}

async function read(response: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  const headers = withoutConnection(response.headers) as Record<string, string>;
  return { status: response.statusCode ?? 502, headers, bytes: Buffer.concat(chunks) };
}

function forwarded(call: Call): OutgoingHttpHeaders {
  return withoutConnection(call.headers);
}

function withoutConnection(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_CONNECTION.has(name)));
}
