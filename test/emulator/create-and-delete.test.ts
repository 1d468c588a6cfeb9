import { APPS, emulatorForFile } from '../support/emulator';
import { Api } from './api';

const CONFLICT = {
  code: 'InvalidState',
  data: [],
  details: [],
  message: 'Create submission failed, status code Conflict, reason phrase Conflict',
  source: 'Ingestion Api',
  target: 'submission',
};
const PORTAL = {
  code: 'InvalidOperation',
  message:
    'Ingestion API can only update, delete, and commit submissions that are created through the API. Please delete the current in-progress submission and create one using the API',
  target: 'applicationSubmission',
};
const emulator = emulatorForFile();
let api: Api;
beforeEach(async () => {
  await emulator().reset();
  api = await Api.signIn(emulator());
});
const create = (app: string, query = '', body?: unknown) => api.post(`applications/${app}/submissions${query}`, body);

describe('R12: when a submission can be made', () => {
  test.each([
    ['a pending draft', APPS.pendingDraft],
    ['a draft made in the portal', APPS.portalDraft],
    ['a failed submission', APPS.failed],
    ['a rollout in progress', APPS.rollout],
  ])('not with %s', async (_name, app) => {
    const reply = await create(app);

    expect([reply.status, reply.body]).toEqual([409, CONFLICT]);
  });

  test('an application that was never published gets an empty template, or 409 by switch', async () => {
    await emulator().actions.setSwitches({ neverPublishedCreate: '409' });
    const refused = await create(APPS.neverPublished);
    await emulator().actions.setSwitches({ neverPublishedCreate: 'template' });
    const made = await create(APPS.neverPublished);

    expect([refused.status, refused.body]).toEqual([409, CONFLICT]);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      applicationCategory: 'NotSet',
      listings: {},
      applicationPackages: [],
      friendlyName: 'Submission 1',
      status: 'PendingCommit',
    });
    expect(made.body).not.toHaveProperty('allowTargetFutureDeviceFamilies');
  });

  test('without the age rating the commit ends with one error', async () => {
    const { path } = await api.draft(APPS.neverPublishedUnrated);

    const { status, statusDetails } = await api.commitAndSettle(path);

    expect(status).toBe('CommitFailed');
    expect((statusDetails.errors as { code: string }[]).map((error) => error.code)).toEqual([
      'InvalidMicrosoftAgeRating',
    ]);
  });
});

describe('R13: a new submission is a clone', () => {
  test('of the last published one, with a new id, name and upload URL', async () => {
    const published = await api.get(`applications/${APPS.published}/submissions/1152921505700510003`);

    const { status, body } = await create(APPS.published);

    expect(status).toBe(201);
    expect(body.id).toMatch(/^\d{19}$/);
    expect(body.friendlyName).toBe('Submission 8');
    expect(body.status).toBe('PendingCommit');
    expect(body.fileUploadUrl).toMatch(/^https:\/\/localhost:\d+\/[a-z0-9]+\/ingestion\/[0-9a-f-]{36}\?.*sp=rwl/);
    expect(body.listings).toEqual(published.body.listings);
    expect(body.applicationPackages).toEqual(published.body.applicationPackages);
    expect(published.body.applicationPackages[0]).toMatchObject({ fileStatus: 'Uploaded', id: '2000000000090400001' });
    expect((await api.application(APPS.published)).body.pendingApplicationSubmission.id).toBe(body.id);
  });

  test('of the halted one after a halt', async () => {
    await api.post(`applications/${APPS.rollout}/submissions/1152921505700510061/haltpackagerollout`);

    const { body } = await create(APPS.rollout);

    expect(body.applicationPackages).toHaveLength(2);
    expect(body.packageDeliveryOptions.packageRollout).toEqual({
      isPackageRollout: false,
      packageRolloutPercentage: 0,
      packageRolloutStatus: 'PackageRolloutNotStarted',
      fallbackSubmissionId: '0',
    });
  });
});

