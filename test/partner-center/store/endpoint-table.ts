import type { Call } from '../../../src/partner-center/http';
import type { StoreClient } from '../../../src/partner-center/store';
import { all } from './rows';
import * as wire from './wire-samples';

/** One row of the API's endpoint table, and the call of our client that stands for it. */
export interface Endpoint {
  readonly row: number;
  readonly verb: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below `/v1.0/my/`, as the page spells it. */
  readonly path: string;
  readonly query?: string;
  /** What is sent; nothing unless told. */
  readonly body?: unknown;
  readonly answer: { readonly status: number; readonly body?: unknown };
  readonly method: keyof StoreClient;
  readonly act: (client: StoreClient, call: Call) => Promise<unknown>;
}

const { app, addOn, submission } = wire.ids;
const flight = { applicationId: app, flightId: wire.ids.flight };
const newFlight = { friendlyName: 'Insiders', groupIds: ['1152921504606962205'], rankHigherThan: 'Beta' };

const A = `applications/${app}`;
const F = `${A}/flights/${wire.ids.flight}`;
const P = `inappproducts/${addOn}`;
const S = `submissions/${submission}`;
const sparse = 'isMinimalResponse=true';

const ok = (body: unknown) => ({ status: 200, body });
const made = (body: unknown) => ({ status: 201, body });
const taken = { status: 202, body: wire.commit };
const gone = { status: 204 };
const page = (row: unknown) => ok({ value: [row], totalCount: 1 });

/** "Manage apps", "Manage app submissions". */
const apps: readonly Endpoint[] = [
  {
    row: 1,
    verb: 'GET',
    path: 'applications',
    query: 'top=100',
    answer: page(wire.application),
    method: 'listApplications',
    act: (client, call) => all(client.listApplications(call)),
  },
  {
    row: 2,
    verb: 'GET',
    path: A,
    answer: ok(wire.application),
    method: 'getApplication',
    act: (client, call) => client.getApplication(app, call),
  },
  {
    row: 3,
    verb: 'GET',
    path: `${A}/listinappproducts`,
    query: 'top=100',
    answer: page({ inAppProductId: addOn }),
    method: 'listApplicationAddOns',
    act: (client, call) => all(client.listApplicationAddOns(app, call)),
  },
  {
    row: 4,
    verb: 'GET',
    path: `${A}/listflights`,
    query: 'top=100',
    answer: page(wire.flight),
    method: 'listApplicationFlights',
    act: (client, call) => all(client.listApplicationFlights(app, call)),
  },
  {
    row: 5,
    verb: 'POST',
    path: `${A}/submissions`,
    query: sparse,
    answer: made({ id: submission, status: 'PendingCommit', fileUploadUrl: wire.uploadAddress }),
    method: 'createAppSubmission',
    act: (client, call) => client.createAppSubmission(app, call),
  },
  {
    row: 6,
    verb: 'GET',
    path: `${A}/${S}`,
    answer: ok(wire.appSubmission),
    method: 'getAppSubmission',
    act: (client, call) => client.getAppSubmission(app, submission, call),
  },
  {
    row: 7,
    verb: 'PUT',
    path: `${A}/${S}`,
    body: { notesForCertification: 'ü' },
    answer: ok(wire.appSubmission),
    method: 'updateAppSubmission',
    act: (client, call) => client.updateAppSubmission(app, submission, { notesForCertification: 'ü' }, call),
  },
  {
    row: 8,
    verb: 'POST',
    path: `${A}/${S}/commit`,
    answer: taken,
    method: 'commitAppSubmission',
    act: (client, call) => client.commitAppSubmission(app, submission, call),
  },
  {
    row: 9,
    verb: 'DELETE',
    path: `${A}/${S}`,
    answer: gone,
    method: 'deleteAppSubmission',
    act: (client, call) => client.deleteAppSubmission(app, submission, call),
  },
  {
    row: 10,
    verb: 'GET',
    path: `${A}/${S}/status`,
    answer: ok(wire.status),
    method: 'getAppSubmissionStatus',
    act: (client, call) => client.getAppSubmissionStatus(app, submission, call),
  },
  {
    row: 11,
    verb: 'GET',
    path: `${A}/${S}/packagerollout`,
    answer: ok(wire.rollout),
    method: 'getPackageRollout',
    act: (client, call) => client.getPackageRollout(app, submission, call),
  },
  {
    row: 12,
    verb: 'POST',
    path: `${A}/${S}/updatepackagerolloutpercentage`,
    query: 'percentage=12.5',
    answer: ok(wire.rollout),
    method: 'updatePackageRolloutPercentage',
    act: (client, call) => client.updatePackageRolloutPercentage(app, submission, 12.5, call),
  },
  {
    row: 13,
    verb: 'POST',
    path: `${A}/${S}/haltpackagerollout`,
    answer: ok(wire.rollout),
    method: 'haltPackageRollout',
    act: (client, call) => client.haltPackageRollout(app, submission, call),
  },
  {
    row: 14,
    verb: 'POST',
    path: `${A}/${S}/finalizepackagerollout`,
    answer: ok(wire.rollout),
    method: 'finalizePackageRollout',
    act: (client, call) => client.finalizePackageRollout(app, submission, call),
  },
];

