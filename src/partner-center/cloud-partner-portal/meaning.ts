/**
 * What a failed call to the Cloud Partner Portal API means, besides what any API's can (`CommonMeaning`). Closed.
 *
 * - `offer-changed`: somebody wrote the offer since its ETag was read; read it again
 * - `offer-exists`: a create met an offer that is there; read it, and replace it by its ETag
 * - `invalid-offer`: the service refuses the document, or the publication of the draft; `messages` say why
 * - `operation-refused`: a publish, go-live or cancel that the offer does not allow now, or a fault in the request; the
 *   service does not tell which, so look at the status
 * - `version-not-found`, `slot-empty`, `operation-not-found`: or the offer is not there: its own read tells
 * - `invalid-id`: an address that has nothing but ids was refused
 * - `unauthorized`: no token, or one for another resource, tenant or application
 * - `forbidden`: the application is not on the publisher, was added by the wrong object id, or its role is too weak
 * - `refused`: another 4xx; a fault of this client
 */
export type CloudPartnerMeaning =
  | 'offer-changed'
  | 'offer-exists'
  | 'invalid-offer'
  | 'operation-refused'
  | 'publisher-not-found'
  | 'offer-not-found'
  | 'version-not-found'
  | 'slot-empty'
  | 'operation-not-found'
  | 'not-found'
  | 'invalid-id'
  | 'unauthorized'
  | 'forbidden'
  | 'refused';
