import type { FaultCode } from '../../fault-catalogue';
import { jsonPointer } from '../../json-pointer';
import type { Fault } from '../../release';

/** What applying changes must know besides the submission. */
export interface ChangeContext {
  /** SHA-256 of the bytes of an asset, in hexadecimal, by its path in the release document. */
  readonly sha256Of: (asset: string) => string | undefined;
  /** The id, as exported, of what this service put in a place before with these bytes. */
  readonly known: (place: string, sha256: string) => string | undefined;
  /** Whether the app may have trailers and gaming options; absent = nobody knows. */
  readonly hasAdvancedListingPermission?: boolean | undefined;
}

/** A file to put into the archive for Partner Center. */
export interface AssetFile {
  /** Path in the release document. */
  readonly asset: string;
  /** Name in the archive, and in the submission. */
  readonly zipPath: string;
  /** Where it is shown, as `en-us/Screenshot`. */
  readonly place: string;
  readonly sha256: string;
}

/** Where in the release document a patch is, and what was found there. */
export interface Place {
  readonly path: readonly PropertyKey[];
  /** The keys passed on the way, as the API writes them: `en-us`. */
  readonly keys: readonly string[];
  readonly context: ChangeContext;
  /** Grows while a patch is applied. */
  readonly found: { readonly faults: Fault[]; readonly files: AssetFile[] };
}

export function changesPlace(context: ChangeContext): Place {
  return { path: ['changes'], keys: [], context, found: { faults: [], files: [] } };
}

export function below(at: Place, name: PropertyKey): Place {
  return { ...at, path: [...at.path, name] };
}

export function belowKey(at: Place, name: string, key: string): Place {
  return { ...below(at, name), keys: [...at.keys, key] };
}

export function refuse(at: Place, code: FaultCode, message: string): void {
  at.found.faults.push({ pointer: jsonPointer(at.path), code, message });
}

/** Trailers and gaming options are for apps that Microsoft allowed them. */
export function demandAdvancedListing(at: Place, what: string): void {
  if (at.context.hasAdvancedListingPermission !== false) return;
  refuse(at, 'advanced-listing', `The app has no permission for ${what}: ask Microsoft for advanced listings.`);
}
