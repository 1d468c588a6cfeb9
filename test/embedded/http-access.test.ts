// Keys as the host looks for them: AuthenticationLevelHandler.cs and FunctionInvocationMiddleware.cs of
// Azure/azure-functions-host. Identities: HttpRequestExtensions.cs of Azure/azure-webjobs-sdk-extensions believes the
// header when WEBSITE_AUTH_ENABLED says so, for on Azure nobody outside can send it ("External requests aren't allowed to
// set these headers", documentation of App Service authentication).
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isObject, parseJson } from '../../embedded/engine/json';
import { isAuthorized, isManagement, type Keys, loadKeys } from '../../embedded/http/keys';
import { buildEmbedded, startProgram } from '../support/embedded-process';
import { type HttpProgram, raw, startHttpApp } from './http-program';

const principal = Buffer.from(
  JSON.stringify({
    auth_typ: 'aad',
    userId: 'ada',
    claims: [
      { typ: 'oid', val: 'ada' },
      { typ: 'roles', val: 'publisher' },
    ],
  }),
).toString('base64');
const forged = [
  ...['X-MS-CLIENT-PRINCIPAL', principal, 'x-ms-client-principal-id', 'ada', 'X-Ms-Client-Principal-Name', 'ada'],
  ...['x-ms-client-principal-idp', 'aad', 'X-MS-TOKEN-AAD-ACCESS-TOKEN', 'token'],
];

describe('the runtime', () => {
  let http: HttpProgram;
  let functionKey: string;

  beforeAll(async () => {
    http = await startHttpApp({ WEBSITE_AUTH_ENABLED: 'True', FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '1000' });
    const keys = parseJson(readFileSync(join(http.directory, 'state/keys.json'), 'utf8'));
    functionKey = isObject(keys) && isObject(keys['functions']) ? String(keys['functions']['guarded']) : '';
  });

  afterAll(() => http.end());

  async function status(path: string, headers: readonly string[] = []): Promise<number> {
    const answer = await http.raw(`/api/v1/${path}`, { headers });
    // The platform's own refusals have no body.
    if (answer.status !== 200) expect(answer.body).toBe('');
    return answer.status;
  }

  test('opens each level to its keys, in the header or the query', async () => {
    const { masterKey = '', hostKey = '' } = http.program.ready;
    const withKey = (path: string): Promise<number[]> =>
      Promise.all([functionKey, hostKey, masterKey, 'wrong', ''].map((key) => status(path, ['x-functions-key', key])));

    expect(await withKey('guarded')).toEqual([200, 200, 200, 401, 401]);
    expect(await withKey('other')).toEqual([401, 200, 200, 401, 401]);
    expect(await withKey('forAdmins')).toEqual([401, 401, 200, 401, 401]);
    expect(await withKey('byName')).toEqual([200, 200, 200, 200, 200]);
    expect([await status('guarded'), await status('forAdmins')]).toEqual([401, 401]);
    expect([await status(`guarded?code=${hostKey}`), await status(`guarded?x=1&Code=${hostKey}`)]).toEqual([200, 200]);
  });

  test('does not look at the query where there is a header, be it wrong or empty', async () => {
    const path = `guarded?code=${http.program.ready['hostKey']}`;

    expect([await status(path, ['X-Functions-Key', 'wrong']), await status(path, ['X-Functions-Key', ''])]).toEqual([
      401, 401,
    ]);
  });

  test('says 404 before 401, and both before it reads a body', async () => {
    const body = 'x'.repeat(2000);

    expect(await http.raw('/api/v1/guarded', { method: 'PUT' })).toMatchObject({ status: 404 });
    expect(await http.raw('/api/v1/guardedUpload', { method: 'POST', body })).toMatchObject({ status: 401, body: '' });
  });

  test.each([
    ['with its length', false],
    ['without its length', true],
  ])('refuses a body over the limit %s, and takes one of the limit', async (_, chunked) => {
    const send = (size: number): ReturnType<HttpProgram['raw']> =>
      http.raw('/api/v1/guardedUpload', {
        method: 'POST',
        headers: ['x-functions-key', http.program.ready['hostKey'] ?? ''],
        body: 'x'.repeat(size),
        chunked,
      });

    expect(await send(1001)).toMatchObject({ status: 413, body: '' });
    expect(await send(1000)).toMatchObject({ status: 200, body: chunked ? '0' : '1000' });
  });

  test('refuses headers over 32 KB', async () => {
    expect(await status('byName', ['x-large', 'x'.repeat(30_000)])).toBe(200);
    expect(await status('byName', ['x-large', 'x'.repeat(33_000)])).toBe(431);
  });

  test('hands no claim of an identity on to the app, though App Service authentication is said to be on', async () => {
    const answer = await http.raw('/api/v1/echo', { headers: [...forged, 'x-ms-other', 'stays'] });
    // The function answers what it has seen.
    const { headers, user } = JSON.parse(answer.body) as { headers: Record<string, string>; user: unknown };

    expect(user).toBeNull();
    expect(Object.keys(headers).filter((name) => name.startsWith('x-ms-'))).toEqual(['x-ms-other']);
  });

  test('keeps state and keys for their owner alone', () => {
    const mode = (path: string): number => statSync(join(http.directory, path)).mode & 0o777;

    expect([mode('state'), mode('state/keys.json')]).toEqual([0o700, 0o600]);
  });
});

