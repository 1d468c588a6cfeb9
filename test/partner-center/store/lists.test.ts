import { createStoreClient, storeFailure } from '../../../src/partner-center/store';
import { failureOf } from '../fakes';
import { json, startScriptedServer, type ScriptedServer } from '../scripted-server';
import { setUp } from '../http/setup';
import { all } from './rows';
import { addOn, flight } from './wire-samples';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

function store() {
  const { transport, allowance } = setUp(server);
  return { client: createStoreClient(transport), call: { allowance } };
}
const urls = () => server.arrived.map(({ url }) => url);

describe('lists', () => {
  it.each(['/applications?skip=1&top=1', 'applications/?skip=1&top=1', '/v1.0/my/applications?skip=1&top=1'])(
    'follow the link as it is spelled: %s',
    async (link) => {
      const { client, call } = store();
      server.play(
        json(200, { '@nextLink': link, value: [{ id: 'A' }], totalCount: 2 }),
        json(200, { value: [{ id: 'B' }], totalCount: 2 }),
      );

      const rows = await all(client.listApplications(call));

      expect(rows.map(({ id }) => id)).toEqual(['A', 'B']);
      expect(urls()[0]).toBe('/v1.0/my/applications?top=100');
      expect(urls()[1]).toMatch(/^\/v1\.0\/my\/applications\/?\?skip=1&top=1$/);
    },
  );

  it('end by the link, not by counting', async () => {
    const { client, call } = store();
    server.play(json(200, { value: [{ id: 'A' }], totalCount: 1072 }));

    expect(await all(client.listApplications(call))).toHaveLength(1);
  });

  it('do not go round in circles', async () => {
    const { client, call } = store();
    server.play(json(200, { '@nextLink': 'applications?skip=1', value: [{ id: 'A' }] }));

    const error = await failureOf(all(client.listApplications(call)));

    expect(storeFailure(error)).toMatchObject({ meaning: 'malformed-answer', unclear: false, retryable: false });
    expect(urls()).toHaveLength(2);
  });

  it('never take the token to another host', async () => {
    const { client, call } = store();
    server.play(json(200, { '@nextLink': 'https://evil.example/v1.0/my/applications', value: [{ id: 'A' }] }));

    const error = await failureOf(all(client.listApplications(call)));

    expect(storeFailure(error)?.meaning).toBe('malformed-answer');
    expect(urls()).toHaveLength(1);
  });

  it('of add-ons and flights have their own rows', async () => {
    const { client, call } = store();
    server.play(
      json(200, {
        '@nextLink': 'applications/9N/listinappproducts/?skip=1&top=1',
        value: [{ inAppProductId: '9NADDON1' }],
      }),
      json(200, { value: [{ inAppProductId: '9NADDON2' }] }),
      json(200, {
        value: [
          {
            flightId: 'f-1',
            friendlyName: 'Ring',
            groupIds: ['1'],
            pendingFlightSubmission: { id: '7', resourceLocation: 'flights/f-1/submissions/7' },
          },
        ],
      }),
    );

    const addOns = await all(client.listApplicationAddOns('9N', call, { top: 1 }));
    const flights = await all(client.listApplicationFlights('9N', call));

    expect(addOns.map(({ inAppProductId }) => inAppProductId)).toEqual(['9NADDON1', '9NADDON2']);
    expect(flights).toMatchObject([{ flightId: 'f-1', pendingFlightSubmission: { id: '7' } }]);
    expect(urls()).toEqual([
      '/v1.0/my/applications/9N/listinappproducts?top=1',
      '/v1.0/my/applications/9N/listinappproducts/?skip=1&top=1',
      '/v1.0/my/applications/9N/listflights?top=100',
    ]);
  });

  it.each(['inappproducts/?skip=1&top=1', 'inappproducts?skip=1&top=1', '/inappproducts/?skip=1&top=1'])(
    'of all add-ons of the account follow the link as it is spelled: %s',
    async (link) => {
      const { client, call } = store();
      server.play(
        json(200, { '@nextLink': link, value: [addOn], totalCount: 2 }),
        json(200, { value: [{ id: 'B' }], totalCount: 2 }),
      );

      const rows = await all(client.listAddOns(call, { top: 1 }));

      expect(rows).toEqual([addOn, { id: 'B' }]);
      expect(urls()[0]).toBe('/v1.0/my/inappproducts?top=1');
      expect(urls()[1]).toMatch(/^\/v1\.0\/my\/inappproducts\/?\?skip=1&top=1$/);
    },
  );

  it('of flights follow the link as it is spelled', async () => {
    const { client, call } = store();
    server.play(
      json(200, { '@nextLink': 'applications/9N/listflights/?skip=2&top=2', value: [flight], totalCount: 2 }),
      json(200, { value: [{ flightId: 'f-2' }], totalCount: 2 }),
    );

    const rows = await all(client.listApplicationFlights('9N', call));

    expect(rows).toEqual([flight, { flightId: 'f-2' }]);
    expect(urls()[1]).toBe('/v1.0/my/applications/9N/listflights/?skip=2&top=2');
  });

  it.each([
    ['with words', json(404, { code: 'ResourceNotFound', message: 'No add-ons were found', target: 'inAppProducts' })],
    ['without', json(404)],
    ['by an empty page', json(200, { value: [], totalCount: 0 })],
    ['by a page of null', json(200, { value: null, totalCount: 0, '@nextLink': null })],
  ])('of add-ons are empty when the service says so %s', async (_, answer) => {
    const { client, call } = store();
    server.play(answer);

    expect(await all(client.listAddOns(call))).toEqual([]);
    expect(await all(client.listApplicationAddOns('9N', call))).toEqual([]);
  });

  it('are empty when there are none, and fail when the app is unknown', async () => {
    const { client, call } = store();
    server.play(
      json(404, { code: 'ResourceNotFound', message: 'None found', target: 'flights' }),
      json(404, { code: 'ResourceNotFound', message: 'Application not found', target: 'applicationId' }),
    );

    const none = await all(client.listApplicationFlights('9N', call));
    const error = await failureOf(all(client.listApplicationFlights('9X', call)));

    expect(none).toEqual([]);
    expect(storeFailure(error)?.meaning).toBe('application-not-found');
  });

  it('an id can never become another address', async () => {
    const { client, call } = store();
    server.play(json(200, { id: 'x' }));

    await client.getApplication('../inappproducts/9N?x=', call);

    expect(urls()).toEqual(['/v1.0/my/applications/..%2Finappproducts%2F9N%3Fx%3D']);
  });
});

