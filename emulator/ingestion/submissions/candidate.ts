import type { IngestionProduct, Instance, Variant } from '../model';

/** What a submission would make live. */
export interface Candidate {
  readonly product: IngestionProduct;
  readonly instances: readonly Instance[];
  readonly variants: readonly Variant[];
}
