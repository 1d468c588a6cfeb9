/** The check of an account, API by API. */
import type { Account } from '../../src/accounts';
import { probeOf } from './probe';
import { contoso, signInto, withSecret } from './setup';
import { emulatorForFile, expectNothingUnhit } from '../support/emulator';

const emulator = emulatorForFile();
beforeEach(() => emulator().reset());
afterEach(() => expectNothingUnhit(emulator()));

const good = withSecret('contoso-client-secret');

interface Wish {
  readonly publisher?: string;
  readonly scopes?: Parameters<typeof probeOf>[2];
}

async function check(account: Account, { publisher, scopes }: Wish = {}) {
  const { accounts } = signInto(emulator(), { contoso: account });
  const before = emulator().actions.journal().length;
  const result = await accounts.checkAccount('contoso', probeOf(emulator(), accounts, scopes), { publisher });
  return { ...result, journal: emulator().actions.journal().slice(before) };
}

/** Another application of the default seed. */
async function another(last: string, secret: string): Promise<Account> {
  await emulator().actions.addSecretVersion('theirs', { value: secret });
  return withSecret('theirs', { clientId: `11111111-0000-4000-8000-00000000c0${last}` });
}

const stranger = (): Promise<Account> => another('d3', 'Contoso~Stranger~Secret');
const empty = (): Promise<Account> => another('d5', 'AdventureWorks~Secret');

test('says of each API that it can be used, and what it shows, by one request each', async () => {
  const { apis, credential, journal } = await check(good);

  expect(credential.state).toBe('good');
  expect(apis.store).toMatchObject({ state: 'usable', products: { visible: 11, more: false }, faults: [] });
  expect(apis.marketplace).toMatchObject({ state: 'usable', products: { more: true }, faults: [] });
  expect(apis.marketplace.products.sample[0]).toMatchObject({ name: expect.stringMatching(/^Contoso /) });
  expect(apis['cloud-partner']).toMatchObject({
    state: 'usable',
    products: { visible: 1, more: false, sample: [{ id: 'contoso', name: 'Contoso' }] },
    faults: [],
  });
  const asked = journal.map(({ operation }) => operation).filter((name) => /^list(Appl|Prod|Publ)/.test(name ?? ''));
  expect(asked.toSorted()).toEqual(['listApplications', 'listProducts', 'listPublishers']);
});

test('a whole list of products says so', async () => {
  await emulator().actions.setSwitches({ 'ingestion.pages': 'whole' });

  expect((await check(good)).apis.marketplace.products).toMatchObject({ visible: 4, more: false });
});

test('a wrong secret is found out once, and told of every API', async () => {
  await emulator().actions.changeClient(contoso.clientId, { secrets: [{ value: 'rotated' }] });

  const { apis, credential, journal } = await check(good);

  expect(credential.state).toBe('refused');
  for (const api of Object.values(apis))
    expect(api).toMatchObject({ state: 'refused', faults: [{ code: 'wrong-secret' }] });
  // The secret is read anew, and tried once more.
  expect(journal.filter(({ operation }) => operation === 'token').length).toBeLessThanOrEqual(2 + vaultSignIns);
});

/** What this app itself signs in for. */
const vaultSignIns = 1;

test.each([
  ['wrong tenant', { tenantId: '99999999-0000-4000-8000-000000000000' }, 'unknown-tenant'],
  [
    'a tenant that does not know the application',
    { tenantId: '72f988bf-0000-4000-8000-0000000fab01' },
    'unknown-client',
  ],
])('%s is told as such', async (_what, changed, code) => {
  const { apis, credential } = await check(withSecret('contoso-client-secret', changed));

  expect(credential.state).toBe('refused');
  expect(Object.values(apis).map(({ faults }) => faults[0]?.code)).toEqual([code, code, code]);
});

test.each(['marketplace', 'cloud-partner'] as const)(
  'where the tenant does not know the service of %s, the others are as they are',
  async (api) => {
    const scopes = { [api]: 'https://unknown.contoso.example/.default' };

    const { apis, credential, faults } = await check(good, { scopes });

    const { [api]: broken, ...others } = apis;
    expect(broken).toMatchObject({ state: 'refused', faults: [{ code: 'unknown-resource' }] });
    expect(broken.faults[0]?.message).toContain('AADSTS500011');
    expect(broken.faults[0]?.remedy).toMatch(/^Nothing, if the account does not use this API/);
    expect(Object.values(others).map(({ state }) => state)).toEqual(['usable', 'usable']);
    expect(credential.state).toBe('good');
    expect(faults).toEqual([]);
  },
);

