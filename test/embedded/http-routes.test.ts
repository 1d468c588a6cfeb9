// Routes as the host has them: WebScriptHostHttpRoutesManager.cs (default route, method as a constraint), ScriptHost.cs
// (reserved and doubled routes) and FunctionMetadataManager.cs (functions in the order of their names) of
// Azure/azure-functions-host; WebJobsRouter.cs of Azure/azure-webjobs-sdk-extensions (the first route that matches wins);
// constraints and templates of dotnet/aspnetcore (Http/Routing).
import { app, type HttpHandler } from '@azure/functions';
import { Routes } from '../../embedded/http/routes';
import { createDurableHost } from '../support/durable-host';
import { type HttpProgram, startHttpApp } from './http-program';

let http: HttpProgram;

beforeAll(async () => {
  http = await startHttpApp();
});

afterAll(() => http.end());

const status = async (path: string, method = 'GET'): Promise<number> => (await http.raw(path, { method })).status;
const body = async (path: string, method = 'GET'): Promise<string> => (await http.raw(path, { method })).body;
const json = async (path: string): Promise<unknown> => JSON.parse(Buffer.from(await body(path), 'latin1').toString());

describe('a constraint', () => {
  const guid = '3f2504e0-4f89-11d3-9a0c-0305e82c3301';

  test.each([
    ['alpha', ['abcXYZ'], ['ab1', 'a-b']],
    ['bool', ['true', 'FALSE'], ['1', 'yes']],
    ['datetime', ['2026-01-01', '2026-01-01T10:00:00Z'], ['someday']],
    ['decimal', ['1', '-1.5', '1,000.5'], ['1e3', 'x']],
    ['double', ['1.5e3', '-1', 'NaN'], ['x', '1.2.3']],
    ['file', ['a.txt', 'a.b.c'], ['a', 'a.']],
    ['float', ['1.5E-3', '.5'], ['e5']],
    ['guid', [guid, guid.replaceAll('-', ''), `(${guid})`, guid.toUpperCase()], [guid.slice(1), `${guid}0`]],
    ['int', ['0', '-2147483648', '2147483647'], ['2147483648', '1.0', 'x']],
    ['length', ['abc'], ['ab', 'abcd']],
    ['lengths', ['ab', 'abcd'], ['a', 'abcde']],
    ['long', ['9223372036854775807', '-9223372036854775808'], ['9223372036854775808', '1.5']],
    ['max', ['10', '-99'], ['11', '9.5']],
    ['maxlength', ['a', 'abc'], ['abcd']],
    ['min', ['-1', '5'], ['-2', 'x']],
    ['minlength', ['abc'], ['ab']],
    ['nonfile', ['a', 'a.'], ['a.txt']],
    ['range', ['1', '9'], ['0', '10']],
    ['regex', ['ab,1', 'CC,9'], ['ab1', 'xab,1']],
    ['required', ['a'], []],
    ['two', ['5'], ['4', 'x']],
  ])('%s accepts %j and not %j', async (name, accepted, refused) => {
    const answers = await Promise.all(
      [...accepted, ...refused].map((value) => http.raw(`/api/v1/is/${name}/${value}`)),
    );

    expect(answers.map((answer) => (answer.status === 200 ? answer.body : answer.status))).toEqual([
      ...accepted,
      ...refused.map(() => 404),
    ]);
  });
});

test('of several routes that match, the function whose name comes first has the request, literal or not', async () => {
  expect(await body('/api/v1/overlap/literal')).toBe('the parameter');
  expect(await body('/api/v1/overlap/literal', 'PUT')).toBe('another method');
});

test('without a route, or with an empty one, the function’s name is the route', async () => {
  expect([await body('/api/v1/byname'), await body('/api/v1/empty-route')]).toEqual(['by its name', 'by its name too']);
});

test('prefix and literals are compared without case, values keep theirs', async () => {
  expect(await json('/API/V1/Mixed/Read.ME')).toEqual({ name: 'Read', ext: 'ME' });
});

