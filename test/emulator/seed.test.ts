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

test('a submission of a seed says what is wrong with it, as one that failed by itself', async () => {
  const said = {
    errors: [{ code: 'Other', details: 'Why.' }],
    warnings: [{ code: 'UpdateOnlyWarning', details: 'Mind this.' }],
    reports: [{ date: '2026-02-09T07:40:00.0000000Z', reportUrl: 'https://contoso.example/report' }],
  };
  const pending = { id: '1000000000000000001', number: 1, status: 'CertificationFailed', ...said, document: {} };
  emulator = await startTrustedEmulator({ seed: seed([{ ...toys, pending }]) });
  const api = await Api.signIn(emulator);

  const { body } = await api.get(`applications/${toys.id}/submissions/${pending.id}/status`);

  expect(body).toEqual({
    status: 'CertificationFailed',
    statusDetails: {
      errors: said.errors,
      warnings: [expect.objectContaining({ code: 'SalesUnsupportedWarning' }), ...said.warnings],
      certificationReports: said.reports,
    },
  });
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
