import { APPS, expectNothingUnhit } from '../support/emulator';
import { releaseWorld, requestsOf, submissionsMade, type ReleaseApp, type World } from '../support/release-app';

/** A whole release makes at least as many storage requests as this, and few more: each of these is really died at. */
export const killableRequests = 200;

/**
 * Kills the app at its n-th request to our own storage, before the request is sent and after it was applied, and starts
 * it again: whatever was being written, the release ends published, with one submission and one commit.
 *
 * @param points which requests to die at, counted from the start of the run
 */
export function killAt(points: readonly number[]): void {
  const world = releaseWorld();

  beforeEach(() => world().emulator.reset());
  afterEach(() => expectNothingUnhit(world().emulator));

  test('the requests that can be died at are those of a whole release', async () => {
    const app = await world().app();
    const id = await stored(app);
    const count = app.countStorageRequests();

    app.startRun(id, 1);
    await app.finish(id);

    await expectPublishedOnce(world(), app, id);
    expect(count()).toBeGreaterThanOrEqual(killableRequests);
    expect(count()).toBeLessThanOrEqual(killableRequests + 12);
  });

  describe.each(['before', 'after'] as const)('killed %s', (when) => {
    test.each(points)('storage request %i', async (n) => {
      const app = await world().app();
      const id = await stored(app);
      app.dieAtStorageRequest(n, when);

      app.startRun(id, 1);
      await app.finish(id);
      // A refusal (it exists already, or is not there) applies nothing: there is no "after it was applied" to die at.
      if (!app.hasDied) expect(`${when} ${app.hour}`).toMatch(refusable);
      app.revive();
      await app.finish(id);

      await expectPublishedOnce(world(), app, id);
    });
  });
}

/** Making a table or container that is there, and asking for a blob that is not. */
const refusable = /^after (POST \S+\/Tables|PUT \/[^/]+\/[a-z]+|(HEAD|GET) \/[^/(]+\/[a-z]+\/\S+)$/;

let releases = 0;

/** Stores a release with a package of its own. */
async function stored(app: ReleaseApp): Promise<string> {
  const sample = await app.upload(`${10 + (releases += 1)}.0.0.0`);
  return app.store({
    packages: [{ fileName: sample.fileName, source: { upload: sample.upload } }],
    changes: { notesForCertification: `Package ${sample.fileName}` },
  });
}

async function expectPublishedOnce({ emulator }: World, app: ReleaseApp, id: string): Promise<void> {
  const view = await app.view(id);
  expect(view).toMatchObject({ state: 'succeeded', failure: null, left: [] });
  expect(await submissionsMade(emulator)).toEqual([view.remote?.submissionId]);
  const { applications } = (await emulator.actions.state()) as { applications: Record<string, object> };
  expect(applications[APPS.published]).toMatchObject({ published: view.remote?.submissionId });
  expect(requestsOf(emulator, 'createSubmission')).toBe(1);
  expect(requestsOf(emulator, 'commitSubmission')).toBe(1);
  expect(await app.rooms.claims.holder(`store-app:${APPS.published}`)).toBeUndefined();
}
