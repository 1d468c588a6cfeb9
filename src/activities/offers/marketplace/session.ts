import { setTimeout as delay } from 'node:timers/promises';
import type { Offer } from '../../../domain/offer/offer';
import { offerKey } from '../../../domain/offer/offer';
import type { Members } from '../../../domain/offer/offer-content';
import type { Call } from '../../../partner-center/http';
import type { Draft, IngestionClient, Product } from '../../../partner-center/ingestion';
import { ProductType } from '../../../partner-center/ingestion';
import type { ActivityDeps } from '../../deps';
import { MarketplaceError } from './failures';

export type MarketplaceDeps = Pick<ActivityDeps, 'offers'>;
export type MarketplaceOffer = Extract<Offer, { kind: 'marketplace-product' }>;

/** An account, and the requests that one activity run may send. */
export interface AccountSession {
  readonly client: IngestionClient;
  readonly call: Call;
  /** Milliseconds between two looks at something that is being made or processed; 5 000 unless told otherwise. */
  readonly pauseMs?: number;
}

/** The same, with a product. */
export interface ProductSession extends AccountSession {
  readonly offers: ActivityDeps['offers'];
  readonly productId: string;
  /** Names the product in our own records. */
  readonly key: string;
  /** Read once. */
  product(): Promise<Product>;
  /** What is known of its type without asking. */
  knownType(): string | undefined;
}

const published: readonly string[] = [ProductType.azureApplication, ProductType.softwareAsAService];

export function isPublishedType(resourceType: string | undefined): boolean {
  return resourceType !== undefined && published.includes(resourceType);
}

/** Products of other types can be released nowhere here. */
export function unsupportedType(resourceType: string | undefined): MarketplaceError {
  const message = `The offer is of the type ${resourceType ?? '(none)'}: only ${published.join(' and ')} are published.`;
  return new MarketplaceError({ code: 'product-type-unsupported', message, retryable: false });
}

export function productSession(
  { offers }: MarketplaceDeps,
  account: AccountSession,
  offer: MarketplaceOffer,
): ProductSession {
  const { productId } = offer;
  let asked: Promise<Product> | undefined;
  let type: string | undefined;
  const read = async (): Promise<Product> => {
    const { value } = await account.client.getProduct(productId, account.call);
    type = value.resourceType;
    return value;
  };
  return {
    ...account,
    offers,
    productId,
    key: offerKey(offer),
    product: async () => {
      asked ??= read();
      const product = await asked;
      if (!isPublishedType(product.resourceType)) throw unsupportedType(product.resourceType);
      return product;
    },
    knownType: () => type,
  };
}

/** All rows of a list. */
export async function all<T>(rows: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const row of rows) list.push(row);
  return list;
}

/** Waits between two looks. Ends at once, by throwing, when the host stops. */
export async function pause({ pauseMs = 5_000, call }: AccountSession): Promise<void> {
  await delay(pauseMs, undefined, call.signal === undefined ? {} : { signal: call.signal });
}

/** What is sent of a resource: it was made over one that was read, whose schema is open, by the rules of the domain. */
export function asDraft<T>(members: Members): Draft<T> {
  return members as Draft<T>;
}
