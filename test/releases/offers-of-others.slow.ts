/**
 * What a release finds where it had sent something and got no answer, or where somebody else was quicker: it takes for its
 * own what is provably so, and nothing else.
 */
import type { OfferCall, PublicationCall } from '../../src/contracts/offer-activities';
import type { Result } from '../../src/domain/failure';
import { offerKey } from '../../src/domain/offer/offer';
import type { Offer } from '../../src/domain/offer/offer';
import { summary, tell } from '../offers/cloud-partner-setup';
import { IngestionApi, PRODUCTS } from '../emulator/ingestion-api';
import { expectNothingUnhit } from '../support/emulator';
import { account, releaseWorld, requestsOf, type ReleaseApp } from '../support/release-app';
import { freshOfferApp } from './fresh-offers';

const world = releaseWorld({ certification: '30s' });

beforeEach(() => world().emulator.reset());
afterEach(() => expectNothingUnhit(world().emulator));

const application = { kind: 'marketplace-product', productId: PRODUCTS.monitor } as const;
const machine = { kind: 'cloud-partner-offer', publisherId: 'contoso', offerId: 'contoso-linux' } as const;
const ofMachine = { publisher: 'contoso', offer: 'contoso-linux' } as const;
const ofApplication = { product: 'contoso-monitor' } as const;

async function freshApp(product: Offer): Promise<ReleaseApp> {
  const app = await freshOfferApp(world());
  const { claims } = app.rooms;
  const key = offerKey(product);
  for (let holder = await claims.holder(key); holder !== undefined;) holder = await claims.release(key, holder);
  return app;
}

/** A run that has the offer, and has written its draft. */
async function written(app: ReleaseApp, product: typeof application | typeof machine): Promise<OfferCall> {
  const isMachine = product.kind === 'cloud-partner-offer';
  const changes = isMachine ? { offer: { [summary]: 'Better.' } } : { listings: { 'en-us': { summary: 'Better.' } } };
  const options = isMachine ? { notificationEmails: tell } : {};
  const releaseId = await app.store({ target: product, changes, options });
  const ref = { releaseId, run: 1, token: 'the-instance' };
  const call = { ...ref, account, product };
  valueOf(await app.activities.beginRun(ref));
  valueOf(await app.activities.acquireClaim({ ...call, claim: offerKey(product) }));
  valueOf(await app.activities.lookAtOffer(call));
  valueOf(await app.activities.writeOfferDraft(call));
  return call;
}

