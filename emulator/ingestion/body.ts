import type { Call } from '../core/call';
import { invalid, refusal } from './errors';
import type { Members } from './model';

/** The JSON object in the body. *Assumed*: whatever else there is gets 400. */
export function readBody(call: Call): Members {
  const text = call.body.toString('utf8').replace(/^\uFEFF/, '');
  const value = text.trim() === '' ? {} : parse(call, text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw invalid(call, 'Body', 'The request body is not a JSON object.');
  }
  // Neither null nor an array: its members are unknown, not its shape.
  return value as Members;
}

function parse(call: Call, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw refusal(call, 400, { Body: ['The request body is not valid JSON.'] });
  }
}

/** A member, whatever its case (B-R2). */
export function memberOf(body: Members, name: string): unknown {
  if (name in body) return body[name];
  const found = Object.keys(body).find((key) => key.toLowerCase() === name.toLowerCase());
  return found === undefined ? undefined : body[found];
}
