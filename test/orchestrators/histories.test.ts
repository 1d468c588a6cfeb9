import * as df from 'durable-functions';
import { activities, orchestrators } from '../../src/contracts/activities';
import { offerActivities, offerOrchestrators } from '../../src/contracts/offer-activities';
import { call } from '../../src/contracts/durable';
import type { Context, Flow } from '../../src/contracts/durable';
import { publishToStore } from '../../src/orchestrators/publish-to-store';
import { createDurableHost } from '../support/durable-host';
import type { DurableHost } from '../support/durable-host';
import { divergence, effectsOf, readRecording, writeRecording } from './recordings';
import type { Recording } from './recordings';
import { createWorld, registerFakes, retryable } from './world';
import type { World } from './world';

/**
 * Histories of released orchestrators: instances that are in flight during a deploy are replayed by the new code. A
 * change that makes these tests red breaks them; then the change goes behind `ctx.df.version`, or under a new name, and
 * another file is recorded beside the old one with `RECORD_HISTORIES=1 npx jest test/orchestrators/histories`.
 */
const files = {
  publish: 'publish-to-store.v1.json',
  watch: 'watch-store-submission.v1.json',
  rollOut: 'roll-out.v1.json',
  marketplace: 'publish-to-marketplace.v1.json',
  preview: 'watch-offer.v1.json',
};

/** A run that meets a queue, a retry, slices, a gate, an outage, and a few polls. */
async function record(): Promise<{ publish: Recording; watch: Recording }> {
  const world = await createWorld({ approvals: ['commit'] });
  world.product.uploadSlices = 2;
  world.product.statuses = [
    'CommitStarted',
    'PreProcessing',
    'Certification',
    'Certification',
    'Publishing',
    'Published',
  ];
  world.queue.push('rel_ahead');
  world.before.set('acquireClaim', () => {
    if (world.callsOf('acquireClaim').length === 2) world.queue.shift();
  });
  world.twist('createStoreSubmission', retryable('partner-center-unavailable'));
  world.twist('pollStoreSubmission', 'work', retryable('partner-center-unavailable'));
  world.start();
  await world.host.runUntil(() => world.view.waitingFor?.kind === 'approval');
  await world.host.advance(3_600_000);
  world.decide('approved');
  await world.finish();
  const recorded = { publish: recordingOf(world, world.instance), watch: recordingOf(world, world.watchInstance) };
  world.close();
  return recorded;
}

/** Stages that meet a lost answer, a hold, a percentage set by hand, and a person's going on. */
async function recordRollOut(): Promise<Recording> {
  const hour = 3_600_000;
  const stages = [
    { percentage: 5, lastsMs: 2 * hour },
    { percentage: 20, lastsMs: null },
    { percentage: 50, lastsMs: hour },
  ];
  const world = await createWorld({ rollout: { stages, finalize: true } });
  world.twist('changeRollout', retryable('partner-center-unavailable'));
  world.start();
  await world.host.runUntil(() => world.view.waitingFor?.kind === 'rollout');
  await world.rollOut({ action: 'hold' });
  await world.host.settle();
  await world.rollOut({ percentage: 50 });
  await world.host.settle();
  await world.rollOut({ action: 'resume' });
  await world.host.runUntil(() => world.product.done.at(-1) === 'finalize');
  await world.finish();
  const recorded = recordingOf(world, world.rolloutInstance);
  world.close();
  return recorded;
}

/** An offer that is made, and meets a queue, slices, a lost answer, both gates, an outage, and a few polls. */
async function recordOffer(): Promise<{ marketplace: Recording; preview: Recording }> {
  const create = { resourceType: 'AzureApplication', name: 'Monitor' } as const;
  const world = await createWorld({
    target: { kind: 'marketplace-product', offerId: 'contoso-monitor', create },
    packages: 1,
    approvals: ['commit', 'go-live'],
    approvalTimeoutMs: 72 * 3_600_000,
  });
  world.isMissing = true;
  world.offer.slices = 2;
  world.offer.phases = ['previewing', 'previewing', 'previewing', 'preview-ready'];
  world.queue.push('rel_ahead');
  world.before.set('acquireClaim', () => {
    if (world.callsOf('acquireClaim').length === 2) world.queue.shift();
  });
  world.twist('publishOffer', retryable('partner-center-unavailable', { unclear: true }));
  world.twist('pollOffer', 'work', retryable('partner-center-unavailable'));
  world.start();
  for (const step of ['approveCommit', 'approveGoLive'] as const) {
    await world.host.runUntil(() => world.view.step === step && world.view.waitingFor?.kind === 'approval');
    await world.host.advance(3_600_000);
    world.decide('approved');
  }
  await world.finish();
  const marketplace = recordingOf(world, world.instance);
  const preview = recordingOf(world, `${world.watchInstance}-preview`);
  world.close();
  return { marketplace, preview };
}

function recordingOf({ host }: World, instanceId: string): Recording {
  const { name, input } = host.status(instanceId)!;
  return { name, instanceId, input, history: host.history(instanceId) };
}

