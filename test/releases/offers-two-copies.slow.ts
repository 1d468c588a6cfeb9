/**
 * The platform may run an activity twice, in a row or at once: so are those of offers here, and what the outside sees is
 * one.
 */
import type { OfferCall, PublicationCall } from '../../src/contracts/offer-activities';
import type { Result } from '../../src/domain/failure';
import type { ReleaseDocument } from '../../src/domain/release-document';
import { offerKey } from '../../src/domain/offer/offer';
import { PRODUCTS } from '../emulator/ingestion-api';
import { expectNothingUnhit } from '../support/emulator';
import { account, releaseWorld, requestsOf, type ReleaseApp } from '../support/release-app';
import { freshOfferApp, monitorKey } from './fresh-offers';

const world = releaseWorld({ certification: '30s' });

beforeEach(() => world().emulator.reset());
afterEach(() => expectNothingUnhit(world().emulator));

const product = { kind: 'marketplace-product', productId: PRODUCTS.monitor } as const;
const key = monitorKey;
const target = product;

/** A run that has the offer and has looked at it. */
async function running(app: ReleaseApp, document: Partial<ReleaseDocument> = {}): Promise<OfferCall> {
  const changes = { listings: { 'en-us': { summary: 'Better.' } }, property: { appVersion: '2.0' } };
  const releaseId = await app.store({ target, changes, ...document });
  const ref = { releaseId, run: 1, token: 'the-instance' };
  const call = { ...ref, account, product };
  valueOf(await app.activities.beginRun(ref));
  valueOf(await app.activities.acquireClaim({ ...call, claim: key }));
  expect(valueOf(await app.activities.lookAtOffer(call))).toMatchObject({ failure: null, faults: [] });
  return call;
}

async function written(app: ReleaseApp): Promise<OfferCall> {
  const call = await running(app);
  expect(valueOf(await app.activities.writeOfferDraft(call))).toMatchObject({ done: true, written: 2 });
  return call;
}

