/**
 * The platform may run an activity twice, in a row or at once. Each of them is: what the outside sees is one.
 */
import type { RemoteCall, SubmissionCall } from '../../src/contracts/activities';
import type { Result } from '../../src/domain/failure';
import { APPS, expectNothingUnhit } from '../support/emulator';
import { account, releaseWorld, requestsOf, submissionsMade, type ReleaseApp } from '../support/release-app';

const world = releaseWorld();

beforeEach(() => world().emulator.reset());
afterEach(() => expectNothingUnhit(world().emulator));

const product = `store-app:${APPS.published}`;

/** An app whose product nobody holds: runs of these tests do not end by themselves. */
async function freshApp(): Promise<ReleaseApp> {
  const app = await world().app();
  const { claims } = app.rooms;
  for (let holder = await claims.holder(product); holder !== undefined;) holder = await claims.release(product, holder);
  return app;
}

/** A run that has the product, with everything ready up to the step under test. */
async function running(app: ReleaseApp): Promise<{ call: RemoteCall; fileName: string }> {
  const sample = await app.upload('9.0.0.0');
  const releaseId = await app.store({ packages: [{ fileName: sample.fileName, source: { upload: sample.upload } }] });
  const ref = { releaseId, run: 1, token: 'the-instance' };
  const call = { ...ref, account, product: { kind: 'store-app', applicationId: APPS.published } as const };
  valueOf(await app.activities.beginRun(ref));
  valueOf(await app.activities.inspectPackage({ ...ref, index: 0 }));
  valueOf(await app.activities.acquireClaim({ ...call, claim: product }));
  return { call, fileName: sample.fileName };
}

async function withSubmission(app: ReleaseApp): Promise<SubmissionCall> {
  const { call } = await running(app);
  const { submissionId } = valueOf(await app.activities.createStoreSubmission({ ...call, adopt: null }));
  return { ...call, submissionId };
}

