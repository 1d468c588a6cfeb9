/**
 * Every mutating call, with its answer lost before and after it was applied, and with the app killed in between: one
 * submission, one commit, and what was asked for is live.
 */
import { FunctionName } from '../../src/contracts/names';
import { APPS, expectNothingUnhit } from '../support/emulator';
import { releaseWorld, requestsOf, submissionsMade, type ReleaseApp } from '../support/release-app';

const world = releaseWorld();

beforeEach(() => world().emulator.reset());
afterEach(() => expectNothingUnhit(world().emulator));

const notes = (text: string) => ({ changes: { listings: { 'en-us': { baseListing: { releaseNotes: text } } } } });

const activityOf: Record<string, string> = {
  createSubmission: FunctionName.createStoreSubmission,
  updateSubmission: FunctionName.updateStoreSubmission,
  commitSubmission: FunctionName.commitStoreSubmission,
};
const mutating = Object.keys(activityOf);

/** Ends published, once: one submission was made, it is live, and it has what was asked for. */
async function expectPublishedOnce(app: ReleaseApp, id: string, text: string): Promise<void> {
  const view = await app.view(id);
  expect(view).toMatchObject({ state: 'succeeded', failure: null, left: [] });
  const made = await submissionsMade(world().emulator);
  expect(made).toEqual([view.remote?.submissionId]);
  const { applications, submissions } = (await world().emulator.actions.state()) as {
    applications: Record<string, { published?: string; pending?: string }>;
    submissions: Record<string, { content: { listings: Record<string, { baseListing: { releaseNotes: string } }> } }>;
  };
  expect(applications[APPS.published]).toMatchObject({ published: made[0] });
  expect(applications[APPS.published]?.pending).toBeUndefined();
  expect(submissions[made[0]!]!.content.listings['en-us']!.baseListing.releaseNotes).toBe(text);
}

describe.each(mutating)('%s', (operation) => {
  test.each([
    ['500 with the usual body', { answer: { status: 500 } }],
    ['503', { answer: { status: 503 } }],
    ['a cut connection', { cut: true }],
  ])('is sent again when it was not applied: %s', async (_name, fault) => {
    const app = await world().app();
    world().emulator.actions.addFault({ operation, when: 'before', ...fault });

    const id = await app.release(notes(operation));
    await app.finish(id);

    await expectPublishedOnce(app, id, operation);
    expect(requestsOf(world().emulator, operation)).toBe(2);
  });

  test('waits as long as it is told when it is throttled', async () => {
    const app = await world().app();
    world().emulator.actions.addFault({ operation, answer: { status: 429, retryAfter: { seconds: 90 } } });
    const began = app.host.now.getTime();

    const id = await app.release(notes('throttled'));
    await app.finish(id);

    await expectPublishedOnce(app, id, 'throttled');
    expect(app.host.now.getTime() - began).toBeGreaterThanOrEqual(90_000);
  });

  test.each([
    ['504 of a gateway', { answer: { status: 504, body: 'html' as const } }],
    ['500', { answer: { status: 500 } }],
    ['a cut connection', { cut: true }],
  ])('is not sent again when it was applied and its answer was lost: %s', async (_name, fault) => {
    const app = await world().app();
    world().emulator.actions.addFault({ operation, when: 'after', ...fault });

    const id = await app.release(notes(operation));
    await app.finish(id);

    await expectPublishedOnce(app, id, operation);
    // A PUT replaces: the transport may send it again at once.
    expect(requestsOf(world().emulator, operation)).toBe(operation === 'updateSubmission' ? 2 : 1);
  });

  test('is not sent again when the app is killed after it was applied and before that was recorded', async () => {
    const app = await world().app();
    const fault = world().emulator.actions.addFault({ operation, when: 'after', hold: true });

    const id = await app.release(notes(operation));
    const running = app.finish(id);
    await world().emulator.actions.faultMet(fault.id);
    // The answer is held until the next reset: the process that waited for it is dead.
    app.host.kill();
    await running;
    app.host.restart();
    await app.finish(id);

    await expectPublishedOnce(app, id, operation);
    expect(requestsOf(world().emulator, operation)).toBe(1);
  });

  test('is not sent again when the app is killed after the activity and before its completion is written', async () => {
    const app = await world().app();
    app.host.killAt('activity-returned', activityOf[operation]);

    const id = await app.release(notes(operation));
    await app.finish(id);
    app.host.restart();
    await app.finish(id);

    await expectPublishedOnce(app, id, operation);
    expect(requestsOf(world().emulator, operation)).toBe(1);
  });
});

test('an update that is accepted and not stored is noticed before the commit, and sent again', async () => {
  const app = await world().app();
  world().emulator.actions.addFault({ operation: 'updateSubmission', discard: 'sent' });

  const id = await app.release(notes('stored at last'));
  await app.finish(id);

  await expectPublishedOnce(app, id, 'stored at last');
  expect(requestsOf(world().emulator, 'updateSubmission')).toBe(2);
});

test('an update that is never stored ends the release before the commit', async () => {
  const app = await world().app();
  world().emulator.actions.addFault({ operation: 'updateSubmission', discard: 'sent', times: 3 });

  const id = await app.release(notes('never'));
  const view = await app.finish(id);

  expect(view).toMatchObject({
    state: 'failed',
    failure: { code: 'not-stored', step: 'updateSubmission' },
    left: ['draft'],
  });
  expect(requestsOf(world().emulator, 'commitSubmission')).toBe(0);
});
