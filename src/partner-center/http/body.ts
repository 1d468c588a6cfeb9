import { z } from 'zod';

/** A body as it came: nothing, JSON, or something else (HTML of a gateway, plain text). */
export type Body =
  | { readonly kind: 'empty' }
  | { readonly kind: 'json'; readonly value: unknown }
  | { readonly kind: 'text'; readonly text: string };

/** @param parse throws for what is not JSON */
export function readBody(
  text: string | null | undefined,
  parse: (text: string) => unknown = (json) => JSON.parse(json) as unknown,
): Body {
  // Takes a byte order mark off too, which is not JSON and which some gateways send.
  const trimmed = (text ?? '').trim();
  if (trimmed === '') return { kind: 'empty' };
  try {
    return { kind: 'json', value: parse(trimmed) };
  } catch {
    return { kind: 'text', text: trimmed };
  }
}

/** For services to which a missing member and a `null` mean the same: leaves out the null ones, at any depth. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null)
      .map(([key, member]) => [key, withoutNulls(member)]),
  );
}

const words = z.string().optional().catch(undefined);
const ErrorShape = z.object({ code: words, message: words, target: words });
const Nested = z.object({ error: ErrorShape });

/** What an error body says of itself. */
export interface ErrorWords {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  readonly target?: string | undefined;
  /** What is kept of a body that is not JSON, for reading more of it later. */
  readonly body?: unknown;
}

/** Reads an error body as far as it can be read: `{code,message,target}`, bare or under `error`. */
export function readErrorBody(body: Body): ErrorWords {
  if (body.kind === 'empty') return {};
  if (body.kind === 'text') return { message: plainText(body.text) };
  const nested = Nested.safeParse(body.value);
  if (nested.success) return nested.data.error;
  const bare = ErrorShape.safeParse(body.value);
  if (bare.success) return bare.data;
  return typeof body.value === 'string' ? { message: body.value } : {};
}

/** The title of an HTML page, or the beginning of a text: enough to tell a gateway from the service. */
function plainText(text: string): string {
  const title = /<title[^>]*>([^<]*)</i.exec(text)?.[1];
  const plain = (title ?? text.replace(/<[^>]*>/g, ' ')).replace(/\s+/g, ' ').trim();
  return plain.slice(0, 300);
}
