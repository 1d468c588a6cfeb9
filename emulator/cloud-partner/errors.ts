import { empty, json, Refusal, type Answer } from '../core/answer';
import type { Switches } from '../core/settings';
import type { Offer } from './model';

/** An error body of the Cloud Partner Portal. *Documented*. */
export function portalError(status: number, code: string, message: string): Answer {
  return json(status, { error: { code, message } });
}

/** The bare text that Partner Center's back end answers with. *Observed*: how it begins. */
function exception(status: number, message: string): Answer {
  return json(status, `Microsoft.Ingestion.Api.Common.Exceptions.Http${status}Exception: ${message}`);
}

/** 400 BadRequest. */
export function badRequest(message: string): Refusal {
  return new Refusal(portalError(400, 'BadRequest', message));
}

/** *Assumed*: nobody has published it. */
export function unauthorized(): Refusal {
  return new Refusal(empty(401, { 'www-authenticate': 'Bearer' }));
}

/** *Observed*: the same for an unknown publisher and for one of others. */
export function forbidden(): Refusal {
  return new Refusal(portalError(403, 'Forbidden', 'User does not have the required permissions'));
}

/** *Documented* status; both forms of the body are reported (switch `cloudPartner.notFoundBody`). */
export function notFound(switches: Switches, message: string, offer?: Offer): Refusal {
  const isException = takesException(switches['cloudPartner.notFoundBody'], offer);
  return new Refusal(isException ? exception(404, message) : portalError(404, 'NotFound', message));
}

/** *Documented* status; the body was never captured (switch `cloudPartner.preconditionBody`). */
export function preconditionFailed(switches: Switches): Refusal {
  const message = 'The offer was changed since it was read: the If-Match header does not match its ETag.';
  switch (switches['cloudPartner.preconditionBody']) {
    case 'object':
      return new Refusal(portalError(412, 'PreconditionFailed', message));
    case 'exception':
      return new Refusal(exception(412, message));
    case 'absent':
      return new Refusal(empty(412));
  }
}

/** *Observed*: devigned/pub #22. */
export function alreadyExists(): Refusal {
  return new Refusal(
    portalError(
      409,
      'InvalidResourceId',
      'Offer ID already exists. If you wanted to update an existing offer, please ensure If-Match header is specified as per documentation.',
    ),
  );
}

/**
 * What is wrong with an offer that was to be published (switch `cloudPartner.validationBody`). An answer rather than a
 * refusal: an outcome that was used up by it stays used up.
 */
export function invalidOffer(switches: Switches, offer: Offer, findings: readonly string[]): Answer {
  const message = findings.join(' ');
  const isException = takesException(switches['cloudPartner.validationBody'], offer);
  return isException ? exception(422, message) : portalError(422, 'UnprocessableEntity', message);
}

function takesException(form: 'byOffer' | 'object' | 'exception', offer: Offer | undefined): boolean {
  return form === 'byOffer' ? offer?.migrated === true : form === 'exception';
}
