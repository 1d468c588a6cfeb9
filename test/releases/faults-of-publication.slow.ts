/** What Partner Center makes of a submission that it has taken: losses, refusals, and nothing at all. */
import { APPS } from '../support/emulator';
import { releaseWorld, requestsOf } from '../support/release-app';

const world = releaseWorld();

beforeEach(() => world().emulator.reset());

const notes = (text: string) => ({ changes: { listings: { 'en-us': { baseListing: { releaseNotes: text } } } } });

test('a publication that keeps the old packages is no success', async () => {
  const app = await world().app();
  const sample = await app.upload('9.40.0.0');
  await world().emulator.actions.addOutcome({ result: 'Published', loses: ['packages'] });

  const packages = [{ fileName: sample.fileName, source: { upload: sample.upload } }];
  const view = await app.finish(await app.release({ packages }));

  expect(view).toMatchObject({ state: 'failed', failure: { code: 'published-differs' }, left: ['publication'] });
  expect(view.failure?.detail).toContain(`/applicationPackages/${sample.fileName.toLowerCase()}`);
});

test('a commit that stays in CommitStarted is shown as stalled, and ended by nobody but a person', async () => {
  const app = await world().app();
  await world().emulator.actions.addOutcome({ result: 'Stuck' });
  const id = await app.release(notes('stuck'));
  await app.host.runUntil(() => requestsOf(world().emulator, 'commitSubmission') > 0);
  await app.host.advance(3 * 3_600_000);

  const stalled = await app.view(id);
  await world().emulator.portal.act('cancel', APPS.published);
  const ended = await app.finish(id);

  expect(stalled).toMatchObject({ state: 'running', remote: { status: 'CommitStarted' } });
  expect(stalled.stalledSince).not.toBeNull();
  expect(ended).toMatchObject({ state: 'canceled', cancellation: { code: 'canceled-in-portal' } });
});

test.each([
  ['MissingFiles', 'commit-failed', /./],
  ['ServiceError', 'commit-failed', /./],
  ['IsInternalError', 'commit-failed', /./],
  ['InvalidState', 'commit-failed', /can be seen in Partner Center only/],
  ['InvalidMicrosoftAgeRating', 'age-rating-missing', /./],
])('a commit that fails with %s: the failure has the code, and what to do', async (code, failure, detail) => {
  const app = await world().app();
  await world().emulator.actions.addOutcome({ result: 'CommitFailed', code });

  const view = await app.finish(await app.release(notes('refused')));

  expect(view).toMatchObject({ state: 'failed', failure: { code: failure, errors: [{ code }] }, left: ['draft'] });
  expect(view.failure?.detail).toMatch(detail);
  expect(view.failure?.remedy).not.toBe('');
});

test('a status that lags behind the commit once is no fallback to a draft', async () => {
  const app = await world().app();
  world().emulator.actions.addFault({ operation: 'getSubmissionStatus', patch: { status: 'PendingCommit' } });

  expect(await app.finish(await app.release(notes('on its way')))).toMatchObject({ state: 'succeeded', failure: null });
});
