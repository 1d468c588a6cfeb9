import { z } from 'zod';
import { open, tolerant } from '../http';
import { entityMembers, texts, TypeValuePair } from './resource-schema';

/** The id of the variant that stands for the test drive; no part of a submission. */
export const testDriveVariantId = 'testdrive';

/** A plan, or the test drive. */
export const Variant = tolerant(
  z.looseObject({
    ...entityMembers,
    resourceType: open<'AzureSkuVariant' | 'AzureTestDriveVariant'>().optional(),
    /** Spelled `InActive` by some: compare without regard to case. */
    state: open<'Active' | 'Inactive'>().optional(),
    friendlyName: z.string().optional(),
    /** The plan's own id. */
    externalID: z.string().optional(),
    leadGenID: z.string().optional(),
    referenceVariantID: z.string().optional(),
    conversionPaths: z.string().optional(),
    cloudAvailabilities: texts.optional(),
    /** `solution-template` unless told otherwise, for an Azure application. */
    subType: open<'managed-application' | 'solution-template'>().optional(),
    /** The OpenAPI document calls it otherwise. */
    certificationsAzureGovernment: z.array(z.unknown()).optional(),
    testDriveType: z.string().optional(),
    extendedProperties: z.array(TypeValuePair).optional(),
  }),
);
export type Variant = z.output<typeof Variant>;
