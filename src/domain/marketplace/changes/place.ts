import type { FaultCode } from '../../fault-catalogue';
import { jsonPointer } from '../../json-pointer';
import type { Fault } from '../../release';

/** A package that the document has for a plan. */
export interface PlanPackage {
  readonly plan: string;
  /** As the plan's package configuration shows it. */
  readonly version: string;
  readonly fileName: string;
  /** Of its bytes, in hexadecimal. */
  readonly sha256: string;
  /** Where the document has it; absent = `/packages/<its place in the list>`. */
  readonly pointer?: string | undefined;
}

/** What applying changes must know besides the content. */
export interface ChangeContext {
  readonly packages: readonly PlanPackage[];
  /** SHA-256 of the bytes of an asset, in hexadecimal, by its path in the release document. */
  readonly sha256Of: (asset: string) => string | undefined;
  /** Of the product, as `AzureApplication`; absent = told from what the content has. */
  readonly resourceType?: string | undefined;
}

/** A file of the document that a listing shows from now on. */
export interface AssetFile {
  /** Path in the release document. */
  readonly asset: string;
  /** The key of the resource that shows it. */
  readonly key: string;
  /** As Partner Center shows it. */
  readonly fileName: string;
  readonly sha256: string;
}

/** Where in the release document a patch is, and what was found there. */
export interface Place {
  readonly path: readonly PropertyKey[];
  /** The key of the resource that the patch is about. */
  readonly key: string;
  readonly context: ChangeContext;
  /** Grows while a patch is applied. */
  readonly found: { readonly faults: Fault[]; readonly files: AssetFile[] };
}

export function changesPlace(context: ChangeContext): Place {
  return { path: ['changes'], key: '', context, found: { faults: [], files: [] } };
}

export function below(at: Place, ...names: readonly PropertyKey[]): Place {
  return { ...at, path: [...at.path, ...names] };
}

/** The same place, about another resource. */
export function about(at: Place, key: string): Place {
  return { ...at, key };
}

export function refuse(at: Place, code: FaultCode, message: string): void {
  at.found.faults.push({ pointer: jsonPointer(at.path), code, message });
}
