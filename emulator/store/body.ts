import { empty, Refusal } from '../core/answer';
import { header, type Call } from '../core/call';
import { invalidValue } from './errors';

/** *Observed*: the front end answers 411, before anything else, to a POST that says neither length nor chunked. */
export function checkFraming(call: Call): void {
  const framed = header(call, 'content-length') !== undefined || header(call, 'transfer-encoding') !== undefined;
  if (call.method === 'POST' && !framed) throw new Refusal(empty(411));
}

/**
 * Checks how a body is sent. *Observed*: a content type that is not JSON gets 400, an absent one with an empty body is
 * fine. An absent one with a body is refused too (*assumed*).
 */
export function checkBody(call: Call): void {
  const type = header(call, 'content-type')?.split(';')[0]?.trim().toLowerCase();
  const accepted = type === undefined ? call.body.length === 0 : /^(application|text)\/(\S+\+)?json$/.test(type);
  if (!accepted) throw invalidValue('Only JSON content is accepted', 'mediaType');
}

/**
 * The JSON object in the body, or undefined when it is empty or `null`, which a client in use sends for none (*observed*).
 * A byte order mark is dropped. Whole numbers that a double cannot hold, such as ids of flight groups, are kept as text,
 * digit by digit. Wording is *assumed*.
 */
export function readObject(call: Call): Record<string, unknown> | undefined {
  checkBody(call);
  const text = call.body.toString('utf8').replace(/^\uFEFF/, '');
  if (text.trim() === '') return undefined;
  const value = parse(text);
  if (value === null) return undefined;
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw invalidValue('The request body is not a JSON object');
  }
  // Neither null nor an array: its members are unknown, not its shape.
  return value as Record<string, unknown>;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text, keepDigits) as unknown;
  } catch {
    throw invalidValue('The request body is not valid JSON');
  }
}

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  const isTooLong = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
  return isTooLong && /^\d+$/.test(context?.source ?? '') ? context?.source : value;
}
