import { BudgetDeferredError, MalformedResponseError, type Call } from '../../../src/partner-center/http';
import { ingestionFailure, type IngestionClient } from '../../../src/partner-center/ingestion';
import { failureOf } from '../fakes';
import { cut, json, startScriptedServer, text, type ScriptedServer, type Step } from '../scripted-server';
import { ingestionOn } from './setup';
import * as wire from './wire-samples';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

const { product: productId, row, submission: submissionId } = wire.ids;
type Act = (client: IngestionClient, call: Call) => Promise<unknown>;
const reading: Act = (client, call) => client.getProduct(productId, call);
const replacing: Act = (client, call) =>
  client.updateListing({ productId, listingId: row }, { title: 'A' }, { ...call, ifMatch: wire.etag });
const making: Act = (client, call) =>
  client.createProduct({ resourceType: 'AzureContainer', name: 'A', externalIDs: [] }, call);
const promoting: Act = (client, call) => client.promoteSubmission({ productId, submissionId }, call);
const submitting: Act = (client, call) => client.createSubmission(productId, { resources: [] }, call);
const canceling: Act = (client, call) => client.deleteSubmission({ productId, submissionId }, call);
const removing: Act = (client, call) => client.deleteVariant({ productId, variantId: row }, call);

async function failed(act: Act, ...steps: Step[]) {
  const { client, call } = ingestionOn(server);
  server.play(...steps);
  const error = await failureOf(act(client, call));
  return { error, failure: ingestionFailure(error) };
}

const fault = {
  faultCode: 50400,
  reasonPhrase: 'Request validation failed.',
  correlationId: 'c1d80796-9ca8-5cf5-b493-85a08bd49c1f',
  operationId: '4b8c7499aaaabbbbccccddddeeeeffff',
  data: { FeatureName: ['The field FeatureName is invalid.', 'It is missing.'], Trial: 'Is too long.', Count: 4 },
};
const numbered = `ICH50400 - Unable to complete request. ${JSON.stringify(fault)}`;
const exception =
  'Microsoft.Ingestion.Api.Common.Exceptions.Http404Exception: Product not found\r\n   at Microsoft.X()';

describe('an error body', () => {
  const everything = {
    code: 'ICH50400',
    faultCorrelationId: fault.correlationId,
    operationId: fault.operationId,
    fields: [
      { field: 'FeatureName', messages: ['The field FeatureName is invalid.', 'It is missing.'] },
      { field: 'Trial', messages: ['Is too long.'] },
    ],
    messages: [
      'Unable to complete request.',
      'FeatureName: The field FeatureName is invalid.',
      'FeatureName: It is missing.',
      'Trial: Is too long.',
    ],
  };

  it.each<[string, Step, object]>([
    ['a JSON string with a fault in it', json(400, numbered), everything],
    ['the same as plain text', text(400, numbered), everything],
    [
      'a numbered string without a fault',
      json(400, 'ICH50400 - Enter a valid GUID'),
      { code: 'ICH50400', messages: ['Enter a valid GUID'] },
    ],
    [
      'a numbered string cut off',
      json(400, numbered.slice(0, 80)),
      { code: 'ICH50400', messages: [numbered.slice(11, 80)], fields: [] },
    ],
    ['a string alone', json(400, 'Missing: title'), { messages: ['Missing: title'], fields: [] }],
    ['an object of the gateway', json(400, { statusCode: 400, message: 'Bad' }), { status: 400, messages: ['Bad'] }],
    [
      'an error object',
      json(400, { error: { code: 'BadRequest', message: 'No', target: 'title' } }),
      { code: 'BadRequest', target: 'title', messages: ['No'] },
    ],
    [
      'a bare error object',
      json(400, { code: 'X', message: 'No', correlationId: 'q' }),
      { code: 'X', faultCorrelationId: 'q' },
    ],
    [
      'a page',
      text(400, '<html><head><title>Bad Gateway</title></head></html>'),
      { messages: ['Bad Gateway'], fields: [] },
    ],
    ['nothing', json(400), { messages: [], fields: [] }],
    ['a number', json(400, 7), { messages: [], fields: [] }],
  ])('is understood as %s', async (_, answer, expected) => {
    const { failure } = await failed(replacing, answer);

    expect(failure).toMatchObject({ meaning: 'invalid-document', unclear: false, retryable: false, ...expected });
  });

  it.each([
    ['as a JSON string', json(500, exception)],
    ['as text', text(500, exception)],
  ])('of .NET says which status is meant, %s', async (_, answer) => {
    const { failure } = await failed(making, answer);

    expect(failure).toMatchObject({
      meaning: 'not-found',
      status: 404,
      code: 'Http404Exception',
      messages: ['Product not found'],
      unclear: true,
    });
  });

  it('of the gateway is believed rather than the status line', async () => {
    const { failure } = await failed(reading, json(400, { statusCode: 401, message: 'Access denied' }));

    expect(failure).toMatchObject({ meaning: 'unauthorized', status: 401, messages: ['Access denied'] });
  });

  it('is kept with the ids of exchange and fault', async () => {
    const { failure } = await failed(making, json(400, numbered, { 'request-id': 'r-1' }));

    expect(failure).toMatchObject({ correlationId: 'r-1', faultCorrelationId: fault.correlationId });
    expect(failure?.message).toBe('createProduct was answered 400 ICH50400: Unable to complete request.');
  });
});

