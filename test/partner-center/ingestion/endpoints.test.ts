import { ingestionFailure } from '../../../src/partner-center/ingestion';
import type { LogFacts } from '../../../src/partner-center/http';
import { everythingOf, failureOf } from '../fakes';
import { cut, json, startScriptedServer, type ScriptedServer } from '../scripted-server';
import type { Endpoint } from './endpoint';
import { endpoints } from './endpoint-table';
import { ingestionOn } from './setup';
import { address, etag, secret } from './wire-samples';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

const logged: LogFacts[] = [];
beforeEach(() => {
  logged.length = 0;
});

const ingestion = (headers: Record<string, string> = {}) =>
  ingestionOn(server, { headers, log: (_, __, facts) => logged.push(facts) });

const answerOf = ({ answer: { status, body } }: Endpoint) => json(status, body);
const isChange = ({ verb }: Endpoint) => verb === 'POST' || verb === 'DELETE';
const named = endpoints.map((endpoint) => [`${endpoint.row} ${endpoint.method}`, endpoint] as const);
const changes = named.filter(([, endpoint]) => isChange(endpoint));
const repeatable = named.filter(([, endpoint]) => !isChange(endpoint));

/** Section B.6: the PUTs that the API refuses without a condition. */
const conditional = new Set(['B10', 'B13', 'B15', 'B21', 'B24', 'B31', 'B42']);

describe('the table of the API', () => {
  it('has every row from B1 to B49, and a method for each of its 78 operations', () => {
    expect([...new Set(endpoints.map(({ row }) => Number(row.slice(1))))].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 49 }, (_, index) => index + 1),
    );
    expect(new Set(endpoints.map(({ method }) => method)).size).toBe(78);
    expect(Object.keys(ingestion().client).sort()).toEqual(endpoints.map(({ method }) => method).sort());
  });
});

describe('each method', () => {
  it.each(named)('sends what its page says, and reads the answer: %s', async (_, endpoint) => {
    const { client, call, allowance } = ingestion({ 'X-Contoso': 'yes' });
    server.play(answerOf(endpoint));

    const answer = await endpoint.act(client, call);

    expect(server.arrived).toHaveLength(1);
    const { method, url, headers, body } = server.arrived[0]!;
    expect([method, url]).toEqual([endpoint.verb, `/v1.0/ingestion/${endpoint.path}`]);
    expect(body.length === 0 ? undefined : JSON.parse(body.toString())).toStrictEqual(endpoint.body);
    expect(headers).toMatchObject({
      authorization: expect.stringMatching(/^Bearer \S+$/),
      accept: 'application/json',
      'client-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'x-contoso': 'yes',
    });
    expect(headers['if-match']).toBe(endpoint.verb === 'PUT' && conditional.has(endpoint.row) ? etag : undefined);
    expect(answer).toMatchObject(endpoint.value ?? { status: 204 });
    expect(allowance.taken()).toBe(1);
  });

  it.each(named)('gives its own name to what goes wrong: %s', async (_, endpoint) => {
    const { client, call } = ingestion();
    server.play(json(403, 'no', { 'request-id': 'id-of-the-exchange' }));

    const error = await failureOf(endpoint.act(client, call));

    expect(error).toMatchObject({ operation: endpoint.method, method: endpoint.verb });
    expect(ingestionFailure(error)).toMatchObject({
      meaning: 'forbidden',
      unclear: false,
      retryable: false,
      correlationId: 'id-of-the-exchange',
    });
    expect(logged).toContainEqual(expect.objectContaining({ operation: endpoint.method, status: 403 }));
  });
});

describe('after an answer that says nothing', () => {
  it.each(changes)('a change is not sent again, and may have happened: %s', async (_, endpoint) => {
    const { client, call } = ingestion();

    for (const silence of [cut, json(504)]) {
      server.play(silence, answerOf(endpoint));
      const error = await failureOf(endpoint.act(client, call));

      expect(ingestionFailure(error)).toMatchObject({ unclear: true, retryable: true });
      expect(server.arrived).toHaveLength(1);
    }
  });

  it.each(repeatable)('a read, and a change that replaces, is sent again: %s', async (_, endpoint) => {
    const { client, call, allowance } = ingestion();
    server.play(cut, json(503), answerOf(endpoint));

    await endpoint.act(client, call);

    expect(server.arrived).toHaveLength(3);
    expect(allowance.taken()).toBe(3);
  });
});

describe('an address with a signature', () => {
  it.each(named)('comes out of nothing that a method answers, nor of its log: %s', async (_, endpoint) => {
    const { client, call } = ingestion();
    server.play(answerOf(endpoint));

    const answer = await endpoint.act(client, call);

    expect(JSON.stringify([answer, logged])).not.toMatch(secret);
    expect(everythingOf(answer)).not.toMatch(secret);
  });

  it.each(named)('comes out of no error: %s', async (_, endpoint) => {
    const { client, call } = ingestion();
    const detail = JSON.stringify({ correlationId: 'c', data: { FileSasUri: [`cannot read ${address}`] } });
    server.play(json(400, `ICH50400 - Cannot write ${address}. ${detail}`));

    const error = await failureOf(endpoint.act(client, call));

    expect(everythingOf(error)).not.toMatch(secret);
    expect(JSON.stringify([ingestionFailure(error), logged])).not.toMatch(secret);
  });
});