test('parameters: default, absent, several in one part from the right, the rest', async () => {
  expect([await json('/api/v1/defaults'), await json('/api/v1/defaults/1/2')]).toEqual([
    { a: 'x' },
    { a: '1', b: '2' },
  ]);
  expect(await json('/api/v1/mixed/a.b.c')).toEqual({ name: 'a.b', ext: 'c' });
  expect(await json('/api/v1/echo')).toMatchObject({ params: {} });
  expect(await json('/api/v1/echo/a/b//c/')).toMatchObject({ params: { rest: 'a/b//c' } });
});

test('encoded characters are decoded in parameters, an encoded slash is not', async () => {
  expect(await json('/api/v1/mixed/a%20b%2Fc%C3%A4+.%25')).toEqual({ name: 'a b%2Fcä+', ext: '%' });
});

test.each([
  ['another method', '/api/v1/byName', 'DELETE'],
  ['HEAD where only GET and POST are', '/api/v1/byName', 'HEAD'],
  ['OPTIONS', '/api/v1/byName', 'OPTIONS'],
  ['without the prefix', '/byName', 'GET'],
  ['half the prefix', '/api/byName', 'GET'],
  ['an empty part', '/api/v1//byName', 'GET'],
  ['two slashes first, which is no other host', '//api/v1/byName', 'GET'],
  ['more than the route', '/api/v1/byName/more', 'GET'],
  ['the root', '/', 'GET'],
  ['a malformed escape', '/api/v1/mixed/%zz.a', 'GET'],
])('%s is 404 without a body', async (_, path, method) => {
  expect(await http.raw(path, { method })).toMatchObject({ status: 404, body: '' });
});

test('one slash at the end is nothing', async () => {
  expect(await status('/api/v1/byName/')).toBe(200);
});

describe('refused at the start, naming the function:', () => {
  const handler: HttpHandler = () => ({});

  test.each([
    ['an unknown constraint', ['a/{id:never}'], /'f0': The route constraint 'never' is not known/],
    ['a constraint with a wrong argument', ['a/{id:min(x)}'], /'f0': .*'min\(x\)' makes no sense: 'x' is no whole/],
    ['a constraint with too few arguments', ['a/{id:range(1)}'], /'range\(1\)' makes no sense: it takes 2 arguments/],
    ['a regular expression that is none', ['a/{id:regex([)}'], /'f0': Invalid regular expression/],
    ['an open brace', ['a/{id'], /'f0': The route part '{id' cannot be understood/],
    ['a closing brace', ['a/id}'], /cannot be understood/],
    ['a question mark', ['a?b'], /cannot be understood/],
    ['two parameters without anything between', ['{a}{b}'], /cannot be understood at '{b}'/],
    ['a parameter without a name', ['{:int}'], /has no name/],
    ['a parameter twice', ['{a}/{A}'], /the parameter 'a' is there twice/],
    ['more after the rest', ['{*a}/b'], /the rest is not the last part/],
    ['an optional rest', ['{*a?}'], /cannot be optional/],
    ['an optional parameter beside text', ['a.{b?}'], /optional parameter or the rest beside other text/],
    ['a slash first', ['/a'], /must not begin with '\/'/],
    ['two slashes', ['a//b'], /two slashes in a row/],
    ['what Azure keeps for itself', ['Admin-things'], /'f0': the route 'Admin-things' begins as one of Azure's own/],
    ['what another function has', ['a/b', 'A/b/'], /'f1': the route 'A\/b\/' is that of 'f0', for the same method/],
  ])('%s', async (_, routes, message) => {
    const register = (): void => routes.forEach((route, index) => app.http(`f${index}`, { route, handler }));
    const host = await createDurableHost({ register });

    expect(() => new Routes(host.app.registry.ofKind('http'), 'api')).toThrow(message);
    host.close();
  });
});
