import type { HttpResponseInit } from '@azure/functions';
import type { Problem as ProblemBody } from '../contracts/problem';
import { problemCatalogue, type ProblemCode } from '../domain/problem-catalogue';
import type { Fault } from '../domain/release';

/** What belongs to one occurrence of a problem. */
export interface ProblemFacts {
  /** What happened here; the catalogue's title if absent. */
  readonly detail?: string;
  readonly errors?: readonly Fault[];
  /** Partner Center's id of the exchange. */
  readonly correlationId?: string;
  /** Seconds after which it may be asked again. */
  readonly retryAfter?: number;
}

/** Thrown by handlers; the route makes the answer of it. */
export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: ProblemCode,
    readonly facts: ProblemFacts = {},
  ) {
    super(code);
  }
}

/** The answer of RFC 9457 for a problem. */
export function problemResponse({ code, facts }: Problem, traceId: string): HttpResponseInit {
  const { status, title, remedy } = problemCatalogue[code];
  const body: ProblemBody = {
    type: `docs/problems.md#${code}`,
    title,
    status,
    detail: facts.detail ?? title,
    code,
    ...(facts.errors === undefined ? {} : { errors: [...facts.errors] }),
    remedy,
    ...(facts.correlationId === undefined ? {} : { correlationId: facts.correlationId }),
    traceId,
  };
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      ...(facts.retryAfter === undefined ? {} : { 'retry-after': String(facts.retryAfter) }),
    },
    body: JSON.stringify(body),
  };
}