async function previewed(app: ReleaseApp, product: typeof application | typeof machine): Promise<PublicationCall> {
  const call = await written(app, product);
  const { publicationId } = valueOf(await app.activities.publishOffer({ ...call, ended: null, before: null }));
  await world().emulator.actions.advanceClock('30s');
  return { ...call, publicationId };
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

const requests = (operation: string): number => requestsOf(world().emulator, operation);
const cutBefore = (operation: string) => world().emulator.actions.addFault({ operation, when: 'before', cut: true });

describe('a go-live whose answer was lost', () => {
  test('is not taken for the publication that somebody else has begun since: an operation', async () => {
    const app = await freshApp(machine);
    const call = await previewed(app, machine);
    const { emulator } = world();
    cutBefore('goLive');
    const lost = await app.activities.promoteOffer(call);
    await emulator.offers.portal.act({ action: 'publish', ...ofMachine });

    const after = await app.activities.promoteOffer(call);

    const [theirs] = (await emulator.offers.offer('contoso', 'contoso-linux')).operations;
    expect(lost.ok ? null : lost.failure.unclear).toBe(true);
    expect(after.ok ? null : after.failure.code).toBe('preview-lost');
    expect(theirs?.id).not.toBe(call.publicationId);
    expect(await app.rooms.ownSubmissions.get(offerKey(machine), theirs?.id ?? '')).toBeUndefined();
  });

  test('is not taken for the publication that somebody else has begun since: a submission', async () => {
    const app = await freshApp(application);
    const call = await previewed(app, application);
    cutBefore('promoteProductSubmission');
    await app.activities.promoteOffer(call);
    const theirs = await world().emulator.actions.products.person({ action: 'submit', ...ofApplication });

    const after = await app.activities.promoteOffer(call);

    expect(after.ok ? null : after.failure.code).toBe('preview-lost');
    expect(theirs.id).not.toBe(call.publicationId);
    expect(await app.rooms.ownSubmissions.get(offerKey(application), theirs.id)).toBeUndefined();
  });

  test('is found by the operation that the preview went on as', async () => {
    const app = await freshApp(machine);
    const call = await previewed(app, machine);
    world().emulator.actions.addFault({ operation: 'goLive', when: 'after', cut: true });
    await app.activities.promoteOffer(call);

    const after = valueOf(await app.activities.promoteOffer(call));

    const [last] = (await world().emulator.offers.offer('contoso', 'contoso-linux')).operations;
    expect(after).toEqual({ promoted: true, publicationId: last?.id });
    expect(requests('goLive')).toBe(1);
  });

  test('is left to run its way by who gives up the watching: nothing is canceled, nothing put back', async () => {
    const app = await freshApp(machine);
    const call = await previewed(app, machine);
    cutBefore('goLive');
    await app.activities.promoteOffer(call);

    const withdrawn = valueOf(await app.activities.withdrawOffer(call));

    const { slots } = await world().emulator.offers.offer('contoso', 'contoso-linux');
    expect(withdrawn).toEqual({ done: true, left: ['publication'] });
    expect(requests('cancelOperation')).toBe(0);
    expect(slots.draft?.offer).toMatchObject({ [summary]: 'Better.' });
  });
});

describe('a preview that a person lets go live while the release waits at its gate', () => {
  test('is on its way to customers, and the release with it', async () => {
    const app = await freshApp(machine);
    const call = await previewed(app, machine);
    await world().emulator.offers.portal.act({ action: 'goLive', ...ofMachine });

    const promoted = valueOf(await app.activities.promoteOffer(call));

    const [last] = (await world().emulator.offers.offer('contoso', 'contoso-linux')).operations;
    expect(promoted).toEqual({ promoted: true, publicationId: last?.id });
    expect(requests('goLive')).toBe(0);
  });

  test('is not taken back by a rejection: it is told as left, and the draft stays what goes live', async () => {
    const app = await freshApp(machine);
    const call = await previewed(app, machine);
    await world().emulator.offers.portal.act({ action: 'goLive', ...ofMachine });

    const withdrawn = valueOf(await app.activities.withdrawOffer(call));

    const { slots } = await world().emulator.offers.offer('contoso', 'contoso-linux');
    expect(withdrawn).toEqual({ done: true, left: ['publication'] });
    expect(slots.draft?.offer).toMatchObject({ [summary]: 'Better.' });
  });
});

test('what is live is read back from a list that shows it, however long that takes', async () => {
  const app = await freshApp(application);
  const { actions } = world().emulator;
  const raw = await IngestionApi.signIn(world().emulator);
  const { body } = await raw.get(`products/${PRODUCTS.monitor}/submissions`);
  const call = await previewed(app, application);
  valueOf(await app.activities.promoteOffer(call));
  await actions.advanceClock('30s');
  actions.addFault({ operation: 'listProductSubmissions', answer: { status: 200, json: body as object } });
  const check = () => app.activities.verifyOffer({ ...call, place: 'live' });

  const [early, late] = [await check(), await check()];

  expect(early.ok ? null : early.failure).toMatchObject({ code: 'partner-center-unavailable', retryable: true });
  expect(late).toEqual({ ok: true, value: {} });
});

describe('a second delivery of what has been answered, where lists lag behind', () => {
  test('publishes once', async () => {
    const app = await freshApp(application);
    const { actions } = world().emulator;
    // So that the lists show what the seed has planted.
    await actions.advanceClock('120s');
    await actions.setSwitches({ 'ingestion.listDelay': 60_000 });
    const call = await written(app, application);
    const input = { ...call, ended: null, before: null };
    const first = valueOf(await app.activities.publishOffer(input));

    const second = valueOf(await app.activities.publishOffer(input));

    expect(second.publicationId).toBe(first.publicationId);
    expect(requests('createProductSubmission')).toBe(1);
  });

  test('lets go live once, and nobody may cancel it meanwhile', async () => {
    const app = await freshApp(machine);
    const call = await previewed(app, machine);
    const { emulator } = world();
    const rows = await operationsOf(call);
    const first = valueOf(await app.activities.promoteOffer(call));
    emulator.actions.addFault({ operation: 'listOperations', when: 'before', answer: { status: 200, json: rows } });

    const second = valueOf(await app.activities.promoteOffer(call));

    expect(second).toEqual(first);
    expect(requests('goLive')).toBe(1);
    expect((await app.rooms.releases.read(call.releaseId))?.record.phase).toBe('committed');
  });
});

/** The list as the service tells it before the go-live shows. */
async function operationsOf({ publicationId }: PublicationCall): Promise<readonly object[]> {
  const { operations } = await world().emulator.offers.offer('contoso', 'contoso-linux');
  return operations
    .filter(({ id, state }) => id === publicationId || state === 'completed')
    .map(({ id, type, state, started }) => ({ id, submissionType: type, submissionState: state, version: started }));
}

/** The last one: its app runs in a time of its own, and spends the requests of that. */
test('a submission that a person cancels in Partner Center ends the release, and the draft is put back', async () => {
  const app = await freshApp(application);
  const { actions } = world().emulator;
  const before = await actions.products.live('contoso-monitor');
  const person = { action: 'cancel', ...ofApplication } as const;
  actions.addFault({ operation: 'getProductSubmission', meanwhile: { person } });
  const id = await app.release({
    target: application,
    changes: { listings: { 'en-us': { summary: 'Better.' } } },
  });

  const view = await app.finish(id);

  const { entries } = await app.rooms.offers.readLedger(offerKey(application));
  expect(view).toMatchObject({ state: 'canceled', cancellation: { code: 'canceled-in-portal' }, left: [] });
  expect(entries).toEqual({});
  expect(await actions.products.live('contoso-monitor')).toEqual(before);
});
