import { createStoreClient, storeFailure } from '../../../src/partner-center/store';
import type { TransportOptions } from '../../../src/partner-center/http';
import { hidesAddresses, keepsToItsRules, scriptedServer } from '../every-client';
import { setUp } from '../http/setup';
import { json, type ScriptedServer } from '../scripted-server';
import { endpoints, type Endpoint } from './endpoint-table';
import { uploadAddress } from './wire-samples';

const server = scriptedServer();

function storeOn(at: ScriptedServer, options: Partial<TransportOptions> = {}) {
  const parts = setUp(at, options);
  return { ...parts, client: createStoreClient(parts.transport), call: { allowance: parts.allowance } };
}

const answerOf = ({ answer: { status, body } }: Endpoint) => json(status, body);
const isChange = ({ verb }: Endpoint) => verb === 'POST' || verb === 'DELETE';
const named = endpoints.map((endpoint) => [`${endpoint.row} ${endpoint.method}`, endpoint] as const);

describe('the table of the API', () => {
  it('has 37 rows, each with a method of its own', () => {
    expect(endpoints.map(({ row }) => row)).toEqual(Array.from({ length: 37 }, (_, index) => index + 1));
    expect(new Set(endpoints.map(({ method }) => method)).size).toBe(37);
  });

  it('is all that the client can do, but for reading the upload address alone', () => {
    const extra = ['getUploadUrl', 'getFlightUploadUrl', 'getAddOnUploadUrl'];

    expect(Object.keys(storeOn(server()).client).sort()).toEqual(
      [...endpoints.map(({ method }) => method), ...extra].sort(),
    );
  });
});

describe('each method', () => {
  it.each(named)('sends what its page says: %s', async (_, endpoint) => {
    const { client, call, allowance } = storeOn(server());
    server().play(answerOf(endpoint));

    await endpoint.act(client, call);

    expect(server().arrived).toHaveLength(1);
    const { method, url, headers, body } = server().arrived[0]!;
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
      const { client, call } = storeOn(server());
      server().play(answerOf(endpoint));

      await endpoint.act(client, call);

      const { headers, body } = server().arrived[0]!;
      expect(headers['content-type']).toMatch(/^application\/json/);
      expect(headers['content-length']).toBe(String(body.length));
    },
  );
});

const api = {
  rows: endpoints.map((endpoint) => ({
    ...endpoint,
    answer: answerOf(endpoint),
    repeatable: !isChange(endpoint),
  })),
  open: storeOn,
  failure: storeFailure,
};

keepsToItsRules(server, api, { answer: json(403) });

const leak = { code: 'X', message: `cannot write ${uploadAddress}`, fileUploadUrl: uploadAddress };
hidesAddresses(server, api, {
  // The query is what gives access.
  secret: /SECRETsig|sig=|sv=2024/,
  leak: json(400, { ...leak, details: [uploadAddress] }),
});
