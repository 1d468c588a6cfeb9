import { LISTING_FILES, type IngestionProduct, type Row } from '../model';

/** The product that a place in the upload storage was given out for. */
export function productOfBlob(products: Iterable<IngestionProduct>, blob: string): IngestionProduct | undefined {
  return [...products].find((product) => filesOf(product).some((row) => usesBlob(row, blob)));
}

function filesOf({ packages, drafts }: IngestionProduct): Row[] {
  return [...packages, ...drafts.flatMap(({ rows }) => rows.flatMap((row) => [row, ...filesBelow(row)]))];
}

/** The files of a listing. */
export function filesBelow(row: Row): Row[] {
  return LISTING_FILES.flatMap((name) => row[name] ?? []);
}

function usesBlob({ upload, thumbnail }: Row, blob: string): boolean {
  return upload?.blob === blob || thumbnail?.blob === blob;
}
