/** Offers and plans that a release makes: to a draft first, and on to live with the next one. */
import type { ReleaseDocument } from '../../src/domain/release-document';
import { packageOf } from '../support/application-package';
import { leave, png } from '../support/pictures';
import { releaseWorld, requestsOf } from '../support/release-app';
import type { ReleaseApp } from '../support/release-app';
import { pipelineOf } from './app-pipeline';
import { freshOfferApp } from './fresh-offers';

const world = releaseWorld({ certification: '3s' });

beforeEach(() => world().emulator.reset());

const create = { resourceType: 'AzureApplication', name: 'Contoso Gateway' } as const;
const target = { kind: 'marketplace-product', offerId: 'contoso-gateway', create } as const;
const texts = (title: string) => ({ title, summary: `${title}, in short.`, description: `<p>${title}.</p>` });

async function first(app: ReleaseApp): Promise<Partial<ReleaseDocument>> {
  return {
    target,
    assets: [{ path: 'large.png', source: await leave(app, png(216, 216, 'large')) }],
    changes: {
      property: { leveledCategories: { networking: ['firewalls'] }, useEnterpriseContract: true },
      listings: {
        'en-us': { ...texts('Contoso Gateway'), images: { AzureLogoLarge: [{ file: 'large.png' }] } },
        'de-de': texts('Contoso Tor'),
      },
    },
    options: { until: 'draft' },
  };
}

const plans = {
  pro: {
    friendlyName: 'Pro',
    subType: 'managed-application',
    listings: { 'en-us': texts('Pro') },
    availability: {
      marketStates: { DE: 'Enabled', US: 'Enabled' },
      trial: { type: 'NoTrial' },
      priceSchedules: [
        {
          isBaseSchedule: true,
          schedules: [
            {
              retailPrice: { openPrice: 40, currencyCode: 'USD' },
              pricingModel: 'Recurring',
              priceCadence: { type: 'Month', value: 1 },
            },
          ],
        },
      ],
    },
    packageConfiguration: {
      publicAzureTenantID: '72f988bf-0000-4000-8000-00000000c0de',
      publicAzureAuthorizations: [
        {
          principalID: 'a0f0e000-0000-4000-8000-0000000000c1',
          roleDefinitionID: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
        },
      ],
    },
  },
  self: { friendlyName: 'Self', subType: 'solution-template', listings: { 'en-us': texts('Self') } },
};

/** As `first`, to live. */
async function second(app: ReleaseApp): Promise<Partial<ReleaseDocument>> {
  return {
    target,
    packages: [await packageOf(app, '1.0.0', 'pro'), await packageOf(app, '1.0.1', 'self')],
    changes: { plans, listings: { 'de-de': { summary: 'Ein Tor.' } } },
    options: { approvals: [] },
  };
}

const requests = (operation: string): number => requestsOf(world().emulator, operation);
const live = async (offer = 'contoso-gateway'): Promise<string> =>
  JSON.stringify(await world().emulator.actions.products.live(offer));

test.each([['no answer is lost'], ['the answer to the making is lost']])(
  'a new product is made once, kept as a draft, and goes live with the next release: %s',
  async (what) => {
    const app = await freshOfferApp(world());
    const pipeline = await pipelineOf(app);
    if (what.includes('making')) {
      world().emulator.actions.addFault({ operation: 'createProduct', when: 'after', cut: true });
    }

    const draft = await pipeline.finish(await pipeline.start(await first(app)));
    const view = await pipeline.finish(await pipeline.start(await second(app)));

    expect(draft).toMatchObject({ state: 'succeeded', left: ['draft'] });
    expect(view).toMatchObject({ state: 'succeeded', failure: null, left: [] });
    expect(requests('createProduct')).toBe(1);
    expect(requests('createVariant')).toBe(2);
    expect(requests('promoteProductSubmission')).toBe(1);
    expect(await live()).toContain('Ein Tor.');
    expect(await live()).toContain('monitor-1.0.1.zip');
  },
);

test('what somebody changes in the draft that a release made does not go live with the next one', async () => {
  const app = await freshOfferApp(world());
  const pipeline = await pipelineOf(app);
  await pipeline.finish(await pipeline.start(await first(app)));
  const person = { action: 'editProperty', product: 'contoso-gateway', change: { termsOfUse: 'Mine.' } } as const;
  await world().emulator.actions.products.person(person);

  const refused = await pipeline.finish(await pipeline.start(await second(app)));

  expect(refused).toMatchObject({ state: 'failed', failure: { code: 'foreign-draft' } });
  expect(refused.failure?.detail).toContain('property');
  expect(requests('createProductSubmission')).toBe(0);
});

