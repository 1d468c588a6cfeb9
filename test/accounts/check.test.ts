import type { Account, ApiProbe } from '../../src/accounts';
import { probeOf } from './probe';
import { contoso, signInto, withSecret } from './setup';
import { emulatorForFile, expectNothingUnhit } from '../support/emulator';

const emulator = emulatorForFile();
beforeEach(() => emulator().reset());
afterEach(() => expectNothingUnhit(emulator()));

const silent = { explain: () => ({ code: '', message: '', remedy: '', passing: false }), nothingSeen: () => nothing };
const nothing = { code: 'nothing', message: '', remedy: '' };

/** As the app wires it. */
function check(account: Account) {
  const { accounts } = signInto(emulator(), { contoso: account });
  return accounts.checkAccount('contoso', probeOf(emulator(), accounts));
}

const clientOf = (last: string) => ({ clientId: `11111111-0000-4000-8000-00000000c0${last}` });

describe('the check of an account', () => {
  it('says that it is good, until when, and what it sees', async () => {
    const expires = '2027-03-01T00:00:00.000Z';
    await emulator().actions.addSecretVersion('dated', { value: contoso.secret, expires });

    const result = await check(withSecret('dated'));

    expect(result).toMatchObject({
      account: 'contoso',
      credential: { state: 'good', kind: 'client-secret', expiresOn: expires },
      products: { visible: 11, more: false },
      faults: [],
    });
    expect(result.products.sample).toHaveLength(10);
    expect(result.products.sample[0]).toEqual({ id: '9NCONTOSO001', name: 'Contoso Camera' });
    expect(Date.parse(result.credential.tokenExpiresAt ?? '')).toBeGreaterThan(Date.now());
  });

  it('signs in anew: a token that is still kept proves nothing', async () => {
    const { accounts } = signInto(emulator(), { contoso: withSecret('contoso-client-secret') });
    await accounts.checkToken('contoso');
    await emulator().actions.changeClient(contoso.clientId, { secrets: [{ value: 'rotated' }] });

    const result = await accounts.checkAccount('contoso', probeOf(emulator(), accounts));

    expect(result.credential.state).toBe('refused');
    expect(result.faults.map(({ code }) => code)).toEqual(['wrong-secret']);
  });

  it.each([
    ['refused', 'expired-secret', 'expired-secret', {}],
    ['refused', 'secret-missing', 'not-there', {}],
    ['refused', 'unknown-client', 'contoso-client-secret', { clientId: '99999999-0000-4000-8000-000000000000' }],
  ])('says that the credential is %s: %s', async (state, code, secret, more) => {
    const result = await check(withSecret(secret, more));

    expect(result).toMatchObject({ credential: { state }, products: { visible: 0, sample: [] } });
    expect(result.faults).toEqual([{ code, message: expect.any(String), remedy: expect.any(String) }]);
  });

  it('says that Entra ID cannot be reached', async () => {
    emulator().actions.addFault({ operation: 'token', skip: 1, times: 3, answer: { status: 503 } });

    const result = await check(withSecret('contoso-client-secret'));

    expect(result).toMatchObject({ credential: { state: 'unreachable' }, faults: [{ code: 'entra-unreachable' }] });
  });

  it.each([
    ['account-not-allowed', 'd3', 'Contoso~Stranger~Secret'],
    ['account-not-allowed', 'd4', 'Contoso~NotOnboarded~Secret'],
    ['no-products', 'd5', 'AdventureWorks~Secret'],
  ])('says what Partner Center has against a good credential: %s', async (code, client, secret) => {
    await emulator().actions.addSecretVersion('theirs', { value: secret });

    const result = await check(withSecret('theirs', clientOf(client)));

    expect(result).toMatchObject({ credential: { state: 'good' }, products: { visible: 0 } });
    expect(result.faults.map((fault) => fault.code)).toEqual([code]);
  });

  it('gives up counting at some point', async () => {
    const { accounts } = signInto(emulator(), { contoso: withSecret('contoso-client-secret') });
    let given = 0;
    const endless: ApiProbe = {
      ...silent,
      scope: 'https://manage.devcenter.microsoft.com/.default',
      async *look() {
        for (;;) yield { id: `P${given++}` };
      },
    };

    const { products } = await accounts.checkAccount('contoso', { ...probeOf(emulator(), accounts), store: endless });

    expect(products).toMatchObject({ visible: 500, more: true });
  });
});

describe('the list of accounts', () => {
  it('shows how they sign in, and no secret', () => {
    const { tenantId, clientId } = contoso;
    const { accounts } = signInto(emulator(), {
      first: withSecret('contoso-client-secret'),
      second: { tenantId, clientId, credential: { kind: 'managed-identity' } },
    });

    expect(accounts.describeAccounts()).toEqual([
      {
        account: 'first',
        tenantId,
        clientId,
        credential: { kind: 'client-secret', secretName: 'contoso-client-secret' },
      },
      { account: 'second', tenantId, clientId, credential: { kind: 'managed-identity' } },
    ]);
    expect(accounts.get('first').tenantId).toBe(tenantId);
  });
});
