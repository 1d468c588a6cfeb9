import type { Failure } from './failure';
import { failureCatalogue } from './failure-catalogue';
import type { FailureView, StepName } from './release';

/** A failure as people see it: what happened here, and what the catalogue says to do about it. */
export function describeFailure(failure: Failure, step: StepName | null): FailureView {
  const { title, remedy } = failureCatalogue[failure.code];
  return {
    code: failure.code,
    title,
    detail: failure.message,
    remedy,
    retryable: failure.retryable,
    step,
    errors: failure.errors ?? [],
    correlationId: failure.correlationId ?? null,
    docs: `docs/failures.md#${failure.code}`,
  };
}
