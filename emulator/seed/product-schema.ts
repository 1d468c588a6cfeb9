import { z } from 'zod';
import { PACKAGE_TYPES } from '../ingestion/document/file-types';
import { PRODUCT_TYPES } from '../ingestion/products/product-types';

const Guid = z.guid().toLowerCase();
/** Members as on the wire. */
const Members = z.record(z.string(), z.unknown());

const ListingSeed = z.looseObject({
  languageCode: z.string().default('en-us'),
  /** Uploaded pictures; `type` such as `AzureLogoLarge`. */
  images: z.array(z.looseObject({ fileName: z.string(), type: z.string() })).default([]),
});

/** What a product or a plan says in its modules. What is left out is as in a new one. */
const ModulesSeed = z.strictObject({
  /** One per language; instead of the one that a new product has. */
  listings: z.array(ListingSeed).min(1).optional(),
  property: Members.optional(),
  availability: Members.optional(),
  /** Codes of markets that are enabled; of a plan. */
  markets: z.array(z.string()).optional(),
  configuration: Members.optional(),
  /** File names of packages that the configuration refers to. */
  packages: z.array(z.string()).optional(),
});
export type ModulesSeed = z.infer<typeof ModulesSeed>;

const ContentSeed = ModulesSeed.extend({
  /** By plan id. */
  plans: z.record(z.string(), ModulesSeed).default({}),
});
export type ContentSeed = z.infer<typeof ContentSeed>;

/** A product of the marketplace. */
export const ProductSeed = z.strictObject({
  id: Guid,
  type: z.enum(PRODUCT_TYPES),
  name: z.string(),
  offerId: z.string(),
  isModularPublishing: z.boolean().optional(),
  setup: Members.optional(),
  reseller: Members.optional(),
  packages: z
    .array(
      z.strictObject({
        id: Guid.optional(),
        fileName: z.string(),
        type: z.enum(PACKAGE_TYPES).default('AzureApplicationPackage'),
        state: z.enum(['Processed', 'ProcessFailed']).default('Processed'),
      }),
    )
    .default([]),
  plans: z
    .array(
      z.strictObject({
        id: Guid.optional(),
        externalID: z.string(),
        friendlyName: z.string(),
        state: z.enum(['Active', 'Inactive']).default('Active'),
        subType: z.enum(['managed-application', 'solution-template']).optional(),
      }),
    )
    .default([]),
  content: ContentSeed.prefault({}),
  /** Whether `content` is live; absent: never published. */
  published: z.strictObject({ releaseNumber: z.int().positive().default(1) }).optional(),
  /** How drafts differ from what is live. */
  draft: ContentSeed.optional(),
});
export type ProductSeed = z.infer<typeof ProductSeed>;
