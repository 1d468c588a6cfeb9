import { readErrorBody, type Body, type ErrorWords } from '../http';

/** Of the back end of migrated offers, often with a stack trace after it. */
const exception = /^Microsoft\.Ingestion\.Api\.Common\.Exceptions\.(Http\d{3}Exception)\b[\s:]*([\s\S]*)$/;
/** Of the submission API behind it. */
const numbered = /^(ICH\d+) - ([\s\S]*?)\.?\s*(\{[\s\S]*\})?$/;

/**
 * What an error body of this API says of itself (sections A.9 and D.1 of the specification): `{"error": {code,
 * message}}`, the gateway's `{statusCode, message}`, a JSON string or plain text that may be a .NET exception
 * (`code` = `Http422Exception`) or a numbered error (`code` = `ICH50400`), or anything else.
 */
export function readCloudPartnerError(body: Body): ErrorWords {
  if (body.kind === 'json') return typeof body.value === 'string' ? ofText(body.value) : ofValue(body);
  // Its text would lose what looks like markup, and its end.
  if (body.kind === 'text' && exception.test(body.text)) return ofText(body.text);
  return readErrorBody(body);
}

function ofText(text: string): ErrorWords {
  const plain = text.trim();
  const [, name, words = ''] = exception.exec(plain) ?? [];
  if (name !== undefined) return { code: name, ...messageOf(withoutTrace(words)) };
  const [, number, sentence = '', json = ''] = numbered.exec(plain) ?? [];
  if (number !== undefined) return { code: number, ...messageOf(`${sentence}. ${json}`) };
  return messageOf(plain);
}

function messageOf(text: string): ErrorWords {
  const message = text.trim();
  return message === '' ? {} : { message };
}

/** Frames of the service's own code tell nobody anything. */
function withoutTrace(text: string): string {
  return text.split(/\r?\n\s+at\s|\s{3}at Microsoft\./, 1)[0] ?? '';
}

function ofValue(body: Extract<Body, { kind: 'json' }>): ErrorWords {
  const words = readErrorBody(body);
  if (words.code !== undefined || words.message !== undefined) return withStatusCode(words, body.value);
  const { error, Message: title, error_description: description } = membersOf(body.value);
  if (typeof error === 'string')
    return { ...ofText(error), ...(typeof description === 'string' ? { message: description } : {}) };
  return typeof title === 'string' ? ofText(title) : words;
}

function withStatusCode(words: ErrorWords, value: unknown): ErrorWords {
  const { statusCode } = membersOf(value);
  const nested = words.message === undefined ? {} : ofText(words.message);
  if (nested.code !== undefined) return { ...words, ...nested };
  return words.code === undefined && typeof statusCode === 'number' ? { ...words, code: String(statusCode) } : words;
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
