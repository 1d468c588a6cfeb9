import type { Fault } from '../release';
import type { StoreProduct } from './product';
import type { Shape } from './changes/shape';
import { storeAddOn } from './changes/store-add-on';
import { storeApp } from './changes/store-app';
import { storeFlight } from './changes/store-flight';
import type { StorePackage, StoreSubmission } from './submission';
import { unfitAddOn, unfitApp } from './unfit-content';
import type { Situation } from './unfit-content';

export type StoreKind = StoreProduct['kind'];

/** Where the submissions of the three targets differ. */
export interface StoreMapping {
  /** What `changes` and an export speak of. */
  readonly shape: Shape;
  /** The member with the packages; `null` = it has none, and so no rollout. */
  readonly packages: 'applicationPackages' | 'flightPackages' | null;
  /** What Partner Center would refuse about the whole, beyond the single members. */
  readonly unfit: (planned: StoreSubmission, situation: Situation) => readonly Fault[];
}

const mappings: Readonly<Record<StoreKind, StoreMapping>> = {
  'store-app': { shape: storeApp, packages: 'applicationPackages', unfit: unfitApp },
  'store-flight': { shape: storeFlight, packages: 'flightPackages', unfit: () => [] },
  'store-add-on': { shape: storeAddOn, packages: null, unfit: unfitAddOn },
};

export function mappingOf(kind: StoreKind): StoreMapping {
  return mappings[kind];
}

/** The packages of a submission of this kind. */
export function packagesIn(kind: StoreKind, submission: StoreSubmission): readonly StorePackage[] {
  const { packages } = mappings[kind];
  return packages === null ? [] : (submission[packages] ?? []);
}
