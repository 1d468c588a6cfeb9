import { StoreList, StoreValue } from './answers';
import { FunctionName } from './names';
import type { Operation } from './operation';
import { NoQuery, PageQuery } from './parameters';
import { remoteOperations, remoteProblems } from './remote-operations';

/** What goes straight to the Store submission API: its reads as it answers them, and the two deletions. */

/** What every question to the Store submission API may be answered with. */
export const storeProblems = [...remoteProblems, 'unsupported-features'] as const;

const problems = ['account-not-found', ...storeProblems] as const;

const { list, one } = remoteOperations({ list: StoreList, value: StoreValue, problems });

const app = '/accounts/{account}/store/apps/{applicationId}';
const flight = `${app}/flights/{flightId}`;
const addOn = '/accounts/{account}/store/add-ons/{addOnId}';

function deletion<N extends FunctionName, P extends string>(name: N, path: `/${P}`, summary: string) {
  const description = 'Safe to repeat: what is gone is answered 404.';
  return {
    name,
    method: 'DELETE',
    path,
    access: 'publish',
    summary,
    description,
    query: NoQuery,
    answers: { 204: { description: 'It is gone.' } },
    problems: [...problems, 'product-busy', 'not-deletable'],
  } as const satisfies Operation;
}

export const storeLists = {
  listStoreApps: list(
    FunctionName.listStoreApps,
    '/accounts/{account}/store/apps',
    'Lists the apps of the account',
    PageQuery,
  ),
  listStoreFlights: list(FunctionName.listStoreFlights, `${app}/flights`, 'Lists the flights of an app', PageQuery),
  listStoreAppAddOns: list(FunctionName.listStoreAppAddOns, `${app}/add-ons`, 'Lists the add-ons of an app', PageQuery),
  listStoreAddOns: list(
    FunctionName.listStoreAddOns,
    '/accounts/{account}/store/add-ons',
    'Lists the add-ons of the account',
    PageQuery,
  ),
} as const satisfies Record<string, Operation>;

export const storeReads = {
  getStoreApp: one(FunctionName.getStoreApp, app, 'Reads an app'),
  getStoreAppSubmission: one(
    FunctionName.getStoreAppSubmission,
    `${app}/submissions/{submissionId}`,
    'Reads a submission of an app',
  ),
  getStoreAppSubmissionStatus: one(
    FunctionName.getStoreAppSubmissionStatus,
    `${app}/submissions/{submissionId}/status`,
    'Reads how a submission of an app stands',
  ),
  getStoreAppRollout: one(
    FunctionName.getStoreAppRollout,
    `${app}/submissions/{submissionId}/rollout`,
    'Reads the package rollout of a submission of an app',
  ),
  getStoreFlight: one(FunctionName.getStoreFlight, flight, 'Reads a flight'),
  getStoreFlightSubmission: one(
    FunctionName.getStoreFlightSubmission,
    `${flight}/submissions/{submissionId}`,
    'Reads a submission of a flight',
  ),
  getStoreFlightSubmissionStatus: one(
    FunctionName.getStoreFlightSubmissionStatus,
    `${flight}/submissions/{submissionId}/status`,
    'Reads how a submission of a flight stands',
  ),
  getStoreFlightRollout: one(
    FunctionName.getStoreFlightRollout,
    `${flight}/submissions/{submissionId}/rollout`,
    'Reads the package rollout of a submission of a flight',
  ),
  getStoreAddOn: one(FunctionName.getStoreAddOn, addOn, 'Reads an add-on'),
  getStoreAddOnSubmission: one(
    FunctionName.getStoreAddOnSubmission,
    `${addOn}/submissions/{submissionId}`,
    'Reads a submission of an add-on',
  ),
  getStoreAddOnSubmissionStatus: one(
    FunctionName.getStoreAddOnSubmissionStatus,
    `${addOn}/submissions/{submissionId}/status`,
    'Reads how a submission of an add-on stands',
  ),
} as const satisfies Record<string, Operation>;

export const storeDeletions = {
  deleteStoreFlight: deletion(FunctionName.deleteStoreFlight, flight, 'Deletes a flight'),
  deleteStoreAddOn: deletion(FunctionName.deleteStoreAddOn, addOn, 'Deletes an add-on that was never published'),
} as const satisfies Record<string, Operation>;
