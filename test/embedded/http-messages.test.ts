// Requests as the host hands them to the worker: GrpcMessageConversionExtensions.cs (url, joined headers and queries, a
// body only with a Content-Length) and AppServiceHeaderFixupMiddleware.cs (X-Forwarded-Proto) of
// Azure/azure-functions-host. Answers as the library makes them (@azure/functions, toRpcHttp.ts, HttpResponse.ts) and the
// host sends them: RawScriptResult.cs, GrpcMessageExtensionUtilities.cs (cookies), HttpBinding.cs and
// ExceptionMiddleware.cs there; a function that answers nothing: 204, from the documentation of the HTTP trigger.
import { gzipSync } from 'node:zlib';
import { eventually } from '../support/embedded-process';
import { type HttpProgram, type RawAnswer, type RawRequest, startHttpApp } from './http-program';

let http: HttpProgram;

beforeAll(async () => {
  http = await startHttpApp();
});

afterAll(() => http.end());

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly hasBody: boolean;
  readonly body: string;
}

async function echo(path: string, options?: RawRequest): Promise<Seen> {
  const answer = await http.raw(`/api/v1/echo${path}`, options);
  // JSON is UTF-8.
  return JSON.parse(Buffer.from(answer.body, 'latin1').toString()) as Seen;
}

const answer = (kind: string, method?: string): Promise<RawAnswer> =>
  http.raw(`/api/v1/answer/${kind}`, method === undefined ? {} : { method });

describe('a function sees', () => {
  test.each([
    ['its own address', [], (origin: string) => origin],
    ['the host that the caller named', ['Host', 'app.example:8443'], () => 'http://app.example:8443'],
    [
      'https where a proxy ends TLS',
      ['Host', 'app.example', 'X-Forwarded-Proto', 'https'],
      () => 'https://app.example',
    ],
    ['no other scheme', ['Host', 'app.example', 'X-Forwarded-Proto', 'javascript'], () => 'http://app.example'],
    ['its own address where the caller names none', ['Host', ''], (origin: string) => origin],
    ['not the host that a proxy forwards', ['Host', 'a.example', 'X-Forwarded-Host', 'b'], () => 'http://a.example'],
  ])('%s', async (_, headers, expected) => {
    const { url } = await echo('/a%20b?x=1', { headers });

    expect(url).toBe(`${expected(http.origin)}/api/v1/echo/a%20b?x=1`);
  });

  test('queries with repeated keys joined, whatever their case; empty values as they are', async () => {
    const { query } = await echo('?x=1&y=&X=2&flag&x=3&plus=a+b%2Bc&z=%C3%A4');

    expect(query).toEqual([
      ['x', '1,2,3'],
      ['y', ''],
      ['flag', ''],
      ['plus', 'a b+c'],
      ['z', 'ä'],
    ]);
  });

  test('header names in lower case, repeated ones joined by a comma', async () => {
    const { headers } = await echo('', { headers: ['X-Test', 'a', 'x-test', 'b', 'X-Empty', '', 'Accept', 'c'] });

    expect(headers).toMatchObject({ 'x-test': 'a,b', 'x-empty': '', accept: 'c' });
  });

  test.each([
    ['text', 'text/plain', 'some text'],
    ['JSON, also what is none', 'application/json', '{"a":'],
    ['bytes', 'application/octet-stream', new Uint8Array([0, 255, 128])],
    ['a form', 'application/x-www-form-urlencoded', 'a=b+c'],
    ['what has no type', undefined, 'untyped'],
    ['an empty type', '', 'x'],
  ])('the bytes of a body: %s', async (_, type, body) => {
    const headers = type === undefined ? [] : ['Content-Type', type];

    const seen = await echo('', { method: 'POST', headers, body });

    expect([seen.hasBody, seen.body]).toEqual([true, Buffer.from(body).toString('latin1')]);
  });

  test('a compressed body as it came', async () => {
    const body = gzipSync('text');

    const seen = await echo('', { method: 'PUT', headers: ['Content-Encoding', 'gzip'], body });

    expect(seen).toMatchObject({ headers: { 'content-encoding': 'gzip' }, body: body.toString('latin1') });
  });

  test.each([
    ['POST', {}],
    ['POST', { body: '' }],
    ['DELETE', {}],
    ['OPTIONS', {}],
    ['GET', { body: 'a body that GET cannot have' }],
  ])('no body in a %s with %j', async (method, options) => {
    expect(await echo('', { method, ...options })).toMatchObject({ method, hasBody: false, body: '' });
  });

  test('no body that came without its length, and the log says so', async () => {
    const seen = await echo('', { method: 'POST', body: 'chunked', chunked: true });

    expect(seen).toMatchObject({ hasBody: false, body: '' });
    await eventually(() => /warning Function.echo .*no Content-Length/.exec(http.program.stderr()) ?? undefined);
  });

  test('a form with files', async () => {
    const body = new FormData();
    body.append('text', 'a');
    body.append('file', new Blob(['content']), 'name.txt');
    // Its bytes have a length; fetch sends a form of its own without one.
    const request = new Request(http.origin, { method: 'POST', body });
    const headers = { 'content-type': request.headers.get('content-type') ?? '' };

    const response = await fetch(`${http.origin}/api/v1/form`, {
      method: 'POST',
      headers,
      body: Buffer.from(await request.arrayBuffer()),
    });

    expect(await response.json()).toEqual([
      ['text', 'a'],
      ['file', 'content'],
    ]);
  });
});

