import { z } from 'zod';
import { open, tolerant } from '../http';
import type { SubmissionState, SubmissionSubstate, TargetEnvironment, WorkflowState } from './enums';
import { id, secretUrl, TypeValuePair } from './resource-schema';

const VariantResources = z.looseObject({ variantID: z.string(), resources: z.array(TypeValuePair).default([]) });

export const PublishOption = z.looseObject({
  releaseTimeInUtc: z.string().optional(),
  isManualPublish: z.boolean().optional(),
  isAutoPromote: z.boolean().optional(),
  certificationNotes: z.string().optional(),
});
export type PublishOption = z.output<typeof PublishOption>;

/** A frozen set of drafts on its way to the preview, and from there to customers. */
export const Submission = tolerant(
  z.looseObject({
    resourceType: z.string().optional(),
    /** 19 digits, growing. */
    id,
    state: open<SubmissionState>(),
    /** Without it nobody can tell where the submission stands: treat a missing one as unknown. */
    substate: open<SubmissionSubstate>().optional(),
    /** `[{type: 'Scope', value: 'Preview'}]` */
    targets: z.array(TypeValuePair).default([]),
    /** What was frozen: module and instance id. */
    resources: z.array(TypeValuePair).default([]),
    variantResources: z.array(VariantResources).default([]),
    /** 1601 until it is live; see `readTime`. */
    publishedTimeInUtc: z.string().optional(),
    pendingUpdateInfo: z
      .looseObject({
        updateType: z.string().optional(),
        status: z.string().optional(),
        href: z.string().optional(),
        failureReason: z.string().optional(),
      })
      .optional(),
    releaseNumber: z.number().optional(),
    friendlyName: z.string().optional(),
    areResourcesReady: z.boolean().optional(),
    /** Comes only when it is asked for. */
    publishOption: PublishOption.optional(),
    extendedProperties: z.array(TypeValuePair).optional(),
  }),
);
export type Submission = z.output<typeof Submission>;

interface Pair {
  readonly type: string;
  readonly value: string;
}

/** A submission that is to be made. */
export interface NewSubmission {
  /** `[{type: 'Scope', value: 'preview'}]` unless told otherwise. */
  readonly targets?: readonly Pair[];
  /** Module and instance id of each draft of the product that is to be frozen. */
  readonly resources: readonly Pair[];
  /** The same for each variant; never for the test drive. */
  readonly variantResources?: readonly { readonly variantID: string; readonly resources: readonly Pair[] }[];
  readonly publishOption?: Readonly<Record<string, unknown>> & PublishOption;
  readonly extendedProperties?: readonly Pair[];
}

const WorkflowStep = z.looseObject({
  /** Of the product's kind; known for Dynamics 365 Business Central alone. */
  name: z.string().optional(),
  state: open<WorkflowState>().optional(),
  startDateTimeInUtc: z.string().optional(),
  completeDateTimeInUtc: z.string().optional(),
});

/** The way of a submission to one environment. Times come without a zone: see `readTime`. */
export const WorkflowDetail = tolerant(
  z.looseObject({
    type: open<'Push'>().optional(),
    state: open<WorkflowState>().optional(),
    targetEnvironment: open<TargetEnvironment>().optional(),
    workflowSteps: z.array(WorkflowStep).default([]),
    startDateTimeInUtc: z.string().optional(),
    completeDateTimeInUtc: z.string().optional(),
  }),
);
export type WorkflowDetail = z.output<typeof WorkflowDetail>;

/** What validation found in a submission or a package. */
export const ValidationItem = z.looseObject({
  errorCode: z.string().optional(),
  severity: open<'Error' | 'Warning'>().optional(),
  message: z.string().optional(),
  resource: z.string().optional(),
});
export type ValidationItem = z.output<typeof ValidationItem>;

/** What certification said. */
export const CertificationReport = tolerant(
  z.looseObject({
    reportTimeInUtc: z.string().optional(),
    status: open<'Pending' | 'Failed' | 'Passed' | 'PassedWithNotes' | 'Unknown'>().optional(),
    /** Where the report can be read. Its signature gives access to whoever has it. */
    fileUri: secretUrl,
  }),
);
export type CertificationReport = z.output<typeof CertificationReport>;
