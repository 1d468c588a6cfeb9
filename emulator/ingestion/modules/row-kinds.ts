import type { Services } from '../../core/services';
import type { Module, Row } from '../model';
import { CONFIGURATION_TYPES } from '../document/configuration-types';

/** What the resources of one module have in common. */
export interface RowKind {
  /** In names of operations. */
  readonly name: string;
  readonly plural: string;
  /** Below a product. */
  readonly path: string;
  readonly module: Module;
  readonly types: readonly string[];
  /** Whether a PUT needs `If-Match`. */
  readonly needsIfMatch: boolean;
  /** Members that show only when `$expand` names them. */
  readonly expandable?: readonly string[];
  /** Whether there are GET and POST of the whole collection; what POST answers. */
  readonly collection?: (services: Services) => number;
}

/** The resources that live in the instances of modules; listings and their files have their own operations. */
export const ROW_KINDS: readonly RowKind[] = [
  {
    name: 'ProductAvailability',
    plural: 'ProductAvailabilities',
    path: 'productAvailabilities',
    module: 'Availability',
    types: ['ProductAvailability'],
    needsIfMatch: true,
    collection: () => 201,
  },
  {
    name: 'Property',
    plural: 'Properties',
    path: 'properties',
    module: 'Property',
    types: ['AzureProperty'],
    needsIfMatch: true,
    collection: ({ world }) => Number(world.settings.switches.propertyStatus),
  },
  {
    name: 'PackageConfiguration',
    plural: 'PackageConfigurations',
    path: 'packageConfigurations',
    module: 'Package',
    types: Object.keys(CONFIGURATION_TYPES),
    needsIfMatch: true,
  },
  {
    name: 'FeatureAvailability',
    plural: 'FeatureAvailabilities',
    path: 'featureAvailabilities',
    module: 'Availability',
    types: ['FeatureAvailability'],
    needsIfMatch: true,
    expandable: ['marketStates', 'trial', 'priceSchedules'],
  },
  {
    name: 'SupplementalContent',
    plural: 'SupplementalContents',
    path: 'supplementalContents',
    module: 'SupplementalContent',
    types: ['SupplementalContent'],
    needsIfMatch: true,
  },
  {
    name: 'CosellListing',
    plural: 'CosellListings',
    path: 'cosellListing',
    module: 'Cosell',
    types: ['CosellListing'],
    needsIfMatch: false,
  },
];

/** Whether a row is one of this kind. */
export function isOf(kind: RowKind): (row: Row) => boolean {
  return (row) => kind.types.includes(row.type);
}
