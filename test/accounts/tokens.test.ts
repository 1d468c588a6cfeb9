import { AccountError } from '../../src/accounts';
import { failureOf } from '../partner-center/fakes';
import { contoso, signInto, withSecret } from './setup';
import { emulatorForFile, expectNothingUnhit } from '../support/emulator';

const emulator = emulatorForFile();
beforeEach(() => emulator().reset());
afterEach(() => expectNothingUnhit(emulator()));

const scope = 'https://manage.devcenter.microsoft.com/.default';
const account = withSecret('contoso-client-secret');
const asked = (operation: string) =>
  emulator()
    .actions.journal({ operation })
    .filter(({ status }) => status === 200).length;
/** Sign-ins of accounts; those for the vault are of another audience, and come from the same client. */
const tokens = () => emulator().actions.journal({ operation: 'token' });

describe('tokens', () => {
  it('come from the real identity library, and are for the one who asked', async () => {
    const { accounts } = signInto(emulator(), { contoso: account });

    const { token, expiresOnTimestamp } = await accounts.credential('contoso').getToken(scope).then(given);

    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({
      appid: contoso.clientId,
      tid: contoso.tenantId,
      aud: 'https://manage.devcenter.microsoft.com',
    });
    expect(expiresOnTimestamp).toBeGreaterThan(Date.now() + 3_000_000);
  });

  it('are kept until five minutes before they end', async () => {
    const { accounts, clock } = signInto(emulator(), { contoso: account });
    const credential = accounts.credential('contoso');

    const first = await credential.getToken(scope).then(given);
    clock.advance(54 * 60_000);
    const second = await credential.getToken(scope).then(given);
    clock.advance(60_000);
    const third = await credential.getToken(scope).then(given);

    expect(second.token).toBe(first.token);
    expect(third.token).not.toBe(first.token);
  });

  it('are fetched once for all who ask at the same time', async () => {
    const { accounts } = signInto(emulator(), { contoso: account });
    const credential = accounts.credential('contoso');

    const all = await Promise.all([1, 2, 3, 4].map(() => credential.getToken(scope).then(given)));

    expect(new Set(all.map(({ token }) => token)).size).toBe(1);
    expect(asked('getSecret')).toBe(1);
  });

  it('are new after one was refused', async () => {
    const { accounts } = signInto(emulator(), { contoso: account });
    const credential = accounts.credential('contoso');

    const first = await credential.getToken(scope).then(given);
    credential.dropToken('another token');
    const same = await credential.getToken(scope).then(given);
    credential.dropToken(first.token);
    const second = await credential.getToken(scope).then(given);

    expect(same.token).toBe(first.token);
    expect(second.token).not.toBe(first.token);
  });

  it('are of each API their own: one that was refused leaves those of the others alone', async () => {
    const { accounts } = signInto(emulator(), { contoso: account });
    const credential = accounts.credential('contoso');
    const another = 'https://vault.azure.net/.default';

    const [first, other] = await Promise.all([scope, another].map((one) => credential.getToken(one).then(given)));
    credential.dropToken(first!.token);
    const second = await credential.getToken(scope).then(given);
    const kept = await credential.getToken(another).then(given);

    expect(other!.token).not.toBe(first!.token);
    expect(second.token).not.toBe(first!.token);
    expect(kept.token).toBe(other!.token);
  });

  it('say until when they are good, and nothing else', async () => {
    const { accounts } = signInto(emulator(), { contoso: account });

    const checked = await accounts.checkToken('contoso');

    expect(Object.keys(checked)).toEqual(['expiresAt']);
    expect(Date.parse(checked.expiresAt)).toBeGreaterThan(Date.now());
  });

  it.each([
    'https://manage.devcenter.microsoft.com//.default',
    'https://manage.devcenter.microsoft.com/',
    'https://manage.devcenter.microsoft.com',
  ])('are for the resource without a slash, also where the setting is %s', async (setting) => {
    const { accounts } = signInto(emulator(), { contoso: account }, { scope: setting });

    await accounts.checkToken('contoso');

    const sent = JSON.stringify(tokens().at(-1));
    expect(sent).toContain('manage.devcenter.microsoft.com/.default');
    expect(sent).not.toContain('com//.default');
  });

  it('go on being used while Entra ID is away, as long as they are good', async () => {
    const { accounts, clock } = signInto(emulator(), { contoso: account });
    const credential = accounts.credential('contoso');
    const first = await credential.getToken(scope).then(given);
    emulator().actions.addFault({ operation: 'token', times: 6, answer: { status: 503 } });

    clock.advance(56 * 60_000);
    const second = await credential.getToken(scope).then(given);
    clock.advance(4 * 60_000);
    const error = await failureOf(credential.getToken(scope));

    expect(second.token).toBe(first.token);
    expect(error).toMatchObject({ code: 'entra-unreachable', retryable: true });
    expect(emulator().actions.unhit().faults).toEqual([]);
  });

  it('survive a short fault of Entra ID and of the vault', async () => {
    const { accounts, clock } = signInto(emulator(), { contoso: account });
    emulator().actions.addFault({ operation: 'getSecret', times: 2, answer: { status: 503, body: 'html' } });
    emulator().actions.addFault({
      operation: 'token',
      skip: 1,
      times: 2,
      answer: { status: 429, retryAfter: { seconds: 3 } },
    });

    await accounts.checkToken('contoso');

    expect(clock.waited).toEqual([500, 1000, 3000, 3000]);
    expect(emulator().actions.unhit().faults).toEqual([]);
  });
});

