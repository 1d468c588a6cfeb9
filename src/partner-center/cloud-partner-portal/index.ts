export { createCloudPartnerClient, type CloudPartnerClient } from './client';
export { OfferSlot, OfferStatusValue, StepId, StepStatus, SubmissionState } from './enums';
export { cloudPartnerFailure, type CloudPartnerFailure } from './errors';
export type { Offer } from './offer-schema';
export type { Emails, StartedOperation } from './publishing';
export { isSignoff, signoffStep } from './signoff';
export type { OfferStatus, Operation, StatusMessage, Step } from './status-schema';
export { cloudPartnerTransport } from './transport';