test('where the tenant does not know the Store, the credential is good all the same', async () => {
  const { apis, credential, faults } = await check(good, {
    scopes: { store: 'https://unknown.contoso.example/.default' },
  });

  expect(credential).toMatchObject({ state: 'good', tokenExpiresAt: expect.any(String) });
  expect(faults).toMatchObject([{ code: 'unknown-resource' }]);
  expect(apis.marketplace.state).toBe('usable');
});

test('an application that was not added in Partner Center: 401, 403 or nothing to see, by API', async () => {
  const account = await stranger();
  const byDefault = await check(account);
  await emulator().actions.setSwitches({ 'ingestion.missingRole': '403' });
  const otherwise = await check(account);

  expect(byDefault.apis.marketplace).toMatchObject({ state: 'refused', faults: [{ code: 'account-not-allowed' }] });
  expect(byDefault.apis.marketplace.faults[0]?.remedy).toMatch(/Manager role.*tenantId/);
  expect(otherwise.apis.marketplace).toMatchObject({ state: 'refused', faults: [{ code: 'role-too-weak' }] });
  expect(byDefault.apis['cloud-partner']).toMatchObject({ state: 'empty', faults: [{ code: 'no-publishers' }] });
  expect(byDefault.apis['cloud-partner'].faults[0]?.remedy).toContain('object id');
  expect(byDefault.credential.state).toBe('good');
});

test('an account without anything is let in, and sees nothing', async () => {
  const { apis } = await check(await empty());

  expect(Object.values(apis).map(({ state }) => state)).toEqual(['empty', 'empty', 'empty']);
  expect(Object.values(apis).map(({ faults }) => faults[0]?.code)).toEqual([
    'no-products',
    'no-products',
    'no-publishers',
  ]);
});

test('a publisher that is asked for shows its offers', async () => {
  const { apis, journal } = await check(good, { publisher: 'contoso' });

  expect(apis['cloud-partner']).toMatchObject({
    state: 'usable',
    products: { sample: [{ id: 'contoso-linux' }, {}, {}] },
  });
  expect(journal.map(({ operation }) => operation)).not.toContain('listPublishers');
});

test('an unknown publisher is told from an application that is on none', async () => {
  const unknown = await check(good, { publisher: 'kontoso' });
  const onNone = await check(await stranger(), { publisher: 'contoso' });

  expect(unknown.apis['cloud-partner']).toMatchObject({ state: 'refused', faults: [{ code: 'publisher-unknown' }] });
  expect(unknown.apis['cloud-partner'].faults[0]?.remedy).toContain('the account sees contoso');
  expect(unknown.faults).toEqual([]);
  expect(onNone.apis['cloud-partner']).toMatchObject({ state: 'refused', faults: [{ code: 'no-publishers' }] });
});

test('a publisher that is seen and whose offers are not: the role is too weak', async () => {
  emulator().actions.addFault({ operation: 'listOffers', answer: { status: 403 } });

  const { apis } = await check(good, { publisher: 'contoso' });

  expect(apis['cloud-partner'].faults).toMatchObject([{ code: 'role-too-weak' }]);
});

test('a token that the Cloud Partner Portal refuses is told with what makes it so', async () => {
  emulator().actions.addFault({ operation: 'listPublishers', answer: { status: 401 }, times: 2 });

  const { apis } = await check(good);

  expect(apis['cloud-partner']).toMatchObject({ state: 'refused', faults: [{ code: 'account-not-allowed' }] });
  expect(apis['cloud-partner'].faults[0]?.remedy).toContain('service principal');
});

test.each([
  ['listProducts', 'marketplace'],
  ['listPublishers', 'cloud-partner'],
] as const)(
  'an outage of one API (%s) is no fault of the account, and no matter of the others',
  async (operation, api) => {
    emulator().actions.addFault({ operation, answer: { status: 500 }, times: 4 });

    const { apis, faults } = await check(good);
    emulator().actions.clearFaults();

    const { [api]: away, ...others } = apis;
    expect(away).toMatchObject({ state: 'unreachable', faults: [{ code: 'partner-center-unavailable' }] });
    expect(Object.values(others).map(({ state }) => state)).toEqual(['usable', 'usable']);
    expect(faults).toEqual([]);
  },
);
