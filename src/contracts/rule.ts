import type { FaultCode } from '../domain/fault-catalogue';

/** A message of ours, with its code, on a check of a schema. */
export function fault(code: FaultCode, message: string): { params: { code: FaultCode }; error: string } {
  return { params: { code }, error: message };
}

/** The code that {@link fault} attached to an issue, if it did. */
export function faultCodeOf(issue: { readonly params?: Record<string, unknown> | undefined }): FaultCode | undefined {
  // `fault` is the only one who sets it.
  return issue.params?.['code'] as FaultCode | undefined;
}
