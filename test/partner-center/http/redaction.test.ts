import { inspect } from 'node:util';
import {
  BudgetDeferredError,
  HttpStatusError,
  MalformedResponseError,
  NoResponseError,
  redact,
  redactJson,
  type LogFacts,
} from '../../../src/partner-center/http';
import { everythingOf, failureOf } from '../fakes';
import { cut, json, startScriptedServer, text, type ScriptedServer, type Step } from '../scripted-server';
import { requests, setUp } from './setup';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

const token = 'eyJ0eXAiOiJKV1QiLCJhbGciOiJSUzI1NiJ9';
const signature = 'AbC%2BdeF%2FghISECRETsig';
const sas = `https://store.blob.core.windows.net/ingestion/56ed?sv=2024-05-04&se=2026-02-10&sr=b&sig=${signature}`;
const clientSecret = 'Zx8Q~secret~value';
const secrets = [token, signature, clientSecret, 'sv=2024-05-04'];

function credentialWith(value: string) {
  return { getToken: async () => ({ token: `${value}.body.sign`, expiresOnTimestamp: Date.now() + 3_600_000 }) };
}

const leaky = `Bearer ${token}.a.b said no; see ${sas} client_secret=${clientSecret}`;

describe('what is redacted', () => {
  it.each([
    ['a bearer token', `Authorization: Bearer ${token}.e30.x`],
    ['a bare token', `"${token}.e30.sig-nature_1"`],
    ['an upload address', `cannot PUT ${sas}`],
    ['a signature alone', `?sr=b&sig=${signature}&x=1`],
    ['a client secret in a form', `grant_type=x&client_secret=${clientSecret}&scope=y`],
    ['a client secret in JSON', JSON.stringify({ client_secret: clientSecret })],
  ])('%s', (_, value) => {
    const shown = redact(value);

    for (const secret of secrets) expect(shown).not.toContain(secret);
    expect(shown).toContain('[redacted]');
  });

  it('leaves ordinary words, ids and addresses alone', () => {
    const words =
      'Submission 1152921505700520589 of 9NEXAMPLE001 cannot be deleted, see https://partner.microsoft.com/x?y=1 (basic tier)';

    expect(redact(words)).toBe(words);
  });

  it('reaches any depth of a document without changing it', () => {
    const document = { a: [{ fileUploadUrl: sas, b: leaky, n: 1 }] };

    const shown = JSON.stringify(redactJson(document));

    for (const secret of secrets) expect(shown).not.toContain(secret);
    expect(document.a[0]?.fileUploadUrl).toBe(sas);
  });

  it('is not slow on long hostile text', () => {
    const hostile = `https://${'a?'.repeat(20_000)} ${'eyJ'.repeat(20_000)} ${'-----BEGIN PRIVATE KEY-----'.repeat(500)}`;
    const began = performance.now();

    redact(hostile);

    expect(performance.now() - began).toBeLessThan(1000);
  });
});

describe('errors', () => {
  const facts = { operation: 'createAppSubmission', method: 'POST', correlationId: leaky };

  it.each<[string, Error]>([
    [
      'status',
      new HttpStatusError(facts, {
        status: 400,
        code: leaky,
        target: leaky,
        message: leaky,
        body: { a: leaky, fileUploadUrl: sas },
      }),
    ],
    [
      'no response',
      new NoResponseError(
        facts,
        'unknown',
        'network',
        Object.assign(new Error(leaky), { request: { token }, code: 'ECONNRESET' }),
      ),
    ],
    ['malformed', new MalformedResponseError(facts, 200, [leaky])],
    ['deferred', new BudgetDeferredError({ retryAt: new Date(0), ticket: 'ticket', sent: 0 })],
  ])('never show a secret: %s', (_, error) => {
    const shown = everythingOf(error);

    for (const secret of secrets) expect(shown).not.toContain(secret);
    expect(shown).toContain(error.name);
  });

  const steps: [string, Step][] = [
    [
      'an error that quotes',
      json(
        400,
        { code: 'Bad', message: leaky, data: [sas], details: [{ message: leaky }] },
        { 'MS-CorrelationId': 'x' },
      ),
    ],
    ['a page that quotes', text(502, `<html><title>${leaky}</title></html>`)],
    ['an unreadable answer', text(200, `{"id":"1","fileUploadUrl":"${sas}"`)],
    ['another shape', json(200, { id: { fileUploadUrl: sas, token } })],
    ['a cut', cut],
    ['a refused token', json(401, { message: leaky })],
    ['a throttle', json(429, { message: leaky }, { 'Retry-After': '60' })],
  ];

  it.each(steps)('of real exchanges never show the token or what an answer quotes: %s', async (_, step) => {
    const lines: [string, string, LogFacts][] = [];
    const { transport, allowance } = setUp(server, {
      credential: credentialWith(token),
      log: (level, message, facts) => lines.push([level, message, facts]),
    });
    server.play(step);

    const error = await failureOf(requests(transport, allowance).post({ query: { sig: signature } }));

    const shown = `${everythingOf(error)} ${inspect(lines, { depth: 9 })}`;
    for (const secret of secrets) expect(shown).not.toContain(secret);
    expect(lines.length).toBeGreaterThan(0);
  });
});

describe('log lines', () => {
  it('are static messages with the facts as data', async () => {
    const lines: [string, string, LogFacts][] = [];
    const { transport, allowance } = setUp(server, {
      log: (level, message, facts) => lines.push([level, message, facts]),
    });
    server.play(
      json(503, {}, { 'MS-CorrelationId': 'first' }),
      json(200, { id: '1' }, { 'MS-CorrelationId': 'second' }),
    );

    await requests(transport, allowance).get({ path: 'things/1?skip=2' });

    const about = { operation: 'doThing', method: 'GET', path: 'things/1' };
    expect(lines).toEqual([
      ['debug', 'request was answered', { ...about, status: 503, durationMs: 0, correlationId: 'first' }],
      ['warning', 'request is repeated', { ...about, waitMs: 500, retries: 1 }],
      ['debug', 'request was answered', { ...about, status: 200, durationMs: 0, correlationId: 'second' }],
    ]);
  });
});
