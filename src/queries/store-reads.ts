import type { AccountSession } from '../activities/store-call';
import type { storeLists, storeReads } from '../contracts/store-operations';
import type { Call } from '../partner-center/http';
import type { StoreClient } from '../partner-center/store';
import { withoutSecrets } from './without-secrets';

/** The ids of an address, as they stand in it. */
export interface StoreIds {
  readonly applicationId: string;
  readonly flightId: string;
  readonly addOnId: string;
  readonly submissionId: string;
}

export type StoreRead = keyof typeof storeReads;
export type StoreList = keyof typeof storeLists;

/** Part of a list. */
export interface StorePage {
  readonly value: readonly object[];
  /** Where the next page begins; absent on the last one. */
  readonly next?: number;
}

type Read = (client: StoreClient, ids: StoreIds, call: Call) => Promise<{ readonly value: unknown }>;

const reads: Readonly<Record<StoreRead, Read>> = {
  getStoreApp: (client, ids, call) => client.getApplication(ids.applicationId, call),
  getStoreAppSubmission: (client, ids, call) => client.getAppSubmission(ids.applicationId, ids.submissionId, call),
  getStoreAppSubmissionStatus: (client, ids, call) =>
    client.getAppSubmissionStatus(ids.applicationId, ids.submissionId, call),
  getStoreAppRollout: (client, ids, call) => client.getPackageRollout(ids.applicationId, ids.submissionId, call),
  getStoreFlight: (client, ids, call) => client.getFlight(ids, call),
  getStoreFlightSubmission: (client, ids, call) => client.getFlightSubmission(ids, ids.submissionId, call),
  getStoreFlightSubmissionStatus: (client, ids, call) => client.getFlightSubmissionStatus(ids, ids.submissionId, call),
  getStoreFlightRollout: (client, ids, call) => client.getFlightPackageRollout(ids, ids.submissionId, call),
  getStoreAddOn: (client, ids, call) => client.getAddOn(ids.addOnId, call),
  getStoreAddOnSubmission: (client, ids, call) => client.getAddOnSubmission(ids.addOnId, ids.submissionId, call),
  getStoreAddOnSubmissionStatus: (client, ids, call) =>
    client.getAddOnSubmissionStatus(ids.addOnId, ids.submissionId, call),
};

type Range = { readonly top: number; readonly skip: number };
type List = (client: StoreClient, ids: StoreIds, call: Call, range: Range) => AsyncGenerator<object>;

const lists: Readonly<Record<StoreList, List>> = {
  listStoreApps: (client, _ids, call, range) => client.listApplications(call, range),
  listStoreFlights: (client, ids, call, range) => client.listApplicationFlights(ids.applicationId, call, range),
  listStoreAppAddOns: (client, ids, call, range) => client.listApplicationAddOns(ids.applicationId, call, range),
  listStoreAddOns: (client, _ids, call, range) => client.listAddOns(call, range),
};

/** What one read answers, without secrets. */
export async function readOne({ client, call }: AccountSession, read: StoreRead, ids: StoreIds): Promise<object> {
  return shown((await reads[read](client, ids, call)).value);
}

/** Rows that one request of the API is asked for at most: more were never seen to be answered. */
const mostRows = 100;

/** A page of a list: one row more is asked for than is shown, since that tells whether another page follows. */
export async function readPage(
  { client, call }: AccountSession,
  list: StoreList,
  ids: StoreIds,
  { top, skip }: Range,
): Promise<StorePage> {
  const rows: object[] = [];
  for await (const row of lists[list](client, ids, call, { top: Math.min(top + 1, mostRows), skip })) {
    rows.push(shown(row));
    if (rows.length > top) return { value: rows.slice(0, top), next: skip + top };
  }
  return { value: rows };
}

function shown(value: unknown): object {
  // What a client answers is an object, and stays one.
  return withoutSecrets(value) as object;
}
