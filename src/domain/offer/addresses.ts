import { isObject } from '../json-value';
import { cutUrlQueries } from '../url-queries';

/**
 * In the place of an address that is to be sent although the same one shows: what lies behind it, or the query that gives
 * access to it, is another. Queries are in no content, so that only the sending tells the two apart.
 */
export interface AddressReference {
  readonly $address: string;
}

export function isAddressReference(value: unknown): value is AddressReference {
  return isObject(value) && Object.keys(value).length === 1 && typeof value['$address'] === 'string';
}

/** The addresses that are to be sent although they show, without their queries. */
export function resentAddresses(value: unknown): readonly string[] {
  if (isAddressReference(value)) return [cutUrlQueries(value.$address).document];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(resentAddresses) : [];
}

/** Whether there is one. */
export function hasAddressReference(value: unknown): boolean {
  return resentAddresses(value).length > 0;
}

/** As it shows once it is sent: each such address as its text. The very same value where there is none. */
export function asShown<T>(value: T): T {
  // Texts take the place of references, which no type of a content tells from other members.
  return (hasAddressReference(value) ? shown(value) : value) as T;
}

function shown(value: unknown): unknown {
  if (isAddressReference(value)) return value.$address;
  if (Array.isArray(value)) return value.map(shown);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shown(one)]));
}
