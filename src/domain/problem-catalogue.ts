import type { CatalogueEntry } from './failure-catalogue';

/** What a request can be answered with instead of what it asked for. */
export interface ProblemEntry extends CatalogueEntry {
  /** HTTP status. */
  readonly status: number;
}

/**
 * Every problem that the HTTP surface answers, and what to do about it. Codes are part of the contract: add, never
 * rename. The page `docs/problems.md` is generated from here.
 */
export const problemCatalogue = {
  'invalid-json': {
    status: 400,
    title: 'The body is not JSON',
    remedy: 'Send one JSON document in UTF-8; the detail says where it breaks off.',
  },
  'invalid-document': {
    status: 400,
    title: 'The release document has faults',
    remedy: 'Mend everything that errors names and send it again. Nothing was stored or started.',
  },
  'invalid-request': {
    status: 400,
    title: 'The body of the request has faults',
    remedy: 'Mend everything that errors names and send it again. Nothing was changed.',
  },
  'invalid-parameter': {
    status: 400,
    title: 'A parameter or a header has a value that it cannot have',
    remedy: 'Mend what the detail names; GET /openapi.json has every parameter with its values.',
  },
  unauthenticated: {
    status: 401,
    title: 'The caller is not signed in',
    remedy: 'Send a bearer token that Entra ID issued for this app.',
  },
  'role-missing': {
    status: 403,
    title: 'The caller may not do this',
    remedy: 'Ask an administrator for the app role that the detail names.',
  },
  'same-person': {
    status: 403,
    title: 'Whoever asked for the release may not decide it',
    remedy: 'Let another person decide; the setting PUBLISHER_FOUR_EYES demands it.',
  },
  'cross-origin': {
    status: 403,
    title: 'A page of another origin sent this request',
    remedy: 'Call the API from a pipeline or a tool, or from a page of its own origin.',
  },
  'release-not-found': {
    status: 404,
    title: 'There is no such release',
    remedy: 'Compare the id with GET /releases.',
  },
  'document-not-found': {
    status: 404,
    title: 'The document of this release is not there',
    remedy: 'It is being purged, or the request that made the release was interrupted: send that one again.',
  },
  'plan-not-found': {
    status: 404,
    title: 'The release has no plan yet',
    remedy: 'Read it again once the release has looked at the product, at its step checkProduct.',
  },
  'plan-expired': {
    status: 404,
    title: 'There is no such plan, or it is not kept any more',
    remedy: 'Plans are kept for a day. Send the document to POST /releases/plan again.',
  },
  'report-not-found': {
    status: 404,
    title: 'There is no such certification report',
    remedy: 'Follow a href of remote.reports of the release. A report may be gone with its submission.',
  },
  'product-not-found': {
    status: 404,
    title: 'Partner Center has no such product or submission for this account',
    remedy: 'Compare the ids with the lists below GET /accounts/{account}/store, …/marketplace or …/cloud-partner.',
  },
  'nothing-to-export': {
    status: 404,
    title: 'The product was never published, and nothing is pending',
    remedy: 'Publish it once, or make a submission in Partner Center: there is nothing to export before.',
  },
  'product-forbidden': {
    status: 403,
    title: 'Partner Center does not let the account see the product',
    remedy: 'Name a product of this account: GET /accounts/{account}/check shows which it can see.',
  },
  'account-not-found': {
    status: 404,
    title: 'There is no such account',
    remedy: 'Name one that GET /accounts lists, or add it to PUBLISHER_ACCOUNTS.',
  },
  'schema-not-found': {
    status: 404,
    title: 'There is no such schema',
    remedy: 'GET /schemas/release.json is there.',
  },
  'too-late': {
    status: 409,
    title: 'What was committed cannot be taken back here',
    remedy:
      'Cancel the certification in Partner Center, which the release then follows, or send {"abandon": true} to stop watching it.',
  },
  'not-waiting': {
    status: 409,
    title: 'The release does not wait for a decision',
    remedy: 'Read the release: waitingFor says what it waits for, and decisions what was decided.',
  },
  'other-gate': {
    status: 409,
    title: 'The release waits at another gate than the one that was looked at',
    remedy: 'Read the release again, look at what is decided now, and send the gateId of its waitingFor.',
  },
  'product-busy': {
    status: 409,
    title: 'A release works on the product',
    remedy: 'Wait until the release that the detail names has ended, or cancel it.',
  },
  'not-deletable': {
    status: 409,
    title: 'Partner Center does not delete this product',
    remedy: 'It was published once, or a submission of it is under way: the detail has the words of Partner Center.',
  },
  'unsupported-features': {
    status: 409,
    title: 'The product uses features that the submission API does not support',
    remedy: 'Work on it in Partner Center.',
  },
  'already-ended': {
    status: 409,
    title: 'The release has ended',
    remedy: 'Nothing is left to stop. A new release publishes something else.',
  },
  'not-failed': {
    status: 409,
    title: 'Only a failed release can be retried',
    remedy: 'Send a new release, or wait for this one to end.',
  },
  'rollout-not-running': {
    status: 409,
    title: 'No rollout runs that could be changed so',
    remedy: 'Read the release: rollout says how it stands. A new release begins another one.',
  },
  'rollout-settling': {
    status: 409,
    title: 'The rollout is being halted or finalized',
    remedy: 'Read the release until it has ended. What was asked for last is done first.',
  },
  'release-purged': {
    status: 410,
    title: 'The release was purged after its retention',
    remedy: 'Send it again with another Idempotency-Key if it is to be published again.',
  },
  'too-large': {
    status: 413,
    title: 'The body is too large',
    remedy: 'Send packages with POST /uploads and name them in the document; the detail has the limit.',
  },
  'unsupported-media-type': {
    status: 415,
    title: 'The body is not declared as JSON',
    remedy: 'Send the header Content-Type: application/json, without Content-Encoding.',
  },
  'idempotency-key-reused': {
    status: 422,
    title: 'The Idempotency-Key was used for another document',
    remedy: 'Use a key of its own for each document; a re-run sends the same document with the same key.',
  },
  'queue-full': {
    status: 429,
    title: 'Too many releases of this tenant have not ended',
    remedy: 'Send it again later, or raise PUBLISHER_MAX_QUEUED_PER_TENANT.',
  },
  'internal-error': {
    status: 500,
    title: 'Something went wrong here',
    remedy: 'Send the request again: every request is safe to repeat. If it lasts, look up the traceId in the logs.',
  },
  'account-unusable': {
    status: 503,
    title: 'The account cannot sign in to Partner Center, or may do nothing there',
    remedy: 'GET /accounts/{account}/check says what to mend.',
  },
  'budget-spent': {
    status: 503,
    title: 'The request budget of the tenant is spent for now',
    remedy: 'Send the request again after the time that Retry-After names: reads come last, behind releases.',
  },
  'partner-center-unavailable': {
    status: 503,
    title: 'Partner Center does not answer as it should',
    remedy:
      'Send the request again after the time that Retry-After names; if it lasts, give its support the correlationId.',
  },
  'storage-unavailable': {
    status: 503,
    title: 'The storage of this service does not answer',
    remedy: 'Send the request again after the time that Retry-After names: every request is safe to repeat.',
  },
} as const satisfies Record<string, ProblemEntry>;

/** The code of a problem: closed here, open for clients. */
export type ProblemCode = keyof typeof problemCatalogue;
