import type { Answer } from './answer';

const SAS_SIGNATURE = /\bsig=[^&"\s\\]*/gi;
const HIDDEN_FIELDS = new Set(['client_secret', 'client_assertion', 'password', 'refresh_token', 'assertion']);
/** Of the lead configurations of an offer, and of what a product is set up with. */
const HIDDEN_ENDINGS = /(secret|password|connectionString|(access|account|application)Key)$/i;
const SHOWN_FIELDS = new Set([
  'grant_type',
  'client_id',
  'resource',
  'scope',
  'client_assertion_type',
  'api-version',
  'authorization_endpoint',
]);

/** Removes the signatures of upload URLs from a text. */
export function withoutSignatures(text: string): string {
  return text.replace(SAS_SIGNATURE, 'sig=REDACTED');
}

/** A JSON value without signatures of upload URLs and without members that are secrets by their names. */
export function redactJson(value: unknown): unknown {
  if (typeof value === 'string') return withoutSignatures(value);
  if (Array.isArray(value)) return value.map(redactJson);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value);
  return Object.fromEntries(members.map(([key, member]) => [key, isHidden(key) ? 'REDACTED' : redactJson(member)]));
}

function isHidden(field: string): boolean {
  return HIDDEN_FIELDS.has(field.toLowerCase()) || HIDDEN_ENDINGS.test(field);
}

/**
 * The fields of a form, or of a query, that the journal may keep, without secrets. Those of other names are dropped: they
 * may be what follows an `&` in a secret that was not escaped.
 */
export function redactForm(form: URLSearchParams): URLSearchParams {
  const kept = new URLSearchParams();
  for (const [key, value] of form) {
    const name = key.trim();
    if (isHidden(name)) kept.append(name, 'REDACTED');
    else if (SHOWN_FIELDS.has(name.toLowerCase())) kept.append(name, value.trim());
  }
  return kept;
}

/** What a refusal says, as the journal may keep it. */
export function redactRefusal(answer: Answer): unknown {
  if (answer.status < 400) return undefined;
  return answer.text ? withoutSignatures(answer.text.content.slice(0, 2000)) : redactJson(answer.json);
}

/** A request body as the journal may keep it: JSON or a form without secrets, or nothing. */
export function redactBody(body: Buffer, isForm: boolean): unknown {
  if (body.length === 0) return undefined;
  const text = body.toString('utf8');
  if (isForm) return Object.fromEntries(redactForm(new URLSearchParams(text)));
  try {
    return redactJson(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch {
    return withoutSignatures(text.slice(0, 2000));
  }
}
