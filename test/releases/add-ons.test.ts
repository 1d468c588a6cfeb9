/** Add-ons: found or made by their product id, a listing and a price, no packages. */
import { ADD_ONS, APPS } from '../support/emulator';
import { releaseWorld, requestsOf } from '../support/release-app';

const world = releaseWorld();

beforeEach(() => world().emulator.reset());

const addOn = (members: object) => ({ target: { kind: 'store-add-on', ...members } as const });
const byName = (productId: string, create?: object) =>
  addOn({ applicationId: APPS.published, productId, ...(create === undefined ? {} : { create }) });
const durable = { productType: 'Durable' };

interface AddOnState {
  readonly productId: string;
  readonly published?: string;
}

async function addOns(): Promise<Readonly<Record<string, AddOnState>>> {
  return ((await world().emulator.actions.state()) as unknown as { addOns: Record<string, AddOnState> }).addOns;
}

async function addOnNamed(productId: string): Promise<AddOnState | undefined> {
  return Object.values(await addOns()).find((one) => one.productId === productId);
}

async function content(submissionId: string | undefined): Promise<unknown> {
  const { submissions } = (await world().emulator.actions.state()) as unknown as {
    submissions: Record<string, { content: unknown }>;
  };
  return submissions[submissionId ?? '']?.content;
}

const whole = {
  contentType: 'OnlineDataStorage',
  lifetime: 'Forever',
  visibility: 'Public',
  pricing: { priceId: 'Tier1012' },
  listings: { 'en-us': { title: 'Gold pack', description: 'Gold.' } },
} as const;

test('a published add-on gets a new text, and nothing else changes', async () => {
  const app = await world().app();
  const before = await content((await addOns())[ADD_ONS.published]?.published);

  const view = await app.finish(
    await app.release({
      ...addOn({ addOnId: ADD_ONS.published }),
      changes: { listings: { 'en-us': { description: 'Unlocks it all.' } } },
    }),
  );

  expect(view).toMatchObject({ state: 'succeeded', remote: { status: 'Published' }, left: [] });
  const { published } = (await addOns())[ADD_ONS.published] ?? {};
  expect(published).toBe(view.remote?.submissionId);
  const expected = JSON.parse(JSON.stringify(before).replace('Unlocks everything.', 'Unlocks it all.')) as unknown;
  expect(await content(published)).toEqual(expected);
  expect(requestsOf(world().emulator, 'createAddOnSubmission')).toBe(1);
  expect(requestsOf(world().emulator, 'commitAddOnSubmission')).toBe(1);
});

test('an add-on that is not there is made and published from nothing', async () => {
  const app = await world().app();

  const view = await app.finish(await app.release({ ...byName('gold-pack', durable), changes: whole }));

  expect(view).toMatchObject({ state: 'succeeded', remote: { status: 'Published' } });
  expect(await addOnNamed('gold-pack')).toMatchObject({ published: view.remote?.submissionId });
  expect(view.target).toMatchObject({
    kind: 'store-add-on',
    productId: 'gold-pack',
    addOnId: expect.any(String) as string,
  });
  expect(requestsOf(world().emulator, 'createAddOn')).toBe(1);
});

test('an add-on is found by its product id, and not made again', async () => {
  const app = await world().app();

  const view = await app.finish(
    await app.release({
      ...byName('pro-pack', durable),
      changes: { listings: { 'en-us': { description: 'Unlocks it all.' } } },
    }),
  );

  expect(view).toMatchObject({ state: 'succeeded', target: { addOnId: ADD_ONS.published } });
  expect(requestsOf(world().emulator, 'createAddOn')).toBe(0);
});

test('an add-on whose product id differs in case alone is not taken for the one that is meant', async () => {
  const app = await world().app();
  const applications = { value: [{ id: APPS.published }], totalCount: 1 };
  const value = [
    { id: '9NADDONOTHER', productId: 'Pro-Pack', applications },
    { id: ADD_ONS.published, productId: 'pro-pack', applications },
  ];
  world().emulator.actions.addFault({ operation: 'listAddOns', patch: { value } });

  const changes = { listings: { 'en-us': { description: 'Unlocks it all.' } } };
  const view = await app.finish(await app.release({ ...byName('pro-pack', durable), changes }));

  expect(view).toMatchObject({ state: 'succeeded', target: { addOnId: ADD_ONS.published } });
});

test.each(['cut', '500'])('an add-on whose create loses its answer (%s) is made once', async (how) => {
  const app = await world().app();
  world().emulator.actions.addFault({
    operation: 'createAddOn',
    when: 'after',
    ...(how === 'cut' ? { cut: true } : { answer: { status: 500 } }),
  });

  const view = await app.finish(await app.release({ ...byName('gold-pack', durable), changes: whole }));

  expect(view.state).toBe('succeeded');
  expect(requestsOf(world().emulator, 'createAddOn')).toBe(1);
});

test('a first submission that lacks what the Store wants is told all of it, before anything is made', async () => {
  const app = await world().app();

  const view = await app.finish(
    await app.release({ ...addOn({ addOnId: ADD_ONS.neverPublished }), changes: { tag: 'x' } }),
  );

  expect(view).toMatchObject({ state: 'failed', failure: { code: 'document-unfit' }, left: [] });
  expect(view.failure?.errors.map(({ code }) => code).sort()).toEqual(['content-type-missing', 'listing-missing']);
  expect(requestsOf(world().emulator, 'createAddOnSubmission')).toBe(0);
});

test('an add-on that the Store manages is told apart', async () => {
  const app = await world().app();

  const view = await app.finish(
    await app.release({ ...addOn({ addOnId: ADD_ONS.unsupported }), changes: { tag: 'x' } }),
  );

  expect(view).toMatchObject({ state: 'failed', failure: { code: 'unsupported-features' } });
});

test('what is live already makes no submission', async () => {
  const app = await world().app();

  const view = await app.finish(
    await app.release({
      ...addOn({ addOnId: ADD_ONS.published }),
      changes: { listings: { 'en-us': { title: 'Pro pack' } } },
    }),
  );

  expect(view.state).toBe('succeeded');
  expect(requestsOf(world().emulator, 'createAddOnSubmission')).toBe(0);
});

test('a price is kept unless the release says that it may change', async () => {
  const app = await world().app();
  const priced = { ...addOn({ addOnId: ADD_ONS.published }), changes: { pricing: { priceId: 'Tier1020' } } };

  const kept = await app.finish(await app.release(priced));
  const changed = await app.finish(await app.release({ ...priced, options: { price: 'change' } }));

  expect(kept).toMatchObject({
    state: 'failed',
    failure: { code: 'document-unfit', errors: [{ code: 'price-kept' }] },
  });
  expect(changed.state).toBe('succeeded');
  expect(await content((await addOns())[ADD_ONS.published]?.published)).toMatchObject({
    pricing: { priceId: 'Tier1020' },
  });
});