describe('R14: a body is validated like an update', () => {
  test('an empty object is refused and makes nothing', async () => {
    const reply = await create(APPS.published, '', {});

    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({
      code: 'InvalidParameterValue',
      message: 'The size of Listings must be 1 or more',
      target: 'listings',
    });
    expect((await api.application(APPS.published)).body).not.toHaveProperty('pendingApplicationSubmission');
  });

  test('packages that are left out are named, and nothing is made', async () => {
    const { body: document } = await api.get(`applications/${APPS.published}/submissions/1152921505700510003`);

    const reply = await create(APPS.published, '', { ...document, applicationPackages: [] });

    expect([reply.status, reply.body.target]).toEqual([400, 'packages']);
    expect(reply.body.message).toMatch(/update: 2000000000090400001, 2000000000090400002$/);
    expect((await create(APPS.published)).body.friendlyName).toBe('Submission 8');
  });

  test('a whole document is applied', async () => {
    const { body: document } = await api.get(`applications/${APPS.published}/submissions/1152921505700510003`);

    const reply = await create(APPS.published, '', { ...document, notesForCertification: 'Changed.' });

    expect([reply.status, reply.body.notesForCertification]).toEqual([201, 'Changed.']);
  });
});

test('R15: a minimal answer leaves out the large members, GET has them', async () => {
  const { body } = await create(APPS.published, '?isMinimalResponse=true');
  const full = await api.get(`applications/${APPS.published}/submissions/${body.id}`);

  expect(body).toMatchObject({ id: full.body.id, status: 'PendingCommit', fileUploadUrl: expect.any(String) });
  for (const name of ['listings', 'applicationPackages', 'trailers', 'gamingOptions']) {
    expect(body).not.toHaveProperty(name);
    expect(full.body).toHaveProperty(name);
  }
});

test('R16: an unknown submission answers 404, one of another application 409', async () => {
  const unknown = `applications/${APPS.published}/submissions/1152921505799999999`;
  const foreign = `applications/${APPS.published}/submissions/1152921505700510041`;

  for (const [path, status] of [
    [unknown, 404],
    [foreign, 409],
  ] as const) {
    const replies = [
      await api.get(path),
      await api.get(`${path}/status`),
      await api.put(path, {}),
      await api.post(`${path}/commit`),
      await api.delete(path),
      await api.get(`${path}/packagerollout`),
      await api.post(`${path}/finalizepackagerollout`),
    ];
    expect(replies.map((reply) => reply.status)).toEqual(Array(7).fill(status));
    expect(new Set(replies.map((reply) => `${reply.body.code} ${reply.body.target}`))).toEqual(
      new Set([status === 404 ? 'ResourceNotFound submissionId' : 'InvalidState submissionId']),
    );
  }
});

describe('R17: submissions of the portal', () => {
  test.each([
    ['made there', APPS.portalDraft, '1152921505700510051'],
    ['touched there', APPS.pendingDraft, '1152921505700510041'],
  ])('%s: can be read, but not changed, committed or deleted', async (_name, app, id) => {
    const path = `applications/${app}/submissions/${id}`;
    if (app === APPS.pendingDraft) await emulator().portal.act('touch', app);

    const read = await api.get(path);
    const refused = [await api.put(path, read.body), await api.post(`${path}/commit`), await api.delete(path)];

    expect(read.status).toBe(200);
    expect(read.body).not.toHaveProperty('fileUploadUrl');
    for (const reply of refused) {
      expect(reply.status).toBe(400);
      expect(reply.body).toMatchObject(PORTAL);
    }
  });
});

describe('R29: deleting', () => {
  test('a draft or a failed submission goes, and with it the pending reference', async () => {
    for (const [app, id] of [
      [APPS.pendingDraft, '1152921505700510041'],
      [APPS.failed, '1152921505700510101'],
    ] as const) {
      const reply = await api.delete(`applications/${app}/submissions/${id}`);

      expect([reply.status, reply.body]).toEqual([204, undefined]);
      expect((await api.application(app)).body).not.toHaveProperty('pendingApplicationSubmission');
      expect((await api.delete(`applications/${app}/submissions/${id}`)).status).toBe(404);
      expect((await create(app)).status).toBe(201);
    }
  });

  test('a submission on its way or published stays', async () => {
    const { path } = await api.draft(APPS.published);
    await api.post(`${path}/commit`);
    const started = await api.delete(path);
    await emulator().actions.advanceClock('60s');
    const published = await api.delete(path);

    for (const reply of [started, published]) {
      expect(reply.status).toBe(409);
      expect(reply.body).toMatchObject({
        code: 'InvalidState',
        target: 'submissionId',
        message: 'Submission in its current state cannot be deleted',
      });
    }
  });

  test('a cancelled one stays, or goes by switch', async () => {
    const { path } = await api.draft(APPS.published);
    await api.post(`${path}/commit`);
    await emulator().portal.act('cancel', APPS.published);
    const refused = await api.delete(path);
    await emulator().actions.setSwitches({ deleteCanceled: 'allow' });
    const allowed = await api.delete(path);

    expect([refused.status, allowed.status]).toEqual([409, 204]);
  });
});
