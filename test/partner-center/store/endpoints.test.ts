import { createStoreClient, storeFailure } from '../../../src/partner-center/store';
import { BudgetDeferredError, type LogFacts } from '../../../src/partner-center/http';
import { everythingOf, failureOf } from '../fakes';
import { setUp } from '../http/setup';
import { cut, json, startScriptedServer, type ScriptedServer } from '../scripted-server';
import { endpoints, type Endpoint } from './endpoint-table';
import { uploadAddress } from './wire-samples';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

const logged: LogFacts[] = [];
beforeEach(() => {
  logged.length = 0;
});

function store() {
  const parts = setUp(server, { log: (_, __, facts) => logged.push(facts) });
  return { ...parts, client: createStoreClient(parts.transport), call: { allowance: parts.allowance } };
}

const answerOf = ({ answer: { status, body } }: Endpoint) => json(status, body);
const isChange = ({ verb }: Endpoint) => verb === 'POST' || verb === 'DELETE';
const named = endpoints.map((endpoint) => [`${endpoint.row} ${endpoint.method}`, endpoint] as const);
const changes = named.filter(([, endpoint]) => isChange(endpoint));
const repeatable = named.filter(([, endpoint]) => !isChange(endpoint));

describe('the table of the API', () => {
  it('has 37 rows, each with a method of its own', () => {
    expect(endpoints.map(({ row }) => row)).toEqual(Array.from({ length: 37 }, (_, index) => index + 1));
    expect(new Set(endpoints.map(({ method }) => method)).size).toBe(37);
  });

  it('is all that the client can do, but for reading the upload address alone', () => {
    const extra = ['getUploadUrl', 'getFlightUploadUrl', 'getAddOnUploadUrl'];

    expect(Object.keys(store().client).sort()).toEqual([...endpoints.map(({ method }) => method), ...extra].sort());
  });
});

describe('each method', () => {
  it.each(named)('sends what its page says: %s', async (_, endpoint) => {
    const { client, call, allowance } = store();
    server.play(answerOf(endpoint));

    await endpoint.act(client, call);

    expect(server.arrived).toHaveLength(1);
    const { method, url, headers, body } = server.arrived[0]!;
    const query = endpoint.query === undefined ? '' : `?${endpoint.query}`;
    expect([method, url]).toEqual([endpoint.verb, `/v1.0/my/${endpoint.path}${query}`]);
    expect(body.length === 0 ? undefined : JSON.parse(body.toString())).toStrictEqual(endpoint.body);
    expect(headers).toMatchObject({
      authorization: expect.stringMatching(/^Bearer \S+$/),
      accept: 'application/json',
      'ms-correlationid': expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(allowance.taken()).toBe(1);
  });

  it.each(named.filter(([, { verb }]) => verb === 'POST' || verb === 'PUT'))(
    'says that it sends JSON, and how much, also nothing: %s',
    async (_, endpoint) => {
      const { client, call } = store();
      server.play(answerOf(endpoint));

      await endpoint.act(client, call);

      const { headers, body } = server.arrived[0]!;
      expect(headers['content-type']).toMatch(/^application\/json/);
      expect(headers['content-length']).toBe(String(body.length));
    },
  );

  it.each(named)('gives its own name to what goes wrong: %s', async (_, endpoint) => {
    const { client, call } = store();
    server.play(json(403));

    const error = await failureOf(endpoint.act(client, call));

    expect(error).toMatchObject({ operation: endpoint.method, method: endpoint.verb });
    expect(storeFailure(error)).toMatchObject({ meaning: 'forbidden', unclear: false, retryable: false });
    expect(logged).toContainEqual(expect.objectContaining({ operation: endpoint.method, status: 403 }));
  });
});

describe('the rate of requests', () => {
  it.each(named)('a refusal for it is waited out, since nothing was done: %s', async (_, endpoint) => {
    const { client, call, allowance, budget, timing } = store();
    server.play(json(429, undefined, { 'Retry-After': '7' }), answerOf(endpoint));

    await endpoint.act(client, call);

    expect(server.arrived).toHaveLength(2);
    expect(allowance.taken()).toBe(2);
    expect(budget.blocks).toHaveLength(1);
    expect(timing.waited).toEqual([7000]);
  });

  it.each(named)('nothing is sent without a place in it: %s', async (_, endpoint) => {
    const { client } = store();
    server.play(answerOf(endpoint));
    const deferred = new BudgetDeferredError({ retryAt: new Date('2026-11-20T08:02:00Z'), ticket: 't-1', sent: 0 });
    const allowance = { take: () => Promise.reject(deferred) };

    const error = await failureOf(endpoint.act(client, { allowance }));

    expect(storeFailure(error)).toMatchObject({ meaning: 'deferred', unclear: false, ticket: 't-1' });
    expect(server.arrived).toHaveLength(0);
  });
});

describe('after an answer that says nothing', () => {
  it.each(changes)('a change is not sent again, and may have happened: %s', async (_, endpoint) => {
    const { client, call } = store();

    for (const silence of [cut, json(504)]) {
      server.play(silence, answerOf(endpoint));
      const error = await failureOf(endpoint.act(client, call));

      expect(storeFailure(error)).toMatchObject({ unclear: true, retryable: true });
      expect(server.arrived).toHaveLength(1);
    }
  });

  it.each(repeatable)('a read, and a change that replaces, is sent again: %s', async (_, endpoint) => {
    const { client, call, allowance } = store();
    server.play(cut, json(504), answerOf(endpoint));

    await endpoint.act(client, call);

    expect(server.arrived).toHaveLength(3);
    expect(allowance.taken()).toBe(3);
  });
});

describe('an upload address', () => {
  // The query is what gives access.
  const secret = /SECRETsig|sig=|sv=2024/;

  it.each(named)('comes out of nothing that a method answers, nor of its log: %s', async (_, endpoint) => {
    const { client, call } = store();
    server.play(answerOf(endpoint));

    const answer = await endpoint.act(client, call);

    expect(JSON.stringify([answer, logged])).not.toMatch(secret);
  });

  it.each(named)('comes out of no error: %s', async (_, endpoint) => {
    const { client, call } = store();
    const leak = { code: 'X', message: `cannot write ${uploadAddress}`, fileUploadUrl: uploadAddress };
    server.play(json(400, { ...leak, details: [uploadAddress] }));

    const error = await failureOf(endpoint.act(client, call));

    expect(everythingOf(error)).not.toMatch(secret);
    expect(JSON.stringify([storeFailure(error), logged])).not.toMatch(secret);
  });
});
