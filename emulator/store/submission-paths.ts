import type { ProductKind } from './products/product-kind';

/** Where the submissions of a kind of product are. */
export function submissionsPath({ path }: ProductKind): string {
  return `${path}/submissions`;
}

/** Where one of them is. */
export function submissionPath(kind: ProductKind): string {
  return `${submissionsPath(kind)}/:submissionId`;
}
