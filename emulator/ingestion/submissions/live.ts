import { LISTING_FILES, type IngestionProduct, type Instance, type ProductSubmission, type Row } from '../model';
import { renderProduct, renderRow } from '../render';

/** The submission that is live. */
export function liveOf(product: IngestionProduct): ProductSubmission | undefined {
  return product.submissions.find(({ id }) => id === product.live);
}

/** What a submission makes live: what it froze, and what it leaves as it was. */
export function effectiveInstances(product: IngestionProduct, submission: ProductSubmission): Instance[] {
  const all = product.submissions.flatMap(({ frozen }) => frozen);
  return submission.effective.flatMap((id) => all.find((instance) => instance.id === id) ?? []);
}

/** What buyers see of a product, for those who test: the services show it only in pieces. */
export function liveView(product: IngestionProduct): unknown {
  const live = liveOf(product);
  if (!live) return { product: renderProduct(product), submission: null };
  const instances = effectiveInstances(product, live);
  const modulesOf = (variant: string | undefined): unknown =>
    Object.fromEntries(
      instances.filter((instance) => instance.variant === variant).map((found) => [found.module, viewOf(found)]),
    );
  return {
    product: renderProduct(product),
    submission: live.id,
    releaseNumber: live.releaseNumber,
    modules: modulesOf(undefined),
    plans: live.variants.map((variant) => ({ variant: renderRow(variant), modules: modulesOf(variant.id) })),
  };
}

function viewOf({ id, rows, packages }: Instance): unknown {
  return { id, rows: rows.map(viewOfRow), ...(packages && { packages: packages.map(renderRow) }) };
}

function viewOfRow(row: Row): unknown {
  const files = LISTING_FILES.flatMap((name) => (row[name] ? [[name, row[name].map(renderRow)] as const] : []));
  return { ...renderRow(row), ...Object.fromEntries(files) };
}
