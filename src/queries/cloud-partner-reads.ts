import type { cloudPartnerLists, cloudPartnerReads } from '../contracts/cloud-partner-operations';
import type { CloudPartnerOperationState } from '../contracts/remote-parameters';
import { ExactNumber, OfferSlot, operationAddress } from '../partner-center/cloud-partner-portal';
import type { CloudPartnerClient } from '../partner-center/cloud-partner-portal';
import type { QuerySession } from './session';
import { withoutSecrets } from './without-secrets';
import { wordOf } from './word-of';

export type CloudPartnerRead = keyof typeof cloudPartnerReads;
export type CloudPartnerList = keyof typeof cloudPartnerLists;

/** The ids of an address, as they stand in it; each empty where the address has none. */
export type CloudPartnerIds = Readonly<Record<'publisherId' | 'offerId' | 'slot' | 'version' | 'operationId', string>>;

/** What a list is narrowed by. */
export interface CloudPartnerListOptions {
  readonly offerTypeId?: string | undefined;
  readonly status?: CloudPartnerOperationState | undefined;
}

type Session = QuerySession<CloudPartnerClient>;
type Answered = Promise<{ readonly value: unknown }>;

const reads: Readonly<Record<CloudPartnerRead, (session: Session, ids: CloudPartnerIds) => Answered>> = {
  getCloudPartnerOffer: ({ client, call }, ids) => client.getOffer(ids, call),
  getCloudPartnerOfferSlot: ({ client, call }, ids) =>
    client.getOfferSlot(ids, wordOf(OfferSlot, ids.slot) ?? OfferSlot.draft, call),
  getCloudPartnerOfferVersion: ({ client, call }, ids) => client.getOfferVersion(ids, ids.version, call),
  getCloudPartnerOfferStatus: ({ client, call }, ids) => client.getOfferStatus(ids, call),
  getCloudPartnerOperation: ({ client, call }, ids) => client.getOperation(addressOf(ids), call),
};

/** An operation has an id, or where the offer was not migrated an alias with `$` in it, which names the offer too. */
function addressOf({ publisherId, offerId, operationId }: CloudPartnerIds) {
  const location = `operations/${encodeURIComponent(operationId)}`;
  const alias = operationId.includes('$') ? operationAddress(location, { publisherId, offerId }) : undefined;
  return alias ?? ({ form: 'operation', publisherId, offerId, operationId } as const);
}

type List = (
  session: Session,
  ids: CloudPartnerIds,
  options: CloudPartnerListOptions,
) => Promise<{
  readonly value: readonly unknown[];
}>;

const lists: Readonly<Record<CloudPartnerList, List>> = {
  listCloudPartnerPublishers: ({ client, call }) => client.listPublishers(call),
  listCloudPartnerOfferTypes: ({ client, call }) => client.listOfferTypes(call),
  listCloudPartnerOffers: ({ client, call }, { publisherId }, { offerTypeId }) =>
    client.listOffers(publisherId, call, offerTypeId === undefined ? {} : { offerTypeId }),
  listCloudPartnerOperations: ({ client, call }, ids, { status }) =>
    client.listOperations(ids, call, status === undefined ? {} : { status }),
};

/** What one read of the Cloud Partner Portal API answers, without secrets. */
export async function readCloudPartner(
  session: Session,
  read: CloudPartnerRead,
  ids: CloudPartnerIds,
): Promise<object> {
  // What is read is an object, and stays one.
  return shown((await reads[read](session, ids)).value) as object;
}

/** All rows of a list: the service has no pages. */
export async function readCloudPartnerList(
  session: Session,
  list: CloudPartnerList,
  ids: CloudPartnerIds,
  options: CloudPartnerListOptions,
): Promise<readonly unknown[]> {
  return (await lists[list](session, ids, options)).value.map(shown);
}

function shown(value: unknown): unknown {
  return withoutSecrets(withTexts(value));
}

/** Numbers that a double cannot hold are told as texts, as versions are: most readers of JSON would round them. */
function withTexts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTexts);
  if (typeof value !== 'object' || value === null) return value;
  const exact = ExactNumber.safeParse(value);
  if (exact.success) return exact.data.$number;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withTexts(member)]));
}
