import type { LookupAddress } from 'node:dns';
import { createUrlSources, type UrlSources, type UrlSourceSettings } from '../../src/packages';
import { selfSignedCertificate, type TestCertificate } from '../support/certificate';
import { caught } from './caught';
import { startFileServer, type FileServer } from './file-server';

const loopback: LookupAddress[] = [{ address: '127.0.0.1', family: 4 }];
const names = ['cdn.contoso.test', 'other.contoso.test', 'acme.blob.core.windows.net'];
let certificate: TestCertificate;
let server: FileServer;
let other: FileServer;

beforeAll(async () => {
  certificate = await selfSignedCertificate(names);
});
beforeEach(async () => {
  [server, other] = await Promise.all([startFileServer(certificate), startFileServer(certificate)]);
});
afterEach(() => Promise.all([server.close(), other.close()]));

function sources(settings: Partial<UrlSourceSettings> = {}): UrlSources {
  return createUrlSources({
    allowedHosts: ['cdn.contoso.test', '*.blob.core.windows.net'],
    allowLoopback: true,
    ca: certificate.certificate,
    resolve: () => Promise.resolve(loopback),
    retryDelaysMs: [0, 0],
    ...settings,
  });
}
const address = (path = '/app.msix?sig=secret', host = 'cdn.contoso.test'): string =>
  `https://${host}:${server.port}${path}`;
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

