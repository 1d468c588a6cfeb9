/** Where the hashes of a package lie among a release's working files. */
export function packageFactsName(index: number): string {
  return `packages/${index}/facts`;
}

/** Where what was found in a package lies. */
export function checkedPackageName(index: number): string {
  return `packages/${index}/checked`;
}

/** Where the hashes of a file that `changes` name lie. */
export function assetFactsName(index: number): string {
  return `assets/${index}/facts`;
}

/** Where the hashes of all of them lie together, by path in lower case. */
export const checkedAssetsName = 'assets/checked';
