import { z } from 'zod';
import { OFFER_STATES } from './model';

const Id = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,49}$/, 'an id has small letters, digits, _ and -');

const DefinitionSeed = z.looseObject({
  displayText: z.string().default(''),
  offer: z.record(z.string(), z.unknown()).default({}),
  plans: z.array(z.looseObject({ planId: z.string().min(1) })).default([]),
});

/** What is in a slot; true: the same as in the draft. */
const SlotSeed = z.union([z.literal(true), DefinitionSeed]).optional();

const OfferSeed = z.strictObject({
  id: Id,
  offerTypeId: z.string().default('microsoft-azure-virtualmachines'),
  /** Whether Partner Center has taken it over. */
  migrated: z.boolean().default(false),
  /** Of what is in production; a number that may be larger than a double holds. */
  version: z
    .string()
    .regex(/^[1-9]\d*$/)
    .optional(),
  draft: DefinitionSeed,
  preview: SlotSeed,
  production: SlotSeed,
  /** Follows from the slots unless told otherwise. */
  status: z.enum([...OFFER_STATES, 'waitingForPublisherReview']).optional(),
});
export type OfferSeed = z.infer<typeof OfferSeed>;

/** A publisher of a seed, with its offers. */
export const PublisherSeed = z.strictObject({
  id: Id,
  displayText: z.string(),
  sellerId: z.int().positive(),
  offers: z.array(OfferSeed).default([]),
});
export type PublisherSeed = z.infer<typeof PublisherSeed>;
