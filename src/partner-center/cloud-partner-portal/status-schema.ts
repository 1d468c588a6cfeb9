import { z } from 'zod';
import { open, tolerant } from '../http';
import type { MessageLevel, OfferStatusValue, StepStatus, SubmissionState } from './enums';
import { id, Version } from './offer-schema';

/**
 * How offers and their operations are, as they come over the wire (section A.4 of the specification). Only read, never
 * written back: missing and `null` are the same. Members that are not listed are kept, enums are open.
 */

const StatusMessage = z.looseObject({
  /** HTML, of the service: never to be shown as it is. */
  messageHtml: z.string().default(''),
  level: open<MessageLevel>().optional(),
  timestamp: z.string().optional(),
});
export type StatusMessage = z.output<typeof StatusMessage>;

const Step = z.looseObject({
  /** A `StepId`, but see `isSignoff`. */
  id: z.string().optional(),
  stepName: z.string().optional(),
  description: z.string().optional(),
  status: open<StepStatus>(),
  estimatedTimeFrame: z.string().optional(),
  messages: z.array(StatusMessage).default([]),
  /** 0–100. */
  progressPercentage: z.number().optional(),
});
export type Step = z.output<typeof Step>;

const Link = z.looseObject({ displayText: z.string().optional(), uri: z.string() });

const statusMembers = {
  status: open<OfferStatusValue>(),
  messages: z.array(StatusMessage).default([]),
  /** In their order; none before the first publication. */
  steps: z.array(Step).default([]),
  previewLinks: z.array(Link).default([]),
  liveLinks: z.array(Link).default([]),
  /** Parted by commas; never there for a migrated offer, which uses the seller's contact. */
  notificationEmails: z.string().optional(),
} as const;

/** Where an offer stands (A7). */
export const OfferStatus = tolerant(z.looseObject(statusMembers));
export type OfferStatus = z.output<typeof OfferStatus>;

/** One operation of an offer's list (A12). */
export const Operation = tolerant(
  z.looseObject({
    id,
    offerId: z.string().optional(),
    publisherId: z.string().optional(),
    offerTypeId: z.string().optional(),
    offerVersion: Version.optional(),
    publishingVersion: Version.optional(),
    /** `publish`, `goLive`, …. */
    submissionType: z.string().optional(),
    submissionState: open<SubmissionState>(),
    slot: z.string().optional(),
    /** Eighteen digits: grows with each change of the operation. */
    version: Version.optional(),
    changedTime: z.string().optional(),
  }),
);
export type Operation = z.output<typeof Operation>;

const Detail = z.looseObject({
  ...statusMembers,
  publishingVersion: Version.optional(),
  offerVersion: Version.optional(),
  /** `canCancel` as long as it can be canceled. */
  cancellationRequestState: z.string().optional(),
});

/** One operation by its address (A13, A14). The page's sample wraps it in an array, clients read an object: both are read. */
export const OperationDetail = tolerant(
  z.preprocess((raw) => (Array.isArray(raw) && raw.length === 1 ? (raw[0] as unknown) : raw), Detail),
);
export type OperationDetail = z.output<typeof OperationDetail>;
