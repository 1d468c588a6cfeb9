import { z } from 'zod';
import { tolerant } from '../http';
import { AudienceMember, entityMembers, texts } from './resource-schema';

/** Categories, industries and legal terms of a product. */
export const Property = tolerant(
  z.looseObject({
    ...entityMembers,
    industries: texts.optional(),
    leveledIndustries: z.record(z.string(), texts).optional(),
    leveledCategories: z.record(z.string(), texts).optional(),
    categories: texts.optional(),
    additionalCategories: texts.optional(),
    /** Microsoft's own client puts a fresh GUID here with every write. */
    submissionVersion: z.string().optional(),
    hideKeys: texts.optional(),
    productTags: texts.optional(),
    appVersion: z.string().optional(),
    useEnterpriseContract: z.boolean().optional(),
    termsOfUse: z.string().optional(),
    marketingOnlyChange: z.boolean().optional(),
    globalAmendmentTerms: z.string().optional(),
    applicableProducts: texts.optional(),
    customAmendments: z
      .array(
        z.looseObject({
          name: z.string().optional(),
          terms: z.string().optional(),
          tenants: z.array(AudienceMember).optional(),
        }),
      )
      .optional(),
  }),
);
export type Property = z.output<typeof Property>;
