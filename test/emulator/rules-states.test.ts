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
const DOCUMENTS = {
  application: { listings: { 'en-us': { baseListing: { title: 'Toys', description: 'Toys.' } } } },
  flight: { flightPackages: [] },
  'add-on': { contentType: 'OnlineDataStorage', listings: { 'en-us': { title: 'Toys', description: 'Toys.' } } },
};
type Kind = keyof typeof DOCUMENTS;
/** A member of each kind that an update can change. */
const MEMBER = { application: 'notesForCertification', flight: 'notesForCertification', 'add-on': 'tag' } as const;
const KINDS: readonly Kind[] = ['application', 'flight', 'add-on'];
/** Any name that is no status: its number is 0. */
const PORTAL = 'portal';
const numberOf = (name: string) => STATES.findIndex(([status]) => status === name) + 1;
const digits = (name: string, length: number) => String(numberOf(name)).padStart(length, '0');
const appOf = (name: string) => `9NSTATE${digits(name, 5)}`;
const flightOf = (name: string) => `44444444-0000-4000-8000-${digits(name, 12)}`;
const addOnOf = (name: string) => `9PSTATE${digits(name, 5)}`;
const idOf = (name: string, kind: Kind, place: 'published' | 'pending') =>
  `1${KINDS.indexOf(kind)}${place === 'pending' ? 2 : 1}${digits(name, 16)}`;
const productPath = (name: string, kind: Kind) => {
  const application = `applications/${appOf(name)}`;
  return {
    application,
    flight: `${application}/flights/${flightOf(name)}`,
    'add-on': `inappproducts/${addOnOf(name)}`,
  }[kind];
};

function submissionsOf<K extends Kind>(status: (typeof STATES)[number][0], kind: K, portal: boolean) {
  const name = portal ? PORTAL : status;
  const document: (typeof DOCUMENTS)[K] = DOCUMENTS[kind];
  return {
    published: { id: idOf(name, kind, 'published'), number: 1, status: 'Published' as const, portal, document },
    pending: { id: idOf(name, kind, 'pending'), number: 2, status, portal, document },
  };
}

function application(status: (typeof STATES)[number][0], portal = false) {
  const name = portal ? PORTAL : status;
  return {
    id: appOf(name),
    primaryName: 'Toys',
    packageIdentityName: 'Tailspin.Toys',
    publisherName: 'CN=Tailspin',
    ...submissionsOf(status, 'application', portal),
    flights: [{ id: flightOf(name), friendlyName: 'Insiders', ...submissionsOf(status, 'flight', portal) }],
    addOns: [{ id: addOnOf(name), productId: 'pro', ...submissionsOf(status, 'add-on', portal) }],
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

const IN_ALL_STATES = KINDS.flatMap((kind) =>
  STATES.map(([status, update, commit, deletion]) => ({ kind, status, update, commit, deletion })),
);

describe.each(IN_ALL_STATES)('the pending submission of $kind in $status', ({ kind, status, ...answers }) => {
  const { update, commit, deletion } = answers;
  const submissions = `${productPath(status, kind)}/submissions`;
  const path = `${submissions}/${idOf(status, kind, 'pending')}`;

  test(`R18: answers ${update} to an update`, async () => {
    const member = MEMBER[kind];
    const reply = await api.put(path, { ...DOCUMENTS[kind], [member]: 'Changed.' });

    const stored = await api.get(path);
    expect(reply.status).toBe(update);
    expect(stored.body).toMatchObject({ status, [member]: update === 200 ? 'Changed.' : '' });
    if (update === 409) expect(reply.body).toMatchObject({ code: 'InvalidState', source: 'Ingestion Api' });
  });

  test(`R28: answers ${commit} to a commit`, async () => {
    const reply = await api.post(`${path}/commit`);

    const { body } = await api.get(`${path}/status`);
    expect(reply.status).toBe(commit);
    expect(body.status).toBe(commit === 202 ? 'CommitStarted' : status);
    if (commit === 202) expect(reply.body).toEqual({ status: 'CommitStarted' });
    else expect(reply.body.code).toBe('InvalidState');
  });

  test(`R29, R12: answers ${deletion} to a deletion and keeps its place until then`, async () => {
    const before = await api.post(submissions);
    const reply = await api.delete(path);
    const after = await api.post(submissions);

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

describe.each(KINDS)('R17: submissions of the portal', (kind) => {
  const submissions = `${productPath(PORTAL, kind)}/submissions`;
  const changes = async (path: string) => [
    await api.put(path, DOCUMENTS[kind]),
    await api.post(`${path}/commit`),
    await api.delete(path),
  ];

  test(`of ${kind}: a failed one that is pending cannot be deleted, changed or committed either`, async () => {
    const replies = await changes(`${submissions}/${idOf(PORTAL, kind, 'pending')}`);

    for (const reply of replies) {
      expect([reply.status, reply.body.code, reply.body.target]).toEqual([
        400,
        'InvalidOperation',
        'applicationSubmission',
      ]);
    }
  });

  test(`of ${kind}: a published one is in the wrong state, as any other`, async () => {
    const replies = await changes(`${submissions}/${idOf(PORTAL, kind, 'published')}`);

    for (const reply of replies) expect([reply.status, reply.body.code]).toEqual([409, 'InvalidState']);
  });
});
