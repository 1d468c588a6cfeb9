import { z } from 'zod';
import type { AddOnProductType, FileStatus } from './enums';
import {
  id,
  open,
  pageOf,
  pricingMembers,
  publishingMembers,
  readOnlyMembers,
  SubmissionRef,
  texts,
  tolerant,
  withoutUploadUrl,
} from './submission-schema';

const Owners = z.looseObject({
  value: z.array(z.looseObject({ id, resourceLocation: z.string().optional() })).default([]),
  totalCount: z.number().optional(),
});

/** An add-on. Source: "Manage add-ons", section "Add-on resource". */
export const AddOn = tolerant(
  z.looseObject({
    id,
    /** The app it belongs to: always one. The page speaks of an array, its sample shows the object: read as the latter. */
    applications: z.preprocess((raw) => (Array.isArray(raw) ? { value: raw } : raw), Owners).optional(),
    /** The developer's own id, as the code of the app knows it. */
    productId: z.string().optional(),
    /** Reading shows more than a create takes: `Subscription`, `UnmanagedConsumable`, `NotSet`. */
    productType: open<AddOnProductType>().optional(),
    lastPublishedInAppProductSubmission: SubmissionRef.optional(),
    pendingInAppProductSubmission: SubmissionRef.optional(),
  }),
);
export type AddOn = z.output<typeof AddOn>;
export const AddOnPage = pageOf(AddOn);

const AddOnListing = z.looseObject({
  title: z.string().optional(),
  description: z.string().optional(),
  icon: z.looseObject({ fileName: z.string().optional(), fileStatus: open<FileStatus>().optional() }).optional(),
});

/** Everything of an add-on submission that a PUT can write (section "Update an add-on submission"). */
export const addOnMembers = {
  /** `NotSet` in a fresh one, which a PUT refuses. */
  contentType: z.string().optional(),
  keywords: texts.optional(),
  lifetime: z.string().optional(),
  /** By language. */
  listings: z.record(z.string(), AddOnListing).default({}),
  pricing: z.looseObject(pricingMembers).optional(),
  ...publishingMembers,
  /** What the developer keeps with it. */
  tag: z.string().optional(),
  visibility: z.string().optional(),
} as const;

/** A whole submission, without its upload address. */
export const AddOnSubmission = tolerant(z.looseObject({ ...readOnlyMembers, ...addOnMembers })).transform(
  withoutUploadUrl,
);
export type AddOnSubmission = z.output<typeof AddOnSubmission>;
