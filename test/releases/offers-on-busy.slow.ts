/** Two releases of one offer: queued, superseded, refused, and canceled while they wait. */
import type { ReleaseDocument } from '../../src/domain/release-document';
import { expectNothingUnhit } from '../support/emulator';
import { releaseWorld, requestsOf } from '../support/release-app';
import { pipelineOf } from './app-pipeline';
import { freshOfferApp } from './fresh-offers';

const world = releaseWorld({ certification: '3s' });

beforeEach(() => world().emulator.reset());
afterEach(() => expectNothingUnhit(world().emulator));

const target = { kind: 'marketplace-product', offerId: 'contoso-monitor' } as const;
const saying = (summary: string, options: ReleaseDocument['options'] = {}) => ({
  target,
  changes: { listings: { 'en-us': { summary } } },
  options,
});
const live = async (): Promise<string> =>
  JSON.stringify(await world().emulator.actions.products.live('contoso-monitor'));

/** Changes that reached Partner Center. */
const changes = (): number =>
  world()
    .emulator.actions.journal()
    .filter(({ method, path }) => method !== 'GET' && path.includes('/ingestion/')).length;

/** One that waits at its gate, and one behind it. */
async function two(onBusy: 'queue' | 'supersede') {
  const app = await freshOfferApp(world());
  const pipeline = await pipelineOf(app);
  const first = await pipeline.startToGate(saying('First.'));
  const second = await pipeline.start(saying('Second.', { onBusy, approvals: [] }));
  return { app, pipeline, first, second };
}

test('the second one queues, and goes on from what the first one made live', async () => {
  const { app, pipeline, first, second } = await two('queue');
  await app.host.settle();

  const queued = await pipeline.view(second);
  await pipeline.command(first.id, 'approve', { gateId: first.gateId });
  const ends = [await pipeline.finish(first.id), await pipeline.finish(second)];

  expect(queued.waitingFor).toMatchObject({ kind: 'release', release: first.id });
  expect(ends).toMatchObject([{ state: 'succeeded' }, { state: 'succeeded', left: [] }]);
  expect(await live()).toContain('Second.');
  expect(requestsOf(world().emulator, 'promoteProductSubmission')).toBe(2);
});

test('one that supersedes cancels the one at its gate, whose draft is put back, and replaces its preview', async () => {
  const { pipeline, first, second } = await two('supersede');

  const ends = [await pipeline.finish(first.id), await pipeline.finish(second)];

  expect(ends).toMatchObject([
    { state: 'canceled', cancellation: { code: 'superseded' }, left: ['preview'] },
    { state: 'succeeded', failure: null, left: [] },
  ]);
  expect(await live()).toContain('Second.');
  expect(await live()).not.toContain('First.');
  expect(requestsOf(world().emulator, 'promoteProductSubmission')).toBe(1);
});

test('one that is canceled while it queues has changed nothing, and leaves the first one alone', async () => {
  const { app, pipeline, first, second } = await two('queue');
  await app.host.settle();
  const before = changes();

  expect(await pipeline.command(second, 'cancel')).toEqual({ status: 202 });
  const canceled = await pipeline.finish(second);

  const after = changes();
  expect(canceled).toMatchObject({ state: 'canceled', left: [] });
  expect(after).toBe(before);
  expect(await pipeline.view(first.id)).toMatchObject({ state: 'waiting', waitingFor: { gateId: first.gateId } });
  await pipeline.command(first.id, 'approve', { gateId: first.gateId });
  expect(await pipeline.finish(first.id)).toMatchObject({ state: 'succeeded', left: [] });
  expect(await live()).toContain('First.');
});