async function readyToCommit(app: ReleaseApp): Promise<SubmissionCall> {
  const call = await withSubmission(app);
  valueOf(await app.activities.updateStoreSubmission(call));
  valueOf(await app.activities.uploadStorePackages({ ...call, fromBlock: 0 }));
  return call;
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

const twice = {
  'in a row': async <T>(run: () => Promise<T>): Promise<T[]> => [await run(), await run()],
  'at once': <T>(run: () => Promise<T>): Promise<T[]> => Promise.all([run(), run()]),
};

describe.each(Object.entries(twice))('%s', (how, both) => {
  test('begin: one instance has the run, and another one never gets it', async () => {
    const app = await freshApp();
    const releaseId = await app.store({});
    const run = { releaseId, run: 1 };

    const mine = await both(() => app.activities.beginRun({ ...run, token: 'a' }));
    const other = await app.activities.beginRun({ ...run, token: 'b' });

    expect(mine.map((result) => valueOf(result).mine)).toEqual([true, true]);
    expect(valueOf(other)).toEqual({ mine: false });
  });

  test('inspect: the same facts', async () => {
    const app = await freshApp();
    const { call } = await running(app);

    const found = await both(() => app.activities.inspectPackage({ ...call, index: 0 }));

    expect(found[0]).toEqual(found[1]);
    expect(valueOf(found[0]!)).toMatchObject({ done: true, package: { version: '9.0.0.0' } });
  });

  test('claim: one place in the queue', async () => {
    const app = await freshApp();
    const first = await running(app);
    const second = await running(app);

    const asked = await both(() => app.activities.acquireClaim({ ...second.call, claim: product }));

    const expected = { granted: false, ahead: first.call.releaseId, position: 1 };
    expect(asked.map(valueOf)).toEqual([expected, expected]);
  });

  test('create: one submission, which both name or one waits for', async () => {
    const app = await freshApp();
    const { call } = await running(app);

    const results = await both(() => app.activities.createStoreSubmission({ ...call, adopt: null }));

    const made = await submissionsMade(world().emulator);
    expect(made).toHaveLength(1);
    expect(requestsOf(world().emulator, 'createSubmission')).toBe(1);
    for (const result of results) {
      if (result.ok) expect(result.value.submissionId).toBe(made[0]);
      else expect(result.failure).toMatchObject({ unclear: true, retryable: true });
    }
    expect(valueOf(await app.activities.createStoreSubmission({ ...call, adopt: null }))).toMatchObject({
      how: 'found',
    });
  });

  test('update: the same document', async () => {
    const app = await freshApp();
    const call = await withSubmission(app);

    const results = await both(() => app.activities.updateStoreSubmission(call));

    expect(results.every((result) => result.ok)).toBe(true);
    expect(valueOf(await app.activities.verifyStoreSubmission({ ...call, after: 'update' })).remote.status).toBe(
      'PendingCommit',
    );
  });

  test('upload: the same blocks', async () => {
    const app = await freshApp();
    const call = await withSubmission(app);
    valueOf(await app.activities.updateStoreSubmission(call));

    const results = await both(() => app.activities.uploadStorePackages({ ...call, fromBlock: 0 }));

    expect(results.map((result) => valueOf(result).done)).toEqual([true, true]);
    await commitAndPublish(app, call);
  });

  test('commit: one commit, which both see or one waits for', async () => {
    const app = await freshApp();
    const call = await readyToCommit(app);

    const results = await both(() => app.activities.commitStoreSubmission(call));

    expect(requestsOf(world().emulator, 'commitSubmission')).toBe(1);
    for (const result of results) {
      if (result.ok) expect(result.value).toEqual({ committed: true });
      else expect(result.failure).toMatchObject({ unclear: true, retryable: true });
    }
    expect(valueOf(await app.activities.commitStoreSubmission(call))).toEqual({ committed: true });
  });

  test('withdraw: the draft is gone', async () => {
    const app = await freshApp();
    const call = await withSubmission(app);

    const results = await both(() => app.activities.withdrawStoreSubmission(call));

    expect(results.map((result) => valueOf(result).left)).toEqual([[], []]);
    expect(await submissionsMade(world().emulator)).toEqual([]);
    if (how === 'in a row') expect(requestsOf(world().emulator, 'deleteSubmission')).toBe(1);
  });

  test('free the product: the next in the queue has it', async () => {
    const app = await freshApp();
    const first = await running(app);
    const second = await running(app);

    await both(() => app.activities.releaseClaim(first.call));

    expect(valueOf(await app.activities.acquireClaim({ ...second.call, claim: product }))).toEqual({ granted: true });
  });

  test('checkpoint: one entry in the timeline, one step in the view', async () => {
    const app = await freshApp();
    const { call } = await running(app);
    const { releaseId, run, token } = call;
    const at = app.host.now.toISOString();

    await both(() =>
      app.activities.checkpoint({
        releaseId,
        run,
        token,
        seq: 1,
        at,
        events: [{ type: 'step-started', step: 'commit' }],
      }),
    );

    expect(await app.timeline(releaseId)).toHaveLength(1);
    expect((await app.view(releaseId)).steps).toEqual([expect.objectContaining({ name: 'commit', attempts: 1 })]);
  });
});

/** Runs one copy up to its first look at Partner Center, another one to its end in between, and then the first. */
async function overtaken<T>(operation: string, run: () => Promise<T>): Promise<[T, T]> {
  const { actions } = world().emulator;
  const fault = actions.addFault({ operation, when: 'before', hold: true });
  const slow = run();
  await actions.faultMet(fault.id);
  const fast = await run();
  actions.release(fault.id);
  return [await slow, fast];
}

describe('a copy that read what was noted before another one sent', () => {
  test('create: finds the submission that the other one made', async () => {
    const app = await freshApp();
    const { call } = await running(app);

    const results = await overtaken('getApplication', () =>
      app.activities.createStoreSubmission({ ...call, adopt: null }),
    );

    const [made] = await submissionsMade(world().emulator);
    expect(results.map(valueOf)).toEqual([
      { submissionId: made, how: 'found' },
      { submissionId: made, how: 'created' },
    ]);
    expect(requestsOf(world().emulator, 'createSubmission')).toBe(1);
  });

  test('commit: sees that the other one committed', async () => {
    const app = await freshApp();
    const call = await readyToCommit(app);

    const results = await overtaken('getSubmission', () => app.activities.commitStoreSubmission(call));

    expect(results.map(valueOf)).toEqual([{ committed: true }, { committed: true }]);
    expect(requestsOf(world().emulator, 'commitSubmission')).toBe(1);
  });

  test('clear: sees that the other one deleted', async () => {
    const app = await freshApp();
    const leftover = await withSubmission(app);
    await app.activities.releaseClaim(leftover);
    const { submissionId } = leftover;
    const call = { ...(await running(app)).call, submissionId };

    const results = await overtaken('getSubmission', () => app.activities.clearStoreSubmission(call));

    expect(results.map(valueOf)).toEqual([{}, {}]);
    expect(await submissionsMade(world().emulator)).toEqual([]);
  });
});

test('an instance that lost the run changes nothing, whatever it calls', async () => {
  const app = await freshApp();
  const call = await readyToCommit(app);
  const stranger = { ...call, token: 'an-instance-of-before' };
  const before = world().emulator.actions.journal().length;

  const results = [
    await app.activities.createStoreSubmission({ ...stranger, adopt: null }),
    await app.activities.updateStoreSubmission(stranger),
    await app.activities.uploadStorePackages({ ...stranger, fromBlock: 0 }),
    await app.activities.commitStoreSubmission(stranger),
    await app.activities.clearStoreSubmission(stranger),
    await app.activities.withdrawStoreSubmission(stranger),
    await app.activities.releaseClaim(stranger),
  ];

  expect(results.map((result) => result.ok)).toEqual(results.map(() => false));
  expect(world().emulator.actions.journal()).toHaveLength(before);
});

test('a run that does not hold the product changes nothing in Partner Center', async () => {
  const app = await freshApp();
  const call = await readyToCommit(app);
  await app.rooms.claims.release(product, call.releaseId);
  const before = world().emulator.actions.journal().length;

  const results = [
    await app.activities.createStoreSubmission({ ...call, adopt: null }),
    await app.activities.updateStoreSubmission(call),
    await app.activities.commitStoreSubmission(call),
    await app.activities.clearStoreSubmission(call),
  ];

  expect(results.map((result) => result.ok)).toEqual([false, false, false, false]);
  expect(world().emulator.actions.journal()).toHaveLength(before);
});

async function commitAndPublish(app: ReleaseApp, call: SubmissionCall): Promise<void> {
  valueOf(await app.activities.commitStoreSubmission(call));
  await world().emulator.actions.advanceClock('2m');
  expect(valueOf(await app.activities.pollStoreSubmission(call)).remote).toMatchObject({
    status: 'Published',
    errors: [],
  });
}