/** As the release that is recorded, with one more thing to do first. */
function* doesMore(ctx: Context): Flow<void> {
  yield* call(ctx, activities.checkToken, { releaseId: 'rel_1', run: 1, token: '', account: 'contoso' });
  yield* publishToStore(ctx);
}

/** Forgets the last step of what it was made for. */
function* doesLess(ctx: Context): Flow<void> {
  const flow = publishToStore(ctx);
  let step = flow.next();
  for (let done = 0; step.done !== true && done < 10; done++) step = flow.next(yield step.value);
}

/** Asks for another activity at one place. */
function* doesAnother(ctx: Context): Flow<void> {
  const flow = publishToStore(ctx);
  let step = flow.next();
  for (let done = 0; step.done !== true; done++) {
    step = flow.next(yield done === 3 ? ctx.df.callActivity(activities.releaseClaim.name, {}) : step.value);
  }
}

let host: DurableHost;

beforeAll(async () => {
  registerFakes();
  df.app.orchestration('DoesMore', doesMore);
  df.app.orchestration('DoesLess', doesLess);
  df.app.orchestration('DoesAnother', doesAnother);
  host = await createDurableHost();
  if (process.env['RECORD_HISTORIES'] !== '1') return;
  const { publish, watch } = await record();
  writeRecording(files.publish, publish);
  writeRecording(files.watch, watch);
  writeRecording(files.rollOut, await recordRollOut());
  const { marketplace, preview } = await recordOffer();
  writeRecording(files.marketplace, marketplace);
  writeRecording(files.preview, preview);
});
afterAll(() => host.close());

test.each(Object.values(files))('the orchestrator of today agrees with %s at every sequence number', async (file) => {
  expect(await divergence(host, readRecording(file))).toBeUndefined();
});

test.each([
  ['does more', 'DoesMore', /number 0 was the activity 'BeginRun' and is now the activity 'CheckToken'/],
  ['does less', 'DoesLess', /is not asked for any more/],
  ['does another thing', 'DoesAnother', /is now the activity 'ReleaseClaim'/],
])('a changed orchestrator that %s is found', async (_what, name, finding) => {
  const found = await divergence(host, readRecording(files.publish), name);

  expect(found).toMatch(finding);
});

test('the recorded run has everything that a run can wait for', () => {
  const publish = readRecording(files.publish);
  const watch = readRecording(files.watch);

  const asked = effectsOf(publish.history).map((line) => line.replace(/^\d+ /, ''));
  expect(asked).toContain(`SubOrchestrationInstanceCreated ${orchestrators.watchStoreSubmission.name}`);
  expect(asked.filter((line) => line === 'TimerCreated')).toHaveLength(3);
  expect(new Set(asked).size).toBeGreaterThan(14);
  expect(effectsOf(watch.history).filter((line) => line.endsWith('TimerCreated')).length).toBeGreaterThan(4);
  const stages = effectsOf(readRecording(files.rollOut).history).map((line) => line.replace(/^\d+ /, ''));
  expect(stages).toContain(`TaskScheduled ${activities.changeRollout.name}`);
  expect(stages).toContain(`TaskScheduled ${activities.readRollout.name}`);
});

test('the recorded offer meets everything that an offer can wait for', () => {
  const asked = effectsOf(readRecording(files.marketplace).history).map((line) => line.replace(/^\d+ /, ''));
  const polls = effectsOf(readRecording(files.preview).history);

  for (const { name } of Object.values(offerActivities)) {
    // The watch polls; nothing is taken back.
    if (name === offerActivities.pollOffer.name || name === offerActivities.withdrawOffer.name) continue;
    expect(asked).toContain(`TaskScheduled ${name}`);
  }
  const watch = `SubOrchestrationInstanceCreated ${offerOrchestrators.watchOffer.name}`;
  expect(asked.filter((line) => line === watch)).toHaveLength(2);
  expect(polls.filter((line) => line.endsWith(offerActivities.pollOffer.name))).toHaveLength(5);
});

test('the same run asks for the same today', async () => {
  const today = await record();

  expect(effectsOf(today.publish.history)).toEqual(effectsOf(readRecording(files.publish).history));
  expect(effectsOf(today.watch.history)).toEqual(effectsOf(readRecording(files.watch).history));
  expect(effectsOf((await recordRollOut()).history)).toEqual(effectsOf(readRecording(files.rollOut).history));
  const { marketplace, preview } = await recordOffer();
  expect(effectsOf(marketplace.history)).toEqual(effectsOf(readRecording(files.marketplace).history));
  expect(effectsOf(preview.history)).toEqual(effectsOf(readRecording(files.preview).history));
});

test('histories are small, and keep only what is no secret', () => {
  for (const file of Object.values(files)) {
    const text = JSON.stringify(readRecording(file).history);

    expect(text.length).toBeLessThan(64 * 1024);
    expect(text).not.toMatch(/sig=|bearer|secret|https:\/\//i);
  }
});
