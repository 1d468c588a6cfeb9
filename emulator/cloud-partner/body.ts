import type { Call } from '../core/call';
import { parseExactly } from './document/exact-numbers';
import { badRequest } from './errors';
import type { Members } from './model';

/** Whether a value is a JSON object. */
export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The JSON object in the body, or undefined when there is none. A byte order mark is dropped. Wording is *assumed*. */
export function readObject(call: Call): Members | undefined {
  const text = call.body.toString('utf8').replace(/^\uFEFF/, '');
  if (text.trim() === '') return undefined;
  const value = parse(text);
  if (!isMembers(value)) throw badRequest('The request body is not a JSON object.');
  return value;
}

function parse(text: string): unknown {
  try {
    return parseExactly(text);
  } catch {
    throw badRequest('The request body is not valid JSON.');
  }
}

const EMAIL = /^[^\s@,;]+@[^\s@,;]+$/;

/** The addresses of `metadata`, a list with commas; empty when there are none. Their form is checked (*assumed*). */
export function readEmails(body: Members | undefined): string {
  const metadata = body?.['metadata'];
  const sent = isMembers(metadata) ? metadata['notification-emails'] : undefined;
  if (sent === undefined || sent === null) return '';
  if (typeof sent !== 'string') throw badRequest('metadata.notification-emails is not a text.');
  const odd = sent.split(',').find((address) => address.trim() !== '' && !EMAIL.test(address.trim()));
  if (odd !== undefined) throw badRequest(`metadata.notification-emails: "${odd.trim()}" is no address.`);
  return sent.trim();
}
