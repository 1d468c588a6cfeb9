import { z } from 'zod';

/** How the Cloud Partner Portal behaves where the sources conflict or are silent; part of `Switches`. */
export const cloudPartnerSwitches = {
  /** PUT of an offer that exists, without `If-Match`: documentation says 400, 409 was observed. */
  'cloudPartner.updateWithoutIfMatch': z.enum(['409', '400', '200']).default('409'),
  /** The same for a migrated offer: a client in use never sends the header. */
  'cloudPartner.updateMigratedWithoutIfMatch': z.enum(['200', '409', '400']).default('200'),
  /** PUT of a new offer: documented, or what a client in use insists on. */
  'cloudPartner.createStatus': z.enum(['201', '200']).default('201'),
  /** Whether new offers are migrated ones. */
  'cloudPartner.migrated': z.boolean().default(false),
  /** Which header of a 202 names the operation: clients read either. */
  'cloudPartner.locationHeader': z.enum(['both', 'Location', 'Operation-Location']).default('both'),
  /** Cancel: at once, or by an operation of its own. */
  'cloudPartner.cancelStatus': z.enum(['200', '202']).default('200'),
  /** Whether a go-live can be cancelled. */
  'cloudPartner.cancelGoLive': z.enum(['allow', 'refuse']).default('allow'),
  /** Body of 404. `byOffer`: what a migrated offer lacks is told as an exception, all else as an object. */
  'cloudPartner.notFoundBody': z.enum(['byOffer', 'object', 'exception']).default('byOffer'),
  /** Body of 412: never captured. */
  'cloudPartner.preconditionBody': z.enum(['object', 'exception', 'absent']).default('object'),
  /** Body of 422. `byOffer`: an exception for migrated offers (observed), an object for others. */
  'cloudPartner.validationBody': z.enum(['byOffer', 'object', 'exception']).default('byOffer'),
  /** Publishing an offer that lacks something: refused at once, or blocked in its first step. */
  'cloudPartner.invalidOffer': z.enum(['422', 'blocked']).default('422'),
  /** Where combined or malformed methods of VM pricing are refused. */
  'cloudPartner.pricingCheck': z.enum(['put', 'publish']).default('put'),
  /** A body that names another publisher or offer than the path. */
  'cloudPartner.idMismatch': z.enum(['400', 'ignore']).default('400'),
  /** Whether publishing needs addresses to notify: documentation is silent, a client says so. */
  'cloudPartner.publishEmails': z.enum(['required', 'optional']).default('required'),
  /** Whether go-live needs the body that publish has. */
  'cloudPartner.goLiveBody': z.enum(['optional', 'required']).default('optional'),
  /** `status` of an offer (not of its publication) that waits for its publisher. `byOffer`: of migrated ones. */
  'cloudPartner.signoffStatus': z.enum(['byOffer', 'running', 'waitingForPublisherReview']).default('byOffer'),
  /** `status` of an offer that is live: one sample of the documentation has another word. */
  'cloudPartner.liveStatus': z.enum(['succeeded', 'published']).default('succeeded'),
  /** `status` of an operation that is done: a word of offers, or of the page about operations. */
  'cloudPartner.operationStatus': z.enum(['succeeded', 'completed']).default('succeeded'),
  /** One operation as it is, or wrapped in a list as in the documentation's sample. */
  'cloudPartner.operationForm': z.enum(['object', 'array']).default('object'),
  /** Whether starting to publish or to go live changes the ETag of the offer. */
  'cloudPartner.publishETag': z.enum(['keep', 'change']).default('keep'),
  /** Secrets in answers: empty, or left out. */
  'cloudPartner.secrets': z.enum(['blank', 'omit']).default('blank'),
  /** A PUT with an empty secret, or without it: the old one stays, or is lost. */
  'cloudPartner.blankSecret': z.enum(['keep', 'clear']).default('keep'),
  /** Which artifacts are shown by the address of the service's own copy. */
  'cloudPartner.ownCopies': z.enum(['all', 'logos']).default('all'),
  /** Which versions the refusal of `api-version` names: those that are accepted, or the documentation's one. */
  'cloudPartner.apiVersionMessage': z.enum(['accepted', 'documented']).default('accepted'),
  /** A slot that does not exist. */
  'cloudPartner.unknownSlot': z.enum(['400', '404']).default('400'),
};
