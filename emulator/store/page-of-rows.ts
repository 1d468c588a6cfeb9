import { json, Refusal, type Answer } from '../core/answer';
import type { Call } from '../core/call';
import type { Services } from '../core/services';
import { invalidValue, storeError } from './errors';

/** *Documented* for applications. */
const PAGE = 10;

/** What a list has to say about itself. */
export interface List {
  /** What the link to the next page begins with, below `/v1.0/my/`. */
  readonly link: string;
  /** What there are none of. */
  readonly rows: string;
  /** Whether all rows come when the request names neither `top` nor `skip`. */
  readonly isWhole?: boolean;
}

/**
 * A page of a list (R11).
 *
 * - *Documented*: `top` and `skip`, `totalCount` of all rows, 404 when there are none; spellings of `@nextLink`.
 * - *Observed*: `@nextLink` relative, `skip` before `top`, absent on the last page; 200 for an empty list.
 * - *Assumed*: bad values get 400.
 */
export function pageOf<T>(
  services: Services,
  call: Call,
  rows: readonly T[],
  list: List & { readonly render: (row: T) => unknown },
): Answer {
  const isWhole = list.isWhole && !call.query.has('top') && !call.query.has('skip');
  const top = isWhole ? rows.length : integer(call, 'top', PAGE, 1);
  const skip = integer(call, 'skip', 0, 0);
  if (rows.length === 0 && services.world.settings.switches.emptyList === '404') {
    throw new Refusal(storeError(404, 'ResourceNotFound', `No ${list.rows} found`, list.rows));
  }
  const next = skip + top;
  return json(200, {
    '@nextLink': next < rows.length ? `${list.link}?skip=${next}&top=${top}` : undefined,
    value: rows.slice(skip, next).map(list.render),
    totalCount: rows.length,
  });
}

function integer(call: Call, name: string, fallback: number, least: number): number {
  const text = call.query.get(name);
  if (text === null) return fallback;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (!(value >= least)) throw invalidValue(`The value of ${name} must be ${least} or more`, name);
  return value;
}