// Kestrel refuses such a Host (dotnet/aspnetcore, HttpUtilities.cs). Read as it stands, it would choose the path.
test.each(['a.example/api/v1/guarded?', 'a.example\\x', 'a.example#', 'a.example?', 'user@a.example', 'a.example:1x'])(
  'a request whose Host is %j is refused 400',
  async (name) => {
    expect(await http.raw('/api/v1/echo', { headers: ['Host', name] })).toMatchObject({ status: 400, body: '' });
  },
);

describe('an answer', () => {
  test.each([
    ['string', 200, 'text/plain;charset=UTF-8', 'text'],
    ['json', 200, 'application/json', '{"a":1}'],
    ['jsonType', 200, 'application/problem+json', '[]'],
    ['jsonNull', 200, undefined, ''],
    ['bytes', 200, undefined, '\u0000ÿ\n'],
    ['stream', 200, undefined, 'stream'],
    ['iterable', 200, undefined, 'one,two'],
    ['form', 200, 'application/x-www-form-urlencoded;charset=UTF-8', 'a=b+c'],
    ['empty', 200, undefined, ''],
    ['length', 200, 'text/plain;charset=UTF-8', 'text'],
    ['chunked', 200, 'text/plain;charset=UTF-8', 'text'],
    ['status', 418, 'text/plain;charset=UTF-8', 'teapot'],
  ])('of the kind %s is sent as it is', async (kind, status, type, body) => {
    const { headers, ...rest } = await answer(kind);

    expect(rest).toMatchObject({ status, body });
    expect([headers['content-type'], headers['content-length']]).toEqual([type, String(body.length)]);
  });

  test.each([
    ['noContent', 204],
    ['notModified', 304],
  ])('of the kind %s has neither body nor length', async (kind, status) => {
    const { headers, ...rest } = await answer(kind);

    expect(rest).toMatchObject({ status, body: '' });
    expect(headers['content-length']).toBeUndefined();
  });

  test('to HEAD has the length of the body, and no body', async () => {
    expect(await answer('json', 'HEAD')).toMatchObject({ status: 200, body: '', headers: { 'content-length': '7' } });
  });

  test('has its headers in lower case, as the library hands them over', async () => {
    const { status, rawHeaders } = await answer('location');

    expect([status, rawHeaders.includes('location'), rawHeaders.includes('x-mixed-case')]).toEqual([303, true, true]);
  });

  test('sets cookies as ASP.NET writes them, beside a header of its own', async () => {
    const { headers } = await answer('cookies');

    expect(headers['set-cookie']).toEqual([
      'own=2',
      'plain=1; path=/',
      'full=a%20b%3B; expires=Wed, 02 Jan 2030 03:04:05 GMT; max-age=60; domain=example.com; path=/p; secure; samesite=none; httponly',
    ]);
  });

  test('keeps the last of several Set-Cookie headers: the library hands over one', async () => {
    expect((await answer('cookieHeaders')).headers['set-cookie']).toEqual(['last=2']);
  });

  test.each(['throws', 'throwsText', 'text', 'badStatus', 'tooShort', 'tooLong'])(
    'is 500 without a body for %s',
    async (kind) => {
      expect(await answer(kind)).toMatchObject({ status: 500, body: '' });
    },
  );

  test('is 204 where the function gives none, with a warning', async () => {
    expect(await answer('nothing')).toMatchObject({ status: 204, body: '' });

    await eventually(
      () => /warning Function.answer .*no response: answered 204/.exec(http.program.stderr()) ?? undefined,
    );
  });
});
