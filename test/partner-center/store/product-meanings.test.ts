import { createStoreClient, storeFailure, type StoreMeaning } from '../../../src/partner-center/store';
import { failureOf } from '../fakes';
import { setUp } from '../http/setup';
import { json, startScriptedServer, text, type ScriptedServer, type Step } from '../scripted-server';
import { endpoints } from './endpoint-table';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

async function meaningOf(method: string, step: Step) {
  const { transport, allowance } = setUp(server);
  server.play(step);
  const endpoint = endpoints.find((candidate) => candidate.method === method);
  if (endpoint === undefined) throw new Error(`no ${method}`);
  return storeFailure(await failureOf(endpoint.act(createStoreClient(transport), { allowance })));
}

const problem = (status: number, code: string, target: string | undefined, message: string) =>
  json(status, { code, data: [], details: [], message, source: 'Ingestion Api', target });
const unsupported = (what: string) =>
  `This ${what} uses features that are not supported by the submission API. To perform this operation, use the Dev Center dashboard.`;
const portal =
  'Ingestion API can only update, delete, and commit submissions that are created through the API. Please delete the current in-progress submission and create one using the API';
const deletedNot = 'Submission in its current state cannot be deleted';
const createdNot = 'Create submission failed, status code Conflict, reason phrase Conflict';

/** Words that nobody has seen yet. */
const unknown = (status: number, target?: string) => problem(status, 'InvalidState', target, 'Other words');

