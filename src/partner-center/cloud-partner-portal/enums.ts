/**
 * The service's words, with their spelling on the wire (camelCase; the pages list PascalCase names). Open when reading:
 * a value that is not listed is kept as it came. Source: sections A.4 and A.8 of the specification.
 */

/** Where an offer stands. It stays `running` while the step `publisher-signoff` waits: look at the step. */
export const OfferStatusValue = {
  neverPublished: 'neverPublished',
  notStarted: 'notStarted',
  waitingForPublisherReview: 'waitingForPublisherReview',
  running: 'running',
  succeeded: 'succeeded',
  canceled: 'canceled',
  failed: 'failed',
  /** In one sample of the pages only: the same as `succeeded`. */
  published: 'published',
} as const;
export type OfferStatusValue = (typeof OfferStatusValue)[keyof typeof OfferStatusValue];

/** Where a step of an operation stands. */
export const StepStatus = {
  notStarted: 'notStarted',
  inProgress: 'inProgress',
  waitingForPublisherReview: 'waitingForPublisherReview',
  waitingForApproval: 'waitingForApproval',
  blocked: 'blocked',
  rejected: 'rejected',
  complete: 'complete',
  canceled: 'canceled',
} as const;
export type StepStatus = (typeof StepStatus)[keyof typeof StepStatus];

/** The steps, in their order. */
export const StepId = {
  validate: 'displaydummycertify',
  certify: 'displaycertify',
  provision: 'displayprovision',
  package: 'displaypackage',
  signoff: 'publisher-signoff',
  live: 'live',
} as const;
export type StepId = (typeof StepId)[keyof typeof StepId];

/** Where an operation stands in the list of operations. `canceled` was seen by a client, no page names it. */
export const SubmissionState = {
  notStarted: 'notStarted',
  running: 'running',
  completed: 'completed',
  failed: 'failed',
  canceled: 'canceled',
} as const;
export type SubmissionState = (typeof SubmissionState)[keyof typeof SubmissionState];

/** What a PUT edits, what the last publish made, what the last go-live made. Paths take them without regard to case. */
export const OfferSlot = {
  draft: 'Draft',
  preview: 'Preview',
  production: 'Production',
} as const;
export type OfferSlot = (typeof OfferSlot)[keyof typeof OfferSlot];

/** How serious a message is. */
export type MessageLevel = 'information' | 'warning' | 'error';

/** Whether an offer lies in Partner Center's own back end: its operations have another form of address then. */
export type MigrationStatus = 'migrated' | 'none';
