import type { z } from 'zod';
import type { ProblemCode } from '../domain/problem-catalogue';
import type { FunctionName } from './names';

/** Who may call: everyone, who may read, who may publish, who may decide, who may do at least part of a rollout. */
export type Access = 'open' | 'read' | 'publish' | 'decide' | 'roll-out';

/** One kind of answer that is no problem. */
export interface Answer {
  readonly description: string;
  readonly schema?: z.ZodType;
  /** `application/json` if absent. */
  readonly mediaType?: string;
  readonly headers?: readonly AnswerHeader[];
}

export type AnswerHeader = 'Location' | 'Retry-After' | 'ETag';

/** What a body may be. */
export interface Body {
  readonly schema: z.ZodType;
  /** Bytes. */
  readonly limit: number;
  /** What is answered where it has faults. */
  readonly problem: 'invalid-document' | 'invalid-request';
  /** An absent body means the same as `{}`. */
  readonly optional?: boolean;
}

/**
 * One operation of the HTTP surface: the function is registered from it, requests are checked by it, and the OpenAPI
 * document shows it.
 */
export interface Operation {
  readonly name: FunctionName;
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below `/api`; parameters in braces. */
  readonly path: `/${string}`;
  readonly access: Access;
  readonly summary: string;
  readonly description?: string;
  readonly query: z.ZodObject;
  readonly headers?: readonly ('Idempotency-Key' | 'If-None-Match')[];
  readonly body?: Body;
  readonly answers: Readonly<Record<number, Answer>>;
  /** Besides those that every operation has. */
  readonly problems: readonly ProblemCode[];
}
