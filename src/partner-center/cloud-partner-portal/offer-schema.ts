import { z } from 'zod';
import { open } from '../http';
import type { MigrationStatus, OfferStatusValue } from './enums';
import { ExactNumber } from './exact-json';

/**
 * Publishers and offers as they come over the wire (sections A.4 and A.5 of the specification). What is read is written
 * back, so nothing is dropped: members that are not listed are kept, `null` stays `null`, and numbers that a double
 * cannot hold are `ExactNumber`s. Enums are open. Secrets come back blank or not at all; addresses of artifacts come
 * back as the service's own, signed: neither logs nor records may show them.
 */

export const id = z.string().min(1);

/** Also beyond 2^53: `parseExact` leaves a number a number where it is held digit for digit, as one with zeros at its end. */
const whole = z.number().refine(Number.isInteger);

/** A version: always its decimal digits. A migrated offer's is an opaque number beyond 2^53. */
export const Version = z
  .union([whole, z.string().regex(/^-?\d+$/), ExactNumber])
  .transform((version) => (typeof version === 'object' ? version.$number : String(version)));

/** A namespace of offers. Shape: known from a client alone (A1). */
export const Publisher = z.looseObject({
  id,
  version: Version.nullish(),
  definition: z
    .looseObject({ displayText: z.string().nullish(), offerTypeCategories: z.array(z.string()).nullish() })
    .nullish(),
});
export type Publisher = z.output<typeof Publisher>;

const summaryMembers = {
  id,
  publisherId: z.string().nullish(),
  offerTypeId: z.string().nullish(),
  status: open<OfferStatusValue>().nullish(),
  /** `"0"` until the first publication, one more with each: the offer's own, not the draft's. */
  version: Version.nullish(),
  /** UTC; may lack the `Z`, and have 3 or 7 digits of fraction. */
  changedTime: z.string().nullish(),
  lockStatus: z.string().nullish(),
  pcMigrationStatus: open<MigrationStatus>().nullish(),
  pcRedirectUri: z.string().nullish(),
} as const;

/** An offer in a list: without its content. */
export const OfferSummary = z.looseObject({
  ...summaryMembers,
  definition: z.looseObject({ displayText: z.string().nullish() }).nullish(),
});
export type OfferSummary = z.output<typeof OfferSummary>;

/** A plan: flat keys with a dotted prefix, such as `microsoft-azure-virtualmachines.skuTitle`. */
const Plan = z.looseObject({ planId: id });

/** The content of an offer: of the offer itself (flat keys, `microsoft-azure-marketplace.title`), and of its plans. */
export const OfferDefinition = z.looseObject({
  displayText: z.string().nullish(),
  offer: z
    .record(z.string(), z.unknown())
    .nullish()
    .transform((members) => members ?? {}),
  plans: z
    .array(Plan)
    .nullish()
    .transform((plans) => plans ?? []),
});
export type OfferDefinition = z.output<typeof OfferDefinition>;

/** A whole offer: its draft, an earlier version, or what is in a slot. */
export const Offer = z.looseObject({ ...summaryMembers, offerTypeId: id, definition: OfferDefinition });
export type Offer = z.output<typeof Offer>;

/** What kinds of offers there are. Its shape is not published: whatever comes is kept. */
export const OfferType = z.unknown();
