import { z } from 'zod';
import { SUBMISSION_STATUSES } from '../core/model';
import { AddOnContent } from '../store/document/add-on-content';
import { ApplicationContent } from '../store/document/application-content';
import { FlightContent } from '../store/document/flight-content';
import { ProductSeed } from './product-schema';

const Guid = z.guid();
const When = z.iso.datetime({ offset: true });
const StoreId = z.string().regex(/^[A-Z0-9]{12}$/, 'a Store ID has 12 capital letters and digits');

export const ClientSeed = z.strictObject({
  id: Guid,
  name: z.string(),
  secrets: z.array(z.strictObject({ value: z.string(), expires: When.optional() })).default([]),
  /** PEM certificates for client assertions. */
  certificates: z.array(z.string()).default([]),
  role: z.enum(['Manager', 'Reader', 'None', 'NotOnboarded']).default('Manager'),
  /** Name of a Partner Center account below; absent: none. */
  account: z.string().optional(),
  readsVault: z.boolean().default(false),
});

const TenantSeed = z.strictObject({
  id: Guid,
  domain: z.string().optional(),
  clients: z.array(ClientSeed).default([]),
});

/** What a seed says of a submission, besides its document. */
const SubmissionSeed = z.strictObject({
  id: z.string().regex(/^\d{19}$/),
  number: z.int().positive(),
  status: z.enum(SUBMISSION_STATUSES).default('PendingCommit'),
  portal: z.boolean().default(false),
  advancedPricing: z.boolean().default(true),
  /** What buyers pay where the API shows `Base`. */
  hiddenPrice: z.string().optional(),
  rolloutStatus: z
    .enum(['PackageRolloutNotStarted', 'PackageRolloutInProgress', 'PackageRolloutStopped', 'PackageRolloutComplete'])
    .default('PackageRolloutNotStarted'),
  fallbackSubmissionId: z.string().default('0'),
  errors: z.array(z.strictObject({ code: z.string(), details: z.string() })).default([]),
  /** Warnings besides those that follow from the document. */
  warnings: z.array(z.strictObject({ code: z.string(), details: z.string() })).default([]),
  /** Certification reports. */
  reports: z.array(z.strictObject({ date: z.string(), reportUrl: z.string() })).default([]),
});

/** The submissions of a product. A `document` is as on the wire; what is left out gets the defaults of the API. */
function submissions<T extends z.ZodType>(document: T) {
  const submission = SubmissionSeed.extend({ document });
  return {
    /** Earlier submissions, such as the one that a rollout falls back to. */
    history: z.array(submission).default([]),
    published: submission.optional(),
    pending: submission.optional(),
  };
}

const FlightSeed = z.strictObject({
  id: Guid,
  friendlyName: z.string(),
  groupIds: z.array(z.string().regex(/^\d+$/)).default([]),
  ...submissions(FlightContent),
});
export type FlightSeed = z.infer<typeof FlightSeed>;

const AddOnSeed = z.strictObject({
  id: StoreId,
  productId: z.string(),
  /** The API makes two of them and shows the others. */
  productType: z.enum(['Durable', 'Consumable', 'Subscription', 'UnmanagedConsumable', 'NotSet']).default('Durable'),
  unsupportedFeatures: z.boolean().default(false),
  ...submissions(AddOnContent),
});
export type AddOnSeed = z.infer<typeof AddOnSeed>;

const ApplicationSeed = z.strictObject({
  id: StoreId,
  primaryName: z.string(),
  packageIdentityName: z.string(),
  publisherName: z.string().startsWith('CN='),
  hasAdvancedListingPermission: z.boolean().default(true),
  ageRatingDone: z.boolean().default(true),
  unsupportedFeatures: z.boolean().default(false),
  firstPublished: When.optional(),
  ...submissions(ApplicationContent),
  /** Highest rank first. */
  flights: z.array(FlightSeed).default([]),
  addOns: z.array(AddOnSeed).default([]),
});
export type ApplicationSeed = z.infer<typeof ApplicationSeed>;

/** The submissions of one product of a seed, whatever its kind. */
export type SubmissionsSeed = Pick<ApplicationSeed | FlightSeed | AddOnSeed, 'history' | 'published' | 'pending'>;

const AccountSeed = z.strictObject({
  name: z.string(),
  applications: z.array(ApplicationSeed).default([]),
  /** Of the marketplace. */
  products: z.array(ProductSeed).default([]),
});

const SecretSeed = z.strictObject({
  name: z.string().regex(/^[0-9A-Za-z-]{1,127}$/),
  versions: z
    .array(
      z.strictObject({
        version: z
          .string()
          .regex(/^[0-9a-f]{32}$/)
          .optional(),
        value: z.string(),
        enabled: z.boolean().default(true),
        contentType: z.string().optional(),
        notBefore: When.optional(),
        expires: When.optional(),
      }),
    )
    .min(1),
});

/** A seed file. */
export const Seed = z.strictObject({
  tenants: z.array(TenantSeed).min(1),
  accounts: z.array(AccountSeed).default([]),
  vault: z.strictObject({ tenant: Guid, secrets: z.array(SecretSeed).default([]) }),
  /** The client whose credential is printed at the start. */
  client: Guid,
});
export type Seed = z.infer<typeof Seed>;
/** A seed as people write it: what has a default may be left out. */
export type SeedInput = z.input<typeof Seed>;