async function previewed(app: ReleaseApp): Promise<PublicationCall> {
  const call = await written(app);
  const { publicationId } = valueOf(await app.activities.publishOffer({ ...call, ended: null }));
  await world().emulator.actions.advanceClock('30s');
  return { ...call, publicationId };
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

const requests = (operation: string): number => requestsOf(world().emulator, operation);

const twice = {
  'in a row': async <T>(run: () => Promise<T>): Promise<T[]> => [await run(), await run()],
  'at once': <T>(run: () => Promise<T>): Promise<T[]> => Promise.all([run(), run()]),
};

/** One did it; the other one says the same, or that it waits for what was sent to show. */
function expectOneEffect<T>(results: readonly Result<T>[], value: object): void {
  expect(results.some(({ ok }) => ok)).toBe(true);
  for (const result of results) {
    if (result.ok) expect(result.value).toMatchObject(value);
    else expect(result.failure).toMatchObject({ unclear: true, retryable: true });
  }
}

describe.each(Object.entries(twice))('%s', (_how, both) => {
  test('make: one product, which both name or one waits for', async () => {
    const app = await freshOfferApp(world());
    const create = { resourceType: 'AzureApplication', name: 'Contoso Twice' } as const;
    const named = { kind: 'marketplace-product', offerId: 'contoso-twice', create } as const;
    const releaseId = await app.store({ target: named });
    const ref = { releaseId, run: 1, token: 'the-instance' };
    valueOf(await app.activities.beginRun(ref));
    const call = { ...ref, account, target: named };

    const results = await both(() => app.activities.makeOffer(call));

    const { product: made } = valueOf(await app.activities.makeOffer(call));
    expectOneEffect(results, { product: made });
    expect(requests('createProduct')).toBe(1);
    expect(await app.rooms.offers.readLedger(offerKey(made ?? product))).toMatchObject({ madeBy: releaseId });
  });

  test('write: each resource once, or again over what is the same', async () => {
    const app = await freshOfferApp(world());
    const call = await running(app);

    const results = await both(() => app.activities.writeOfferDraft(call));

    expect(results.map((result) => valueOf(result).done)).toEqual([true, true]);
    expect(valueOf(await app.activities.verifyOffer({ ...call, place: 'draft', publicationId: null }))).toEqual({});
    expect(Object.keys((await app.rooms.offers.readLedger(key)).entries).sort()).toEqual([
      'listings/en-us',
      'property',
    ]);
  });

  test('write: a new plan is made once, with all that is its own', async () => {
    const app = await freshOfferApp(world());
    const pro = {
      friendlyName: 'Pro',
      subType: 'managed-application',
      availability: { marketStates: { DE: 'Enabled' } },
      listings: { 'en-us': { title: 'Pro', summary: 'For many.', description: 'For many.' } },
    };
    const call = await running(app, { changes: { plans: { pro } } });

    const results = await both(() => app.activities.writeOfferDraft(call));

    // A copy that met the other one's conflict looks again.
    if (results.some(({ ok }) => !ok)) valueOf(await app.activities.writeOfferDraft(call));
    expect(results.every((result) => result.ok || result.failure.retryable)).toBe(true);
    expect(valueOf(await app.activities.verifyOffer({ ...call, place: 'draft', publicationId: null }))).toEqual({});
    const made = world()
      .emulator.actions.journal({ operation: 'createVariant' })
      .filter(({ status = 0 }) => status < 300);
    expect(made).toHaveLength(1);
  });

  test('publish: one submission, which both name or one waits for', async () => {
    const app = await freshOfferApp(world());
    const call = await written(app);

    const results = await both(() => app.activities.publishOffer({ ...call, ended: null }));

    const { publicationId } = valueOf(await app.activities.publishOffer({ ...call, ended: null }));
    expectOneEffect(results, { publicationId });
    expect(requests('createProductSubmission')).toBe(1);
  });

  test('promote: one go-live, which both see or one waits for', async () => {
    const app = await freshOfferApp(world());
    const call = await previewed(app);

    const results = await both(() => app.activities.promoteOffer(call));

    const end = valueOf(await app.activities.promoteOffer(call));
    expect(end).toEqual({ promoted: true, publicationId: call.publicationId });
    expectOneEffect(results, end);
    expect(requests('promoteProductSubmission')).toBe(1);
  });

  test('withdraw before the publication: the draft is back', async () => {
    const app = await freshOfferApp(world());
    const before = await world().emulator.actions.products.live('contoso-monitor');
    const call = await written(app);

    const results = await both(() => app.activities.withdrawOffer({ ...call, publicationId: null }));

    const last = valueOf(await app.activities.withdrawOffer({ ...call, publicationId: null }));
    expect(last).toEqual({ done: true, left: [] });
    for (const result of results) expect(result.ok ? result.value : result.failure.retryable).not.toBe(false);
    expect((await app.rooms.offers.readLedger(key)).entries).toEqual({});
    expect(valueOf(await app.activities.lookAtOffer(call))).toMatchObject({ failure: null, writes: 2 });
    expect(await world().emulator.actions.products.live('contoso-monitor')).toEqual(before);
  });

  test('withdraw while the preview is made: the submission is gone, once', async () => {
    const app = await freshOfferApp(world());
    const call = await written(app);
    const { publicationId } = valueOf(await app.activities.publishOffer({ ...call, ended: null }));

    const results = await both(() => app.activities.withdrawOffer({ ...call, publicationId }));

    expect(results.map(valueOf)).toEqual([
      { done: true, left: [] },
      { done: true, left: [] },
    ]);
    expect((await app.rooms.offers.readLedger(key)).entries).toEqual({});
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
  test('publish: finds the submission that the other one made', async () => {
    const app = await freshOfferApp(world());
    const call = await written(app);

    const [slow, fast] = await overtaken('listProductSubmissions', () =>
      app.activities.publishOffer({ ...call, ended: null }),
    );

    expect(valueOf(slow).publicationId).toBe(valueOf(fast).publicationId);
    expect(requests('createProductSubmission')).toBe(1);
  });

  test('promote: sees that the other one let it go', async () => {
    const app = await freshOfferApp(world());
    const call = await previewed(app);

    const results = await overtaken('listProductSubmissions', () => app.activities.promoteOffer(call));

    const { publicationId } = call;
    expect(results.map(valueOf)).toEqual([
      { promoted: true, publicationId },
      { promoted: true, publicationId },
    ]);
    expect(requests('promoteProductSubmission')).toBe(1);
  });
});

test('an instance that lost the run, and a run that does not hold the offer, change nothing', async () => {
  const app = await freshOfferApp(world());
  const call = await previewed(app);
  const { publicationId } = call;
  const before = world().emulator.actions.journal().length;
  const each = (one: OfferCall) => [
    app.activities.writeOfferDraft(one),
    app.activities.uploadOfferFiles(one),
    app.activities.publishOffer({ ...one, ended: null }),
    app.activities.promoteOffer({ ...one, publicationId }),
    app.activities.settleOffer({ ...one, end: 'live' }),
  ];

  const stranger = { ...call, token: 'an-instance-of-before' };
  const lost = await Promise.all([
    ...each(stranger),
    app.activities.withdrawOffer({ ...stranger, publicationId: null }),
  ]);
  await app.rooms.claims.release(key, call.releaseId);
  const idle = await Promise.all(each(call));

  expect([...lost, ...idle].map(({ ok }) => ok)).toEqual([...lost, ...idle].map(() => false));
  expect(world().emulator.actions.journal()).toHaveLength(before);
});