describe('a proper server', () => {
  test('any range is read, and what was opened is pinned', async () => {
    const source = await sources().open(address());

    expect(source.pin).toEqual({ etag: '"one"', lastModified: 'Fri, 20 Nov 2026 10:00:00 GMT', size: 10 });
    expect(source.size).toBe(10);
    expect(text(await source.read(3, 4))).toBe('3456');
    expect(text(await source.read(0, 10))).toBe('0123456789');
    expect(await source.read(10, 0)).toHaveLength(0);
    expect(server.seen.at(-1)?.headers['if-match']).toBe('"one"');
  });

  test('a range outside of the file is a bug and is refused before anything is sent', async () => {
    const source = await sources().open(address());

    await expect(source.read(5, 6)).rejects.toThrow(RangeError);
    await expect(source.read(-1, 2)).rejects.toThrow(RangeError);
    expect(server.seen).toHaveLength(1);
  });

  test('an answer that breaks off and one that says 503 are asked for again', async () => {
    const source = await sources().open(address());
    const bad = [
      (response: Parameters<NonNullable<FileServer['before']>>[1]) => {
        response.writeHead(206, { 'content-range': 'bytes 0-9/10', 'content-length': '10', ...server.headers });
        response.write('012', () => response.destroy());
      },
      (response: Parameters<NonNullable<FileServer['before']>>[1]) => response.writeHead(503).end(),
    ];
    server.before = (_request, response) => {
      const next = bad.shift();
      next?.(response);
      return next !== undefined;
    };

    expect(text(await source.read(0, 10))).toBe('0123456789');
    expect(bad).toHaveLength(0);
  });

  test('an abort ends a read that hangs', async () => {
    const source = await sources().open(address());
    const stop = new AbortController();
    server.before = () => {
      stop.abort();
      return true;
    };

    await expect(source.read(0, 1, stop.signal)).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('a server that sends nothing is given up', async () => {
    server.before = () => true;

    const error = await caught(sources({ idleTimeoutMs: 20, retryDelaysMs: [] }).open(address()));

    expect(error).toMatchObject({ code: 'source-unreachable', retryable: true, detail: { reason: 'ETIMEDOUT' } });
  });

  test('a server that drips is given up, too', async () => {
    server.before = (_request, response) => {
      response.writeHead(206, { 'content-range': 'bytes 0-0/10' });
      response.flushHeaders();
      return true;
    };

    const error = await caught(sources({ readTimeoutMs: 50, retryDelaysMs: [] }).open(address()));

    expect(error).toMatchObject({ code: 'source-unreachable', retryable: true });
  });
});

describe('bytes that change', () => {
  test.each([
    ['etag', () => (server.headers['etag'] = '"two"')],
    ['lastModified', () => (server.headers['last-modified'] = 'Fri, 20 Nov 2026 11:00:00 GMT')],
    ['size', () => (server.bytes = Buffer.from('01234567891'))],
  ])('another %s in between is package-changed', async (member, change) => {
    const source = await sources().open(address());
    change();

    const error = await caught(source.read(0, 5));

    expect(error).toMatchObject({ code: 'package-changed', retryable: false, detail: { member } });
  });

  test('a shorter file and a server that checks If-Match are package-changed', async () => {
    const source = await sources().open(address());
    server.bytes = Buffer.from('01');
    expect((await caught(source.read(5, 5))).code).toBe('package-changed');
    server.bytes = Buffer.from('0123456');
    expect((await caught(source.read(5, 5))).code).toBe('package-changed');

    server.before = (_request, response) => Boolean(response.writeHead(412).end());
    expect((await caught(source.read(5, 5))).code).toBe('package-changed');
  });

  test('a pin of an earlier opening holds for a later one', async () => {
    const { pin } = await sources().open(address());
    server.headers['etag'] = '"two"';

    expect((await caught(sources().open(address(), { pin }))).code).toBe('package-changed');
  });
});

describe('servers and files that cannot be used', () => {
  test.each([
    ['source-no-ranges', 200, { 'content-length': '10' }],
    ['source-no-ranges', 206, {}],
    ['source-no-ranges', 206, { 'content-range': 'bytes 0-0/*' }],
    ['source-no-ranges', 206, { 'content-range': 'bytes 1-1/10' }],
    ['source-no-ranges', 206, { 'content-range': 'bytes 0-0/10', 'content-encoding': 'gzip' }],
    ['source-not-found', 404, {}],
    ['source-not-found', 410, {}],
    ['source-forbidden', 401, {}],
    ['source-forbidden', 403, {}],
    ['source-unreachable', 400, {}],
    ['package-empty', 200, { 'content-length': '0' }],
    ['package-empty', 416, {}],
  ])('%s for HTTP %i with %j', async (code, status, headers) => {
    server.before = (_request, response) => Boolean(response.writeHead(status, headers).end());

    const error = await caught(sources().open(address()));

    expect(error).toMatchObject({ code, retryable: false });
    expect(error.message).toContain(`https://cdn.contoso.test:${server.port}/app.msix`);
  });

  test('a busy server is retryable, and its Retry-After goes along', async () => {
    server.before = (_request, response) => Boolean(response.writeHead(429, { 'retry-after': '7' }).end());

    const error = await caught(sources().open(address()));

    expect(error).toMatchObject({ code: 'source-unreachable', retryable: true, retryAfterMs: 7000 });
    expect(server.seen).toHaveLength(1);
  });

  test('more bytes than announced are refused', async () => {
    server.before = (_request, response) =>
      Boolean(response.writeHead(206, { 'content-range': 'bytes 0-0/10' }).end('0123'));

    expect((await caught(sources().open(address()))).code).toBe('source-no-ranges');
  });

  test('too large is refused at opening', async () => {
    expect((await caught(sources().open(address(), { maxSize: 9 }))).code).toBe('package-too-large');
  });

  test('nobody there is retryable, a certificate that nobody vouches for is not', async () => {
    const { certificate: stranger } = await selfSignedCertificate(names);
    expect(await caught(sources({ ca: stranger }).open(address()))).toMatchObject({
      code: 'source-unreachable',
      retryable: false,
    });

    await server.close();
    const gone = await caught(sources().open(address()));
    expect(gone).toMatchObject({ code: 'source-unreachable', retryable: true, detail: { reason: 'ECONNREFUSED' } });
  });
});

describe('where an address may lead', () => {
  test.each([
    ['http://cdn.contoso.test/a?sig=secret', 'https'],
    ['ftp://cdn.contoso.test/a', 'https'],
    ['https://evil.test/a?sig=secret', 'allowed hosts'],
    ['https://cdn.contoso.test.evil.test/a', 'allowed hosts'],
    ['https://blob.core.windows.net/a', 'allowed hosts'],
    ['https://xblob.core.windows.net/a', 'allowed hosts'],
    ['https://cdn.contoso.test:8443/a', 'allowed hosts'],
    ['https://user:secret@cdn.contoso.test/a', 'password'],
    ['file:///etc/passwd?sig=secret', 'file:///etc/passwd'],
    ['https://127.0.0.1/a', 'private network'],
    ['https://2130706433/a', 'private network'],
    ['https://[::ffff:169.254.169.254]/a', 'private network'],
    ['https://169.254.169.254/metadata', 'private network'],
    ['not an address ?sig=secret', 'no address'],
  ])('%s is refused without asking anybody', async (url, why) => {
    const resolve = jest.fn<Promise<LookupAddress[]>, [string]>();
    const strict = sources({ allowLoopback: false, resolve });

    const error = await caught(strict.open(url));

    expect(error.code).toBe('source-not-allowed');
    expect(error.message).toContain(why);
    expect(resolve).not.toHaveBeenCalled();
  });

  test.each([['127.0.0.1'], ['10.0.0.4'], ['169.254.169.254'], ['::1'], ['fd00::1']])(
    'an allowed name that resolves to %s is refused at connect time',
    async (bad) => {
      const answers = [
        { address: '20.60.1.1', family: 4 },
        { address: bad, family: bad.includes(':') ? 6 : 4 },
      ];
      const strict = sources({ allowLoopback: false, resolve: () => Promise.resolve(answers) });

      const error = await caught(strict.open('https://cdn.contoso.test/a?sig=secret'));

      expect(error).toMatchObject({ code: 'source-not-allowed', retryable: false });
    },
  );

  test.each([
    ['has no address', () => Promise.resolve([]), false],
    ['is unknown', () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' })), false],
    ['cannot be looked up now', () => Promise.reject(Object.assign(new Error('no'), { code: 'EAI_AGAIN' })), true],
  ])('a name that %s is told, and tried again only where that may help', async (_what, resolve, retryable) => {
    const strict = sources({ allowLoopback: false, resolve });

    const error = await caught(strict.open('https://cdn.contoso.test/a?sig=secret'));

    expect(error).toMatchObject({ code: 'source-unreachable', retryable });
    expect(error.message).toContain(retryable ? 'then try again' : 'There is no such host');
  });

  test('plain http is for loopback with the development option only', async () => {
    const plain = await startFileServer();
    const url = `http://127.0.0.1:${plain.port}/a`;

    const source = await sources({ allowedHosts: ['127.0.0.1'] }).open(url);
    const error = await caught(sources({ allowedHosts: ['127.0.0.1'], allowLoopback: false }).open(url));

    expect(source.size).toBe(10);
    expect(error.code).toBe('source-not-allowed');
    await plain.close();
  });

  test('a redirect inside of the allowed hosts is followed, and remembered', async () => {
    const target = `https://acme.blob.core.windows.net:${other.port}/b?sig=secret2`;
    server.before = (_request, response) => Boolean(response.writeHead(302, { location: target }).end());

    const source = await sources().open(address());
    await source.read(0, 5);

    expect(server.seen).toHaveLength(1);
    expect(other.seen).toHaveLength(2);
  });

  test('when the place that a redirect led to refuses by now, the address itself is asked again', async () => {
    const target = (): string => `https://cdn.contoso.test:${other.port}/b?sig=secret${server.seen.length}`;
    server.before = (_request, response) => Boolean(response.writeHead(302, { location: target() }).end());
    other.before = (request, response) =>
      request.url?.endsWith('secret1') === true && other.seen.length > 1 && Boolean(response.writeHead(403).end());

    const source = await sources().open(address());

    expect(text(await source.read(0, 2))).toBe('01');
    expect(server.seen).toHaveLength(2);
  });

  test.each([
    ['an unlisted host', 'https://evil.test/?sig=secret'],
    ['plain http', 'http://cdn.contoso.test/?sig=secret'],
    ['the metadata service', 'https://169.254.169.254/metadata?sig=secret'],
    ['itself, for ever', '/app.msix?sig=secret'],
  ])('a redirect to %s is refused', async (_name, location) => {
    server.before = (_request, response) => Boolean(response.writeHead(307, { location }).end());

    const error = await caught(sources().open(address()));

    expect(error).toMatchObject({ code: 'source-not-allowed', retryable: false });
    expect(error.message).toContain('/app.msix redirects ');
    expect(error.message).not.toContain('secret');
    expect(server.seen.length).toBeLessThanOrEqual(6);
  });
});

describe('Azure Storage without a signature', () => {
  const credential = { getToken: jest.fn(() => Promise.resolve({ token: 'bearer-of-app', expiresOnTimestamp: 0 })) };

  test('the identity of the app is used, there and nowhere else', async () => {
    server.before = (_request, response) =>
      Boolean(response.writeHead(302, { location: `https://cdn.contoso.test:${other.port}/b` }).end());

    await sources({ credential }).open(address('/c/app.msix', 'acme.blob.core.windows.net'));

    expect(server.seen[0]?.headers).toMatchObject({
      authorization: 'Bearer bearer-of-app',
      'x-ms-version': '2023-11-03',
    });
    expect(other.seen[0]?.headers.authorization).toBeUndefined();
    expect(credential.getToken).toHaveBeenCalledWith('https://storage.azure.com/.default');
  });

  test('a signature goes alone, and other hosts get no token', async () => {
    await sources({ credential }).open(address('/c/app.msix?sig=x', 'acme.blob.core.windows.net'));
    await sources({ credential }).open(address());

    expect(server.seen.map((request) => request.headers.authorization)).toEqual([undefined, undefined]);
  });

  test('no token is source-forbidden', async () => {
    const none = { getToken: () => Promise.reject(new Error('secret tenant')) };

    const error = await caught(sources({ credential: none }).open(address('/c', 'acme.blob.core.windows.net')));

    expect(error.code).toBe('source-forbidden');
  });
});
