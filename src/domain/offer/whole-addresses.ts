import { isObject } from '../json-value';
import { cutUrlQueries } from '../url-queries';
import { isAddressReference } from './addresses';

/**
 * A value with the queries that its addresses have in what was asked for, each in its place: they may give access, so that
 * what is kept does not hold them. Only for a request that is sent at once. Pure.
 */
export function withQueriesOf(value: unknown, asked: unknown): unknown {
  if (isAddressReference(value)) return withQueriesOf(value.$address, asked);
  if (typeof value === 'string' && typeof asked === 'string') {
    return asked !== value && cutUrlQueries(asked).document === value ? asked : value;
  }
  if (Array.isArray(value) && Array.isArray(asked)) return value.map((one, index) => withQueriesOf(one, asked[index]));
  if (!isObject(value) || !isObject(asked)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withQueriesOf(one, asked[name])]));
}
