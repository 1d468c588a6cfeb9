export { createCloudPartnerClient, type CloudPartnerClient } from './client';
export { OfferSlot } from './enums';
export { cloudPartnerFailure } from './errors';
export { isSignoff, signoffStep } from './signoff';
export { cloudPartnerTransport } from './transport';
