import { z } from 'zod';
import { readErrorBody, type Body, type ErrorWords } from '../http';

/** A member of what was sent, and what is wrong with it. */
export interface FieldFault {
  readonly field: string;
  readonly messages: readonly string[];
}

/** What an error body says, in whichever form it came. */
export interface Fault {
  /** `ICH50400`, or the name of a .NET exception. */
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly target?: string | undefined;
  /** The status that the body names, which the service's own clients believe rather than the answer's. */
  readonly status?: number | undefined;
  /** For Microsoft's support. */
  readonly correlationId?: string | undefined;
  readonly operationId?: string | undefined;
  readonly fields: readonly FieldFault[];
}

/**
 * Reads an error body: (1) `{error: {code, …}}`, (2) `{statusCode, message}` of the gateway, (3) a JSON string: either
 * `ICH50400 - Words. {"faultCode": …}`, or the text of a .NET exception, or plain words, (4) what is not JSON at all,
 * which may hold the same texts.
 */
export function readFault(body: Body): Fault {
  if (body.kind === 'empty') return { fields: [] };
  if (body.kind === 'text') return readText(body.text) ?? { ...readErrorBody(body), fields: [] };
  if (typeof body.value === 'string') return readText(body.value) ?? { message: body.value, fields: [] };
  const gateway = Gateway.safeParse(body.value);
  const status = gateway.success ? statusOf(gateway.data.statusCode) : undefined;
  return { ...readErrorBody(body), status, ...(isRecord(body.value) ? inner(body.value) : { fields: [] }) };
}

const Gateway = z.looseObject({ statusCode: z.union([z.number(), z.string()]).transform(Number) });

/** For the transport. A text that is no JSON and is known all the same is kept: there is more in it. */
export function readIngestionError(body: Body): ErrorWords {
  const { code, message, target } = readFault(body);
  const known = body.kind === 'text' && readText(body.text) !== undefined;
  return { code, message, target, ...(known ? { body: body.text } : {}) };
}

const numbered = /^\s*(ICH\d+) - ([\s\S]*)$/;
const thrown = /^\s*(?:[A-Za-z]\w*\.)+(Http(\d{3})\w*Exception)[\s:]*([^\r\n]*)/;

/** The forms that a text may have; undefined for any other. */
function readText(text: string): Fault | undefined {
  const [, code, rest = ''] = numbered.exec(text) ?? [];
  if (code !== undefined) return ofNumbered(code, rest.trim());
  const [, name, status, words = ''] = thrown.exec(text) ?? [];
  if (name === undefined) return undefined;
  return { code: name, message: words.trim() || undefined, status: statusOf(Number(status)), fields: [] };
}

/** Words, and JSON behind the first `. {`. What cannot be taken apart is shown as it is. */
function ofNumbered(code: string, text: string): Fault {
  const end = text.indexOf('. {');
  const data = end < 0 ? undefined : parsed(text.slice(end + 2));
  return data === undefined
    ? { code, message: text, fields: [] }
    : { code, message: text.slice(0, end + 1), ...inner(data) };
}

/** What stands in the JSON behind the words. */
function inner(data: object): Pick<Fault, 'correlationId' | 'operationId' | 'fields'> {
  const members = new Map<string, unknown>(Object.entries(data));
  return {
    correlationId: wordOf(members.get('correlationId')),
    operationId: wordOf(members.get('operationId')),
    fields: fieldsOf(members.get('data')),
  };
}

/** `{"Field": ["what is wrong", …]}`; one text in place of the list is taken too. */
function fieldsOf(data: unknown): FieldFault[] {
  if (!isRecord(data)) return [];
  return Object.entries(data).flatMap(([field, value]) => {
    const messages = [value].flat().filter((message) => typeof message === 'string');
    return messages.length === 0 ? [] : [{ field, messages }];
  });
}

function parsed(json: string): object | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function statusOf(status: number): number | undefined {
  return Number.isInteger(status) && status >= 400 && status <= 599 ? status : undefined;
}