describe('secrets', () => {
  it('are read anew after five minutes', async () => {
    const { vault, clock } = signInto(emulator(), {});

    await vault.read('contoso-client-secret');
    clock.advance(299_000);
    await vault.read('contoso-client-secret');
    const before = asked('getSecret');
    clock.advance(2000);
    await vault.read('contoso-client-secret');

    expect([before, asked('getSecret')]).toEqual([1, 2]);
  });

  it('are not kept beyond their own end, nor when reading failed', async () => {
    const { vault } = signInto(emulator(), {});

    const expired = await vault.read('expired-secret');
    await vault.read('expired-secret');
    await failureOf(vault.read('later'));
    await emulator().actions.addSecretVersion('later', { value: 'there now' });
    const later = await vault.read('later');

    expect(expired.expiresOn).toEqual(new Date('2020-01-01T00:00:00Z'));
    expect(later.value).toBe('there now');
    expect(asked('getSecret')).toBe(3);
  });

  it('may be changed while they are cached: the new one is found without a failure', async () => {
    const { accounts } = signInto(emulator(), { contoso: account });
    const credential = accounts.credential('contoso');
    const { token } = await credential.getToken(scope).then(given);

    await emulator().actions.addSecretVersion('contoso-client-secret', { value: 'Rotated~Secret' });
    await emulator().actions.changeClient(contoso.clientId, {
      secrets: [{ value: 'Rotated~Secret' }],
    });
    credential.dropToken(token);
    const after = await credential.getToken(scope).then(given);

    expect(after.token).not.toBe(token);
    expect(
      tokens()
        .map(({ status }) => status)
        .slice(-3),
    ).toContain(401);
  });

  it('are read once more, and no more than that, before they count as wrong', async () => {
    await emulator().actions.addSecretVersion('bad', { value: 'no such secret' });
    const { accounts } = signInto(emulator(), { contoso: withSecret('bad') });

    const error = await failureOf(accounts.checkToken('contoso'));

    expect(error).toBeInstanceOf(AccountError);
    expect(error).toMatchObject({
      code: 'wrong-secret',
      facts: { account: 'contoso', secretName: 'bad', aadsts: 7000215 },
    });
    expect(asked('getSecret')).toBe(2);
    expect(tokens().filter(({ status }) => status === 401)).toHaveLength(2);
  });
});

function given<T>(token: T | null): T {
  if (token === null) throw new Error('no token');
  return token;
}
