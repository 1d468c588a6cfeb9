/** Single changes of a rollout: answers that are lost, copies, kills, and what the next release does with one that runs. */
import { createHash } from 'node:crypto';
import type { ChangeRolloutCall } from '../../src/contracts/activities';
import { FunctionName } from '../../src/contracts/names';
import type { Result } from '../../src/domain/failure';
import type { RolloutRequest } from '../../src/domain/store/rollout';
import type { RolloutChange } from '../../src/domain/store/rollout-change';
import { uploadId } from '../../src/packages';
import { APPS, expectNothingUnhit } from '../support/emulator';
import { buildMsix } from '../support/msix';
import { account, releaseWorld, requestsOf, submissionsMade, type ReleaseApp } from '../support/release-app';
import { changeRelease, hour, notes, postsOf, publishedOf, rollingApp, rolloutOf } from './rollout-world';

const world = releaseWorld();

beforeEach(() => world().emulator.reset());
afterEach(() => expectNothingUnhit(world().emulator));

const cases: [string, RolloutChange, string, number][] = [
  ['updateRolloutPercentage', { percentage: 60 }, '60 PackageRolloutInProgress', 0],
  ['haltPackageRollout', { action: 'halt' }, '0 PackageRolloutStopped', 1],
  ['finalizePackageRollout', { action: 'finalize' }, '100 PackageRolloutComplete', 2],
];

async function standing(): Promise<string> {
  const { emulator } = world();
  return rolloutOf(emulator, await publishedOf(emulator, APPS.rollout));
}