/** "Manage add-ons", "Manage add-on submissions". */
const addOns: readonly Endpoint[] = [
  {
    row: 15,
    verb: 'GET',
    path: 'inappproducts',
    query: 'top=100',
    answer: page(wire.addOn),
    method: 'listAddOns',
    act: (client, call) => all(client.listAddOns(call)),
  },
  {
    row: 16,
    verb: 'GET',
    path: P,
    answer: ok(wire.addOn),
    method: 'getAddOn',
    act: (client, call) => client.getAddOn(addOn, call),
  },
  {
    row: 17,
    verb: 'POST',
    path: 'inappproducts',
    body: { applicationIds: [app], productId: 'pro-pack', productType: 'Durable' },
    answer: made({ ...wire.addOn, pendingInAppProductSubmission: undefined }),
    method: 'createAddOn',
    act: (client, call) =>
      client.createAddOn({ applicationId: app, productId: 'pro-pack', productType: 'Durable' }, call),
  },
  {
    row: 18,
    verb: 'DELETE',
    path: P,
    answer: gone,
    method: 'deleteAddOn',
    act: (client, call) => client.deleteAddOn(addOn, call),
  },
  {
    row: 19,
    verb: 'POST',
    path: `${P}/submissions`,
    answer: made(wire.addOnSubmission),
    method: 'createAddOnSubmission',
    act: (client, call) => client.createAddOnSubmission(addOn, call),
  },
  {
    row: 20,
    verb: 'GET',
    path: `${P}/${S}`,
    answer: ok(wire.addOnSubmission),
    method: 'getAddOnSubmission',
    act: (client, call) => client.getAddOnSubmission(addOn, submission, call),
  },
  {
    row: 21,
    verb: 'PUT',
    path: `${P}/${S}`,
    body: wire.addOnContent,
    answer: ok(wire.addOnSubmission),
    method: 'updateAddOnSubmission',
    act: (client, call) => client.updateAddOnSubmission(addOn, submission, wire.addOnContent, call),
  },
  {
    row: 22,
    verb: 'POST',
    path: `${P}/${S}/commit`,
    answer: taken,
    method: 'commitAddOnSubmission',
    act: (client, call) => client.commitAddOnSubmission(addOn, submission, call),
  },
  {
    row: 23,
    verb: 'DELETE',
    path: `${P}/${S}`,
    answer: gone,
    method: 'deleteAddOnSubmission',
    act: (client, call) => client.deleteAddOnSubmission(addOn, submission, call),
  },
  {
    row: 24,
    verb: 'GET',
    path: `${P}/${S}/status`,
    answer: ok(wire.status),
    method: 'getAddOnSubmissionStatus',
    act: (client, call) => client.getAddOnSubmissionStatus(addOn, submission, call),
  },
];