describe('what the service refuses of flights and add-ons', () => {
  const said: readonly (readonly [string, StoreMeaning, Step])[] = [
    ['createAddOnSubmission', 'create-conflict', problem(409, 'InvalidState', 'submission', createdNot)],
    ['createFlightSubmission', 'create-conflict', problem(409, 'InvalidState', 'submission', createdNot)],
    ['deleteAddOnSubmission', 'not-deletable', problem(409, 'InvalidState', 'submissionId', deletedNot)],
    ['deleteFlightSubmission', 'not-deletable', problem(409, 'InvalidState', 'submissionId', deletedNot)],
    ['getAddOn', 'unsupported-features', problem(409, 'InvalidState', 'inAppProduct', unsupported('add-on'))],
    ['createAddOn', 'unsupported-features', problem(409, 'InvalidState', 'application', unsupported('application'))],
    ['createFlight', 'unsupported-features', problem(409, 'InvalidState', 'application', unsupported('application'))],
    ['deleteAddOn', 'unsupported-features', problem(409, 'InvalidState', 'inAppProduct', unsupported('add-on'))],
    ['updateAddOnSubmission', 'unsupported-features', problem(409, 'InvalidState', 'x', unsupported('add-on'))],
    [
      'updateAddOnSubmission',
      'draft-edited-in-portal',
      problem(400, 'InvalidOperation', 'inAppProductSubmission', portal),
    ],
    ['commitFlightSubmission', 'draft-edited-in-portal', problem(400, 'InvalidOperation', 'flightSubmission', portal)],
    ['deleteFlightSubmission', 'draft-edited-in-portal', problem(400, 'InvalidOperation', 'flightSubmission', portal)],
    [
      'getFlightSubmission',
      'submission-not-found',
      problem(404, 'ResourceNotFound', 'submissionId', 'Submission not found'),
    ],
    ['getFlight', 'application-not-found', problem(404, 'ResourceNotFound', 'applicationId', 'Application not found')],
    ['createFlightSubmission', 'flight-not-found', problem(404, 'ResourceNotFound', 'flightId', 'Flight not found')],
    ['getAddOnSubmission', 'add-on-not-found', problem(404, 'ResourceNotFound', 'inAppProductId', 'Not found')],
  ];

  it.each(said)('%s: %s, in its own words', async (method, meaning, step) => {
    expect(await meaningOf(method, step)).toMatchObject({ meaning, unclear: false, retryable: false });
  });

  const unsaid: readonly (readonly [string, StoreMeaning, number])[] = [
    ['createAddOn', 'product-conflict', 409],
    ['createFlight', 'product-conflict', 409],
    ['deleteAddOn', 'product-not-deletable', 409],
    ['deleteFlight', 'product-not-deletable', 409],
    ['createAddOnSubmission', 'create-conflict', 409],
    ['createFlightSubmission', 'create-conflict', 409],
    ['deleteAddOnSubmission', 'not-deletable', 409],
    ['deleteFlightSubmission', 'not-deletable', 409],
    ['updateAddOnSubmission', 'wrong-state', 409],
    ['commitFlightSubmission', 'wrong-state', 409],
    ['getAddOnSubmission', 'other-product', 409],
    ['getFlightSubmission', 'other-product', 409],
    ['getFlightPackageRollout', 'other-product', 409],
    ['haltFlightPackageRollout', 'rollout-not-running', 409],
    ['finalizeFlightPackageRollout', 'rollout-not-running', 409],
    ['updateFlightPackageRolloutPercentage', 'rollout-not-running', 409],
    ['getApplication', 'unsupported-features', 409],
    ['getAddOn', 'unsupported-features', 409],
    ['getFlight', 'unsupported-features', 409],
    ['listAddOns', 'unsupported-features', 409],
    ['listApplicationFlights', 'unsupported-features', 409],
    ['getFlight', 'flight-not-found', 404],
    ['deleteFlight', 'flight-not-found', 404],
    ['createFlightSubmission', 'flight-not-found', 404],
    ['createFlight', 'application-not-found', 404],
    ['getAddOn', 'add-on-not-found', 404],
    ['deleteAddOn', 'add-on-not-found', 404],
    ['createAddOnSubmission', 'add-on-not-found', 404],
    ['commitAddOnSubmission', 'not-found', 404],
    ['getFlight', 'invalid-id', 400],
    ['deleteFlight', 'invalid-id', 400],
    ['getAddOn', 'invalid-id', 400],
    ['deleteAddOn', 'invalid-id', 400],
    ['createFlight', 'invalid-document', 400],
    ['createAddOn', 'invalid-document', 400],
    ['getFlight', 'forbidden', 403],
    ['deleteAddOn', 'forbidden', 403],
  ];

  it.each(unsaid)('%s: %s (%d), in words that nobody knows', async (method, meaning, status) => {
    expect(await meaningOf(method, unknown(status))).toMatchObject({
      meaning,
      unclear: false,
      retryable: false,
      status,
    });
  });

  it.each([
    ['listings', 'The size of Listings must be 1 or more'],
    ['contentType', 'The value of ContentType is invalid'],
    ['title', 'The length of Title must be 100 or less'],
  ])('a document: with the sentence for people, and the member: %s', async (target, message) => {
    const failure = await meaningOf('updateAddOnSubmission', problem(400, 'InvalidParameterValue', target, message));

    expect(failure).toMatchObject({ meaning: 'invalid-document', target, messages: [message] });
  });
});

describe('a flight whose only submission was deleted', () => {
  it('is dead: no other can be made, which the service says with an empty 404', async () => {
    const empty = text(404, '');

    expect(await meaningOf('createFlightSubmission', empty)).toMatchObject({
      meaning: 'flight-dead',
      unclear: false,
      retryable: false,
    });
  });

  it('is not taken for dead when anything else is missing', async () => {
    const gateway = text(404, '<html><title>404 - Not Found</title></html>', { 'Content-Type': 'text/html' });

    expect(await meaningOf('createFlightSubmission', gateway)).toMatchObject({ meaning: 'flight-not-found' });
    expect(await meaningOf('createAppSubmission', text(404, ''))).toMatchObject({ meaning: 'application-not-found' });
    expect(await meaningOf('getFlight', text(404, ''))).toMatchObject({ meaning: 'flight-not-found' });
    expect(await meaningOf('getFlightSubmission', text(404, ''))).toMatchObject({ meaning: 'not-found' });
  });
});
