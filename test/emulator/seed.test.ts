import { publisherHash } from '../../emulator/seed/publisher-hash';
import type { Emulator } from '../../emulator/start';
import { startTrustedEmulator } from '../support/emulator';
import { Api } from './api';

const TENANT = '33333333-0000-4000-8000-000000000001';
const CLIENT = '33333333-0000-4000-8000-000000000002';
let emulator: Emulator | undefined;
afterEach(() => emulator?.stop());

const account = { name: 'tailspin', applications: [] as object[] };
const seed = (applications: object[]) => ({
  client: CLIENT,
  tenants: [
    { id: TENANT, clients: [{ id: CLIENT, name: 'tailspin', secrets: [{ value: 's' }], account: 'tailspin' }] },
  ],
  accounts: [{ ...account, applications }] as never,
  vault: { tenant: TENANT },
});
const toys = {
  id: '9NTAILSPIN01',
  primaryName: 'Toys',
  packageIdentityName: 'Tailspin.Toys',
  publisherName: 'CN=Tailspin',
};

test('a seed of its own replaces the default one', async () => {
  emulator = await startTrustedEmulator({ seed: seed([toys]) });
  const api = await Api.signIn(emulator);

  const { body } = await api.get('applications');

  expect(emulator.account).toEqual({ tenantId: TENANT, clientId: CLIENT, clientSecret: 's' });
  expect(body).toMatchObject({ totalCount: 1, value: [{ id: '9NTAILSPIN01', primaryName: 'Toys' }] });
});

test.each([
  [{ ...toys, id: 'short' }, /Store ID/],
  [{ ...toys, colour: 'red' }, /colour/],
  [{ ...toys, published: { id: '1', number: 1, document: {} } }, /published\.id|published/],
])('a seed with a mistake is refused', async (application, message) => {
  await expect(startTrustedEmulator({ seed: seed([application]) })).rejects.toThrow(message);
});

test('package families end in the hash that Windows computes', () => {
  const microsoft = 'CN=Microsoft Corporation, O=Microsoft Corporation, L=Redmond, S=Washington, C=US';

  expect(publisherHash(microsoft)).toBe('8wekyb3d8bbwe');
});
