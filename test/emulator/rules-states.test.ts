import type { EmulatorOptions } from '../../emulator/start';
import { emulatorForFile } from '../support/emulator';
import { Api } from './api';

/** Status of the pending submission, and what the API answers to an update, a commit and a deletion in it. */
const STATES = [
  ['None', 409, 409, 409],
  ['PendingCommit', 200, 202, 204],
  ['CommitStarted', 409, 409, 409],
  ['CommitFailed', 409, 409, 204],
  ['PreProcessing', 409, 409, 409],
  ['PreProcessingFailed', 409, 409, 204],
  ['Certification', 409, 409, 409],
  ['CertificationFailed', 409, 409, 204],
  ['Release', 409, 409, 409],
  ['ReleaseFailed', 409, 409, 204],
  ['PendingPublication', 409, 409, 409],
  ['Publishing', 409, 409, 409],
  ['PublishFailed', 409, 409, 204],
  ['Canceled', 409, 409, 409],
] as const;
const CLIENT = { id: '44444444-0000-4000-8000-000000000002', name: 'tailspin', secrets: [{ value: 's' }] };
const TENANT = '44444444-0000-4000-8000-000000000001';
const document = { listings: { 'en-us': { baseListing: { title: 'Toys', description: 'Toys.' } } } };
const PUBLISHED = '1000000000000000001';
const PENDING = '1000000000000000002';
/** Any name that is no status: its number is 0. */
const PORTAL = 'portal';
const numberOf = (name: string) => STATES.findIndex(([status]) => status === name) + 1;
const appOf = (name: string) => `9NSTATE${String(numberOf(name)).padStart(5, '0')}`;
const idOf = (name: string, id: string) => String(BigInt(id) + 10n * BigInt(numberOf(name)));

function application(status: (typeof STATES)[number][0], portal = false) {
  const base = portal ? PORTAL : status;
  return {
    id: appOf(base),
    primaryName: 'Toys',
    packageIdentityName: 'Tailspin.Toys',
    publisherName: 'CN=Tailspin',
    published: { id: idOf(base, PUBLISHED), number: 1, status: 'Published' as const, portal, document },
    pending: { id: idOf(base, PENDING), number: 2, status, portal, document },
  };
}

const seed: EmulatorOptions['seed'] = {
  client: CLIENT.id,
  tenants: [{ id: TENANT, clients: [{ ...CLIENT, account: 'tailspin' }] }],
  accounts: [
    {
      name: 'tailspin',
      applications: [...STATES.map(([status]) => application(status)), application('CertificationFailed', true)],
    },
  ],
  vault: { tenant: TENANT },
};
const emulator = emulatorForFile({ seed });
let api: Api;
beforeEach(async () => {
  await emulator().reset();
  api = await Api.signIn(emulator());
});
const path = (status: string) => `applications/${appOf(status)}/submissions/${idOf(status, PENDING)}`;

describe.each(STATES)('a pending submission in %s', (status, update, commit, deletion) => {
  test(`R18: answers ${update} to an update`, async () => {
    const reply = await api.put(path(status), { ...document, notesForCertification: 'Changed.' });

    const stored = await api.get(path(status));
    expect(reply.status).toBe(update);
    expect(stored.body).toMatchObject({ status, notesForCertification: update === 200 ? 'Changed.' : '' });
    if (update === 409) expect(reply.body).toMatchObject({ code: 'InvalidState', source: 'Ingestion Api' });
  });

  test(`R28: answers ${commit} to a commit`, async () => {
    const reply = await api.post(`${path(status)}/commit`);

    const { body } = await api.get(`${path(status)}/status`);
    expect(reply.status).toBe(commit);
    expect(body.status).toBe(commit === 202 ? 'CommitStarted' : status);
    if (commit === 202) expect(reply.body).toEqual({ status: 'CommitStarted' });
    else expect(reply.body.code).toBe('InvalidState');
  });

  test(`R29, R12: answers ${deletion} to a deletion and keeps its place until then`, async () => {
    const before = await api.post(`applications/${appOf(status)}/submissions`);
    const reply = await api.delete(path(status));
    const after = await api.post(`applications/${appOf(status)}/submissions`);

    expect([before.status, reply.status]).toEqual([409, deletion]);
    expect(after.status).toBe(deletion === 204 ? 201 : 409);
    if (deletion === 409) {
      expect(reply.body).toMatchObject({
        code: 'InvalidState',
        message: 'Submission in its current state cannot be deleted',
        target: 'submissionId',
      });
    }
  });
});

describe('R17: submissions of the portal', () => {
  test('a failed one that is pending cannot be deleted, changed or committed either', async () => {
    const pending = path(PORTAL);

    const replies = [await api.put(pending, document), await api.post(`${pending}/commit`), await api.delete(pending)];

    for (const reply of replies) {
      expect([reply.status, reply.body.code, reply.body.target]).toEqual([
        400,
        'InvalidOperation',
        'applicationSubmission',
      ]);
    }
  });

  test('a published one is in the wrong state, as any other', async () => {
    const app = appOf(PORTAL);
    const published = `applications/${app}/submissions/${idOf(PORTAL, PUBLISHED)}`;

    const replies = [
      await api.put(published, document),
      await api.post(`${published}/commit`),
      await api.delete(published),
    ];

    for (const reply of replies) expect([reply.status, reply.body.code]).toEqual([409, 'InvalidState']);
  });
});
