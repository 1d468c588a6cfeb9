/** Prices of a marketplace product, and the reports of its certification, through the whole app. */
import type { ReleaseDocument } from '../../src/domain/release-document';
import { letBudgetRecover } from '../functions/app-http';
import { releaseWorld, requestsOf } from '../support/release-app';
import { pipelineOf } from './app-pipeline';
import { freshOfferApp } from './fresh-offers';

const world = releaseWorld({ certification: '3s' });

beforeEach(() => world().emulator.reset());

const target = { kind: 'marketplace-product', offerId: 'contoso-monitor' } as const;
const monthly = (openPrice: number) => ({
  priceSchedules: [
    {
      isBaseSchedule: true,
      schedules: [
        {
          retailPrice: { openPrice, currencyCode: 'USD' },
          pricingModel: 'Recurring',
          priceCadence: { type: 'Month', value: 1 },
        },
      ],
    },
  ],
});
const dearer = { plans: { basic: { availability: monthly(1234) } } };

test('a price that the release may not change is refused before anything is written', async () => {
  const app = await freshOfferApp(world());
  const pipeline = await pipelineOf(app);

  const view = await pipeline.finish(await pipeline.start({ target, changes: dearer }));

  const pointer = '/changes/plans/basic/availability/priceSchedules';
  expect(view).toMatchObject({
    state: 'failed',
    failure: { code: 'document-unfit', errors: [{ code: 'price-kept', pointer }] },
    left: [],
  });
  expect(requestsOf(world().emulator, 'updateFeatureAvailability')).toBe(0);
});

test('a price goes live where the release says that it changes', async () => {
  const app = await freshOfferApp(world());
  const pipeline = await pipelineOf(app);

  const view = await pipeline.finish(
    await pipeline.start({ target, changes: dearer, options: { price: 'change', approvals: [] } }),
  );

  expect(view).toMatchObject({ state: 'succeeded', left: [] });
  expect(JSON.stringify(await world().emulator.actions.products.live('contoso-monitor'))).toContain('1234');
});

test('a price that somebody has changed in the portal is adopted only where the release may change prices', async () => {
  const app = await freshOfferApp(world());
  const pipeline = await pipelineOf(app);
  await world().emulator.actions.products.person({
    action: 'editAvailability',
    product: 'contoso-monitor',
    plan: 'basic',
    change: monthly(1234),
  });
  const changes = { listings: { 'en-us': { summary: 'Better.' } } };
  const options = { onForeignDraft: 'adopt', approvals: [] } as const;

  const kept = await pipeline.finish(await pipeline.start({ target, changes, options }));
  const liveThen = JSON.stringify(await world().emulator.actions.products.live('contoso-monitor'));
  const adopted = await pipeline.finish(
    await pipeline.start({ target, changes, options: { ...options, price: 'change' } }),
  );

  const pointer = '/changes/plans/basic/availability/priceSchedules';
  expect(kept).toMatchObject({
    state: 'failed',
    failure: { code: 'document-unfit', errors: [{ code: 'price-kept', pointer }] },
    left: [],
  });
  expect(liveThen).not.toContain('1234');
  expect(adopted).toMatchObject({ state: 'succeeded', left: [] });
  expect(JSON.stringify(await world().emulator.actions.products.live('contoso-monitor'))).toContain('1234');
});

test('what a use costs that a publisher counts changes only where the release says so, too', async () => {
  const app = await world().app();
  const pipeline = await pipelineOf(app);
  const availability = { customMeters: { calls: { displayName: 'Calls', unitOfMeasure: 'call', priceInUsd: 2 } } };
  const document: Partial<ReleaseDocument> = { target, changes: { plans: { basic: { availability } } } };

  const kept = await pipeline.finish(await pipeline.start(document));
  const changed = await pipeline.finish(
    await pipeline.start({ ...document, options: { price: 'change', until: 'draft' } }),
  );

  expect(kept).toMatchObject({ state: 'failed', left: [] });
  expect(kept.failure?.errors).toContainEqual(
    expect.objectContaining({
      code: 'price-kept',
      pointer: '/changes/plans/basic/availability/customMeters/calls/priceInUsd',
    }),
  );
  expect(changed).toMatchObject({ state: 'succeeded', left: ['draft'] });
});

test('a certification report is found by an address of the moment, which nothing keeps', async () => {
  const app = await freshOfferApp(world());
  const pipeline = await pipelineOf(app);
  const reportTimeInUtc = '2026-11-20T08:00:00';
  const reports = ['Passed', 'Failed'].map((status) => ({
    reportTimeInUtc,
    status,
    fileUri: `https://reports.example/${status}.pdf?sig=Report%2Bsecret`,
  }));
  await world().emulator.actions.products.addSubmissionOutcome({ result: 'FailedInCertification', reports });
  const changes = { listings: { 'en-us': { summary: 'Better.' } } };
  const id = await pipeline.start({ target, changes, options: { approvals: [] } });
  const view = await pipeline.finish(id);
  letBudgetRecover(app);

  const hrefs = view.remote?.reports.map(({ href }) => href) ?? [];
  const [first, second, third] = await Promise.all(
    [1, 2, 3].map((n) => pipeline.send('GET', `/releases/${id}/reports/${String(n)}`)),
  );

  expect(view).toMatchObject({ state: 'failed', failure: { code: 'go-live-failed' } });
  expect(hrefs).toEqual([1, 2].map((n) => `/api/releases/${id}/reports/${String(n)}`));
  expect([first, second].map((answer) => answer?.status)).toEqual([302, 302]);
  expect(first?.headers.get('location')).toBe(reports[0]?.fileUri);
  expect(second?.headers.get('location')).toBe(reports[1]?.fileUri);
  expect(third).toMatchObject({ status: 404, body: { code: 'report-not-found' } });
  expect(JSON.stringify([view, app.host.logs])).not.toContain('Report%2Bsecret');
});
