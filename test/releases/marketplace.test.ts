/** Products of the Partner Center submission API through the whole app: from one document to preview, the gate, and live. */
import type { ReleaseDocument } from '../../src/domain/release-document';
import { releaseWorld, requestsOf } from '../support/release-app';
import { packageOf } from '../support/application-package';
import { pipelineOf } from './app-pipeline';
import { freshOfferApp } from './fresh-offers';

// A package is processed in a tenth of it, which is waited for.
const world = releaseWorld({ certification: '3s' });

beforeEach(() => world().emulator.reset());

const target = { kind: 'marketplace-product', offerId: 'contoso-monitor' } as const;
const summary = (text: string) => ({ listings: { 'en-us': { summary: text } } });

const live = async (): Promise<string> =>
  JSON.stringify(await world().emulator.actions.products.live('contoso-monitor'));
const submissions = (): number => requestsOf(world().emulator, 'createProductSubmission');

test('a managed application gets its new version: preview, a person at the gate, live, and read back', async () => {
  const app = await freshOfferApp(world());
  const pipeline = await pipelineOf(app);
  const { id, gateId } = await pipeline.startToGate({
    target,
    packages: [await packageOf(app, '1.4.0')],
    changes: summary('Version 1.4.0 is faster.'),
  });

  const waiting = await pipeline.view(id);
  expect(waiting).toMatchObject({
    state: 'waiting',
    step: 'approveGoLive',
    waitingFor: { gate: 'go-live' },
    remote: { status: 'Published/ReadyToPublish' },
    packages: [{ fileName: 'monitor-1.4.0.zip', identity: 'basic', version: '1.4.0' }],
  });
  expect(waiting.remote?.links.length).toBeGreaterThan(0);
  expect(await live()).not.toContain('1.4.0');
  expect(await pipeline.command(id, 'approve', { gateId })).toEqual({ status: 202 });
  const view = await pipeline.finish(id);

  expect(view).toMatchObject({ state: 'succeeded', left: [], remote: { status: 'Published/InStore' } });
  expect(await live()).toContain('Version 1.4.0 is faster.');
  expect(await live()).toContain('monitor-1.4.0.zip');
  expect(submissions()).toBe(1);
  expect(requestsOf(world().emulator, 'promoteProductSubmission')).toBe(1);
});

test('the same asked for again is live already, and nothing is published', async () => {
  const app = await freshOfferApp(world());
  const pipeline = await pipelineOf(app);
  const document: Partial<ReleaseDocument> = {
    target,
    packages: [await packageOf(app, '1.5.0')],
    options: { approvals: [] },
  };
  await pipeline.finish(await pipeline.start(document));

  const view = await pipeline.finish(await pipeline.start({ ...document, labels: { again: 'yes' } }));

  expect(view).toMatchObject({ state: 'succeeded', left: [] });
  expect(submissions()).toBe(1);
});

test('a price that a person has changed in the portal is never published along: refused, and no submission made', async () => {
  const app = await freshOfferApp(world());
  const pipeline = await pipelineOf(app);
  await world().emulator.actions.products.person({
    action: 'editAvailability',
    product: 'contoso-monitor',
    plan: 'basic',
    change: {
      priceSchedules: [{ isBaseSchedule: true, schedules: [{ retailPrice: { openPrice: 1, currencyCode: 'USD' } }] }],
    },
  });

  const view = await pipeline.finish(await pipeline.start({ target, changes: summary('Better.') }));

  expect(view).toMatchObject({ state: 'failed', failure: { code: 'foreign-draft' }, left: [] });
  expect(view.failure?.detail).toContain('plans/basic/availability');
  const changes = world()
    .emulator.actions.journal()
    .filter(({ method, path }) => method !== 'GET' && path.includes('/ingestion/'));
  expect(changes).toEqual([]);
});

test('a publication that fails its validation says what the service found, and a retry goes on', async () => {
  const app = await freshOfferApp(world());
  const pipeline = await pipelineOf(app);
  await world().emulator.actions.products.addSubmissionOutcome({ result: 'ValidationFailed' });
  const id = await pipeline.start({ target, changes: summary('Better.'), options: { approvals: [] } });

  const failed = await pipeline.finish(id);

  expect(failed).toMatchObject({
    state: 'failed',
    failure: { code: 'preview-failed', errors: [{ code: 'Validation-10001' }] },
    left: ['draft'],
  });
  expect((await pipeline.command(id, 'retry', {})).status).toBe(202);
  expect((await pipeline.finish(id)).state).toBe('succeeded');
  expect(submissions()).toBe(2);
});

test('an export, sent as it is, plans no change', async () => {
  const app = await freshOfferApp(world());
  const pipeline = await pipelineOf(app);
  const exported = await pipeline.send(
    'GET',
    '/accounts/contoso/export?kind=marketplace-product&offerId=contoso-monitor',
  );

  const plan = await pipeline.send('POST', '/releases/plan', exported.body);

  expect(exported).toMatchObject({ status: 200 });
  expect(plan).toMatchObject({ status: 200, body: { actions: [], diff: [], blockers: [] } });
});
