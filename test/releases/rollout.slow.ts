/** Rollouts of releases: stages over days with restarts, commands, and what the Store does otherwise than it was asked. */
import { APPS, expectNothingUnhit, FLIGHTS } from '../support/emulator';
import { releaseWorld, requestsOf, submissionsMade, type ReleaseApp } from '../support/release-app';
import { command, hour, notes, postsOf, publishedOf, rolloutOf, untilStages } from './rollout-world';

const world = releaseWorld();

beforeEach(() => world().emulator.reset());
afterEach(() => expectNothingUnhit(world().emulator));

/** Three stages of so long each. */
function threeStages(length: string) {
  return [10, 50, 90].map((percentage) => ({ percentage, for: length }));
}

const stages = threeStages('PT2H');

async function staged(app: ReleaseApp, length = 'PT2H'): Promise<string> {
  const rollout = { stages: threeStages(length), finalize: true };
  const id = await app.release({ ...notes('in stages'), options: { rollout } });
  await untilStages(app, id);
  return id;
}

test('three stages take three days, with a restart in each', async () => {
  const app = await world().app();
  const { emulator } = world();
  const id = await staged(app, 'PT24H');
  const [submissionId] = await submissionsMade(emulator);
  const seen: string[] = [];
  const heldBy = await app.rooms.claims.holder(`store-app:${APPS.published}`);

  for (let days = 0; days < 3; days++) {
    seen.push(await rolloutOf(emulator, submissionId!));
    await app.host.advance(days === 0 ? 12 * hour : 24 * hour);
    app.host.restart();
  }
  await app.host.run(app.instanceOf(id));

  expect(heldBy).toBeUndefined();
  expect(seen).toEqual([10, 10, 50].map((percentage) => `${percentage} PackageRolloutInProgress`));
  expect(await rolloutOf(emulator, submissionId!)).toBe('100 PackageRolloutComplete');
  expect(postsOf(emulator)).toEqual([2, 0, 1]);
  expect(await app.view(id)).toMatchObject({ state: 'succeeded', failure: null, left: [], step: 'rollout' });
  const percentages = (await app.timeline(id))
    .map(({ event }) => (event.type === 'rollout-seen' ? event.rollout.percentage : undefined))
    .filter((percentage) => percentage !== undefined);
  expect(percentages).toEqual([10, 50, 90, 100]);
});

test('the rollout of a flight runs by the same rules', async () => {
  const app = await world().app();
  const target = { kind: 'store-flight', applicationId: APPS.published, flightId: FLIGHTS.published } as const;
  const sample = await app.upload('9.0.0.0');
  const packages = [{ fileName: sample.fileName, source: { upload: sample.upload } }];

  const id = await app.release({ target, packages, options: { rollout: { stages, finalize: true } } });
  const view = await app.finish(id);

  expect(view).toMatchObject({ state: 'succeeded', failure: null, rollout: { percentage: 100 } });
  expect(requestsOf(world().emulator, 'updateFlightRolloutPercentage')).toBe(2);
  expect(requestsOf(world().emulator, 'finalizeFlightPackageRollout')).toBe(1);
});

test('what was rolled out to everyone is not published again', async () => {
  const app = await world().app();
  const rollout = { stages: [{ percentage: 10, for: 'PT1M' }], finalize: true };
  await app.finish(await app.release({ ...notes('once'), options: { rollout } }));

  const again = await app.finish(await app.release({ ...notes('once'), options: { rollout } }));
  const plain = await app.finish(await app.release(notes('once')));

  expect([again.state, plain.state]).toEqual(['succeeded', 'succeeded']);
  expect(await submissionsMade(world().emulator)).toHaveLength(1);
});

test('a halt takes the packages back from everyone, and cancels the release', async () => {
  const app = await world().app();
  const id = await staged(app);

  expect(await command(app, id, { action: 'halt' })).toBe('accepted');
  await app.host.settle();

  const [submissionId] = await submissionsMade(world().emulator);
  expect(await rolloutOf(world().emulator, submissionId!)).toBe('0 PackageRolloutStopped');
  expect(await app.view(id)).toMatchObject({
    state: 'canceled',
    cancellation: { code: 'rollout-halted', by: 'ada' },
    left: [],
  });
});

test('the next release finalizes what runs, and the one before ends with it', async () => {
  const app = await world().app();
  const first = await staged(app);

  const second = await app.release({ ...notes('the next'), options: { onRunningRollout: 'finalize' } });
  const view = await app.finish(second);

  expect(view).toMatchObject({ state: 'succeeded', failure: null });
  expect(await app.finish(first)).toMatchObject({ state: 'succeeded', left: [], rollout: { percentage: 100 } });
  expect(postsOf(world().emulator)).toEqual([0, 0, 1]);
});

test('a failed stage is retried from where the rollout stands', async () => {
  const app = await world().app();
  const id = await staged(app);
  const fault = { operation: 'updateRolloutPercentage', when: 'before', answer: { status: 403 } } as const;
  world().emulator.actions.addFault(fault);
  await app.host.run(app.instanceOf(id));
  expect(await app.view(id)).toMatchObject({ state: 'failed', left: ['rollout'] });

  await app.retry(id);
  await app.host.run(app.instanceOf(id, 2));

  expect(await app.view(id)).toMatchObject({ state: 'succeeded', failure: null, left: [] });
  expect(await submissionsMade(world().emulator)).toHaveLength(1);
  expect(postsOf(world().emulator)).toEqual([3, 0, 1]);
});

