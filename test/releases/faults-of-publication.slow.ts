/** What Partner Center makes of a submission that it has taken: losses, refusals, and nothing at all. */
import { APPS } from '../support/emulator';
import { liveContent } from '../support/pictures';
import { releaseWorld, requestsOf, type ReleaseApp } from '../support/release-app';

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

describe('a package under the name of the one that it replaces', () => {
  const replace = async (app: ReleaseApp): Promise<object> => {
    const { upload } = await app.upload('9.41.0.0');
    const [old] = (await liveContent(world())).applicationPackages;
    const fileName = old?.fileName ?? '';
    return { packages: [{ fileName, source: { upload } }], oldPackages: { remove: [fileName] } };
  };

  test('is told from it: an update that was lost is sent again, and one that is always lost is not committed', async () => {
    const app = await world().app();
    const document = await replace(app);
    world().emulator.actions.addFault({ operation: 'updateSubmission', discard: 'sent', times: 3 });

    const view = await app.finish(await app.release(document));

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'not-stored' }, left: ['draft'] });
    expect(requestsOf(world().emulator, 'updateSubmission')).toBe(3);
    expect(requestsOf(world().emulator, 'commitSubmission')).toBe(0);
  });

  test('is told from it: a publication that keeps the old one is no success', async () => {
    const app = await world().app();
    const document = await replace(app);
    await world().emulator.actions.addOutcome({ result: 'Published', loses: ['packages'] });

    const view = await app.finish(await app.release(document));

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'published-differs' }, left: ['publication'] });
  });

  test('takes its place', async () => {
    const app = await world().app();

    const view = await app.finish(await app.release(await replace(app)));

    expect(view).toMatchObject({ state: 'succeeded', failure: null });
    const { applicationPackages } = await liveContent(world());
    expect(applicationPackages.filter(({ fileName }) => fileName.includes('_x64'))).toMatchObject([
      { version: '9.41.0.0' },
    ]);
  });
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