test('the application itself believes no forged principal, though its settings count on Azure to sign callers in', async () => {
  const state = mkdtempSync(join(tmpdir(), 'http-access-'));
  const args = ['--app', join(__dirname, '../..'), '--state', join(state, 'state'), '--json'];
  const program = await startProgram(join(buildEmbedded(), 'main.js'), args, {
    WEBSITE_AUTH_ENABLED: 'true',
    PUBLISHER_CALLERS: 'entra-id',
    PUBLISHER_ACCOUNTS: '{}',
    AzureWebJobsStorage: 'UseDevelopmentStorage=true',
  });

  const answers = await Promise.all(
    ['/api/releases', '/api/accounts'].map((path) => raw(program.ready['url'] ?? '', path, { headers: forged })),
  );
  await program.end('SIGTERM');
  rmSync(state, { recursive: true, force: true });

  expect(answers.map(({ status }) => status)).toEqual([401, 401]);
});

test('a key is compared whole: neither a beginning nor an unknown function’s key opens anything', () => {
  const keys: Keys = { master: 'master', host: 'host', system: 'system', functions: { known: 'own' } };
  const opens = (name: string, header: string): boolean =>
    isAuthorized(keys, 'function', name, { header, query: undefined });

  expect([opens('Known', 'own'), opens('known', 'ow'), opens('known', 'own '), opens('new', 'own')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
  expect(isManagement(keys, { header: 'host', query: undefined })).toBe(false);
  expect(isManagement(keys, { header: undefined, query: 'system' })).toBe(true);
});

describe('the file of keys', () => {
  let path: string;

  beforeEach(() => {
    path = join(mkdtempSync(join(tmpdir(), 'keys-')), 'keys.json');
  });

  afterEach(() => {
    rmSync(dirname(path), { recursive: true, force: true });
  });

  test('is written for a new function alone: a start with nothing new leaves it as it is', () => {
    const first = loadKeys(path, ['one']);
    const written = statSync(path).ino;
    const second = loadKeys(path, ['one']);
    const left = statSync(path).ino;
    const third = loadKeys(path, ['one', 'Two']);

    expect([second, left]).toEqual([first, written]);
    expect(third).toEqual({ ...first, functions: { ...first.functions, two: third.functions['two'] } });
    expect(readdirSync(dirname(path))).toEqual(['keys.json']);
  });

  test.each(['', '[]', '{"master": "s3cret"'])('that holds %j is refused by name, without what is in it', (text) => {
    writeFileSync(path, text);
    const load = (): unknown => loadKeys(path, []);

    expect(load).toThrow(`${path} holds no keys.`);
    expect(load).not.toThrow(/s3cret/);
  });
});
