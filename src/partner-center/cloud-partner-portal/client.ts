import type { Answer, Call, Transport } from '../http';
import type { OfferSlot, SubmissionState } from './enums';
import type { OfferAddress } from './offer-address';
import type { Offer, OfferSummary, Publisher } from './offer-schema';
import { CloudPartnerOffers, type WriteCondition } from './offers';
import type { OperationAddress } from './operation-address';
import { CloudPartnerPublishing, type CanceledOperation, type Emails, type StartedOperation } from './publishing';
import type { OfferStatus, Operation, OperationDetail } from './status-schema';
import type { WritableOffer } from './writable';

/**
 * The Cloud Partner Portal API, 2017-10-31: one method per row of its endpoint table, A13 and A14 sharing one. Every
 * method throws what the transport throws (`cloudPartnerFailure` says what it means: `unauthorized`, `forbidden`, … on
 * each), takes one request from the call's allowance, and sends a change once: after an unclear answer look, then decide.
 *
 * Base: `https://cloudpartner.azure.com/api/`. Pages: Microsoft Learn, `cloud-partner-portal-api-…`, as named at each
 * method. The first request after a pause may take minutes.
 */
export interface CloudPartnerClient {
  /** A1, known from a client alone. A read: the publishers that the identity may see, as one bare list. */
  listPublishers(call: Call): Promise<Answer<Publisher[]>>;

  /** A2. A read. The shape of an entry is not published: each comes as it is. */
  listOfferTypes(call: Call): Promise<Answer<unknown[]>>;

  /**
   * Page: retrieve-offers. A3. A read: all offers of a publisher, without their content, as one bare list.
   * `publisher-not-found`, `forbidden`. That `$filter` is taken is known from a client alone; it is sent only when asked for.
   */
  listOffers(
    publisherId: string,
    call: Call,
    options?: { readonly offerTypeId?: string },
  ): Promise<Answer<OfferSummary[]>>;

  /**
   * Page: retrieve-specific-offer. A4. A read of the draft; `etag` is for the next `putOffer`. `offer-not-found`.
   * Secrets come back blank or not at all; artifacts come back under the service's own signed addresses.
   */
  getOffer(offer: OfferAddress, call: Call): Promise<Answer<Offer>>;

  /** Page: retrieve-specific-offer, in earlier editions. A5. A read. `version-not-found`; a 404 may also mean the offer. */
  getOfferVersion(offer: OfferAddress, version: string, call: Call): Promise<Answer<Offer>>;

  /**
   * Page: retrieve-specific-offer, in earlier editions. A6. A read. `slot-empty` when it was never previewed or never
   * published; a 404 may also mean the offer.
   */
  getOfferSlot(offer: OfferAddress, slot: OfferSlot, call: Call): Promise<Answer<Offer>>;

  /**
   * Page: retrieve-offer-status. A7. A read. `offer-not-found`. The status stays `running` while a preview waits for its
   * go-live: `signoffStep` tells.
   */
  getOfferStatus(offer: OfferAddress, call: Call): Promise<Answer<OfferStatus>>;

  /**
   * Page: creating-offer. A8. Makes the offer (201), or replaces its draft (200; a migrated offer may answer 200 to
   * both); live content is not touched. Sends `writable(document)`.
   * - `unchanged`: with the ETag of the last read. Safe to repeat, and repeated here: the second one cannot apply to
   *   anything else than the first. `offer-changed` (412): somebody else wrote since, read again. It is `unclear` when
   *   an earlier try got no clear answer: that one may be what changed it, so read and compare.
   * - `overwrite`: `*`, the last writer wins; makes the offer, too. Not repeatable: it could undo what came between.
   * - `create`: without a condition. Not repeatable. An offer that is there answers `offer-exists` (409, observed; 400
   *   by the page), but a **migrated one was seen to be overwritten**: read first.
   *
   * `invalid-offer` (400, 422). The answer is what was stored: compare it. Unverified: the body of a 412, whether a PUT
   * during a running publication is refused, and what members that are left out become (send the whole document).
   */
  putOffer(offer: OfferAddress, document: WritableOffer, condition: WriteCondition, call: Call): Promise<Answer<Offer>>;

  /**
   * Page: publish-offer. A9. Starts the publication of the draft, up to the preview. Not repeatable: after an unclear
   * answer look for a new operation in `listOperations`. `invalid-offer` (422; its words in `messages`),
   * `operation-refused` (400: another operation is running, or the request is faulty), `offer-not-found`. What is wrong
   * with the offer may also show later, as a blocked step. A migrated offer ignores the addresses, but they must be there.
   */
  publishOffer(offer: OfferAddress, emails: Emails, call: Call): Promise<Answer<StartedOperation>>;

  /**
   * Page: go-live. A10. Publishes what is in the preview. Not repeatable: after an unclear answer look at the status and
   * at `listOperations`. `operation-refused` (400: nothing waits at the sign-off). The page has no body: the addresses of
   * the publish are used; clients send them again all the same, and so does this when there are any.
   */
  goLive(offer: OfferAddress, emails: readonly string[], call: Call): Promise<Answer<StartedOperation>>;

  /**
   * Page: cancel-operation. A11. Cancels the running operation. Not repeatable: after an unclear answer look at the
   * status; a second one would be refused, or meet an operation that somebody started meanwhile. 200 = done, 202 = under
   * way as an operation of its own. `operation-refused` (400: nothing to cancel, or too late).
   */
  cancelOperation(offer: OfferAddress, emails: readonly string[], call: Call): Promise<Answer<CanceledOperation>>;

  /**
   * Page: retrieve-operations. A12. A read: operations of an offer, in no order that is promised, as one bare list.
   * `offer-not-found`. `status` is the page's filter; nobody promises that the service obeys it, so look at
   * `submissionState`. Nothing is filtered here: a running operation under a word unknown must not disappear.
   */
  listOperations(
    offer: OfferAddress,
    call: Call,
    options?: { readonly status?: SubmissionState },
  ): Promise<Answer<Operation[]>>;

  /**
   * Page: retrieve-operations. A13, A14: one operation, by the address that a publish, go-live or cancel gave. A read.
   * `operation-not-found`. Comes as an object or, by the page's sample, as a list of one. Unverified: how long an alias
   * (A14) stays readable.
   */
  getOperation(address: OperationAddress, call: Call): Promise<Answer<OperationDetail>>;
}

/** Makes the client on a transport whose base is the API's (`…/api/`), made with `cloudPartnerTransport`. */
export function createCloudPartnerClient(transport: Transport): CloudPartnerClient {
  const offers = new CloudPartnerOffers(transport);
  const publishing = new CloudPartnerPublishing(transport);
  return {
    listPublishers: (...args) => offers.listPublishers(...args),
    listOfferTypes: (...args) => offers.listOfferTypes(...args),
    listOffers: (...args) => offers.list(...args),
    getOffer: (...args) => offers.get(...args),
    getOfferVersion: (...args) => offers.getVersion(...args),
    getOfferSlot: (...args) => offers.getSlot(...args),
    putOffer: (...args) => offers.put(...args),
    getOfferStatus: (...args) => publishing.getStatus(...args),
    publishOffer: (...args) => publishing.publish(...args),
    goLive: (...args) => publishing.goLive(...args),
    cancelOperation: (...args) => publishing.cancel(...args),
    listOperations: (...args) => publishing.listOperations(...args),
    getOperation: (...args) => publishing.getOperation(...args),
  };
}
