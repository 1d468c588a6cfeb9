import { cloudPartnerFailure } from '../../../src/partner-center/cloud-partner-portal';
import { BudgetDeferredError } from '../../../src/partner-center/http';
import { failureOf } from '../fakes';
import { cut, json, startScriptedServer, type ScriptedServer } from '../scripted-server';
import { endpoints } from './endpoint-table';
import { cloudPartner } from './setup';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

const named = endpoints.map((endpoint) => [`${endpoint.row} ${endpoint.method}`, endpoint] as const);
const once = named.filter(([, { repeatable }]) => !repeatable);
const repeatable = named.filter(([, endpoint]) => endpoint.repeatable);

describe('the table of the API', () => {
  it('has fourteen rows, and nothing else is there to be called', () => {
    const rows = new Set(endpoints.map(({ row }) => row.split(' ')[0]));
    const methods = new Set<string>(endpoints.map(({ method }) => method));

    expect([...rows].sort()).toEqual(Array.from({ length: 14 }, (_, index) => `A${index + 1}`).sort());
    expect(Object.keys(cloudPartner(server).client).sort()).toEqual([...methods].sort());
  });
});

describe('each method', () => {
  it.each(named)('sends what its page says, and reads the answer: %s', async (_, endpoint) => {
    const { client, call, allowance } = cloudPartner(server);
    server.play(endpoint.answer);

    const { value } = await endpoint.act(client, call);

    expect(value).toEqual(endpoint.value);
    expect(server.arrived).toHaveLength(1);
    const { method, url, headers, body } = server.arrived[0]!;
    expect([method, url]).toEqual([endpoint.verb, `/api/${endpoint.path}`]);
    expect(headers['if-match']).toBe(endpoint.ifMatch);
    expect(headers).toMatchObject({
      authorization: expect.stringMatching(/^Bearer \S+$/),
      accept: 'application/json',
      'x-ms-correlation-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    if (endpoint.verb !== 'GET') expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(body.length === 0 ? undefined : JSON.parse(body.toString())).toStrictEqual(endpoint.body);
    expect(allowance.taken()).toBe(1);
  });

  it.each(named)('gives its own name to what goes wrong, and the id of the exchange: %s', async (_, endpoint) => {
    const { client, call } = cloudPartner(server);
    const error = { code: 'Forbidden', message: 'User does not have the required permissions' };
    server.play(json(403, { error }, { 'X-Ms-Correlation-Request-Id': 'c0ffee' }));

    const failure = await failureOf(endpoint.act(client, call));

    expect(failure).toMatchObject({ operation: endpoint.method, method: endpoint.verb });
    expect(cloudPartnerFailure(failure)).toMatchObject({
      meaning: 'forbidden',
      unclear: false,
      retryable: false,
      code: 'Forbidden',
      correlationId: 'c0ffee',
      messages: [error.message],
    });
  });

  it.each(named)('waits when it was too fast, since nothing was done: %s', async (_, endpoint) => {
    const { client, call, budget, timing } = cloudPartner(server);
    server.play(json(429, undefined, { 'Retry-After': '7' }), endpoint.answer);

    await endpoint.act(client, call);

    expect(server.arrived).toHaveLength(2);
    expect(budget.blocks).toHaveLength(1);
    expect(timing.waited).toEqual([7000]);
  });

  it.each(named)('sends nothing without a place in the budget: %s', async (_, endpoint) => {
    const { client } = cloudPartner(server);
    server.play(endpoint.answer);
    const deferred = new BudgetDeferredError({ retryAt: new Date('2026-11-20T08:02:00Z'), ticket: 't-1', sent: 0 });

    const error = await failureOf(endpoint.act(client, { allowance: { take: () => Promise.reject(deferred) } }));

    expect(cloudPartnerFailure(error)).toMatchObject({ meaning: 'deferred', unclear: false, ticket: 't-1' });
    expect(server.arrived).toHaveLength(0);
  });
});

describe('after an answer that says nothing', () => {
  it.each(once)('what may not happen twice is not sent again, and may have happened: %s', async (_, endpoint) => {
    const { client, call } = cloudPartner(server);

    for (const silence of [cut, json(500), json(504)]) {
      server.play(silence, endpoint.answer);
      const error = await failureOf(endpoint.act(client, call));

      expect(cloudPartnerFailure(error)).toMatchObject({ unclear: true, retryable: true });
      expect(server.arrived).toHaveLength(1);
    }
  });

  it.each(repeatable)('a read, and a change of a known state, is sent again: %s', async (_, endpoint) => {
    const { client, call } = cloudPartner(server);
    server.play(cut, json(500), endpoint.answer);

    const { value } = await endpoint.act(client, call);

    expect(value).toEqual(endpoint.value);
    expect(server.arrived).toHaveLength(3);
  });
});
