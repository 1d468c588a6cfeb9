/** A release that failed, at each of its steps, and is retried: in the end one submission is live, and what was asked for. */
import { FunctionName } from '../../src/contracts/names';
import type { ReleaseDocument } from '../../src/domain/release-document';
import { APPS, expectNothingUnhit } from '../support/emulator';
import { releaseWorld, requestsOf, submissionsMade, type ReleaseApp } from '../support/release-app';
import { pipelineOf } from './app-pipeline';

const world = releaseWorld();

beforeEach(() => world().emulator.reset());
afterEach(() => expectNothingUnhit(world().emulator));

const notes = (text: string) => ({ changes: { listings: { 'en-us': { baseListing: { releaseNotes: text } } } } });

interface State {
  readonly applications: Record<string, { published?: string; pending?: string }>;
  readonly submissions: Record<
    string,
    { content: { listings: Record<string, { baseListing: { releaseNotes: string } }> } } | undefined
  >;
}

async function state(): Promise<State> {
  return (await world().emulator.actions.state()) as unknown as State;
}

/** The release ended published by one submission, which has what was asked for. */
async function expectPublished(app: ReleaseApp, id: string, text: string): Promise<void> {
  const view = await app.view(id);
  expect(view).toMatchObject({ state: 'succeeded', failure: null, left: [], run: 2 });
  const { applications, submissions } = await state();
  expect(applications[APPS.published]).toMatchObject({ published: view.remote?.submissionId });
  expect(applications[APPS.published]?.pending).toBeUndefined();
  expect(submissions[view.remote!.submissionId]?.content.listings['en-us']?.baseListing.releaseNotes).toBe(text);
}

async function failThenRetry(app: ReleaseApp, document: Partial<ReleaseDocument>, code: string): Promise<string> {
  const id = await app.release(document);
  expect(await app.finish(id)).toMatchObject({ state: 'failed', failure: { code } });
  await app.retry(id);
  await app.finish(id, 2);
  return id;
}

const refused = { status: 403, body: 'absent' } as const;

describe('after a failure', () => {
  test.each([
    ['to look at the product', 'getApplication', 0],
    ['to make the submission', 'createSubmission', 0],
    ['to update it', 'updateSubmission', 0],
    ['to read it back', 'getSubmission', 3],
    ['to commit it', 'commitSubmission', 0],
    ['to read it back after the commit', 'getSubmission', 5],
    ['to poll it', 'getSubmissionStatus', 1],
  ])('%s, it goes on from there: one submission, committed once', async (_what, operation, skip) => {
    const app = await world().app();
    world().emulator.actions.addFault({ operation, skip, answer: refused });

    const id = await failThenRetry(app, notes(operation), 'product-forbidden');

    await expectPublished(app, id, operation);
    expect(await submissionsMade(world().emulator)).toHaveLength(1);
    const commits = requestsOf(world().emulator, 'commitSubmission');
    expect(commits).toBe(operation === 'commitSubmission' ? 2 : 1);
    expect(requestsOf(world().emulator, 'createSubmission')).toBe(operation === 'createSubmission' ? 2 : 1);
  });

  test('to read what it has just made, for a while, the submission is its own all the same', async () => {
    const app = await world().app();
    world().emulator.actions.addFault({
      operation: 'getSubmission',
      skip: 1,
      answer: { status: 429, retryAfter: { seconds: 120 } },
    });

    const id = await app.release(notes('mine'));

    expect(await app.finish(id)).toMatchObject({ state: 'succeeded', failure: null });
    expect(await submissionsMade(world().emulator)).toHaveLength(1);
  });

  test('to show what it has just made (404), the submission is its own all the same', async () => {
    const app = await world().app();
    const json = {
      code: 'ResourceNotFound',
      data: [],
      details: [],
      message: 'Submission not found',
      source: 'x',
      target: 'submissionId',
    };
    world().emulator.actions.addFault({
      operation: 'getSubmission',
      skip: 1,
      times: 2,
      answer: { status: 404, json, body: 'json' },
    });

    const id = await app.release(notes('mine'));

    expect(await app.finish(id)).toMatchObject({ state: 'succeeded', failure: null });
    expect(await submissionsMade(world().emulator)).toHaveLength(1);
  });
});

