/**
 * What a failed call to the Store submission API means. Closed: a caller's `switch` over it is complete.
 *
 * - `create-conflict`: a pending submission or a running rollout holds the product; the answer is the same for both, so
 *   look at the product, and see `explainCreateConflict`
 * - `product-conflict`: an add-on or a flight cannot be made: its product id may be taken, or its app be in the way;
 *   list what is there and look for it
 * - `product-not-deletable`: an add-on or a flight is in use: published once, or a submission of it is under way
 * - `rollout-not-running`: update, halt and finalize need a published submission whose rollout is in progress
 * - `unsupported-features`: only Partner Center can work on this app or add-on (mandatory updates, Store-managed consumables)
 * - `draft-edited-in-portal`: the pending submission was made or touched in Partner Center; the API may only read it
 * - `flight-dead`: the only submission of this flight was deleted, and no other can be made: delete the flight, make a new one
 * - `not-deletable`: a submission past the draft and not failed
 * - `wrong-state`: the submission does not allow this now (a PUT or commit after the commit, …)
 * - `other-product`: a submission of another app, flight or add-on
 * - `invalid-id`: an address that has nothing but ids was refused: one of them is not of this kind
 * - `not-onboarded`: a 503 that lasts: the Entra application is not set up in Partner Center
 * - `not-found`: a 404 that does not tell which part of the address is unknown
 * - `refused`: another 4xx; a fault of this client
 * - `server`, `no-response`, `timeout`, `malformed-answer`: see `unclear` for whether the change may have happened
 * - `deferred`: the request budget is spent; nothing was sent
 * - `aborted`: the caller gave up
 */
export type StoreMeaning =
  | 'create-conflict'
  | 'product-conflict'
  | 'product-not-deletable'
  | 'rollout-not-running'
  | 'unsupported-features'
  | 'draft-edited-in-portal'
  | 'flight-dead'
  | 'submission-not-found'
  | 'application-not-found'
  | 'flight-not-found'
  | 'add-on-not-found'
  | 'not-found'
  | 'not-deletable'
  | 'wrong-state'
  | 'other-product'
  | 'invalid-document'
  | 'invalid-id'
  | 'unauthorized'
  | 'forbidden'
  | 'not-onboarded'
  | 'throttled'
  | 'refused'
  | 'server'
  | 'no-response'
  | 'timeout'
  | 'malformed-answer'
  | 'deferred'
  | 'aborted';
