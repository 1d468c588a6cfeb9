/** What others do to the product between two of our steps, and our own copies that wake late. */
import type { RunRef } from '../../src/contracts/activities';
import { FunctionName } from '../../src/contracts/names';
import { APPS, expectNothingUnhit } from '../support/emulator';
import { account, releaseWorld, requestsOf, submissionsMade, type ReleaseApp } from '../support/release-app';

const world = releaseWorld();

beforeEach(() => world().emulator.reset());
afterEach(() => expectNothingUnhit(world().emulator));

const notes = (text: string) => ({ changes: { listings: { 'en-us': { baseListing: { releaseNotes: text } } } } });

interface State {
  readonly applications: Record<string, { published?: string; pending?: string }>;
}

async function pendingOf(applicationId: string): Promise<string | undefined> {
  return ((await world().emulator.actions.state()) as unknown as State).applications[applicationId]?.pending;
}

/** Calls the API as another client of the same account does. */
async function asAnother(method: string, path: string, body?: object): Promise<{ status: number; json: unknown }> {
  const { https, account: identity } = world().emulator;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: identity.clientId,
    client_secret: identity.clientSecret,
    resource: 'https://manage.devcenter.microsoft.com',
  });
  const granted = await fetch(`${https}/${identity.tenantId}/oauth2/token`, { method: 'POST', body: form });
  const { access_token: token } = (await granted.json()) as { access_token: string };
  const answer = await fetch(`${https}/v1.0/my/applications/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, json: text === '' ? null : JSON.parse(text) };
}

test('a draft that another client makes between our look and our create is not taken for ours', async () => {
  const app = await world().app();
  const fault = world().emulator.actions.addFault({ operation: 'createSubmission', when: 'before', hold: true });
  const id = await app.release(notes('ours'));
  const running = app.finish(id);
  await world().emulator.actions.faultMet(fault.id);
  const { json } = await asAnother('POST', `${APPS.published}/submissions`);
  const theirs = (json as { id: string }).id;

  world().emulator.actions.release(fault.id);
  const view = await running;

  expect(view).toMatchObject({ state: 'failed', failure: { code: 'foreign-draft' } });
  expect(await pendingOf(APPS.published)).toBe(theirs);
  expect(requestsOf(world().emulator, 'updateSubmission')).toBe(0);
});

test('a cancel that meets a refused create takes nobody’s draft back', async () => {
  const app = await world().app();
  const fault = world().emulator.actions.addFault({ operation: 'createSubmission', when: 'before', hold: true });
  const id = await app.release(notes('ours'));
  const running = app.finish(id);
  await world().emulator.actions.faultMet(fault.id);
  const { json } = await asAnother('POST', `${APPS.published}/submissions`);
  const cancel = { at: app.host.now.toISOString(), by: null, reason: null, abandon: false, code: 'requested' } as const;
  await app.rooms.releases.requestCancel(id, cancel);

  world().emulator.actions.release(fault.id);
  const view = await running;

  expect(view).toMatchObject({ state: 'canceled', left: [] });
  expect(await pendingOf(APPS.published)).toBe((json as { id: string }).id);
});

test('a commit whose answer was lost, and that is applied after the next one was throttled, is ours', async () => {
  const app = await world().app();
  world().emulator.actions.addFault({ operation: 'commitSubmission', when: 'before', cut: true });
  world().emulator.actions.addFault({
    operation: 'commitSubmission',
    answer: { status: 429, retryAfter: { seconds: 90 } },
  });
  const id = await app.release(notes('late'));
  const off = app.host.at(
    'activity-returned',
    async () => {
      if (requestsOf(world().emulator, 'commitSubmission') < 2) return;
      off();
      // The first commit, applied at last.
      await world().emulator.portal.act('submit', APPS.published);
    },
    FunctionName.commitStoreSubmission,
  );

  const view = await app.finish(id);

  expect(view).toMatchObject({ state: 'succeeded', failure: null });
  expect(requestsOf(world().emulator, 'commitSubmission')).toBe(2);
});

test('a create whose answer was lost, and that is applied after the next one was throttled, is ours', async () => {
  const app = await world().app();
  world().emulator.actions.addFault({ operation: 'createSubmission', when: 'before', cut: true });
  world().emulator.actions.addFault({
    operation: 'createSubmission',
    answer: { status: 429, retryAfter: { seconds: 90 } },
  });
  const id = await app.release(notes('late'));
  const off = app.host.at(
    'activity-returned',
    async () => {
      if (requestsOf(world().emulator, 'createSubmission') < 2) return;
      off();
      // The first create, applied at last.
      await asAnother('POST', `${APPS.published}/submissions`);
    },
    FunctionName.createStoreSubmission,
  );

  const view = await app.finish(id);

  expect(view).toMatchObject({ state: 'succeeded', failure: null });
  expect(await submissionsMade(world().emulator)).toHaveLength(1);
});

test('a member that nobody had set, and that another client sets after our read-back, is not committed', async () => {
  const app = await world().app();
  const off = app.host.at(
    'activity-starting',
    async () => {
      off();
      const path = `${APPS.published}/submissions/${await pendingOf(APPS.published)}`;
      const draft = (await asAnother('GET', path)).json as Draft;
      expect(draft.listings['en-us']?.baseListing).not.toHaveProperty('sortTitle');
      draft.listings['en-us']!.baseListing['sortTitle'] = 'Theirs';
      expect((await asAnother('PUT', path, draft)).status).toBe(200);
    },
    FunctionName.commitStoreSubmission,
  );

  const view = await app.finish(await app.release(notes('ours')));

  expect(view).toMatchObject({ state: 'failed', failure: { code: 'submission-changed', step: 'commit' } });
  expect(view.failure?.detail).toContain('/listings/en-us/baseListing/sortTitle');
  expect(requestsOf(world().emulator, 'commitSubmission')).toBe(0);
});

interface Draft {
  readonly listings: Record<string, { readonly baseListing: Record<string, unknown> }>;
}

describe('a late copy', () => {
  /** A run as its activities see it, up to the given step. */
  async function runTo(app: ReleaseApp, activity: string) {
    const id = await app.release(notes('once'));
    let ref: RunRef | undefined;
    const off = app.host.at(
      'activity-starting',
      async () => {
        const token = (await app.rooms.releases.read(id))?.record.runToken;
        ref ??= { releaseId: id, run: 1, token: token! };
      },
      activity,
    );
    app.host.killAt('activity-starting', activity);
    await app.finish(id);
    off();
    return { id, call: { ...ref!, account, product: { kind: 'store-app', applicationId: APPS.published } as const } };
  }

  test('of the create that names the submission again forgets no commit', async () => {
    const app = await world().app();
    const { id, call } = await runTo(app, FunctionName.commitStoreSubmission);
    const submissionId = (await pendingOf(APPS.published))!;
    await app.rooms.releases.setPhaseCommitting(call);
    const intent = { kind: 'commit', at: app.host.now.toISOString(), submissionId };
    await app.rooms.releases.setIntent(call, intent);

    const again = await app.activities.createStoreSubmission({ ...call, adopt: null });

    expect(again).toMatchObject({ ok: true, value: { submissionId, how: 'found' } });
    expect((await app.rooms.releases.read(id))?.record.intent).toEqual(intent);
    app.host.restart();
    expect((await app.finish(id)).state).toBe('succeeded');
    expect(requestsOf(world().emulator, 'commitSubmission')).toBe(1);
  });

  test('of an activity of a run that was retried changes nothing', async () => {
    const app = await world().app();
    world().emulator.actions.addFault({ operation: 'updateSubmission', answer: { status: 403, body: 'absent' } });
    const { id, call } = await runTo(app, FunctionName.updateStoreSubmission);
    const submissionId = (await pendingOf(APPS.published))!;
    app.host.restart();
    await app.finish(id);
    await app.retry(id);
    const before = world().emulator.actions.journal().length;
    const old = { ...call, submissionId };

    const late = await Promise.all([
      app.activities.createStoreSubmission({ ...call, adopt: null }),
      app.activities.updateStoreSubmission(old),
      app.activities.uploadStorePackages({ ...old, fromBlock: 0 }),
      app.activities.commitStoreSubmission(old),
      app.activities.clearStoreSubmission(old),
      app.activities.withdrawStoreSubmission(call),
      app.activities.releaseClaim(call),
      app.activities.acquireClaim({ ...call, claim: `store-app:${APPS.published}` }),
    ]);

    expect(late.map((result) => result.ok)).toEqual(late.map(() => false));
    expect(world().emulator.actions.journal()).toHaveLength(before);
    expect((await app.finish(id, 2)).state).toBe('succeeded');
  });
});

describe('a draft that somebody else made, and that the release went on with', () => {
  const adopt = {
    target: { kind: 'store-app', applicationId: APPS.pendingDraft },
    options: { onForeignDraft: 'adopt' },
  } as const;

  test('is not deleted when it failed: a retry asks its maker', async () => {
    const app = await world().app();
    const theirs = await pendingOf(APPS.pendingDraft);
    await world().emulator.actions.addOutcome({ result: 'CertificationFailed' });
    const id = await app.release({ ...adopt, ...notes('adopted') });
    expect(await app.finish(id)).toMatchObject({ failure: { code: 'certification-failed' } });

    await app.retry(id);
    const view = await app.finish(id, 2);

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'foreign-draft' } });
    expect(await pendingOf(APPS.pendingDraft)).toBe(theirs);
  });

  test('and that is deleted before it was taken up, ends the release at once', async () => {
    const app = await world().app();
    const off = app.host.at(
      'activity-starting',
      async () => {
        off();
        await world().emulator.portal.act('delete', APPS.pendingDraft);
      },
      FunctionName.createStoreSubmission,
    );

    const view = await app.finish(await app.release({ ...adopt, ...notes('adopted') }));

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'submission-lost' } });
    const events = (await app.timeline(view.id)).map(({ event }) => event.type);
    expect(events).not.toContain('attempt-failed');
  });
});