describe('a rollout that the Store ignores', () => {
  const lost = { packageDeliveryOptions: { packageRollout: null } };
  const other = {
    packageDeliveryOptions: { packageRollout: { isPackageRollout: true, packageRolloutPercentage: 75 } },
  };

  test.each([
    ['without one', lost, 'isPackageRollout'],
    ['with another percentage', other, 'packageRolloutPercentage'],
  ])('stops before the commit where the draft is stored %s; a retry makes it anew', async (_how, patch, member) => {
    const app = await world().app();
    world().emulator.actions.addFault({ operation: 'updateSubmission', patchRequest: patch });
    const rollout = { stages, finalize: true };

    const id = await app.release({ ...notes('lost'), options: { rollout } });
    const view = await app.finish(id);
    const commits = requestsOf(world().emulator, 'commitSubmission');
    await app.retry(id);
    const again = await app.finish(id, 2);

    expect(view).toMatchObject({
      state: 'failed',
      failure: { code: 'rollout-not-stored', step: 'updateSubmission' },
      left: ['draft'],
    });
    expect(view.failure?.detail).toContain(`/packageDeliveryOptions/packageRollout/${member}`);
    expect(view.failure?.remedy).toContain('Nothing was committed');
    expect(commits).toBe(0);
    expect(again).toMatchObject({ state: 'succeeded', left: [], rollout: { percentage: 100 } });
    expect(await submissionsMade(world().emulator)).toEqual([again.remote?.submissionId]);
  });

  test('is cleared by the next release, too', async () => {
    const app = await world().app();
    world().emulator.actions.addFault({ operation: 'updateSubmission', patchRequest: lost });
    const first = await app.finish(await app.release({ ...notes('lost'), options: { rollout: { stages } } }));

    const next = await app.finish(await app.release(notes('the next one')));

    expect(first.failure?.code).toBe('rollout-not-stored');
    expect(next).toMatchObject({ state: 'succeeded', left: [] });
    expect(await submissionsMade(world().emulator)).toEqual([next.remote?.submissionId]);
  });

  test('where somebody else’s draft was built upon, a retry sends the rollout again', async () => {
    const app = await world().app();
    const target = { kind: 'store-app', applicationId: APPS.pendingDraft } as const;
    world().emulator.actions.addFault({ operation: 'updateSubmission', patchRequest: lost });
    const options = { onForeignDraft: 'adopt', rollout: { stages, finalize: true } } as const;
    const id = await app.release({ target, ...notes('adopted'), options });
    const view = await app.finish(id);

    await app.retry(id);
    const again = await app.finish(id, 2);

    expect(view.failure?.code).toBe('rollout-not-stored');
    expect(again).toMatchObject({ state: 'succeeded', left: [], rollout: { percentage: 100 } });
    expect(requestsOf(world().emulator, 'deleteSubmission')).toBe(0);
  });

  test('is sent again where it was all that was to be stored', async () => {
    const app = await world().app();
    const target = { kind: 'store-app', applicationId: APPS.pendingDraft } as const;
    const adopt = { onForeignDraft: 'adopt' } as const;
    await app.finish(await app.release({ target, ...notes('x'), options: { ...adopt, approvals: ['commit'] } }));
    world().emulator.actions.addFault({ operation: 'updateSubmission', discard: 'sent' });

    const options = { ...adopt, rollout: { stages, finalize: true } };
    const view = await app.finish(await app.release({ target, ...notes('x'), options }));

    expect(view).toMatchObject({ state: 'succeeded', rollout: { percentage: 100 } });
    expect(requestsOf(world().emulator, 'updateSubmission')).toBe(3);
  });

  test('fails the release where the publication lost it', async () => {
    const app = await world().app();
    await world().emulator.actions.addOutcome({ result: 'Published', loses: ['rollout'] });

    const view = await app.finish(await app.release({ ...notes('lost'), options: { rollout: { stages } } }));

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'rollout-ignored', step: 'rollout' }, left: [] });
  });

  test('a percentage that the Store refuses to lower is told, and the stages go on', async () => {
    const app = await world().app();
    await world().emulator.actions.setSwitches({ lowerPercentage: 'refuse' });
    const id = await staged(app);

    await command(app, id, { percentage: 5 });
    await app.host.settle();
    const timeline = (await app.timeline(id)).map(({ event }) => event);
    await app.host.run(app.instanceOf(id));

    expect(timeline).toContainEqual(expect.objectContaining({ type: 'attempt-failed', code: 'rollout-not-taken' }));
    expect(await app.view(id)).toMatchObject({ state: 'succeeded', failure: null });
  });
});

test('a rollout that people in Partner Center end is noticed within the hour', async () => {
  const app = await world().app();
  const id = await staged(app);
  const submissionId = await publishedOf(world().emulator, APPS.published);
  const { client } = await app.rooms.openStore('contoso');
  await client.finalizePackageRollout(APPS.published, submissionId, { allowance: { take: async () => undefined } });

  await app.host.advance(hour);

  expect(await app.view(id)).toMatchObject({ state: 'succeeded', left: [], rollout: { percentage: 100 } });
});