describe('messages of a refusal', () => {
  it('are collected from wherever the service puts them, each once', async () => {
    const { client, call } = store();
    const more = {
      details: ['The length of Title must be 100 or less', { message: 'Second' }, 5],
      data: ['Second', ''],
    };
    server.play(json(400, { code: 'InvalidParameterValue', message: 'First', ...more }));

    const error = await failureOf(client.updateAppSubmission('9N', '1', {}, call));

    expect(storeFailure(error)?.messages).toEqual(['First', 'The length of Title must be 100 or less', 'Second']);
  });

  it.each([
    [404, {}, 'not-found'],
    [404, { target: 'submission' }, 'submission-not-found'],
    [409, { target: 'application', message: 'Other words' }, 'unsupported-features'],
    [409, { target: 'submissionId', message: 'Other words' }, 'wrong-state'],
    [411, {}, 'refused'],
    [400, { target: 'mediaType', message: 'Only JSON content is accepted' }, 'refused'],
    [408, {}, 'server'],
    [501, {}, 'refused'],
  ])('%d %j is %s', async (status, body, meaning) => {
    const { client, call } = store();
    server.play(json(status, body));

    const error = await failureOf(client.commitAppSubmission('9N', '1', call));

    expect(storeFailure(error)).toMatchObject({ meaning, status });
  });
});
