import { createWorld } from './world';
import type { World } from './world';

const hour = 3_600_000;
let world: World;
afterEach(() => world.close());

async function atGate(): Promise<World> {
  const created = await createWorld({ approvals: ['commit'], approvalTimeoutMs: 72 * hour });
  created.start();
  await created.host.runUntil(() => created.view.waitingFor?.kind === 'approval');
  return created;
}

test('the release waits before the commit, with everything uploaded and read back', async () => {
  world = await atGate();

  expect(world.view).toMatchObject({ state: 'waiting', step: 'approveCommit', waitingFor: { gate: 'commit' } });
  expect(world.view.steps.at(-1)).toMatchObject({ name: 'approveCommit', state: 'waiting' });
  expect(world.product.done).toEqual(['create', 'update', 'upload']);
});

test.each([true, false])('an approval lets it commit, at once when the ring arrives (ring: %s)', async (ring) => {
  world = await atGate();
  await world.host.advance(hour);
  const decidedAt = world.host.clock.now();

  world.decide('approved', { ring });
  const view = await world.finish();

  expect(view).toMatchObject({ state: 'succeeded', decisions: [{ decision: 'approved', by: 'grace' }] });
  const waited = world.callsOf('commitStoreSubmission')[0]!.at - decidedAt;
  expect(waited).toBeLessThanOrEqual(ring ? 0 : 24 * hour);
});

test('a rejection cancels it with its reason, deletes the draft, and leaves no timer behind', async () => {
  world = await atGate();
  const decidedAt = world.host.clock.now();

  world.decide('rejected');
  const view = await world.finish();

  expect(view).toMatchObject({ state: 'canceled', left: [] });
  expect(view.cancellation).toEqual({ code: 'rejected', by: 'grace', reason: 'seen' });
  expect(world.product.done).toEqual(['create', 'update', 'upload', 'delete']);
  expect(world.host.clock.now()).toBe(decidedAt);
});

test('nobody decides: it fails when the time is up, keeps its draft, and a retry asks again', async () => {
  world = await atGate();
  const opened = world.host.clock.now();

  const view = await world.finish();

  expect(view).toMatchObject({ state: 'failed', left: ['draft'], decisions: [{ decision: 'expired' }] });
  expect(view.failure).toMatchObject({ code: 'approval-timeout', step: 'approveCommit' });
  expect(world.host.clock.now() - opened).toBe(72 * hour);
  await world.records.runs.retryRun(world.releaseId, world.host.now.toISOString());
  world.start();
  await world.host.runUntil(() => world.view.waitingFor?.kind === 'approval');
  world.decide('approved');
  expect((await world.finish()).state).toBe('succeeded');
});

test('a decision in the very moment of the time-out counts, because the gate is closed once', async () => {
  world = await atGate();
  world.before.set('closeGate', () => world.decide('approved', { ring: false }));

  const view = await world.finish();

  expect(view).toMatchObject({ state: 'succeeded', decisions: [{ decision: 'approved' }] });
});

test('a ring and the time-out in the same moment lead to one decision', async () => {
  world = await atGate();
  await world.host.advance(72 * hour - 1);

  world.decide('rejected');
  await world.host.advance(1);
  const view = await world.finish();

  expect(view).toMatchObject({ state: 'canceled', decisions: [{ decision: 'rejected' }] });
});

test('a decision for another gate is ignored', async () => {
  world = await atGate();

  world.decide('approved', { gateId: 'another-gate' });
  await world.host.advance(hour);

  expect(world.view.state).toBe('waiting');
  expect(world.product.count('commit')).toBe(0);
});

test('rings that bring nothing leave it waiting, and the gate as it is', async () => {
  world = await atGate();
  const { waitingFor } = world.view;

  for (let ring = 0; ring < 3; ring++) {
    world.ring(world.record.bell);
    await world.host.advance(hour);
  }

  expect(world.view).toMatchObject({ state: 'waiting', waitingFor });
});
