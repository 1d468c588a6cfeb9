import { Refusal, json } from '../core/answer';
import { header, type Call } from '../core/call';
import type { Services } from '../core/services';
import { errorText, missingIfMatch } from './errors';
import { groundOf } from './ground';
import { nextEtag } from './ids';
import type { Row } from './model';

/**
 * Whether a row may be changed (B-R6). *Observed*: `If-Match` decides, `*` always fits, and what the body says of an etag
 * does not count; where it is needed, a missing one answers 400. *Assumed*: a stale one answers 412 (switch
 * `etagMismatch`), also where none is needed.
 */
export function checkIfMatch(services: Services, call: Call, row: Row, isNeeded: boolean): void {
  const given = header(call, 'if-match')?.trim();
  if (given === undefined || given === '') {
    if (isNeeded) throw missingIfMatch();
    return;
  }
  if (given === '*' || given === row.etag) return;
  const status = Number(services.world.settings.switches.etagMismatch);
  const data = { IfMatch: ['The etag does not match that of the resource.'] };
  throw new Refusal(json(status, errorText(status, call.correlationId, data)));
}

/** Gives a row a new etag: it was written. */
export function touch(services: Services, row: Row): void {
  const { state, now } = groundOf(services);
  row.etag = nextEtag(state, now);
}
