/**
 * What a failed call to the Store submission API means. Closed: a caller's `switch` over it is complete.
 *
 * - `create-conflict`: a pending submission or a running rollout holds the app; the answer is the same for both, so
 *   look at the application, and see `explainCreateConflict`
 * - `rollout-not-running`: update, halt and finalize need a published submission whose rollout is in progress
 * - `portal-draft`: the pending submission was made or touched in Partner Center; the API may only read it
 * - `not-deletable`: past the draft and not failed
 * - `wrong-state`: the submission does not allow this now (a PUT or commit after the commit, …)
 * - `other-app`: a submission of another app
 * - `not-onboarded`: a 503 that lasts: the Entra application is not set up in Partner Center
 * - `not-found`: a 404 that does not tell which part of the address is unknown
 * - `refused`: another 4xx; a fault of this client
 * - `server`, `no-response`, `timeout`, `malformed-answer`: see `unclear` for whether the change may have happened
 * - `deferred`: the request budget is spent; nothing was sent
 * - `aborted`: the caller gave up
 */
export type StoreMeaning =
  | 'create-conflict'
  | 'rollout-not-running'
  | 'unsupported-features'
  | 'portal-draft'
  | 'submission-not-found'
  | 'application-not-found'
  | 'not-found'
  | 'not-deletable'
  | 'wrong-state'
  | 'other-app'
  | 'invalid-document'
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
