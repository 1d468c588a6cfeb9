import type { FaultCode } from '../fault-catalogue';
import { jsonPointer } from '../json-pointer';
import type { Fault } from '../release';
import type { Warning } from './warning-catalogue';

/** A file that changes name. */
export interface AssetReference {
  readonly pointer: string;
  /** As an asset's path. */
  readonly file: string;
}

/** The files that changes name, in their order: wherever an object has a text as its `file`. */
export function referencedAssets(changes: unknown, path: readonly PropertyKey[] = ['changes']): AssetReference[] {
  if (typeof changes !== 'object' || changes === null) return [];
  return Object.entries(changes).flatMap(([name, value]: [string, unknown]) => {
    const there = [...path, name];
    if (name === 'file' && typeof value === 'string') return [{ pointer: jsonPointer(there), file: value }];
    return referencedAssets(value, there);
  });
}

/**
 * Whether every file that changes name is among the assets of the document, and every asset is named. An asset whose
 * path ends in "/" is a ZIP and may hold whatever is named below it; what it holds shows when it is opened. Paths are
 * compared without case.
 */
export function compareAssets(
  changes: unknown,
  assets: readonly { readonly path: string }[],
): { readonly faults: readonly Fault[]; readonly warnings: readonly Warning[] } {
  const named = referencedAssets(changes);
  const holds = (path: string, file: string): boolean =>
    path.endsWith('/') ? file.toLowerCase().startsWith(path.toLowerCase()) : file.toLowerCase() === path.toLowerCase();
  const missing = named.filter(({ file }) => !assets.some(({ path }) => holds(path, file)));
  const code: FaultCode = 'asset-not-found';
  return {
    faults: missing.map(({ pointer, file }) => ({ pointer, code, message: `The document has no asset "${file}".` })),
    warnings: assets.flatMap(({ path }, index) =>
      named.some(({ file }) => holds(path, file))
        ? []
        : [{ code: 'asset-unused', message: `Nothing names "${path}".`, pointer: `/assets/${index}` }],
    ),
  };
}
