import { cloudPartnerFailure } from '../../../src/partner-center/cloud-partner-portal';
import { keepsToItsRules, scriptedServer } from '../every-client';
import { json } from '../scripted-server';
import { endpoints } from './endpoint-table';
import { cloudPartner } from './setup';

const server = scriptedServer();

const named = endpoints.map((endpoint) => [`${endpoint.row} ${endpoint.method}`, endpoint] as const);

describe('the table of the API', () => {
  it('has fourteen rows, and nothing else is there to be called', () => {
    const rows = new Set(endpoints.map(({ row }) => row.split(' ')[0]));
    const methods = new Set<string>(endpoints.map(({ method }) => method));

    expect([...rows].sort()).toEqual(Array.from({ length: 14 }, (_, index) => `A${index + 1}`).sort());
    expect(Object.keys(cloudPartner(server()).client).sort()).toEqual([...methods].sort());
  });
});

describe('each method', () => {
  it.each(named)('sends what its page says, and reads the answer: %s', async (_, endpoint) => {
    const { client, call, allowance } = cloudPartner(server());
    server().play(endpoint.answer);

    const { value } = await endpoint.act(client, call);

    expect(value).toEqual(endpoint.value);
    expect(server().arrived).toHaveLength(1);
    const { method, url, headers, body } = server().arrived[0]!;
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
});

const error = { code: 'Forbidden', message: 'User does not have the required permissions' };
keepsToItsRules(
  server,
  { rows: endpoints, open: cloudPartner, failure: cloudPartnerFailure },
  {
    answer: json(403, { error }, { 'X-Ms-Correlation-Request-Id': 'c0ffee' }),
    tells: { code: 'Forbidden', correlationId: 'c0ffee', messages: [error.message] },
  },
);
