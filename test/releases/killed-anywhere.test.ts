/**
 * The app killed at its n-th request to our own storage, before the request is sent and after it was applied, and started
 * again: whatever was being written, the release ends published, with one submission and one commit.
 *
 * A whole release makes some two hundred requests. `CRASH_POINTS=all` kills at each of them; otherwise at some.
 */
import { APPS, expectNothingUnhit } from '../support/emulator';
import { releaseWorld, requestsOf, submissionsMade, type ReleaseApp } from '../support/release-app';

const world = releaseWorld();

beforeEach(() => world().emulator.reset());
afterEach(() => expectNothingUnhit(world().emulator));

const version = (n: number): string => `${10 + n}.0.0.0`;
let releases = 0;

/** Stores a release with a package of its own. */
async function stored(app: ReleaseApp): Promise<{ id: string; fileName: string }> {
  const sample = await app.upload(version((releases += 1)));
  const id = await app.store({
    packages: [{ fileName: sample.fileName, source: { upload: sample.upload } }],
    changes: { notesForCertification: `Package ${sample.fileName}` },
  });
  return { id, fileName: sample.fileName };
}

async function expectPublishedOnce(app: ReleaseApp, id: string): Promise<void> {
  const view = await app.view(id);
  expect(view).toMatchObject({ state: 'succeeded', failure: null, left: [] });
  expect(await submissionsMade(world().emulator)).toEqual([view.remote?.submissionId]);
  const { applications } = (await world().emulator.actions.state()) as { applications: Record<string, object> };
  expect(applications[APPS.published]).toMatchObject({ published: view.remote?.submissionId });
  expect(requestsOf(world().emulator, 'createSubmission')).toBe(1);
  expect(requestsOf(world().emulator, 'commitSubmission')).toBe(1);
  expect(await app.rooms.claims.holder(`store-app:${APPS.published}`)).toBeUndefined();
}

/** Numbers of storage requests to die at, over the whole run. */
const points = process.env['CRASH_POINTS'] === 'all' ? range(1, 240, 1) : range(3, 160, 13);

function range(from: number, to: number, step: number): number[] {
  return Array.from({ length: Math.ceil((to - from) / step) }, (_, index) => from + index * step);
}

test('a whole release makes no more storage requests than can be killed at here', async () => {
  const app = await world().app();
  const { id } = await stored(app);
  const count = app.countStorageRequests();

  app.startRun(id, 1);
  await app.finish(id);

  await expectPublishedOnce(app, id);
  expect(count()).toBeGreaterThan(160);
  expect(count()).toBeLessThan(240);
});

describe.each(['before', 'after'] as const)('killed %s', (when) => {
  test.each(points)('storage request %i', async (n) => {
    const app = await world().app();
    const { id } = await stored(app);
    app.dieAtStorageRequest(n, when);

    app.startRun(id, 1);
    await app.finish(id);
    app.revive();
    await app.finish(id);

    await expectPublishedOnce(app, id);
  });
});
