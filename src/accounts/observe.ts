import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { z } from 'zod';

/** What the wire said last, without headers and bodies: only members that are known not to be secret. */
export type Observation =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'network'; readonly code: string | undefined }
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly retryAfterMs: number | undefined;
      readonly code: string | undefined;
      readonly innerCode: string | undefined;
      readonly aadsts: number | undefined;
      readonly correlationId: string | undefined;
      readonly traceId: string | undefined;
    };

/** A pipeline policy that remembers the last answer. The libraries hide it behind their own errors. */
export interface Observer {
  readonly policy: PipelinePolicy;
  last(): Observation;
}

export function createObserver(now: () => Date): Observer {
  let last: Observation = { kind: 'nothing' };
  return {
    last: () => last,
    policy: {
      name: 'observe',
      async sendRequest(request, next) {
        try {
          const response = await next(request);
          const { status, headers, bodyAsText } = response;
          const retryAfterMs = waitOf(headers.get('Retry-After'), now());
          last = { kind: 'answer', status, retryAfterMs, ...(status < 400 ? nothingSaid : readBody(bodyAsText)) };
          return response;
        } catch (error) {
          last = { kind: 'network', code: codeOf(error) };
          throw error;
        }
      },
    },
  };
}

type Said = Omit<Extract<Observation, { kind: 'answer' }>, 'kind' | 'status' | 'retryAfterMs'>;
const nothingSaid: Said = {
  code: undefined,
  innerCode: undefined,
  aadsts: undefined,
  correlationId: undefined,
  traceId: undefined,
};

const word = z
  .string()
  .regex(/^[\w.-]{1,80}$/)
  .optional()
  .catch(undefined);
const EntraBody = z.object({
  error: z.string().regex(/^\w{1,40}$/),
  error_codes: z.array(z.number()).optional().catch(undefined),
  correlation_id: word,
  trace_id: word,
});
const VaultBody = z.object({
  error: z.object({ code: word, innererror: z.object({ code: word }).optional().catch(undefined) }),
});

function readBody(text: string | null | undefined): Said {
  const json = parse(text);
  const entra = EntraBody.safeParse(json);
  if (entra.success) {
    const { error, error_codes: numbers, correlation_id: correlationId, trace_id: traceId } = entra.data;
    return { ...nothingSaid, code: error, aadsts: numbers?.[0], correlationId, traceId };
  }
  const vault = VaultBody.safeParse(json);
  if (!vault.success) return nothingSaid;
  return { ...nothingSaid, code: vault.data.error.code, innerCode: vault.data.error.innererror?.code };
}

function parse(text: string | null | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

/** Milliseconds of a `Retry-After` header, in seconds or as HTTP date. */
function waitOf(value: string | undefined, now: Date): number | undefined {
  if (value === undefined) return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const until = Date.parse(value);
  return Number.isNaN(until) ? undefined : Math.max(0, until - now.getTime());
}

function codeOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' && /^[A-Z_]{1,60}$/.test(error.code) ? error.code : undefined;
}