describe('a refusal', () => {
  it.each<[string, number | [number, string], Act, string]>([
    ['a stale ETag', 412, replacing, 'etag-conflict'],
    ['a stale ETag, as the OpenAPI document has it', 409, replacing, 'etag-conflict'],
    ['a taken offer id', 409, making, 'product-exists'],
    ['a taken offer id, by its words', [400, 'ICH50400 - The offer id already exists'], making, 'product-exists'],
    ['a faulty product', [400, 'ICH50400 - The name is too long'], making, 'invalid-document'],
    ['a submission under way', 409, submitting, 'submission-conflict'],
    ['a promote too early or late', 409, promoting, 'submission-not-promotable'],
    ['a cancel too late', 409, canceling, 'submission-not-deletable'],
    ['another conflict', 409, removing, 'conflict'],
    ['an unknown address', 404, reading, 'not-found'],
    ['an identity without the role', 401, reading, 'unauthorized'],
    ['a right that is missing', 403, reading, 'forbidden'],
    ['a faulty read', 400, reading, 'refused'],
    ['a method that is none', 405, making, 'refused'],
    ['what is not built', 501, making, 'refused'],
  ])('is told from the others: %s', async (_, answer, act, meaning) => {
    const [status, words = 'no'] = [answer].flat() as [number, string?]; // of these two, the second is told by few

    const { failure } = await failed(act, json(status, words));

    expect(failure).toMatchObject({ meaning, unclear: false, retryable: false, status });
  });

  it('for the rate of requests is waited out, and then told', async () => {
    const { failure } = await failed(making, json(429, 'slow down', { 'Retry-After': '90' }));

    expect(failure).toMatchObject({ meaning: 'throttled', unclear: false, retryable: true, retryAfterMs: 90_000 });
    expect(server.arrived).toHaveLength(1);
  });

  it('for the role costs one new token, not more', async () => {
    const { client, call, credential } = ingestionOn(server);
    server.play(json(401, { statusCode: 401, message: 'role' }));

    await failureOf(client.getProduct(productId, call));

    expect(server.arrived).toHaveLength(2);
    expect(credential.dropped).toHaveLength(1);
  });
});

describe('a change of a known state', () => {
  it.each([412, 409])(
    'is no conflict with others when its own first try was answered by nothing: %d',
    async (status) => {
      const { failure } = await failed(replacing, cut, json(status, 'stale'));

      expect(failure).toMatchObject({ meaning: 'etag-conflict', unclear: true });
      expect(server.arrived.map(({ headers }) => headers['if-match'])).toEqual([wire.etag, wire.etag]);
    },
  );

  it('is sent again with the same ETag', async () => {
    const { client, call } = ingestionOn(server);
    server.play(json(503), json(200, wire.listing, { ETag: '"next"' }));

    const { etag, value } = await client.updateListing({ productId, listingId: row }, wire.listing, {
      ...call,
      ifMatch: '*',
    });

    expect(etag).toBe('"next"');
    expect(value['@odata.etag']).toBe(wire.etag);
    expect(server.arrived.map(({ headers }) => headers['if-match'])).toEqual(['*', '*']);
  });

  it('takes an ETag where none is needed', async () => {
    const { client, call } = ingestionOn(server);
    server.play(json(200, wire.packageRow));

    await client.updatePackage({ productId, packageId: row }, { state: 'Uploaded' }, { ...call, ifMatch: wire.etag });

    expect(server.arrived[0]!.headers['if-match']).toBe(wire.etag);
  });

  it('cannot be asked for without an ETag where one is needed', async () => {
    const { client, call } = ingestionOn(server);
    server.play(json(200, wire.listing));

    // @ts-expect-error ifMatch is missing
    await client.updateListing({ productId, listingId: row }, { title: 'A' }, call);
    // @ts-expect-error ifMatch is missing
    await client.updateListingImage({ productId, listingId: row, fileId: row }, { order: 1 }, call);

    expect(server.arrived.map(({ headers }) => headers['if-match'])).toEqual([undefined, undefined]);
  });
});

describe('a submission', () => {
  it.each([201, 202])('is made, be it answered %d', async (status) => {
    const { client, call } = ingestionOn(server);
    server.play(json(status, wire.submission));

    const answer = await client.createSubmission(productId, { resources: [] }, call);

    expect(answer).toMatchObject({ status, value: { id: submissionId, substate: 'Submitted' } });
  });

  it.each([
    ['nothing', json(202)],
    ['an answer without an id', json(201, { state: 'InProgress' })],
    ['a page', text(200, '<html></html>')],
  ])('may have been made, when it is answered by %s', async (_, answer) => {
    const { error, failure } = await failed(submitting, answer);

    expect(error).toBeInstanceOf(MalformedResponseError);
    expect(failure).toMatchObject({ meaning: 'malformed-answer', unclear: true });
    expect(server.arrived).toHaveLength(1);
  });

  it('is promoted with an empty body', async () => {
    const { client, call } = ingestionOn(server);
    server.play(json(200, wire.workflow));

    const { value } = await client.promoteSubmission({ productId, submissionId }, call);

    expect(value).toMatchObject({ targetEnvironment: 'Live', state: 'InProgress' });
    expect(server.arrived[0]).toMatchObject({ headers: { 'content-length': '0' }, body: Buffer.alloc(0) });
  });
});

describe('what is no answer', () => {
  it('is deferred when the budget is spent', async () => {
    const { client } = ingestionOn(server);
    const deferred = new BudgetDeferredError({ retryAt: new Date('2026-11-20T08:02:00Z'), ticket: 't-1', sent: 0 });

    const error = await failureOf(making(client, { allowance: { take: () => Promise.reject(deferred) } }));

    expect(ingestionFailure(error, () => new Date('2026-11-20T08:01:00Z'))).toMatchObject({
      meaning: 'deferred',
      unclear: false,
      retryAfterMs: 60_000,
      fields: [],
      ticket: 't-1',
    });
  });

  it('is nothing of this API when it is a bug', () => {
    expect(ingestionFailure(new TypeError('bug'))).toBeUndefined();
  });
});
