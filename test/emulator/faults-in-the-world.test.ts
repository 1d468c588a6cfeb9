/** Faults that change what is said, what is stored, and what happens meanwhile. */
import { APPS, emulatorForFile } from '../support/emulator';
import { Api, type Reply } from './api';

const emulator = emulatorForFile();
let api: Api;
beforeEach(async () => {
  await emulator().reset();
  api = await Api.signIn(emulator());
});
const fault: ReturnType<typeof emulator>['actions']['addFault'] = (request) => emulator().actions.addFault(request);
const pendingOf = async (app: string): Promise<unknown> =>
  ((await api.application(app)).body as Record<string, unknown>)['pendingApplicationSubmission'];
const create = (): Promise<Reply> => api.post(`applications/${APPS.published}/submissions`);

describe('what is said', () => {
  test('a merge patch changes the answer, whatever was stored: a pending submission that shows later', async () => {
    fault({ operation: 'getApplication', times: 2, patch: { pendingApplicationSubmission: null } });
    const { document } = await api.draft(APPS.published);

    const seen = [await pendingOf(APPS.published), await pendingOf(APPS.published), await pendingOf(APPS.published)];

    expect(seen).toEqual([undefined, undefined, expect.objectContaining({ id: document.id })]);
  });

  test('lists come in the opposite order', async () => {
    const usual = await api.get('applications?top=3');
    fault({ operation: 'listApplications', reverse: ['value'] });

    const turned = await api.get('applications?top=3');

    const ids = (reply: Reply): string[] => (reply.body.value as { id: string }[]).map(({ id }) => id);
    expect(ids(turned)).toEqual(ids(usual).toReversed());
    expect(ids(usual)).toHaveLength(3);
  });

  test('a merge patch on the request: what the client asked for is not what is stored', async () => {
    const { path, document } = await api.draft(APPS.published);
    const asked = { isPackageRollout: true, packageRolloutPercentage: 25 };
    document.packageDeliveryOptions.packageRollout = { ...document.packageDeliveryOptions.packageRollout, ...asked };
    fault({ operation: 'updateSubmission', patchRequest: { packageDeliveryOptions: { packageRollout: null } } });

    const reply = await api.put(path, document);

    expect(reply.status).toBe(200);
    expect((await api.get(path)).body.packageDeliveryOptions.packageRollout).toMatchObject({ isPackageRollout: false });
  });

  test('a patch that finds no JSON is reported as unhit, with the reason', async () => {
    const { path } = await api.draft(APPS.published);
    fault({ operation: 'deleteSubmission', patch: { id: null } });

    await api.delete(path);

    expect(emulator().actions.unhit().faults).toMatchObject([{ hits: 1, problem: 'The answer had no JSON to change' }]);
    emulator().actions.clearFaults();
  });
});

describe('a zombie', () => {
  test('is left by a create that fails: updates answer 200 and change nothing, a commit ships the clone', async () => {
    fault({ operation: 'createSubmission', when: 'after', zombie: true, answer: { status: 500 } });

    const made = await create();
    const { id } = (await pendingOf(APPS.published)) as { id: string };
    const path = `applications/${APPS.published}/submissions/${id}`;
    const document = (await api.get(path)).body as Record<string, unknown>;
    const update = await api.put(path, { ...document, notesForCertification: 'Lost.' });

    expect([made.status, update.status]).toEqual([500, 200]);
    expect((await api.get(path)).body.notesForCertification).toBe(document['notesForCertification']);
    expect((await api.commitAndSettle(path)).status).toBe('Published');
  });
});

describe('meanwhile', () => {
  test('a person touches the draft right before the second update: it is refused', async () => {
    const { path, document } = await api.draft(APPS.published);
    fault({ operation: 'updateSubmission', skip: 1, meanwhile: { portal: 'touch' } });

    const replies = [await api.put(path, document), await api.put(path, document)];

    expect(replies.map(({ status }) => status)).toEqual([200, 400]);
  });

  test('a person deletes the draft right after it was made, and before that is answered', async () => {
    fault({ operation: 'createSubmission', when: 'after', meanwhile: { portal: 'delete' } });

    expect((await create()).status).toBe(201);

    expect(await pendingOf(APPS.published)).toBeUndefined();
  });

  test('a person acts on another application than that of the request', async () => {
    fault({ operation: 'getApplication', meanwhile: { portal: 'draft', application: APPS.simple } });

    await api.application(APPS.published);

    expect(await pendingOf(APPS.simple)).toBeDefined();
  });

  test('what a person cannot do is reported as unhit, with the reason', async () => {
    fault({ operation: 'getApplication', meanwhile: { portal: 'touch' } });

    expect((await api.application(APPS.published)).status).toBe(200);

    expect(emulator().actions.unhit().faults).toMatchObject([
      { hits: 1, problem: `${APPS.published} has no pending submission` },
    ]);
    emulator().actions.clearFaults();
  });

  test('tokens are revoked, or the clock moves, in the middle of a run', async () => {
    fault({ operation: 'getApplication', skip: 1, meanwhile: { revokeTokens: true } });
    const first = [await api.application(APPS.published), await api.application(APPS.published)];
    api = await Api.signIn(emulator());
    fault({ operation: 'getApplication', skip: 1, meanwhile: { advanceClock: '61m' } });
    const second = [await api.application(APPS.published), await api.application(APPS.published)];

    expect([...first, ...second].map(({ status }) => status)).toEqual([200, 401, 200, 401]);
  });

  test.each([
    [{ meanwhile: { advanceClock: 'soon' } }, /Not a duration/],
    [{ meanwhile: { portal: 'sing' } }, /portal/],
    [{ hold: true, delayMs: 5 }, /held until it is released, or delayed/],
  ])('%j is refused when it is set', (effects, message) => {
    expect(() => fault({ operation: '*', ...effects } as never)).toThrow(message);
  });
});

describe('publication', () => {
  test.each([
    ['packages', false, 'PackageRolloutInProgress'],
    ['rollout', true, 'PackageRolloutNotStarted'],
  ] as const)('loses the %s', async (lost, hasPackages, rolloutStatus) => {
    const { path, document } = await api.draft(APPS.published);
    const [kept, removed] = document.applicationPackages as Record<string, unknown>[];
    const rollout = { isPackageRollout: true, packageRolloutPercentage: 25 };
    await api.put(path, {
      ...document,
      applicationPackages: [kept, { ...removed, fileStatus: 'PendingDelete' }],
      packageDeliveryOptions: { ...document.packageDeliveryOptions, packageRollout: rollout },
    });
    await emulator().actions.addOutcome({ result: 'Published', loses: [lost] });

    const { status } = await api.commitAndSettle(path);

    expect(status).toBe('Published');
    const { body } = await api.get(path);
    expect(body.applicationPackages).toHaveLength(hasPackages ? 1 : 2);
    expect(body.packageDeliveryOptions.packageRollout.packageRolloutStatus).toBe(rolloutStatus);
  });
});
