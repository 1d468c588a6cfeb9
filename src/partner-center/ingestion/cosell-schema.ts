import { z } from 'zod';
import { open, tolerant } from '../http';
import type { FileState } from './enums';
import { entityMembers, secretUrl, texts, TypeValuePair } from './resource-schema';

/** A document for Microsoft's sellers. */
export const CosellAsset = tolerant(
  z.looseObject({
    ...entityMembers,
    fileName: z.string().optional(),
    type: z.string().optional(),
    state: open<FileState>().optional(),
    fileSasUri: secretUrl,
  }),
);
export type CosellAsset = z.output<typeof CosellAsset>;

const CosellContact = z.looseObject({
  type: z.string().optional(),
  name: z.string().optional(),
  email: z.string().optional(),
  jobTitle: z.string().optional(),
  role: z.string().optional(),
  regions: texts.optional(),
  subRegions: texts.optional(),
});

/** What Microsoft's sellers are told of an offer. */
export const CosellListing = tolerant(
  z.looseObject({
    ...entityMembers,
    /** The address has the instance's id; unverified whether the body has one. */
    id: z.string().optional(),
    offerPlatforms: texts.optional(),
    endCustomerSegments: texts.optional(),
    offerType: z.string().optional(),
    solutionAreas: z.array(z.looseObject({ area: z.string().optional(), subAreas: texts.optional() })).optional(),
    assetReferences: z.array(TypeValuePair).optional(),
    contacts: z.array(CosellContact).optional(),
  }),
);
export type CosellListing = z.output<typeof CosellListing>;
