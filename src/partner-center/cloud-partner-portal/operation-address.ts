import { segments } from '../http';
import type { OfferAddress } from './offer-address';

/**
 * Where one operation can be read. Plain data without a host: to be kept in records, and only ever asked below the
 * client's base.
 * - `operation`: of a migrated offer, `publishers/{P}/offers/{O}/operations/{guid}` (A13)
 * - `alias`: of one that is not, `operations/{P}${O}$2$preview` (A14); what its last two parts mean is not published
 */
export type OperationAddress =
  | { readonly form: 'operation'; readonly publisherId: string; readonly offerId: string; readonly operationId: string }
  | { readonly form: 'alias'; readonly alias: string };

/**
 * Reads the `location` of an answer (a path below the base). Undefined when it has neither form or names another offer:
 * then look for the operation in the list of operations instead.
 */
export function operationAddress(location: string | undefined, offer: OfferAddress): OperationAddress | undefined {
  const parts = decoded(location);
  if (parts === undefined) return undefined;
  const address = read(parts);
  return address !== undefined && isOf(address, offer) ? address : undefined;
}

/** The path of an operation below the base, its segments encoded. */
export function operationPath(address: OperationAddress): string {
  if (address.form === 'operation') {
    return segments('publishers', address.publisherId, 'offers', address.offerId, 'operations', address.operationId);
  }
  // The service writes its `$` as they are.
  return segments('operations', address.alias).replaceAll('%24', '$');
}

function decoded(location: string | undefined): readonly string[] | undefined {
  const path = location?.split(/[?#]/, 1)[0]?.replace(/\/+$/, '');
  if (path === undefined || path === '') return undefined;
  try {
    return path.split('/').map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

/** The words of the longer form, each before the id that it names. */
const words = ['publishers', 'offers', 'operations'];

function read(parts: readonly string[]): OperationAddress | undefined {
  const ids = parts.filter((_, index) => index % 2 === 1);
  if (ids.includes('')) return undefined;
  const [first = '', second = '', third = ''] = ids;
  const names = parts.filter((_, index) => index % 2 === 0);
  if (parts.length === 2 && isWord(names[0] ?? '', 'operations')) return { form: 'alias', alias: first };
  if (parts.length !== 6 || !names.every((name, index) => isWord(name, words[index] ?? ''))) return undefined;
  return { form: 'operation', publisherId: first, offerId: second, operationId: third };
}

function isOf(address: OperationAddress, offer: OfferAddress): boolean {
  const named = address.form === 'operation' ? [address.publisherId, address.offerId] : address.alias.split('$');
  // An alias of one part names no offer at all.
  if (named.length === 1) return true;
  return isWord(named[0] ?? '', offer.publisherId) && isWord(named[1] ?? '', offer.offerId);
}

function isWord(text: string, word: string): boolean {
  return text.toLowerCase() === word.toLowerCase();
}
