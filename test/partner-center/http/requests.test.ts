import { z } from 'zod';
import { HttpStatusError, MalformedResponseError } from '../../../src/partner-center/http';
import { failureOf } from '../fakes';
import { json, startScriptedServer, text, type ScriptedServer } from '../scripted-server';
import { requests, setUp } from './setup';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

const good = json(200, { id: '1' }, { 'MS-CorrelationId': '7c6f8d58-0000-4000-8000-000000000001' });
const arrived = () => server.arrived.map(({ method }) => method);

describe('what is sent', () => {
  it('carries the token, asks for JSON, and names each request with a fresh id', async () => {
    const { transport, allowance } = setUp(server);
    server.play(good);

    await requests(transport, allowance).get();
    await requests(transport, allowance).get();

    const [first, second] = server.arrived.map(({ headers }) => headers);
    expect(first).toMatchObject({ authorization: 'Bearer eyJhbGciOi.token-1', accept: 'application/json' });
    expect(first?.['ms-correlationid']).toMatch(/^[0-9a-f-]{36}$/);
    expect(second?.['ms-correlationid']).not.toBe(first?.['ms-correlationid']);
  });

  it('names the id as the API wants it', async () => {
    const { transport, allowance } = setUp(server, { clientRequestHeader: 'CorrelationId' });
    server.play(good);

    await requests(transport, allowance).get();

    expect(server.arrived[0]?.headers['correlationid']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('sends a body as UTF-8 JSON without a byte order mark, measured in bytes', async () => {
    const { transport, allowance } = setUp(server);
    server.play(good);

    await requests(transport, allowance).put({ body: { title: 'Früh — 日本' } });

    const [request] = server.arrived;
    expect(request?.body.toString('utf8')).toBe('{"title":"Früh — 日本"}');
    expect(request?.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(request?.headers['content-length']).toBe(String(request?.body.length));
  });

  it('says Content-Length: 0 and JSON with a POST that has no body', async () => {
    const { transport, allowance } = setUp(server);
    server.play(good);

    await requests(transport, allowance).post();

    expect(server.arrived[0]?.headers).toMatchObject({
      'content-length': '0',
      'content-type': 'application/json; charset=utf-8',
    });
    expect(server.arrived[0]?.headers['transfer-encoding']).toBeUndefined();
  });

  it('writes the query in invariant form', async () => {
    const { transport, allowance } = setUp(server);
    server.play(good);

    await requests(transport, allowance).post({
      query: { percentage: 12.5, none: undefined, isMinimalResponse: true },
    });

    expect(server.arrived[0]?.url).toBe('/v1.0/my/things/1?percentage=12.5&isMinimalResponse=true');
  });

  it.each([
    ['applications?skip=10&top=10', '/v1.0/my/applications?skip=10&top=10'],
    ['/applications?skip=10', '/v1.0/my/applications?skip=10'],
    ['inappproducts/?skip=5&top=5', '/v1.0/my/inappproducts/?skip=5&top=5'],
    ['/v1.0/my/applications?skip=2', '/v1.0/my/applications?skip=2'],
  ])('resolves the link %s', async (path, expected) => {
    const { transport, allowance } = setUp(server);
    server.play(good);

    await requests(transport, allowance).get({ path });

    expect(server.arrived[0]?.url).toBe(expected);
  });

  it.each(['https://evil.example/v1.0/my/x', '../../admin', 'http://localhost/v1.0/my/x', '%2e%2e/%2e%2e/x'])(
    'never takes the token to %s',
    async (path) => {
      const { transport, allowance } = setUp(server);
      server.play(good);

      const error = await failureOf(requests(transport, allowance).get({ path }));

      expect(error).toBeInstanceOf(MalformedResponseError);
      expect(server.arrived).toEqual([]);
    },
  );

  it('does not follow a redirect', async () => {
    const { transport, allowance } = setUp(server);
    server.play(text(307, '', { Location: `${server.url}elsewhere` }));

    const error = await failureOf(requests(transport, allowance).post());

    expect(error).toMatchObject({ name: 'HttpStatusError', status: 307, outcome: 'refused' });
    expect(arrived()).toEqual(['POST']);
  });

  it('goes through the proxy of the environment', async () => {
    const { createServer } = await import('node:http');
    const seen: string[] = [];
    const proxy = createServer((request, response) => {
      seen.push(request.url ?? '');
      response.end('{"id":"through"}');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = proxy.address();
    process.env['HTTP_PROXY'] = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
    const { transport, allowance } = setUp(server, { baseUrl: 'http://127.0.0.1:9/v1.0/my/' });
    delete process.env['HTTP_PROXY'];

    const answer = await requests(transport, allowance).get();

    expect(answer.value.id).toBe('through');
    expect(seen).toEqual(['http://127.0.0.1:9/v1.0/my/things/1']);
    proxy.close();
  });

  it('refuses to send a token in the clear to another machine', async () => {
    const { transport, allowance } = setUp(server, { baseUrl: 'http://partner.example/v1.0/my/' });

    const error = await failureOf(requests(transport, allowance).post());

    expect(error).toMatchObject({ name: 'NoResponseError' });
    expect(String((error as Error).cause)).toContain('allowInsecureConnection');
  });
});

describe('what is answered', () => {
  it.each([200, 201, 202, 204])('takes %d for a success, and keeps the correlation id', async (status) => {
    const { transport, allowance } = setUp(server);
    server.play(json(status, undefined, { 'MS-CorrelationId': 'abc-1', ETag: '"1"', 'Retry-After': '30' }));

    const answer = await requests(transport, allowance).delete();

    expect(answer).toMatchObject({
      status,
      correlationId: 'abc-1',
      value: undefined,
      etag: '"1"',
      retryAfterMs: 30_000,
    });
  });

  it('names the id that it sent when the service names none', async () => {
    const { transport, allowance } = setUp(server);
    server.play(json(200, { id: '1' }));

    const answer = await requests(transport, allowance).get();

    expect(answer.correlationId).toBe(server.arrived[0]?.headers['ms-correlationid']);
  });

  it('keeps members that it does not know, and reads past a byte order mark', async () => {
    const { transport, allowance } = setUp(server);
    server.play(text(200, '\uFEFF{"id":"1","new":{"deep":[1]}}'));

    const answer = await requests(transport, allowance).get();

    expect(answer.value).toEqual({ id: '1', new: { deep: [1] } });
  });

  it.each([
    ['nothing', ''],
    ['HTML', '<html><title>Sign in</title></html>'],
    ['half of it', '{"id":'],
    ['another shape', '{"id":5}'],
  ])('says that a change happened, but its answer is unreadable: %s', async (_, body) => {
    const { transport, allowance } = setUp(server);
    server.play(text(201, body, { 'MS-CorrelationId': 'abc-2' }));

    const error = await failureOf(requests(transport, allowance).post());

    expect(error).toBeInstanceOf(MalformedResponseError);
    expect(error).toMatchObject({ outcome: 'applied', status: 201, correlationId: 'abc-2', operation: 'doThing' });
    expect(arrived()).toEqual(['POST']);
  });

  it.each([
    [
      'the usual body',
      '{"code":"InvalidState","target":"submission","message":"No."}',
      { code: 'InvalidState', target: 'submission', serviceMessage: 'No.' },
    ],
    [
      'a nested body',
      '{"error":{"code":"Bad","message":"No."}}',
      { code: 'Bad', target: undefined, serviceMessage: 'No.' },
    ],
    ['nulls', '{"code":null,"message":"No.","target":null}', { code: undefined, serviceMessage: 'No.' }],
    ['numbers', '{"statusCode":409,"message":"No."}', { code: undefined, serviceMessage: 'No.' }],
    ['nothing', '', { code: undefined, serviceMessage: undefined }],
    ['HTML', '<html><head><title>409 Conflict</title></head><body>x</body></html>', { serviceMessage: '409 Conflict' }],
    ['text', 'The request\n  is bad', { serviceMessage: 'The request is bad' }],
  ])('reads an error from %s', async (_, body, expected) => {
    const { transport, allowance } = setUp(server);
    server.play(text(409, body, { 'MS-CorrelationId': 'abc-3' }));

    const error = await failureOf(requests(transport, allowance).get());

    expect(error).toBeInstanceOf(HttpStatusError);
    expect(error).toMatchObject({ status: 409, correlationId: 'abc-3', outcome: 'refused', ...expected });
  });

  it('applies the schema to nothing when there is no body', async () => {
    const { transport, allowance } = setUp(server);
    server.play(text(200, '  '));

    const answer = await transport.send({
      method: 'GET',
      path: 'x',
      schema: z.undefined().transform(() => 'none'),
      operation: 'x',
      repeatable: true,
      allowance,
    });

    expect(answer.value).toBe('none');
  });
});
