import type { Offer } from '../../../domain/offer/offer';
import type { CloudPartnerClient } from '../../../partner-center/cloud-partner-portal';
import type { Call } from '../../../partner-center/http';

/** The requests that one activity run may send to the Cloud Partner Portal. */
export interface CloudPartnerCalls {
  readonly client: CloudPartnerClient;
  readonly call: Call;
}

/** The same, about one offer. */
export interface CloudPartnerSession extends CloudPartnerCalls {
  readonly product: Extract<Offer, { kind: 'cloud-partner-offer' }>;
}
