import type { HttpRequest } from '@azure/functions';
import { z } from 'zod';
import { Problem } from './problem';

/** The host takes these for itself. */
const ofTheHost: readonly string[] = ['code', 'clientid'];

/**
 * The query of a request as its schema lets it through; a member that is a list there may repeat, or part its values by
 * commas where the schema has closed values.
 *
 * @throws Problem `invalid-parameter` with everything that is wrong
 */
export function readQuery<S extends z.ZodObject>(request: HttpRequest, schema: S): z.infer<S> {
  const found = new Map<string, string[]>();
  for (const [name, value] of new URL(request.url).searchParams) {
    if (!ofTheHost.includes(name.toLowerCase())) found.set(name, [...(found.get(name) ?? []), value]);
  }
  const values = [...found].map(([name, texts]) => [name, isList(schema, name) ? texts : single(texts)] as const);
  const parsed = schema.safeParse(Object.fromEntries(values));
  if (parsed.success) return parsed.data;
  throw new Problem('invalid-parameter', { detail: parsed.error.issues.map(describe).join(' ') });
}

/** A header as its schema lets it through; `undefined` where it is absent. */
export function readHeader(request: HttpRequest, name: string, schema: z.ZodString): string | undefined {
  const value = request.headers.get(name);
  if (value === null) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Problem('invalid-parameter', {
    detail: parsed.error.issues.map((issue) => `${name}: ${sentence(issue.message)}`).join(' '),
  });
}

function isList(schema: z.ZodObject, name: string): boolean {
  const member: unknown = Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined;
  return member instanceof z.ZodOptional && member.unwrap() instanceof z.ZodArray;
}

/** Several where one belongs are left to the schema to refuse. */
function single(texts: readonly string[]): string | readonly string[] {
  return texts.length === 1 ? (texts[0] ?? '') : texts;
}

function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((name) => `${name.slice(0, 60)}: there is no such parameter.`).join(' ');
  }
  const name = String(issue.path[0] ?? '');
  if (issue.code === 'invalid_type') return `${name}: it may be there once only.`;
  if (issue.code === 'invalid_value') return `${name}: it is one of ${issue.values.join(', ')}.`;
  if (issue.code === 'too_big' && issue.origin === 'string') return `${name}: at most ${issue.maximum} characters.`;
  if (issue.code === 'too_big' && issue.origin === 'array')
    return `${name}: it may be there ${issue.maximum} times at most.`;
  if (issue.code === 'too_small' && issue.origin === 'string') return `${name}: it is empty.`;
  return `${name}: ${sentence(issue.message)}`;
}

function sentence(message: string): string {
  return message.endsWith('.') ? message : `${message}.`;
}
