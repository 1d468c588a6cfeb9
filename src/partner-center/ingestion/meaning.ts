/**
 * What a failed call to the submission API means, besides what a call to any API may (`CommonMeaning`). Closed.
 *
 * - `etag-conflict`: what was to be replaced was changed meanwhile (412, or 409 where an ETag was sent): read it again
 * - `product-exists`: the account has an offer of this id
 * - `submission-conflict`: another submission is under way, so none can be made
 * - `submission-not-promotable`, `submission-not-deletable`: it is past or before the state in which this can be done
 * - `conflict`: another 409
 * - `invalid-document`: what was sent is refused; `fields` says where, if the service does
 * - `unauthorized`: the token was refused twice, or the Entra application is not of this account or lacks its role
 * - `forbidden`: the Entra application may not do this
 * - `not-found`: a 404 that does not tell which part of the address is unknown
 * - `refused`: another 4xx; a fault of this client
 */
export type IngestionMeaning =
  | 'etag-conflict'
  | 'product-exists'
  | 'submission-conflict'
  | 'submission-not-promotable'
  | 'submission-not-deletable'
  | 'conflict'
  | 'invalid-document'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'refused';