describe.each(cases)('%s by product', (operation, change, expected) => {
  test('is one request, and a release of its own says so', async () => {
    const app = await world().app();

    const view = await app.finish(await changeRelease(app, change));

    expect(view).toMatchObject({ state: 'succeeded', failure: null, left: 'percentage' in change ? ['rollout'] : [] });
    expect(view.steps.map(({ name }) => name)).toEqual(['rollout']);
    expect(await standing()).toBe(expected);
    expect(requestsOf(world().emulator, operation)).toBe(1);
  });

  test.each([
    ['before it was applied', 'before', 2],
    ['after it was applied', 'after', 1],
  ] as const)('looks after an answer that was lost %s', async (_name, when, posts) => {
    const app = await world().app();
    world().emulator.actions.addFault({ operation, when, answer: { status: 504 } });

    const view = await app.finish(await changeRelease(app, change));

    expect(view).toMatchObject({ state: 'succeeded', failure: null });
    expect(await standing()).toBe(expected);
    // A halt asks again instead of looking: the second one is refused, for none runs any more.
    expect(requestsOf(world().emulator, operation)).toBe(operation === 'haltPackageRollout' ? 2 : posts);
  });

  test('killed between the call and its record, it is found done', async () => {
    const app = await world().app();
    app.host.killAt('activity-returned', FunctionName.changeRollout);
    const id = await changeRelease(app, change);
    await app.host.run();
    app.host.restart();

    expect(await app.finish(id)).toMatchObject({ state: 'succeeded', failure: null });
    expect(await standing()).toBe(expected);
  });

  test('two releases at once do it once', async () => {
    const app = await world().app();

    const ids = [await changeRelease(app, change), await changeRelease(app, change)];
    const views = [await app.finish(ids[0]!), await app.finish(ids[1]!)];

    expect(views.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
    expect(await standing()).toBe(expected);
  });
});

describe('copies of the activity', () => {
  const twice = {
    'in a row': async <T>(run: () => Promise<T>): Promise<T[]> => [await run(), await run()],
    'at once': <T>(run: () => Promise<T>): Promise<T[]> => Promise.all([run(), run()]),
  };

  async function callOf(app: ReleaseApp, request: RolloutRequest, from: number | null): Promise<ChangeRolloutCall> {
    const ref = { releaseId: await app.store({}), run: 1, token: 'the-instance' };
    valueOf(await app.activities.beginRun(ref));
    return { ...ref, account, product: rollingApp, submissionId: null, request, from };
  }

  const requests: RolloutRequest[] = [{ kind: 'percentage', percentage: 60 }, { kind: 'halt' }, { kind: 'finalize' }];

  describe.each(Object.entries(twice))('%s', (_how, both) => {
    test.each(requests)('$kind: both read the same back', async (request) => {
      const app = await world().app();
      const call = await callOf(app, request, null);

      const [first, second] = await both(() => app.activities.changeRollout(call));

      expect(valueOf(first!).seen).toEqual(valueOf(second!).seen);
      const { percentage, status } = valueOf(first!).seen;
      expect(`${percentage} ${status}`).toBe(await standing());
    });
  });

  test('nothing is sent over a percentage that somebody has set', async () => {
    const app = await world().app();
    const call = await callOf(app, { kind: 'percentage', percentage: 50 }, 5);

    const answer = valueOf(await app.activities.changeRollout(call));

    expect(answer).toMatchObject({ sent: false, seen: { percentage: 25 } });
    expect(postsOf(world().emulator)).toEqual([0, 0, 0]);
  });

  test('an instance that was replaced changes nothing', async () => {
    const app = await world().app();
    const call = await callOf(app, { kind: 'halt' }, null);

    const answer = await app.activities.changeRollout({ ...call, token: 'another' });

    expect(answer).toMatchObject({ ok: false, failure: { code: 'run-ended-unexpectedly' } });
    expect(postsOf(world().emulator)).toEqual([0, 0, 0]);
  });
});

test.each<[RolloutChange]>([[{ percentage: 50 }], [{ action: 'halt' }], [{ action: 'finalize' }]])(
  'where no rollout runs, %j fails with the reason',
  async (change) => {
    const app = await world().app();
    const target = { kind: 'store-app', applicationId: APPS.published } as const;

    const view = await app.finish(await changeRelease(app, change, target));

    expect(view).toMatchObject({
      state: 'failed',
      failure: { code: 'rollout-not-running', step: 'rollout' },
      left: [],
    });
  },
);

describe('the next release of an app whose rollout runs', () => {
  const target = rollingApp;

  test('finalizes it where it may', async () => {
    const app = await world().app();

    const view = await app.finish(
      await app.release({ target, ...notes('next'), options: { onRunningRollout: 'finalize' } }),
    );

    expect(view).toMatchObject({ state: 'succeeded', failure: null });
    expect(postsOf(world().emulator)).toEqual([0, 0, 1]);
  });

  test('is refused before it halts, where it would then ship the halted packages', async () => {
    const app = await world().app();

    const view = await app.finish(
      await app.release({ target, ...notes('next'), options: { onRunningRollout: 'halt' } }),
    );

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'halted-packages' } });
    expect(postsOf(world().emulator)).toEqual([0, 0, 0]);
    expect(await submissionsMade(world().emulator)).toEqual([]);
  });

  test('halts it where the halted packages are replaced', async () => {
    const app = await world().app();
    const name = 'Contoso.Music';
    const publisher = 'CN=0BE04A07-4250-427B-B4BC-000000000001';
    const bytes = await buildMsix({ name, publisher, version: '9.0.0.0', languages: ['en-US'] });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await (await app.rooms.storage.container('uploads')).getBlockBlobClient(sha256).uploadData(bytes);
    const packages = [{ fileName: `${name}_9.0.0.0_x64.msix`, source: { upload: uploadId(sha256) } }];

    const view = await app.finish(
      await app.release({ target, packages, oldPackages: { keep: 0 }, options: { onRunningRollout: 'halt' } }),
    );

    expect(view).toMatchObject({ state: 'succeeded', failure: null });
    expect(postsOf(world().emulator)).toEqual([0, 1, 0]);
  });

  test('waits for it to end where it is told to', async () => {
    const app = await world().app();
    const id = await app.release({ target, ...notes('next'), options: { onRunningRollout: 'wait' } });
    await app.host.advance(3 * hour);
    expect(await app.view(id)).toMatchObject({ state: 'queued', waitingFor: { kind: 'publication' } });

    await changeRelease(app, { action: 'finalize' });
    const view = await app.finish(id);

    expect(view).toMatchObject({ state: 'succeeded', failure: null });
    expect(postsOf(world().emulator)).toEqual([0, 0, 1]);
  });

  test('never ends one that it was not told to end', async () => {
    const app = await world().app();

    const view = await app.finish(await app.release({ target, ...notes('next') }));

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'rollout-running', retryable: true } });
    expect(postsOf(world().emulator)).toEqual([0, 0, 0]);
  });

  test('finalizes it once, although the answer is lost', async () => {
    const app = await world().app();
    world().emulator.actions.addFault({ operation: 'finalizePackageRollout', when: 'after', answer: { status: 504 } });

    const view = await app.finish(
      await app.release({ target, ...notes('next'), options: { onRunningRollout: 'finalize' } }),
    );

    expect(view).toMatchObject({ state: 'succeeded', failure: null });
    expect(postsOf(world().emulator)).toEqual([0, 0, 1]);
  });
});

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}
