/** Unpublished work that holds the product: ours is cleared, anybody else's only where the release says so. */
import { FunctionName } from '../../src/contracts/names';
import { APPS, expectNothingUnhit } from '../support/emulator';
import { releaseWorld, requestsOf, submissionsMade, type ReleaseApp } from '../support/release-app';

const world = releaseWorld();

beforeEach(() => world().emulator.reset());
afterEach(() => expectNothingUnhit(world().emulator));

const notes = (text: string) => ({ changes: { listings: { 'en-us': { baseListing: { releaseNotes: text } } } } });
const target = (applicationId: string) => ({ target: { kind: 'store-app', applicationId } as const });

async function pendingOf(applicationId: string): Promise<string | undefined> {
  const { applications } = (await world().emulator.actions.state()) as {
    applications: Record<string, { pending?: string }>;
  };
  return applications[applicationId]?.pending;
}

/** A release that failed after it made its draft. */
async function leaveDraft(app: ReleaseApp): Promise<string> {
  world().emulator.actions.addFault({
    operation: 'updateSubmission',
    answer: { status: 400, json: badDocument, body: 'json' },
  });
  const view = await app.finish(await app.release(notes('refused')));
  expect(view).toMatchObject({ state: 'failed', failure: { code: 'submission-refused' }, left: ['draft'] });
  return (await pendingOf(APPS.published))!;
}

const badDocument = {
  code: 'InvalidParameterValue',
  data: [],
  details: [],
  message: 'The length of ShortDescription must be 500 or less',
  source: 'Ingestion Api',
};

describe('a leftover of an ended release', () => {
  test('is cleared without asking', async () => {
    const app = await world().app();
    const leftover = await leaveDraft(app);

    const view = await app.finish(await app.release(notes('the next one')));

    expect(view).toMatchObject({ state: 'succeeded' });
    expect(view.remote?.submissionId).not.toBe(leftover);
    expect(requestsOf(world().emulator, 'deleteSubmission')).toBe(1);
  });

  test('that somebody changed since is nobody’s leftover any more', async () => {
    const app = await world().app();
    const leftover = await leaveDraft(app);
    const { https, account } = world().emulator;
    await changeOverApi(https, account, leftover);

    const view = await app.finish(await app.release(notes('the next one')));

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'foreign-draft', step: 'checkProduct' } });
    expect(await pendingOf(APPS.published)).toBe(leftover);
  });

  test('that was touched in the portal is left alone', async () => {
    const app = await world().app();
    const leftover = await leaveDraft(app);
    await world().emulator.portal.act('touch', APPS.published);

    const view = await app.finish(await app.release(notes('the next one')));

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'draft-edited-in-portal' } });
    expect(await pendingOf(APPS.published)).toBe(leftover);
  });

  test.each([
    ['before it is applied: 500', { when: 'before', answer: { status: 500 } }],
    ['before it is applied: a cut connection', { when: 'before', cut: true }],
    ['after it was applied: 504', { when: 'after', answer: { status: 504, body: 'html' } }],
    ['after it was applied: a cut connection', { when: 'after', cut: true }],
  ] as const)('is cleared once though the answer is lost %s', async (_name, fault) => {
    const app = await world().app();
    await leaveDraft(app);
    world().emulator.actions.addFault({ operation: 'deleteSubmission', ...fault });

    const view = await app.finish(await app.release(notes('the next one')));

    expect(view).toMatchObject({ state: 'succeeded' });
    expect(requestsOf(world().emulator, 'deleteSubmission')).toBe(fault.when === 'before' ? 2 : 1);
  });

  test('is cleared once though the app is killed while the answer of the deletion is on its way', async () => {
    const app = await world().app();
    await leaveDraft(app);
    const fault = world().emulator.actions.addFault({ operation: 'deleteSubmission', when: 'after', hold: true });

    const id = await app.release(notes('the next one'));
    const running = app.finish(id);
    await world().emulator.actions.faultMet(fault.id);
    app.host.kill();
    await running;
    app.host.restart();
    const view = await app.finish(id);

    expect(view).toMatchObject({ state: 'succeeded' });
    expect(requestsOf(world().emulator, 'deleteSubmission')).toBe(1);
  });

  test('is cleared once though the app is killed before that is recorded', async () => {
    const app = await world().app();
    await leaveDraft(app);
    app.host.killAt('activity-returned', FunctionName.clearStoreSubmission);

    const id = await app.release(notes('the next one'));
    await app.finish(id);
    app.host.restart();
    const view = await app.finish(id);

    expect(view).toMatchObject({ state: 'succeeded' });
    expect(requestsOf(world().emulator, 'deleteSubmission')).toBe(1);
  });
});

