import { z } from 'zod';
import { tolerant } from '../http';
import { entityMembers, secretUrl, texts } from './resource-schema';

/** Documents that go along with an offer for Dynamics 365, for its certification. */
export const SupplementalContent = tolerant(
  z.looseObject({
    ...entityMembers,
    /** The address has the instance's id; unverified whether the body has one. */
    id: z.string().optional(),
    targetRelease: z.string().optional(),
    supportedEditions: texts.optional(),
    assets: z
      .array(
        z.looseObject({
          assetID: z.string().optional(),
          fileName: z.string().optional(),
          type: z.string().optional(),
          fileSasUri: secretUrl,
        }),
      )
      .optional(),
  }),
);
export type SupplementalContent = z.output<typeof SupplementalContent>;