/** "Manage package flights", "Manage package flight submissions". */
const flights: readonly Endpoint[] = [
  {
    row: 25,
    verb: 'POST',
    path: `${A}/flights`,
    body: newFlight,
    answer: made(wire.flight),
    method: 'createFlight',
    act: (client, call) => client.createFlight(app, newFlight, call),
  },
  {
    row: 26,
    verb: 'GET',
    path: F,
    answer: ok(wire.flight),
    method: 'getFlight',
    act: (client, call) => client.getFlight(flight, call),
  },
  {
    row: 27,
    verb: 'DELETE',
    path: F,
    answer: gone,
    method: 'deleteFlight',
    act: (client, call) => client.deleteFlight(flight, call),
  },
  {
    row: 28,
    verb: 'POST',
    path: `${F}/submissions`,
    query: sparse,
    answer: made({ id: submission, status: 'PendingCommit', fileUploadUrl: wire.uploadAddress }),
    method: 'createFlightSubmission',
    act: (client, call) => client.createFlightSubmission(flight, call),
  },
  {
    row: 29,
    verb: 'GET',
    path: `${F}/${S}`,
    answer: ok(wire.flightSubmission),
    method: 'getFlightSubmission',
    act: (client, call) => client.getFlightSubmission(flight, submission, call),
  },
  {
    row: 30,
    verb: 'PUT',
    path: `${F}/${S}`,
    body: wire.flightContent,
    answer: ok(wire.flightSubmission),
    method: 'updateFlightSubmission',
    act: (client, call) => client.updateFlightSubmission(flight, submission, wire.flightContent, call),
  },
  {
    row: 31,
    verb: 'POST',
    path: `${F}/${S}/commit`,
    answer: taken,
    method: 'commitFlightSubmission',
    act: (client, call) => client.commitFlightSubmission(flight, submission, call),
  },
  {
    row: 32,
    verb: 'DELETE',
    path: `${F}/${S}`,
    answer: gone,
    method: 'deleteFlightSubmission',
    act: (client, call) => client.deleteFlightSubmission(flight, submission, call),
  },
  {
    row: 33,
    verb: 'GET',
    path: `${F}/${S}/status`,
    answer: ok(wire.status),
    method: 'getFlightSubmissionStatus',
    act: (client, call) => client.getFlightSubmissionStatus(flight, submission, call),
  },
  {
    row: 34,
    verb: 'GET',
    path: `${F}/${S}/packagerollout`,
    answer: ok(wire.rollout),
    method: 'getFlightPackageRollout',
    act: (client, call) => client.getFlightPackageRollout(flight, submission, call),
  },
  {
    row: 35,
    verb: 'POST',
    path: `${F}/${S}/updatepackagerolloutpercentage`,
    query: 'percentage=12.5',
    answer: ok(wire.rollout),
    method: 'updateFlightPackageRolloutPercentage',
    act: (client, call) => client.updateFlightPackageRolloutPercentage(flight, submission, 12.5, call),
  },
  {
    row: 36,
    verb: 'POST',
    path: `${F}/${S}/haltpackagerollout`,
    answer: ok(wire.rollout),
    method: 'haltFlightPackageRollout',
    act: (client, call) => client.haltFlightPackageRollout(flight, submission, call),
  },
  {
    row: 37,
    verb: 'POST',
    path: `${F}/${S}/finalizepackagerollout`,
    answer: ok(wire.rollout),
    method: 'finalizeFlightPackageRollout',
    act: (client, call) => client.finalizeFlightPackageRollout(flight, submission, call),
  },
];

export const endpoints: readonly Endpoint[] = [...apps, ...addOns, ...flights];
