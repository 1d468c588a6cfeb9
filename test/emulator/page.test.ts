import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { BlockBlobClient } from '@azure/storage-blob';
import { APPS, emulatorForFile } from '../support/emulator';
import { Api, send, type Json } from './api';

const emulator = emulatorForFile({ httpPort: 0 });
beforeEach(() => emulator().reset());

/** A request with exactly these headers: `fetch` would not send the ones that only browsers write. */
async function raw(method: string, path: string, headers: Record<string, string>): Promise<[number, string]> {
  const { hostname, port } = new URL(emulator().http!);
  const { promise, resolve, reject } = Promise.withResolvers<[number, string]>();
  const sent = request(
    { hostname, port, method, path, headers: { host: `localhost:${port}`, ...headers } },
    (answer) => {
      text(answer).then((body) => resolve([answer.statusCode!, body]), reject);
    },
  );
  sent.once('error', reject).end();
  return promise;
}
const port = (): string => new URL(emulator().http!).port;

describe('the page', () => {
  test('is the same over HTTPS and HTTP', async () => {
    const [secure, plain] = await Promise.all([send(`${emulator().https}/`), send(`${emulator().http}/`)]);

    expect(secure.status).toBe(200);
    expect(secure.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(secure.body).toContain('<title>Partner Center emulator</title>');
    expect(plain.body).toBe(secure.body);
  });

  test('may load and send nothing elsewhere, run no text, and be framed by nobody', async () => {
    const { headers } = await send(`${emulator().http}/`);

    const policy = headers.get('content-security-policy')!.split('; ');
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "connect-src 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
      ]),
    );
    expect(policy.join()).not.toMatch(/unsafe|https?:|\*/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  test('is served whole: every file that it is made of, with its type', async () => {
    const names = readdirSync(join(__dirname, '../../emulator/page/browser')).filter((name) =>
      /\.(js|css)$/.test(name),
    );

    const served = await Promise.all(names.map((name) => send(`${emulator().http}/page/${name}`)));

    expect(names.length).toBeGreaterThan(3);
    expect(served.map(({ status }) => status)).toEqual(names.map(() => 200));
    expect(served.map(({ headers }) => headers.get('content-type'))).toEqual(
      names.map((name) => `text/${name.endsWith('.css') ? 'css' : 'javascript'}; charset=utf-8`),
    );
  });

  test('gives no other file', async () => {
    const replies = await Promise.all(
      ['/page/../routes.js', '/page/%2e%2e/routes.js', '/page/..%2froutes.js', '/page/tsconfig.json', '/page/'].map(
        (path) => raw('GET', path, {}),
      ),
    );

    expect(replies.map(([status]) => status)).toEqual([404, 404, 404, 404, 404]);
  });
});

test('uploads are told by submission, with their size once there is something', async () => {
  const api = await Api.signIn(emulator());
  const { document } = await api.draft(APPS.published);
  const ask = async (): Promise<Json> => (await send(`${emulator().control}/uploads`)).body[document.id];

  const before = await ask();
  const url = String(document.fileUploadUrl).replaceAll('+', '%2B');
  await new BlockBlobClient(url).uploadData(Buffer.from('twelve bytes'));

  expect(before).toEqual({ issued: expect.any(Number), size: null });
  expect(await ask()).toMatchObject({ size: 12 });
});

describe('web pages of others', () => {
  test.each([
    ['a name of their own that leads here', { host: 'attacker.example' }],
    ['a name that begins like ours', { host: 'localhost.attacker.example' }],
    ['a name of their own, with our port', { host: 'rebound.example:8443' }],
  ])('get nothing by %s', async (_how, headers) => {
    const replies = await Promise.all([
      raw('GET', '/', headers),
      raw('GET', '/page/main.js', headers),
      raw('GET', '/control/state', headers),
      raw('POST', '/control/reset', headers),
    ]);

    expect(replies.map(([status]) => status)).toEqual([403, 403, 403, 403]);
    expect(replies.map(([, body]) => body).join()).not.toContain(APPS.published);
  });

  test.each([
    ['POST', '/control/reset', { 'sec-fetch-site': 'cross-site' }],
    ['POST', '/control/reset', { 'sec-fetch-site': 'same-site' }],
    ['POST', '/control/reset', { origin: 'https://attacker.example' }],
    ['POST', '/control/reset', { origin: 'null' }],
    ['POST', '/CONTROL/reset/', { origin: 'https://attacker.example' }],
    ['POST', '/%63ontrol/reset', { origin: 'https://attacker.example' }],
    ['PUT', '/control/certification', { 'sec-fetch-site': 'cross-site' }],
    ['DELETE', '/control/journal', { 'sec-fetch-site': 'cross-site' }],
  ])('cannot %s %s with %j', async (method, path, headers) => {
    await (await Api.signIn(emulator())).application(APPS.published);

    const [status, body] = await raw(method, path, headers);

    expect([status, JSON.parse(body)]).toEqual([403, { message: 'Another web page may not control the emulator' }]);
    expect(emulator().actions.journal()).toHaveLength(2);
  });

  test('cannot use the plain origin against the secure one', async () => {
    const [status] = await raw('POST', '/control/reset', { origin: `https://localhost:${port()}` });

    expect(status).toBe(403);
  });

  test('cannot have an answer embedded', async () => {
    const { headers } = await send(`${emulator().control}/state`);

    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('the page itself and programs', () => {
  test.each([
    ['a program', () => ({})],
    ['the page', () => ({ 'sec-fetch-site': 'same-origin', origin: `http://localhost:${port()}` })],
    ['the page at 127.0.0.1', () => ({ host: `127.0.0.1:${port()}`, origin: `http://127.0.0.1:${port()}` })],
    ['the page at ::1', () => ({ host: `[::1]:${port()}`, 'sec-fetch-site': 'same-origin' })],
  ])('control as before: %s', async (_who, headers) => {
    const [status] = await raw('POST', '/control/reset', headers());

    expect(status).toBe(204);
  });

  test('the services answer under any name: a proxy may stand before them', async () => {
    const [status] = await raw('GET', '/common/discovery/instance?api-version=1.1', { host: 'proxy.example' });

    expect(status).not.toBe(403);
  });
});