describe('after the commit', () => {
  test.each(['CommitFailed', 'CertificationFailed', 'PublishFailed'] as const)(
    '%s: the failed submission is cleared, and made anew',
    async (result) => {
      const app = await world().app();
      await world().emulator.actions.addOutcome({ result });

      const id = await failThenRetry(app, notes(result), codeOf[result]);

      await expectPublished(app, id, result);
      expect(await submissionsMade(world().emulator)).toHaveLength(1);
      expect(requestsOf(world().emulator, 'deleteSubmission')).toBe(1);
    },
  );

  test.each(['before', 'after'] as const)(
    'and a failure, the app is killed %s it has cleared the failed submission: it is made anew',
    async (when) => {
      const app = await world().app();
      await world().emulator.actions.addOutcome({ result: 'CertificationFailed' });
      app.host.killAt(when === 'before' ? 'activity-starting' : 'activity-returned', FunctionName.clearStoreSubmission);

      const id = await failThenRetry(app, notes('anew'), 'certification-failed');
      app.host.restart();
      await app.finish(id, 2);

      await expectPublished(app, id, 'anew');
    },
  );

  test('and a failure, the answer of its deletion is lost: it is made anew', async () => {
    const app = await world().app();
    await world().emulator.actions.addOutcome({ result: 'CertificationFailed' });
    world().emulator.actions.addFault({ operation: 'deleteSubmission', when: 'after', cut: true });

    const id = await failThenRetry(app, notes('anew'), 'certification-failed');

    await expectPublished(app, id, 'anew');
  });

  test.each(['CertificationFailed', 'CommitFailed'] as const)(
    '%s, and a person deletes the failed submission: it is made anew',
    async (result) => {
      const app = await world().app();
      await world().emulator.actions.addOutcome({ result });
      const id = await app.release(notes('anew'));
      await app.finish(id);
      await world().emulator.portal.act('delete', APPS.published);
      const before = app.host.now.getTime();

      await app.retry(id);
      await app.finish(id, 2);

      await expectPublished(app, id, 'anew');
      expect(app.host.now.getTime() - before).toBeLessThan(3_600_000);
    },
  );

  test('it falls back to a draft: the same submission is committed again', async () => {
    const app = await world().app();
    const sample = await app.upload('9.20.0.0');
    await world().emulator.actions.addOutcome({ result: 'PendingCommit' });

    const packages = [{ fileName: sample.fileName, source: { upload: sample.upload } }];
    const id = await failThenRetry(app, { ...notes('again'), packages }, 'commit-reverted');

    await expectPublished(app, id, 'again');
    expect(await submissionsMade(world().emulator)).toHaveLength(1);
    expect(requestsOf(world().emulator, 'commitSubmission')).toBe(2);
  });

  test('it fails, and is retried: a cancel is in time, and takes the failed submission back', async () => {
    const app = await world().app();
    await world().emulator.actions.addOutcome({ result: 'CertificationFailed' });
    const id = await app.release(notes('never'));
    await app.finish(id);
    const at = app.host.now.toISOString();
    await app.rooms.releases.retryRun(id, at);
    const cancel = { at, by: null, reason: null, abandon: false, code: 'requested' } as const;

    const { outcome } = await app.rooms.releases.requestCancel(id, cancel);
    app.startRun(id, 2);
    const view = await app.finish(id, 2);

    expect(outcome).toBe('accepted');
    expect(view).toMatchObject({ state: 'canceled', left: [] });
    expect((await state()).applications[APPS.published]?.pending).toBeUndefined();
  });

  test('it is on its way when its watch ends, and is retried: a cancel is too late', async () => {
    const app = await world().app();
    world().emulator.actions.addFault({ operation: 'getSubmissionStatus', answer: refused });
    const id = await app.release(notes('on its way'));
    await app.finish(id);
    const at = app.host.now.toISOString();
    await app.rooms.releases.retryRun(id, at);
    const cancel = { at, by: null, reason: null, abandon: false, code: 'requested' } as const;

    const { outcome } = await app.rooms.releases.requestCancel(id, cancel);
    app.startRun(id, 2);
    await app.finish(id, 2);

    expect(outcome).toBe('too-late');
    await expectPublished(app, id, 'on its way');
  });

  test('its submission is deleted while it is watched: it is made anew', async () => {
    const app = await world().app();
    await world().emulator.actions.addOutcome({ result: 'Stuck', stuckIn: 'Certification' });
    const id = await app.release(notes('anew'));
    await app.host.runUntil(() => requestsOf(world().emulator, 'getSubmissionStatus') > 3);
    await world().emulator.portal.act('delete', APPS.published);
    expect(await app.finish(id)).toMatchObject({ state: 'failed', failure: { code: 'submission-lost' }, left: [] });

    await app.retry(id);
    await app.finish(id, 2);

    await expectPublished(app, id, 'anew');
  });

  test('it is live, and not what was sent: a retry does not call that a success', async () => {
    const app = await world().app();
    const id = await app.release(notes('sent'));
    const off = app.host.at('activity-starting', () => differAtPublish(), FunctionName.verifyStoreSubmission);
    expect(await app.finish(id)).toMatchObject({ state: 'failed', failure: { code: 'published-differs' } });

    await app.retry(id);
    const view = await app.finish(id, 2);
    off();

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'published-differs' } });
  });

  test('its watch is gone once it is live: the retry remembers what it published', async () => {
    const app = await world().app();
    const sample = await app.upload('9.21.0.0');
    const packages = [{ fileName: sample.fileName, source: { upload: sample.upload } }];
    world().emulator.actions.addFault({ operation: 'getSubmission', skip: 7, answer: refused });
    const id = await failThenRetry(app, { packages }, 'product-forbidden');

    const again = await app.finish(await app.release({ packages }));

    expect((await app.view(id)).state).toBe('succeeded');
    expect(again).toMatchObject({ state: 'succeeded' });
    expect(await submissionsMade(world().emulator)).toHaveLength(1);
  });
});

