/** What people are told about a failure, whatever its circumstances. */
export interface CatalogueEntry {
  readonly title: string;
  /** What to do next, as an instruction. */
  readonly remedy: string;
}

/**
 * Every way a release can fail, and what to do about it. Codes are part of the contract: add, never rename.
 * The page `docs/failures.md` is generated from here.
 */
export const failureCatalogue = {
  'account-unknown': {
    title: 'The account is not configured',
    remedy: 'Add the account to PUBLISHER_ACCOUNTS, or name one that GET /accounts lists.',
  },
  'credential-refused': {
    title: 'Entra ID refused the credential of the account',
    remedy:
      'Compare tenant, client id and secret of the account with its Entra application; renew an expired secret and store it in Key Vault under the same name. GET /accounts/{account}/check names the setting to mend.',
  },
  'credential-unavailable': {
    title: 'The credential of the account could not be read',
    remedy:
      'Check that the secret exists and is enabled in Key Vault, and that the identity of this app has the role Key Vault Secrets User.',
  },
  'account-not-allowed': {
    title: 'Partner Center does not accept the identity',
    remedy:
      'In Partner Center, under Account settings, Users, add the Entra application with the Manager role, and make sure that it belongs to one Partner Center account only.',
  },
  'product-forbidden': {
    title: 'The product belongs to another account, or the role is too weak',
    remedy:
      'Check the application id, and that the Entra application has the Manager role in the account that owns it.',
  },
  'product-not-found': {
    title: 'The product does not exist',
    remedy:
      'Check the ids and names of the target. Apps are made in Partner Center; a flight or an add-on is made by target.create.',
  },
  'product-ambiguous': {
    title: 'Several products have the name that the target gives',
    remedy: 'Send a release that names the one that is meant by its id, flightId or addOnId; the message has them.',
  },
  'unsupported-features': {
    title: 'The product uses features that the submission API does not support',
    remedy:
      'Publish this product in Partner Center, or remove the feature (mandatory updates, Store-managed consumables) there.',
  },
  'package-invalid': {
    title: 'A package cannot be published as it is',
    remedy: 'Mend the packages that failure.errors names, and send a new release.',
  },
  'package-unavailable': {
    title: 'The bytes of a package cannot be read',
    remedy:
      'Check that the address answers without sign-in; where its signature has ended, send the same request again with a fresh one. Upload what is missing with POST /uploads. Then retry.',
  },
  'package-changed': {
    title: 'The bytes of a package changed after they were checked',
    remedy: 'Nothing was committed. Publish packages at addresses that never change, and send a new release.',
  },
  'document-unfit': {
    title: 'The release document does not fit the product as it is now',
    remedy: 'Mend what failure.errors names, and send a new release. Nothing was committed.',
  },
  'foreign-draft': {
    title: 'An unpublished draft that is not ours is in the way',
    remedy:
      'Publish or delete it in Partner Center, or send the release with onForeignDraft "adopt" if it may be built upon, or, for a product of the Store, "replace" if it may be lost.',
  },
  'draft-edited-in-portal': {
    title: 'A submission made or touched in Partner Center holds the product',
    remedy:
      'The API can neither change nor delete it: delete or publish it in Partner Center, then retry this release.',
  },
  'flight-spent': {
    title: 'The flight has one submission, which cannot be replaced',
    remedy:
      'A flight ends with its only submission. Delete the flight (DELETE /accounts/{account}/store/apps/{id}/flights/{flightId}), and send a release that names it and says how to create it.',
  },
  'product-busy': {
    title: 'Another publication has the product',
    remedy: 'Send the release again later, or with onBusy "queue".',
  },
  'rollout-running': {
    title: 'The rollout of the live submission still runs',
    remedy:
      'Finalize or halt it with POST /accounts/{account}/store/apps/{applicationId}/rollout (or …/flights/{flightId}/rollout), then retry; or send the release with onRunningRollout "wait", "finalize" or "halt".',
  },
  'rollout-ignored': {
    title: 'Partner Center published without the rollout that was asked for',
    remedy:
      'Everyone gets the packages now. If they must not, publish a new release with better ones; ask Partner Center support why the rollout was lost.',
  },
  'rollout-not-stored': {
    title: 'Partner Center did not store the rollout that was asked for',
    remedy:
      'Nothing was committed: the packages would have gone to others than was asked for. Retry; if it happens again, ask Partner Center support with the correlation id, or send the release without a rollout.',
  },
  'rollout-not-taken': {
    title: 'Partner Center did not take the change of the rollout',
    remedy:
      'The rollout runs on as it was. Look at it in Partner Center; retry goes on with the stages above the percentage that it has, and POST /releases/{id}/rollout sets one by hand.',
  },
  'rollout-not-running': {
    title: 'No rollout runs that could be changed',
    remedy: 'Read failure.detail: the rollout was finalized or halted, or the live submission has none.',
  },
  'price-hidden': {
    title: 'The price of the product cannot be seen, and could be damaged',
    remedy:
      'The API shows the price of this published app as "Base". Publish it in Partner Center, where the price is visible.',
  },
  'halted-packages': {
    title: 'The live submission was halted, and its packages would ship to everyone',
    remedy: 'Replace the halted packages, or name them in oldPackages.remove, and send a new release.',
  },
  'submission-lost': {
    title: 'The submission of this release is gone',
    remedy: 'Somebody deleted it in Partner Center. Retry makes a new one.',
  },
  'submission-changed': {
    title: 'The submission was changed by somebody else',
    remedy: 'Look at the draft in Partner Center; delete it there if it is not wanted, then retry.',
  },
  'submission-refused': {
    title: 'Partner Center refused the content of the submission',
    remedy: 'Mend what failure.errors names, and send a new release. Nothing was published.',
  },
  'not-stored': {
    title: 'Partner Center accepted the update but did not store it',
    remedy: 'Nothing was committed. Retry; if it happens again, ask Partner Center support with the correlation id.',
  },
  'upload-failed': {
    title: 'The packages could not be uploaded',
    remedy: 'Retry: the upload goes on where it was.',
  },
  'approval-timeout': {
    title: 'Nobody decided in time',
    remedy: 'Retry asks again.',
  },
  'commit-failed': {
    title: 'Partner Center could not process the submission',
    remedy: 'Mend what failure.errors says, and send a new release; the failed draft is cleared by the next one.',
  },
  'age-rating-missing': {
    title: 'The age rating questionnaire is not filled in',
    remedy: 'Fill in the age ratings of the app in Partner Center once, then retry.',
  },
  'commit-reverted': {
    title: 'Partner Center took the submission back to a draft after the commit',
    remedy: 'This is a fault of the service. Retry commits again after checking the draft.',
  },
  'preprocessing-failed': {
    title: 'Partner Center failed to pre-process the submission',
    remedy:
      'See failure.errors and the certification report in Partner Center; mend the packages and send a new release.',
  },
  'certification-failed': {
    title: 'The submission failed certification',
    remedy: 'Read the certification report, mend what it names, and send a new release.',
  },
  'release-failed': {
    title: 'Partner Center failed to release the submission',
    remedy: 'See the submission in Partner Center; a new release clears the failed one.',
  },
  'publish-failed': {
    title: 'Partner Center failed to publish the submission',
    remedy: 'See the submission in Partner Center; a new release clears the failed one.',
  },
  'published-differs': {
    title: 'What Partner Center took is not what was asked for',
    remedy: 'Look at the submission in Partner Center at once, and ask its support with the correlation id.',
  },
  'product-type-unsupported': {
    title: 'Offers of this type are not published by this service',
    remedy:
      'Publish Azure applications and SaaS offers here; the other types can be read, and are published in Partner Center.',
  },
  'package-processing-failed': {
    title: 'Partner Center could not process a package of a plan',
    remedy:
      'Mend what failure.errors names (a managed application needs its customer usage attribution), and send a new release.',
  },
  'preview-failed': {
    title: 'The offer could not be published to preview',
    remedy: 'Mend what failure.errors names, and send a new release. Nothing has gone live.',
  },
  'go-live-failed': {
    title: 'The offer failed on its way from preview to live',
    remedy: 'Read the certification report, mend what it names, and send a new release.',
  },
  'preview-lost': {
    title: 'The preview that was to go live is not the newest one any more',
    remedy:
      'Somebody published the offer anew in Partner Center, or let it go live. Look at it there, and retry or send a new release.',
  },
  'rate-limited': {
    title: 'Partner Center or the request budget refuses more requests for now',
    remedy: 'Nothing was lost: retry later.',
  },
  'partner-center-unavailable': {
    title: 'Partner Center does not answer as it should',
    remedy:
      'Retry; if it lasts, look at the service health of Partner Center, and give its support the correlation id.',
  },
  'storage-unavailable': {
    title: 'The storage of this service does not answer',
    remedy: 'Check the storage account of the function app, then retry.',
  },
  'activity-interrupted': {
    title: 'A step was interrupted again and again',
    remedy: 'See the logs of the function app for time-outs and restarts, then retry: it looks before it acts.',
  },
  'run-ended-unexpectedly': {
    title: 'The orchestration of this release ended without finishing it',
    remedy: 'Look at the submission in Partner Center and at the logs, then retry: it looks before it acts.',
  },
} as const satisfies Record<string, CatalogueEntry>;

/** The code of a failure: closed here, open for clients. */
export type FailureCode = keyof typeof failureCatalogue;
