/** What becomes of a draft behind our back: zombies, reads that lag, updates that lose members, people in the portal. */
import { FunctionName } from '../../src/contracts/names';
import { APPS } from '../support/emulator';
import { releaseWorld, requestsOf, submissionsMade, type ReleaseApp } from '../support/release-app';

const world = releaseWorld();

beforeEach(() => world().emulator.reset());

const notes = (text: string) => ({ changes: { listings: { 'en-us': { baseListing: { releaseNotes: text } } } } });
const fault: ReturnType<typeof world>['emulator']['actions']['addFault'] = (request) =>
  world().emulator.actions.addFault(request);

async function livePublished(): Promise<string | undefined> {
  const { applications } = (await world().emulator.actions.state()) as {
    applications: Record<string, { published?: string }>;
  };
  return applications[APPS.published]?.published;
}

/** Ends published by the one submission that was made, after one commit. */
async function expectPublishedOnce(app: ReleaseApp, id: string): Promise<void> {
  const view = await app.finish(id);
  expect(view).toMatchObject({ state: 'succeeded', failure: null, left: [] });
  expect(await submissionsMade(world().emulator)).toEqual([view.remote?.submissionId]);
  expect(await livePublished()).toBe(view.remote?.submissionId);
  expect(requestsOf(world().emulator, 'commitSubmission')).toBe(1);
}

describe('a create that fails, and leaves a zombie', () => {
  const zombie = { operation: 'createSubmission', when: 'after', zombie: true, answer: { status: 500 } } as const;

  test.each([
    ['at once', 0],
    ['only later', 3],
  ])('that shows %s: nothing is committed; a retry deletes it, and publishes another one', async (_when, hiddenFor) => {
    const app = await world().app();
    fault(zombie);
    // The first look is that before the create, which finds nothing anyway.
    const hidden = { pendingApplicationSubmission: null };
    if (hiddenFor > 0) fault({ operation: 'getApplication', skip: 1, times: hiddenFor, patch: hidden });

    const id = await app.release(notes('anew'));
    const view = await app.finish(id);
    const [left] = await submissionsMade(world().emulator);
    await app.retry(id);
    const again = await app.finish(id, 2);

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'not-stored' }, left: ['draft'] });
    expect(view.failure?.detail).toContain('/listings/en-us');
    expect(again).toMatchObject({ state: 'succeeded', left: [] });
    expect(again.remote?.submissionId).not.toBe(left);
    expect(await submissionsMade(world().emulator)).toEqual([again.remote?.submissionId]);
    expect(requestsOf(world().emulator, 'commitSubmission')).toBe(1);
  });
});

test('a draft that shows only after some reads is waited for, whether its create was answered or not', async () => {
  const app = await world().app();
  const hidden = { pendingApplicationSubmission: null };
  fault({ operation: 'createSubmission', when: 'after', answer: { status: 504 } });
  fault({ operation: 'getApplication', skip: 1, times: 2, patch: hidden });
  await expectPublishedOnce(app, await app.release(notes('unanswered')));

  await world().emulator.reset();
  fault({ operation: 'getApplication', skip: 1, times: 1, patch: hidden });
  const id = await app.release(notes('answered'));
  app.host.killAt('activity-returned', FunctionName.createStoreSubmission);
  await app.finish(id);
  app.host.restart();

  await expectPublishedOnce(app, id);
});

test('a list of packages or errors in another order is no difference', async () => {
  const app = await world().app();
  const sample = await app.upload('9.30.0.0');
  for (const skip of [1, 3, 5, 7]) fault({ operation: 'getSubmission', skip, reverse: ['applicationPackages'] });

  await expectPublishedOnce(
    app,
    await app.release({ packages: [{ fileName: sample.fileName, source: { upload: sample.upload } }] }),
  );
});

test('an update that is stored without one member is told from a lost one: it is not sent again, nor committed', async () => {
  const app = await world().app();
  fault({ operation: 'updateSubmission', patchRequest: { notesForCertification: null } });

  const view = await app.finish(
    await app.release({ changes: { notesForCertification: 'The password is swordfish.' } }),
  );

  // Whether the service lost it or a person took it out cannot be known.
  expect(view).toMatchObject({ state: 'failed', failure: { code: 'submission-changed' }, left: ['draft'] });
  expect(view.failure?.detail).toContain('/notesForCertification');
  expect(requestsOf(world().emulator, 'updateSubmission')).toBe(1);
  expect(requestsOf(world().emulator, 'commitSubmission')).toBe(0);
});

describe('a person in the portal', () => {
  const touched = { portal: 'touch', code: 'draft-edited-in-portal', left: ['draft'] } as const;
  const deleted = { portal: 'delete', code: 'submission-lost', left: [] } as const;
  const submitted = { portal: 'submit', code: 'submission-changed', left: ['draft'] } as const;

  test.each([
    { operation: 'createSubmission', when: 'after', ...touched },
    { operation: 'updateSubmission', when: 'before', ...touched },
    { operation: 'updateSubmission', when: 'after', ...touched },
    { operation: 'commitSubmission', when: 'before', ...touched },
    { operation: 'updateSubmission', when: 'before', ...deleted },
    { operation: 'updateSubmission', when: 'after', ...deleted },
    { operation: 'commitSubmission', when: 'before', ...deleted },
    { operation: 'updateSubmission', when: 'before', ...submitted },
    { operation: 'updateSubmission', when: 'after', ...submitted },
  ] as const)(
    '$portal, right $when our $operation: ends with $code',
    async ({ operation, when, portal, code, left }) => {
      const app = await world().app();
      fault({ operation, when, meanwhile: { portal } });

      const view = await app.finish(await app.release(notes('mine')));

      expect(view).toMatchObject({ state: 'failed', failure: { code }, left });
      expect(view.failure?.remedy).toMatch(/Partner Center/);
    },
  );

  test('deletes the draft right after it was made: as one that never showed, it is made again', async () => {
    const app = await world().app();
    fault({ operation: 'createSubmission', when: 'after', meanwhile: { portal: 'delete' } });

    await expectPublishedOnce(app, await app.release(notes('mine')));

    expect(requestsOf(world().emulator, 'createSubmission')).toBe(2);
  });

  test('submits the draft right before our commit: what was verified is on its way, and is watched to its end', async () => {
    const app = await world().app();
    fault({ operation: 'commitSubmission', meanwhile: { portal: 'submit' } });

    const view = await app.finish(await app.release(notes('mine')));

    expect(view).toMatchObject({ state: 'succeeded', left: [] });
  });

  test('cancels the certification: the release is canceled', async () => {
    const app = await world().app();
    fault({ operation: 'getSubmissionStatus', skip: 1, meanwhile: { portal: 'cancel' } });

    const view = await app.finish(await app.release(notes('mine')));

    expect(view).toMatchObject({ state: 'canceled', cancellation: { code: 'canceled-in-portal' } });
  });
});