describe('a draft that a person edits in Partner Center while the release waits at its gate', () => {
  test('fails it once it is approved; when that person has deleted the draft, a retry publishes another one', async () => {
    const app = await world().app();
    const pipeline = await pipelineOf(app);
    const { id, gateId } = await pipeline.startToGate(notes('mine'));
    await world().emulator.portal.act('touch', APPS.published);

    await pipeline.command(id, 'approve', { gateId });
    const view = await pipeline.finish(id);
    const [draft] = await submissionsMade(world().emulator);
    await world().emulator.portal.act('delete', APPS.published);
    const retried = await pipeline.command(id, 'retry');
    await pipeline.command(id, 'approve', { gateId: await pipeline.toGate(id) });
    await pipeline.finish(id);

    expect(view).toMatchObject({
      state: 'failed',
      failure: { code: 'draft-edited-in-portal', step: 'commit', retryable: false },
      left: ['draft'],
    });
    expect(view.failure?.remedy).toContain('delete or publish it in Partner Center');
    expect(retried.status).toBe(202);
    await expectPublished(app, id, 'mine');
    expect(await submissionsMade(world().emulator)).not.toContain(draft);
    expect(requestsOf(world().emulator, 'deleteSubmission')).toBe(0);
  });

  test('a retry while that draft is still there fails in the same way, and leaves it', async () => {
    const app = await world().app();
    const pipeline = await pipelineOf(app);
    const { id, gateId } = await pipeline.startToGate(notes('mine'));
    await world().emulator.portal.act('touch', APPS.published);
    await pipeline.command(id, 'approve', { gateId });
    await pipeline.finish(id);
    const made = await submissionsMade(world().emulator);

    await pipeline.command(id, 'retry');
    const again = await pipeline.finish(id);

    expect(again).toMatchObject({ state: 'failed', failure: { code: 'draft-edited-in-portal' }, left: ['draft'] });
    expect(await submissionsMade(world().emulator)).toEqual(made);
    expect(requestsOf(world().emulator, 'deleteSubmission')).toBe(0);
  });
});

/** The next reading of the live submission shows other notes than were sent. */
async function differAtPublish(): Promise<void> {
  const { applications } = await state();
  if (applications[APPS.published]?.pending !== undefined) return;
  const json = { ...(await liveWire(applications[APPS.published]?.published ?? '')), notesForCertification: 'other' };
  world().emulator.actions.addFault({ operation: 'getSubmission', answer: { status: 200, body: 'json', json } });
}

/** The submission as the API shows it. */
async function liveWire(submissionId: string): Promise<object> {
  const { https, account } = world().emulator;
  const form = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: account.clientId,
    client_secret: account.clientSecret,
    resource: 'https://manage.devcenter.microsoft.com',
  });
  const answer = await fetch(`${https}/${account.tenantId}/oauth2/token`, { method: 'POST', body: form });
  const { access_token: token } = (await answer.json()) as { access_token: string };
  const address = `${https}/v1.0/my/applications/${APPS.published}/submissions/${submissionId}`;
  return (await (await fetch(address, { headers: { authorization: `Bearer ${token}` } })).json()) as object;
}

const codeOf = {
  CommitFailed: 'commit-failed',
  CertificationFailed: 'certification-failed',
  PublishFailed: 'publish-failed',
} as const;