describe('a draft of somebody else', () => {
  test('is refused by default, and stays', async () => {
    const app = await world().app();
    const before = await pendingOf(APPS.pendingDraft);

    const view = await app.finish(await app.release({ ...target(APPS.pendingDraft), ...notes('x') }));

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'foreign-draft' }, left: [] });
    expect(await pendingOf(APPS.pendingDraft)).toBe(before);
    expect(await submissionsMade(world().emulator)).toEqual([]);
  });

  test('is deleted where the release says "replace"', async () => {
    const app = await world().app();

    const options = { options: { onForeignDraft: 'replace' } } as const;
    const view = await app.finish(await app.release({ ...target(APPS.pendingDraft), ...notes('x'), ...options }));

    expect(view).toMatchObject({ state: 'succeeded' });
    expect(await submissionsMade(world().emulator)).toEqual([view.remote?.submissionId]);
  });

  test('is built upon where the release says "adopt"', async () => {
    const app = await world().app();
    const before = await pendingOf(APPS.pendingDraft);

    const options = { options: { onForeignDraft: 'adopt' } } as const;
    const view = await app.finish(await app.release({ ...target(APPS.pendingDraft), ...notes('x'), ...options }));

    expect(view).toMatchObject({ state: 'succeeded', remote: { submissionId: before } });
    expect(await submissionsMade(world().emulator)).toEqual([]);
  });

  test('that was made in the portal fails the release, whatever it says', async () => {
    const app = await world().app();
    const before = await pendingOf(APPS.portalDraft);

    const options = { options: { onForeignDraft: 'replace' } } as const;
    const view = await app.finish(await app.release({ ...target(APPS.portalDraft), ...notes('x'), ...options }));

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'draft-edited-in-portal' } });
    expect(await pendingOf(APPS.portalDraft)).toBe(before);
  });

  test('that a person changes between our update and the commit is not committed', async () => {
    const app = await world().app();
    const { https, account } = world().emulator;
    app.host.at(
      'activity-starting',
      async () => changeOverApi(https, account, (await pendingOf(APPS.published))!),
      FunctionName.commitStoreSubmission,
    );

    const view = await app.finish(await app.release(notes('mine')));

    expect(view).toMatchObject({
      state: 'failed',
      failure: { code: 'submission-changed', step: 'commit' },
      left: ['draft'],
    });
    expect(requestsOf(world().emulator, 'commitSubmission')).toBe(0);
  });
});

describe('a release is canceled before the commit', () => {
  const cancel = { by: 'ada', reason: 'wrong build', abandon: false, code: 'requested' } as const;

  test.each([
    FunctionName.checkToken,
    FunctionName.lookAtStoreProduct,
    FunctionName.createStoreSubmission,
    FunctionName.updateStoreSubmission,
    FunctionName.verifyStoreSubmission,
  ])('while %s runs: nothing of it stays in Partner Center', async (activity) => {
    const app = await world().app();
    const id = await app.release(notes('never'));
    app.host.at(
      'activity-returned',
      async () => void (await app.rooms.releases.requestCancel(id, { ...cancel, at: app.host.now.toISOString() })),
      activity,
    );

    const view = await app.finish(id);

    expect(view).toMatchObject({ state: 'canceled', cancellation: { code: 'requested', by: 'ada' }, left: [] });
    expect(await pendingOf(APPS.published)).toBeUndefined();
    expect(requestsOf(world().emulator, 'commitSubmission')).toBe(0);
  });

  test('while the answer of its create is lost: the draft that shows up later is taken back', async () => {
    const app = await world().app();
    const id = await app.release(notes('never'));
    world().emulator.actions.addFault({ operation: 'createSubmission', when: 'after', cut: true });
    app.host.at(
      'activity-returned',
      async () => void (await app.rooms.releases.requestCancel(id, { ...cancel, at: app.host.now.toISOString() })),
      FunctionName.createStoreSubmission,
    );

    const view = await app.finish(id);

    expect(view).toMatchObject({ state: 'canceled', left: [] });
    expect(await submissionsMade(world().emulator)).toEqual([]);
  });

  test('a cancel that comes with the commit loses or wins, and never both', async () => {
    const app = await world().app();
    const id = await app.release(notes('raced'));
    const outcomes: string[] = [];
    app.host.at(
      'activity-starting',
      () =>
        void app.rooms.releases
          .requestCancel(id, { ...cancel, at: app.host.now.toISOString() })
          .then(({ outcome }) => outcomes.push(outcome)),
      FunctionName.commitStoreSubmission,
    );

    const view = await app.finish(id);

    const commits = requestsOf(world().emulator, 'commitSubmission');
    expect({ outcomes, state: view.state, commits }).toEqual(
      outcomes[0] === 'accepted'
        ? { outcomes: ['accepted'], state: 'canceled', commits: 0 }
        : { outcomes: ['too-late'], state: 'succeeded', commits: 1 },
    );
  });
});

/** What another client of the API does: reads the draft and writes it back with other notes. */
async function changeOverApi(
  https: string,
  { tenantId, clientId, clientSecret }: { tenantId: string; clientId: string; clientSecret: string },
  submissionId: string,
): Promise<void> {
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: clientId,
    client_secret: clientSecret,
    resource: 'https://manage.devcenter.microsoft.com',
  });
  const token = (await (await fetch(`${https}/${tenantId}/oauth2/token`, { method: 'POST', body: form })).json()) as {
    access_token: string;
  };
  const address = `${https}/v1.0/my/applications/${APPS.published}/submissions/${submissionId}`;
  const headers = { authorization: `Bearer ${token.access_token}`, 'content-type': 'application/json' };
  const draft = (await (await fetch(address, { headers })).json()) as { notesForCertification: string };
  draft.notesForCertification = 'Written by somebody else.';
  const answer = await fetch(address, { method: 'PUT', headers, body: JSON.stringify(draft) });
  expect(answer.status).toBe(200);
}