test('what went live with all that the service added is nobody else’s work for the release after it', async () => {
  const app = await freshOfferApp(world());
  const pipeline = await pipelineOf(app);
  const changes = { plans };
  const packages = [await packageOf(app, '2.0.0', 'pro'), await packageOf(app, '2.0.1', 'self')];
  const monitor = { kind: 'marketplace-product', offerId: 'contoso-monitor' } as const;
  const added = { target: monitor, changes, packages, options: { approvals: [] } } as const;

  const made = await pipeline.finish(await pipeline.start(added));
  const again = await pipeline.finish(await pipeline.start({ ...added, labels: { again: 'yes' } }));
  const next = await pipeline.finish(
    await pipeline.start({
      target: monitor,
      changes: { plans: { self: { listings: { 'en-us': { summary: 'By yourself.' } } } } },
      options: { approvals: [] },
    }),
  );

  expect([made, again, next]).toMatchObject([1, 2, 3].map(() => ({ state: 'succeeded', failure: null, left: [] })));
  expect(requests('createProductSubmission')).toBe(2);
  expect(await live('contoso-monitor')).toContain('By yourself.');
});

test('a new plan that is kept as a draft is gone on with, and what a person adds to it is not', async () => {
  const app = await freshOfferApp(world());
  const pipeline = await pipelineOf(app);
  const monitor = { kind: 'marketplace-product', offerId: 'contoso-monitor' } as const;
  const packages = [await packageOf(app, '3.0.0', 'pro'), await packageOf(app, '3.0.1', 'self')];
  const summary = { listings: { 'en-us': { summary: 'With new plans.' } } };
  await pipeline.finish(
    await pipeline.start({ target: monitor, changes: { plans }, packages, options: { until: 'draft' } }),
  );
  const person = { action: 'setMarket', product: 'contoso-monitor', plan: 'self', market: 'JP' } as const;
  await world().emulator.actions.products.person({ ...person, state: 'Enabled' });

  const refused = await pipeline.finish(await pipeline.start({ target: monitor, changes: summary }));
  await world().emulator.actions.products.person({ ...person, state: 'Disabled' });
  const view = await pipeline.finish(
    await pipeline.start({ target: monitor, changes: summary, options: { approvals: [] } }),
  );

  expect(refused).toMatchObject({ failure: { code: 'foreign-draft' } });
  expect(refused.failure?.errors.map(({ message }) => message)).toEqual(['plans/self/availability']);
  expect(view).toMatchObject({ state: 'succeeded', failure: null, left: [] });
  expect(await live('contoso-monitor')).toContain('monitor-3.0.1.zip');
});

test.each(['createVariant', 'updateFeatureAvailability', 'updatePackageConfiguration', 'createListing'])(
  'a release that failed at %s of a new plan is gone on with by its retry, and by another release',
  async (operation) => {
    const app = await freshOfferApp(world());
    const pipeline = await pipelineOf(app);
    const monitor = { kind: 'marketplace-product', offerId: 'contoso-monitor' } as const;
    const fails = () => world().emulator.actions.addFault({ operation, answer: { status: 403 } });
    const german = { 'en-us': texts('Pro'), 'de-de': texts('Profi') };
    const changes = { plans: { pro: { ...plans.pro, listings: german } } };
    fails();
    const id = await pipeline.start({ target: monitor, changes, packages: [await packageOf(app, '4.0.0', 'pro')] });
    const failed = await pipeline.finish(id);
    fails();
    await pipeline.command(id, 'retry', {});
    const twice = await pipeline.finish(id);

    const other = await pipeline.finish(
      await pipeline.start({
        target: monitor,
        changes: { listings: { 'en-us': { summary: 'Of another one.' } } },
        options: { approvals: [] },
      }),
    );

    expect([failed, twice]).toMatchObject(
      [1, 2].map(() => ({ state: 'failed', failure: { code: 'product-forbidden' } })),
    );
    expect(other).toMatchObject({ state: 'succeeded', failure: null, left: [] });
    expect(await live('contoso-monitor')).toContain('Of another one.');
    expect(await live('contoso-monitor')).not.toContain('"Pro"');
  },
);
