import type { OfferContent } from '../../../domain/offer/offer-content';

type AddressOf = (address: string) => Promise<string>;

const address = /^https?:\/\//i;

/** A content with the addresses in it as the release document gives them; only for a request that is sent at once. */
export async function withSignedAddresses(content: OfferContent, addressOf: AddressOf): Promise<OfferContent> {
  // Cast: texts became texts, and nothing else changed.
  return (await signed(content, addressOf)) as OfferContent;
}

async function signed(value: unknown, addressOf: AddressOf): Promise<unknown> {
  if (typeof value === 'string') return address.test(value) ? addressOf(value) : value;
  if (Array.isArray(value)) return Promise.all(value.map((one) => signed(one, addressOf)));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(async ([name, one]) => [name, await signed(one, addressOf)] as const);
  return Object.fromEntries(await Promise.all(members));
}
