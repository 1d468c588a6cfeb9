/** People at work on a product of the marketplace while it is released: in the portal, and at the gates. */
import { releaseWorld, requestsOf } from '../support/release-app';
import { pipelineOf } from './app-pipeline';
import { freshOfferApp } from './fresh-offers';

const world = releaseWorld({ certification: '3s' });

beforeEach(() => world().emulator.reset());

const target = { kind: 'marketplace-product', offerId: 'contoso-monitor' } as const;
const summary = (text: string) => ({ listings: { 'en-us': { summary: text } } });
const live = async (): Promise<string> =>
  JSON.stringify(await world().emulator.actions.products.live('contoso-monitor'));

test('what a person has changed before is published along where the release says so', async () => {
  const app = await freshOfferApp(world());
  const pipeline = await pipelineOf(app);
  await world().emulator.actions.products.person({
    action: 'editProperty',
    product: 'contoso-monitor',
    change: { termsOfUse: 'By a person.' },
  });

  const view = await pipeline.finish(
    await pipeline.start({ target, changes: summary('Better.'), options: { onForeignDraft: 'adopt', approvals: [] } }),
  );

  expect(view.state).toBe('succeeded');
  expect(await live()).toContain('By a person.');
});

test('a rejection puts the draft back, and says that the preview stays; the next release replaces it', async () => {
  const app = await freshOfferApp(world());
  const pipeline = await pipelineOf(app);
  const { id, gateId } = await pipeline.startToGate({ target, changes: summary('Wrong.') });

  await pipeline.command(id, 'reject', { gateId, comment: 'Wrong text.' });
  const view = await pipeline.finish(id);

  expect(view).toMatchObject({
    state: 'canceled',
    cancellation: { code: 'rejected', reason: 'Wrong text.' },
    left: ['preview'],
  });
  expect(requestsOf(world().emulator, 'updateListing')).toBe(2);
  const next = await pipeline.finish(
    await pipeline.start({ target, changes: summary('Right.'), options: { approvals: [] } }),
  );
  expect(next.state).toBe('succeeded');
  expect(await live()).toContain('Right.');
  expect(await live()).not.toContain('Wrong.');
});

test('what somebody changes while the release waits for its commit is seen, and nothing is published', async () => {
  const app = await freshOfferApp(world());
  const pipeline = await pipelineOf(app);
  const options = { approvals: ['commit', 'go-live'] } as const;
  const { id, gateId } = await pipeline.startToGate({ target, changes: summary('Better.'), options });
  await world().emulator.actions.products.person({
    action: 'editListing',
    product: 'contoso-monitor',
    change: { summary: 'Touched.' },
  });

  await pipeline.command(id, 'approve', { gateId });
  const view = await pipeline.finish(id);

  expect(view).toMatchObject({ state: 'failed', failure: { code: 'submission-changed' } });
  expect(requestsOf(world().emulator, 'createProductSubmission')).toBe(0);
});

test('an approval is for the preview that was looked at: one that somebody has published since never goes live', async () => {
  const app = await freshOfferApp(world());
  const pipeline = await pipelineOf(app);
  const { products } = world().emulator.actions;
  const { id, gateId } = await pipeline.startToGate({ target, changes: summary('Better.') });
  await products.person({ action: 'editListing', product: 'contoso-monitor', change: { summary: 'Never seen.' } });
  await products.person({ action: 'submit', product: 'contoso-monitor' });
  await world().emulator.actions.advanceClock('60s');

  await pipeline.command(id, 'approve', { gateId });
  const view = await pipeline.finish(id);

  expect(view).toMatchObject({ state: 'failed', failure: { code: 'preview-lost', step: 'goLive' } });
  expect(requestsOf(world().emulator, 'promoteProductSubmission')).toBe(0);
  expect(await live()).not.toContain('Never seen.');
});
