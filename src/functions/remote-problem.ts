import type { Failure, Result } from '../domain/failure';
import type { FailureCode } from '../domain/failure-catalogue';
import type { ProblemCode } from '../domain/problem-catalogue';
import { Problem } from './problem';

/** What Partner Center answered, or the problem that it stands for. @throws Problem */
export function valueOf<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw remoteProblem(result.failure);
}

const codes: Partial<Record<FailureCode, ProblemCode>> = {
  'product-not-found': 'product-not-found',
  'submission-lost': 'product-not-found',
  'product-forbidden': 'product-forbidden',
  'unsupported-features': 'unsupported-features',
  'account-unknown': 'account-unusable',
  'account-not-allowed': 'account-unusable',
  'credential-refused': 'account-unusable',
  'credential-unavailable': 'account-unusable',
  'rate-limited': 'budget-spent',
  'product-busy': 'not-deletable',
  'draft-edited-in-portal': 'not-deletable',
  'storage-unavailable': 'storage-unavailable',
  'run-ended-unexpectedly': 'internal-error',
  'activity-interrupted': 'internal-error',
};

const usualWaitMs: Partial<Record<ProblemCode, number>> = {
  'account-unusable': 60_000,
  'budget-spent': 60_000,
  'partner-center-unavailable': 30_000,
  'storage-unavailable': 10_000,
};

/** A failed question to Partner Center, as it is answered here. */
export function remoteProblem({ code, message, retryAfterMs, correlationId }: Failure): Problem {
  const problem = codes[code] ?? 'partner-center-unavailable';
  const waitMs = usualWaitMs[problem];
  return new Problem(problem, {
    detail: message,
    ...(correlationId === undefined ? {} : { correlationId }),
    ...(waitMs === undefined ? {} : { retryAfter: Math.ceil((retryAfterMs ?? waitMs) / 1000) }),
  });
}
