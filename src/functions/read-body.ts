import type { HttpRequest } from '@azure/functions';
import type { Body } from '../contracts/operation';
import { parseStrictJson, type Json } from '../contracts/strict-json';
import { maxFaults } from '../contracts/faults';
import type { Fault } from '../domain/release';
import { Problem } from './problem';

/** What a check says about a body. */
export type CheckedBody<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * The body of a request as the check lets it through.
 *
 * @throws Problem with all faults that can be seen
 */
export async function readBody<T>(
  request: HttpRequest,
  body: Body,
  check: (value: Json) => CheckedBody<T>,
): Promise<T> {
  const text = await readText(request, body.limit);
  const { value, faults } = parse(text === '' && body.optional === true ? '{}' : text);
  const checked = check(value);
  const all = [...faults, ...(checked.ok ? [] : checked.faults)];
  if (checked.ok && all.length === 0) return checked.value;
  throw new Problem(body.problem, {
    detail: howMany(all.length),
    errors: all.slice(0, maxFaults),
  });
}

function howMany(faults: number): string {
  if (faults === 1) return 'It has one fault.';
  return `It has ${faults} faults${faults > maxFaults ? `; these are the first ${maxFaults}` : ''}.`;
}

const inPieces =
  'The body came in pieces (Transfer-Encoding: chunked), which the host does not pass on: send a Content-Length.';

/** Every POST says that it sends JSON: what a page of another origin can send unasked does not. */
export function demandJson(request: HttpRequest): void {
  const [type = '', ...parameters] = (request.headers.get('content-type') ?? '').toLowerCase().split(';');
  const charset = parameters.map((part) => part.trim()).find((part) => part.startsWith('charset='));
  const readable = charset === undefined || /^charset="?utf-8"?$/.test(charset);
  const encoding = request.headers.get('content-encoding') ?? 'identity';
  if (type.trim() === 'application/json' && readable && encoding === 'identity') return;
  throw new Problem('unsupported-media-type');
}

async function readText(request: HttpRequest, limit: number): Promise<string> {
  const tooLarge = new Problem('too-large', { detail: `At most ${limit} bytes are taken.` });
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw tooLarge;
  const bytes = await request.arrayBuffer();
  if (bytes.byteLength > limit) throw tooLarge;
  // The Functions host hands on no body without a length: what was said in it must not be taken for nothing.
  if (bytes.byteLength === 0 && request.headers.has('transfer-encoding'))
    throw new Problem('invalid-json', { detail: inPieces });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem('invalid-json', { detail: 'The body is not valid UTF-8.' });
  }
}

function parse(text: string): { value: Json; faults: readonly Fault[] } {
  const parsed = parseStrictJson(text);
  if (parsed.ok) return parsed;
  throw new Problem('invalid-json', {
    detail: `${parsed.message} (line ${parsed.line}, column ${parsed.column}).`,
  });
}
