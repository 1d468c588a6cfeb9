import type { Answer } from './answer';

const SAS_SIGNATURE = /\bsig=[^&"\s\\]*/gi;
const HIDDEN_FORM_FIELDS = new Set(['client_secret', 'client_assertion', 'password', 'refresh_token', 'assertion']);

/** Removes the signatures of upload URLs from a text. */
export function withoutSignatures(text: string): string {
  return text.replace(SAS_SIGNATURE, 'sig=REDACTED');
}

/** A JSON value without signatures of upload URLs. */
function redactJson(value: unknown): unknown {
  if (typeof value === 'string') return withoutSignatures(value);
  if (Array.isArray(value)) return value.map(redactJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, redactJson(member)]));
}

/** What a refusal says, as the journal may keep it. */
export function redactRefusal(answer: Answer): unknown {
  if (answer.status < 400) return undefined;
  return answer.text ? withoutSignatures(answer.text.content.slice(0, 2000)) : redactJson(answer.json);
}

/** A request body as the journal may keep it: JSON or a form without secrets, or nothing. */
export function redactBody(body: Buffer, contentType: string): unknown {
  if (body.length === 0) return undefined;
  const text = body.toString('utf8');
  if (contentType.includes('x-www-form-urlencoded')) {
    const pairs = [...new URLSearchParams(text)].map(([key, value]) => [key.trim(), value.trim()] as const);
    return Object.fromEntries(pairs.map(([key, value]) => [key, HIDDEN_FORM_FIELDS.has(key) ? 'REDACTED' : value]));
  }
  try {
    return redactJson(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch {
    return withoutSignatures(text.slice(0, 2000));
  }
}
