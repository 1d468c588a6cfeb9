import dns, { type LookupAddress } from 'node:dns';
import { readFileSync } from 'node:fs';
import { AccountError, createVault, remedies, type AccountErrorCode } from '../../src/accounts';
import { isLoopback } from '../../src/accounts/loopback';
import { everythingOf, failureOf } from '../partner-center/fakes';
import { json, startScriptedServer } from '../partner-center/scripted-server';
import { contoso, host, signInto, testClock, withSecret } from './setup';
import { emulatorForFile, expectNothingUnhit } from '../support/emulator';

type LookupCallback = (error: null, addresses: LookupAddress[]) => void;

const emulator = emulatorForFile();
beforeEach(() => emulator().reset());
afterEach(() => expectNothingUnhit(emulator()));

const secrets = [
  host.secret,
  contoso.secret,
  encodeURIComponent(contoso.secret),
  'Contoso~Expired~Secret',
  'Wrong~Secret',
  'eyJ',
  'client_assertion',
];

describe('a sign-in that fails says which setting to mend', () => {
  const cases: [AccountErrorCode, Parameters<typeof withSecret>, number | undefined][] = [
    ['wrong-secret', ['wrong'], 7000215],
    ['expired-secret', ['expired-secret'], 7000222],
    ['unknown-client', ['contoso-client-secret', { clientId: '99999999-0000-4000-8000-000000000000' }], 700016],
    ['unknown-tenant', ['contoso-client-secret', { tenantId: '99999999-0000-4000-8000-000000000000' }], 90002],
    ['secret-missing', ['not-there'], undefined],
    ['secret-disabled', ['disabled-secret'], undefined],
    ['secret-empty', ['empty'], undefined],
  ];

  it.each(cases)('%s', async (code, [secret, more], aadsts) => {
    await emulator().actions.addSecretVersion('wrong', { value: 'Wrong~Secret' });
    await emulator().actions.addSecretVersion('empty', { value: '' });
    const { accounts, clock } = signInto(emulator(), { contoso: withSecret(secret, more) });

    const error = await failureOf(accounts.checkToken('contoso'));

    expect(error).toBeInstanceOf(AccountError);
    expect(error).toMatchObject({ code, retryable: false, remedy: remedies[code].remedy });
    expect((error as AccountError).facts.aadsts).toBe(aadsts);
    expect((error as AccountError).facts.secretName).toBe(secret);
    expect(clock.waited).toEqual([]);
    for (const value of secrets) expect(everythingOf(error)).not.toContain(value);
  });

  it('unknown-resource', async () => {
    const { accounts } = signInto(
      emulator(),
      { contoso: withSecret('contoso-client-secret') },
      { scope: 'https://nobody.example' },
    );

    const error = await failureOf(accounts.checkToken('contoso'));

    expect(error).toMatchObject({ code: 'unknown-resource', facts: { aadsts: 500011 } });
  });

  it("keeps Entra's ids for its support", async () => {
    const { accounts } = signInto(emulator(), { contoso: withSecret('expired-secret') });

    const { facts } = (await failureOf(accounts.checkToken('contoso'))) as AccountError;

    expect(facts.traceId).toMatch(/^[0-9a-f-]{36}$/);
    expect(facts.correlationId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('an account that nobody configured, also one named like a part of every object', async () => {
    const { accounts } = signInto(emulator(), {});

    expect(await failureOf(accounts.checkToken('nobody'))).toMatchObject({ code: 'unknown-account' });
    expect(() => accounts.get('constructor')).toThrow(AccountError);
  });

  it.each<[AccountErrorCode, string, { status: number; tries: number; retryAfterMs?: number }]>([
    ['throttled', 'token', { status: 429, tries: 1, retryAfterMs: 45_000 }],
    ['entra-unreachable', 'token', { status: 503, tries: 3 }],
    ['vault-throttled', 'getSecret', { status: 429, tries: 1, retryAfterMs: 45_000 }],
    ['vault-unreachable', 'getSecret', { status: 500, tries: 3 }],
    ['vault-forbidden', 'getSecret', { status: 403, tries: 1 }],
  ])('%s', async (code, operation, { status, tries, retryAfterMs }) => {
    const { accounts } = signInto(emulator(), { contoso: withSecret('contoso-client-secret') });
    const answer = { status, ...(retryAfterMs === undefined ? {} : { retryAfter: { seconds: retryAfterMs / 1000 } }) };
    emulator().actions.addFault({ operation, skip: 1, times: tries, answer });

    const error = await failureOf(accounts.checkToken('contoso'));

    expect(error).toMatchObject({ code, retryable: status !== 403, retryAfterMs });
  });

  it('a cut connection is Entra ID being away', async () => {
    const { accounts, clock } = signInto(emulator(), { contoso: withSecret('contoso-client-secret') });
    emulator().actions.addFault({ operation: 'token', skip: 1, times: 3, cut: true });

    const error = await failureOf(accounts.checkToken('contoso'));

    expect(error).toMatchObject({ code: 'entra-unreachable', facts: { serviceCode: 'ECONNRESET' } });
    expect(clock.waited).toEqual([500, 1000]);
  });

  it('an app that may not read the vault, and one that cannot sign in to it', async () => {
    await emulator().actions.changeClient(host.clientId, { readsVault: false, secrets: [{ value: host.secret }] });
    const { vault } = signInto(emulator(), {});
    const broken = { getToken: () => Promise.reject(new Error(`CredentialUnavailable eyJ ${contoso.secret}`)) };
    const tls = { ca: readFileSync(emulator().ca, 'utf8') };
    const locked = createVault({ url: emulator().https, credential: broken, tls, clock: testClock() });

    const forbidden = await failureOf(vault.read('contoso-client-secret'));
    const signedOut = await failureOf(locked.read('contoso-client-secret'));

    expect(forbidden).toMatchObject({ code: 'vault-forbidden', facts: { serviceCode: 'ForbiddenByRbac' } });
    expect(signedOut).toMatchObject({ code: 'vault-sign-in-failed' });
    for (const value of secrets) expect(everythingOf(signedOut)).not.toContain(value);
  });

  it('a vault that is not there', async () => {
    const credential = { getToken: () => Promise.reject(new Error('not reached')) };
    const vault = createVault({ url: 'https://localhost:9', credential, clock: testClock() });

    const error = await failureOf(vault.read('any'));

    expect(error).toMatchObject({ code: 'vault-unreachable', retryable: true, facts: { serviceCode: 'ECONNREFUSED' } });
  });

  it('a vault elsewhere whose challenge names another resource: it gets no token', async () => {
    const server = await startScriptedServer(['vault.test', 'localhost']);
    const resource = 'https://vault.azure.net';
    const challenge = { 'WWW-Authenticate': `Bearer authorization="${emulator().https}/x", resource="${resource}"` };
    server.play(json(401, {}, challenge));
    let tokens = 0;
    const credential = {
      getToken: async () => {
        tokens += 1;
        return { token: 'x', expiresOnTimestamp: Date.now() + 60_000 };
      },
    };
    const lookup = jest
      .spyOn(dns, 'lookup')
      .mockImplementation(((_: string, __: unknown, done: LookupCallback) =>
        done(null, [{ address: '127.0.0.1', family: 4 }])) as unknown as typeof dns.lookup);
    const { port } = new URL(server.url);
    const common = { credential, tls: { ca: server.ca }, clock: testClock() };

    const elsewhere = await failureOf(createVault({ url: `https://vault.test:${port}`, ...common }).read('any'));
    const asked = tokens;
    await failureOf(createVault({ url: `https://localhost:${port}`, ...common }).read('any'));

    lookup.mockRestore();
    await server.close();
    expect(server.arrived.length).toBeGreaterThanOrEqual(2);
    expect(elsewhere).toMatchObject({ code: 'vault-sign-in-failed' });
    expect([asked, tokens]).toEqual([0, 1]);
  });

  it.each([
    ['https://localhost:1', true],
    ['https://127.0.0.1', true],
    ['https://[::1]:2', true],
    ['https://vault.localhost', true],
    ['https://localhost.evil.example', false],
    ['https://127.0.0.1.evil.example', false],
    ['https://contoso.vault.azure.net', false],
  ])('%s is this machine: %s', (url, expected) => {
    expect(isLoopback(url)).toBe(expected);
  });
});
