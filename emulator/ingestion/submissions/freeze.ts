import type { Ground } from '../ground';
import { nextGuid } from '../ids';
import type { IngestionProduct, Instance, Row } from '../model';

/**
 * A copy of an instance that nothing changes any more. *Observed*: it has another id than the draft. *Assumed*: so do the
 * rows in it; what they refer to, such as packages, keeps its id.
 */
export function freeze(ground: Ground, product: IngestionProduct, instance: Instance): Instance {
  const { module, variant } = instance;
  const rows = module === 'ResellerConfiguration' ? [resellerRow(ground, product)] : instance.rows;
  return {
    id: nextGuid(ground.state),
    module,
    ...(variant !== undefined && { variant }),
    created: ground.now,
    rows: rows.map((row) => freezeRow(ground, row)),
    ...(module === 'Package' && { packages: packagesOf(product, rows) }),
  };
}

function resellerRow({ state }: Ground, { reseller }: IngestionProduct): Row {
  return { id: nextGuid(state), type: 'ResellerConfiguration', members: reseller };
}

function freezeRow(ground: Ground, row: Row): Row {
  const { images, assets, videos, ...rest } = row;
  const copies = (rows: Row[]): Row[] => rows.map((file) => freezeRow(ground, file));
  return {
    ...structuredClone(rest),
    id: nextGuid(ground.state),
    ...(images && { images: copies(images) }),
    ...(assets && { assets: copies(assets) }),
    ...(videos && { videos: copies(videos) }),
  };
}

/** The packages that configurations refer to, as they are, those of earlier submissions included. */
function packagesOf(product: IngestionProduct, rows: readonly Row[]): Row[] {
  const frozen = product.submissions.flatMap((submission) =>
    submission.frozen.flatMap(({ packages }) => packages ?? []),
  );
  const known = [...product.packages, ...frozen.toReversed()];
  return referencesOf(rows).flatMap((id) => structuredClone(known.find((row) => row.id === id)) ?? []);
}

/** Ids of the packages that configurations refer to. */
export function referencesOf(rows: readonly Row[]): string[] {
  return rows.flatMap(({ members }) => {
    const references: unknown = members['packageReferences'];
    // The shape of a configuration says what its references are.
    return Array.isArray(references) ? (references as { value: string }[]).map(({ value }) => value.toLowerCase()) : [];
  });
}
