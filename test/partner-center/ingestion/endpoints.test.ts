import { ingestionFailure } from '../../../src/partner-center/ingestion';
import { hidesAddresses, keepsToItsRules, scriptedServer } from '../every-client';
import { json } from '../scripted-server';
import type { Endpoint } from './endpoint';
import { endpoints } from './endpoint-table';
import { ingestionOn } from './setup';
import { address, etag, secret } from './wire-samples';

const server = scriptedServer();

const answerOf = ({ answer: { status, body } }: Endpoint) => json(status, body);
const isChange = ({ verb }: Endpoint) => verb === 'POST' || verb === 'DELETE';
const named = endpoints.map((endpoint) => [`${endpoint.row} ${endpoint.method}`, endpoint] as const);

/** Section B.6: the PUTs that the API refuses without a condition. */
const conditional = new Set(['B10', 'B13', 'B15', 'B21', 'B24', 'B31', 'B42']);

describe('the table of the API', () => {
  it('has every row from B1 to B49, and a method for each of its 78 operations', () => {
    expect([...new Set(endpoints.map(({ row }) => Number(row.slice(1))))].sort((a, b) => a - b)).toEqual(
      Array.from({ length: 49 }, (_, index) => index + 1),
    );
    expect(new Set(endpoints.map(({ method }) => method)).size).toBe(78);
    expect(Object.keys(ingestionOn(server()).client).sort()).toEqual(endpoints.map(({ method }) => method).sort());
  });
});

describe('each method', () => {
  it.each(named)('sends what its page says, and reads the answer: %s', async (_, endpoint) => {
    const { client, call, allowance } = ingestionOn(server(), { headers: { 'X-Contoso': 'yes' } });
    server().play(answerOf(endpoint));

    const answer = await endpoint.act(client, call);

    expect(server().arrived).toHaveLength(1);
    const { method, url, headers, body } = server().arrived[0]!;
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
});

const api = {
  rows: endpoints.map((endpoint) => ({
    ...endpoint,
    answer: answerOf(endpoint),
    repeatable: !isChange(endpoint),
  })),
  open: ingestionOn,
  failure: ingestionFailure,
};

keepsToItsRules(server, api, {
  answer: json(403, 'no', { 'request-id': 'id-of-the-exchange' }),
  tells: { correlationId: 'id-of-the-exchange' },
});

const detail = JSON.stringify({ correlationId: 'c', data: { FileSasUri: [`cannot read ${address}`] } });
hidesAddresses(server, api, { secret, leak: json(400, `ICH50400 - Cannot write ${address}. ${detail}`) });
