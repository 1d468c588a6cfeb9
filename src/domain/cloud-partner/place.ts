import type { FaultCode } from '../fault-catalogue';
import { jsonPointer } from '../json-pointer';
import type { Fault } from '../release';

/** Where in the release document a patch is, and what was found there. */
export interface Place {
  readonly path: readonly PropertyKey[];
  /** Grows while a patch is applied. */
  readonly faults: Fault[];
}

export function below(at: Place, ...names: readonly PropertyKey[]): Place {
  return { ...at, path: [...at.path, ...names] };
}

export function refuse(at: Place, code: FaultCode, message: string): void {
  at.faults.push({ pointer: jsonPointer(at.path), code, message });
}
