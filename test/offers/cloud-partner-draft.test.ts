import { unwantedKeys } from '../../src/domain/offer/draft-ledger';
import type { OfferContent } from '../../src/domain/offer/offer-content';
import { ofCloudPartner } from '../../src/activities/offers/cloud-partner/failures';
import { failureOf } from '../partner-center/fakes';
import {
  images,
  logo,
  marketo,
  membersOf,
  secret,
  skuTitle,
  summary,
  title,
  worldsForFile,
} from './cloud-partner-setup';
import type { OfferWorld } from './cloud-partner-setup';

const worldOf = worldsForFile();

const next = { offer: { [summary]: 'Next' } };
const newLogo = { offer: { [logo]: 'https://assets.contoso.example/new.png?sv=1&sig=logo-signature' } };
const withSecret = { offer: { [marketo]: { clientId: 'contoso', clientSecret: { $secret: 'marketo' } } } };
const newImage = {
  plans: {
    base: {
      [images]: {
        '9.5.0': { osVhdUrl: 'https://contososa.blob.core.windows.net/vhds/l95.vhd?sp=rl&sig=disk-signature' },
      },
    },
  },
};
const silver = {
  plans: {
    silver: {
      [skuTitle]: 'Silver',
      virtualMachinePricing: { isByol: true, freeTrialDurationInMonths: 0 },
      [images]: { '1.0.0': { osVhdUrl: 'https://contososa.blob.core.windows.net/vhds/s1.vhd' } },
    },
  },
};

/** What the draft is not, of what was wanted: as the activities judge it. */
async function unwanted(world: OfferWorld, desired: OfferContent): Promise<readonly string[]> {
  return unwantedKeys(desired, await world.api.readDraft(), await world.ledger());
}

async function write(world: OfferWorld, changes: object) {
  const task = await world.task(changes);
  return { task, result: await world.api.write(task) };
}

test('nothing is written over a draft that comes without its version', async () => {
  const world = await worldOf('contoso-linux');
  const task = await world.task(next);
  const json = await world.sentOffer();
  world.emulator.actions.addFault({ operation: 'getOffer', times: 9, answer: { status: 200, body: 'json', json } });

  const error = await failureOf(world.api.write(task));
  world.emulator.actions.clearFaults();

  expect(ofCloudPartner(error)).toMatchObject({ code: 'partner-center-unavailable', retryable: true });
  const puts = world.emulator.actions.journal().filter(({ operation }) => operation === 'putOffer');
  expect(puts).toEqual([]);
});

describe('reading', () => {
  test('a content is the offer and its plans, without signatures and secrets', async () => {
    const world = await worldOf('contoso-linux-pro');

    const content = await world.api.readDraft();

    expect(Object.keys(content)).toEqual(['offer', 'plans/base']);
    expect(content['offer']).toMatchObject({
      displayText: 'Contoso Linux Pro',
      offer: { [title]: 'Contoso Linux Pro' },
    });
    expect(content['plans/base']).not.toHaveProperty('planId');
    expect(JSON.stringify(content)).not.toMatch(/sig=|clientSecret/i);
  });

  test('the draft of an offer that is not there is told by its code', async () => {
    const world = await worldOf('contoso-nothing');

    const error = await failureOf(world.api.readDraft());

    expect(ofCloudPartner(error)).toMatchObject({ code: 'product-not-found', retryable: false });
  });
});

describe('writing', () => {
  test('changes what is asked for and nothing else, in one request', async () => {
    const world = await worldOf('contoso-linux');
    const before = await world.stored();

    const { task, result } = await write(world, next);

    expect(result).toEqual({ ok: true, value: { done: true, written: 2, total: 2 } });
    const after = await world.stored();
    expect(after).toMatchObject({ ...before, offer: { ...before.offer, [summary]: 'Next' } });
    expect(world.requests('putOffer')).toBe(1);
    expect(await unwanted(world, task.desired)).toEqual([]);
    expect(Object.keys((await world.ledger()).entries)).toEqual(['offer']);
  });

  test('writes nothing twice, and nothing where all is as it is to be', async () => {
    const world = await worldOf('contoso-linux');
    const { task } = await write(world, next);

    const again = await world.api.write(task);

    expect(again).toMatchObject({ ok: true, value: { done: true } });
    expect(world.requests('putOffer')).toBe(1);
    expect(await world.api.upload(task)).toEqual({ ok: true, value: { done: true, sent: 0, total: 0 } });
  });

  test('a new plan comes, and one that is taken out goes', async () => {
    const world = await worldOf('contoso-linux');
    await write(world, silver);
    const made = (await world.stored()).plans.map(({ planId }) => planId);
    const without = await world.api.readDraft();
    const { 'plans/silver': _gone, ...desired } = without;

    const result = await world.api.write(world.taskOf({ expected: without, desired }));

    expect(result).toMatchObject({ ok: true });
    expect(made).toEqual(['base', 'silver']);
    expect((await world.stored()).plans.map(({ planId }) => planId)).toEqual(['base']);
  });

  test.each([
    ['offer', { definition: { offer: { [title]: 'By a person' } } }],
    ['plans/base', { plans: { base: { regions: ['FR'] } } }],
    ['plans/gold', { definition: { plans: [{ planId: 'base' }, { planId: 'gold' }] } }],
  ])('a person who has changed %s since it was looked at is not written over', async (_key, edit) => {
    const world = await worldOf('contoso-linux');
    const task = await world.task(next);
    await world.person('edit', edit);

    const result = await world.api.write(task);

    expect(result).toMatchObject({ ok: false, failure: { code: 'submission-changed', retryable: false } });
    expect(world.requests('putOffer')).toBe(0);
  });

  test('a person who adds to a write that was not read back yet is not written over', async () => {
    const world = await worldOf('contoso-linux');
    const task = await world.task(newLogo);
    world.emulator.actions.addFault({ operation: 'getOffer', skip: 1, times: 9, answer: { status: 403 } });
    await failureOf(world.api.write(task));
    world.emulator.actions.clearFaults();
    const wideLogo = { 'microsoft-azure-marketplace.heroLogo': 'https://assets.contoso.example/hero.png' };
    await world.person('edit', { definition: { offer: wideLogo } });

    const result = await world.api.write(task);

    expect(result).toMatchObject({ ok: false, failure: { code: 'submission-changed' } });
    expect(world.requests('putOffer')).toBe(1);
  });

  test('a person who changes it between the read and the write is not written over', async () => {
    const world = await worldOf('contoso-linux');
    const task = await world.task(next);
    const offerPortal = { action: 'edit', definition: { offer: { [title]: 'By a person' } } } as const;
    world.emulator.actions.addFault({ operation: 'putOffer', meanwhile: { offerPortal } });

    const result = await world.api.write(task);

    expect(result).toMatchObject({ ok: false, failure: { code: 'submission-changed' } });
    expect((await world.stored()).offer).toMatchObject({ [title]: 'By a person' });
    expect((await world.stored()).offer[summary]).not.toBe('Next');
  });

  test('a state that was replaced by the same one is read again, and written', async () => {
    const world = await worldOf('contoso-linux');
    const task = await world.task(next);
    const offerPortal = { action: 'edit', definition: {} } as const;
    world.emulator.actions.addFault({ operation: 'putOffer', times: 2, meanwhile: { offerPortal } });

    const result = await world.api.write(task);

    expect(result).toMatchObject({ ok: true });
    expect(world.requests('putOffer')).toBe(3);
    expect((await world.stored()).offer).toMatchObject({ [summary]: 'Next' });
  });

  test('an offer that somebody keeps writing is left for later', async () => {
    const world = await worldOf('contoso-linux');
    const task = await world.task(next);
    const offerPortal = { action: 'edit', definition: {} } as const;
    world.emulator.actions.addFault({ operation: 'putOffer', times: 4, meanwhile: { offerPortal } });

    const result = await world.api.write(task);

    expect(result).toMatchObject({ ok: false, failure: { code: 'partner-center-unavailable', retryable: true } });
  });

  test.each([
    ['before', next],
    ['after', next],
    ['before', newLogo],
    ['after', newLogo],
    ['after', withSecret],
    ['after', newImage],
  ] as const)('an answer that is lost %s it was applied leads to the same draft', async (when, changes) => {
    const world = await worldOf('contoso-linux');
    const task = await world.task(changes);
    world.emulator.actions.addFault({ operation: 'putOffer', when, cut: true, times: 1 });

    const results = [await settled(world, task), await settled(world, task)];

    expect(results.at(-1)).toMatchObject({ ok: true });
    expect(await unwanted(world, task.desired)).toEqual([]);
    const entry = Object.values((await world.ledger()).entries)[0];
    expect(JSON.stringify(entry?.found)).toBe(JSON.stringify(Object.values(pick(task.expected, task.desired))[0]));
  });

  test("a write that was stored by a run that was killed before it read it back is the run's own", async () => {
    const world = await worldOf('contoso-linux');
    const task = await world.task(newLogo);
    // The read after the write never answers: the ledger has the intent alone.
    world.emulator.actions.addFault({ operation: 'getOffer', skip: 1, times: 9, answer: { status: 403 } });
    await failureOf(world.api.write(task));
    world.emulator.actions.clearFaults();
    const killed = Object.values((await world.ledger()).entries)[0];

    const result = await world.api.write(task);

    expect(killed).not.toHaveProperty('readBack');
    expect(result).toMatchObject({ ok: true });
    expect(await unwanted(world, task.desired)).toEqual([]);
    expect((await world.ledger()).entries['offer']?.found).toEqual(task.expected['offer']);
  });
});

function pick(before: OfferContent, after: OfferContent): OfferContent {
  const keys = Object.keys(after).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  return Object.fromEntries(keys.map((key) => [key, before[key] ?? {}]));
}

async function settled(world: OfferWorld, task: Parameters<OfferWorld['api']['write']>[0]): Promise<unknown> {
  try {
    return await world.api.write(task);
  } catch (error) {
    return { ok: false, failure: ofCloudPartner(error) };
  }
}

describe('files that the service keeps copies of', () => {
  test("an address that comes back as the service's own counts as written, and is not written again", async () => {
    const world = await worldOf('contoso-linux');
    const { task, result } = await write(world, newLogo);
    const shown = membersOf(await world.api.readDraft())[logo];

    const again = await world.api.write(task);

    expect([result.ok, again.ok]).toEqual([true, true]);
    expect(shown).toMatch(/^https:\/\/emulatedcatalog\./);
    expect(await unwanted(world, task.desired)).toEqual([]);
    expect(world.requests('putOffer')).toBe(1);
  });

  test('the service is given the address with its signature, which nothing else keeps', async () => {
    const world = await worldOf('contoso-linux');

    const { task } = await write(world, newImage);

    const { artifacts } = await world.emulator.offers.offer('contoso', 'contoso-linux');
    expect(Object.values(artifacts)).toContain(
      'https://contososa.blob.core.windows.net/vhds/l95.vhd?sp=rl&sig=REDACTED',
    );
    expect(Object.keys(task.desired['plans/base']?.[images] ?? {})).toEqual(['9.4.1', '9.5.0']);
    expect(JSON.stringify([task.desired, await world.ledger()])).not.toContain('sig=');
  });

  test('a file that somebody has put in its place since is told', async () => {
    const world = await worldOf('contoso-linux');
    const { task } = await write(world, newLogo);

    await world.person('edit', { definition: { offer: { [logo]: 'https://assets.contoso.example/other.png' } } });

    expect(await unwanted(world, task.desired)).toEqual(['offer']);
    expect(await world.api.write(task)).toMatchObject({ ok: false, failure: { code: 'submission-changed' } });
  });

  test('a write that was accepted and not stored is told, also of a file', async () => {
    const world = await worldOf('contoso-linux');
    const task = await world.task(newLogo);
    world.emulator.actions.addFault({ operation: 'putOffer', discard: 'stored' });

    await world.api.write(task);

    expect(await unwanted(world, task.desired)).toEqual(['offer']);
    await world.api.write(task);
    expect(await unwanted(world, task.desired)).toEqual([]);
  });
});

describe('secrets', () => {
  test('are read when they are sent, kept where nobody changes them, and in no record of ours', async () => {
    const world = await worldOf('contoso-linux');
    const { task, result } = await write(world, withSecret);
    const expected = await world.api.readDraft();
    const later = world.taskOf({ expected, desired: world.applied(expected, next) });

    await world.api.write(later);

    expect(result).toMatchObject({ ok: true });
    expect(world.secretsRead).toEqual(['marketo']);
    expect((await world.stored()).offer).toMatchObject({
      [marketo]: { clientId: 'contoso', clientSecret: secret },
      [summary]: 'Next',
    });
    const ours = JSON.stringify([task.desired, await world.ledger(), await world.api.readDraft()]);
    expect(ours).not.toContain(secret);
    expect(ours).toContain('$secret');
  });

  test('are sent once by a release', async () => {
    const world = await worldOf('contoso-linux');
    const { task } = await write(world, withSecret);

    await world.api.write(task);

    expect(world.requests('putOffer')).toBe(1);
    expect(await unwanted(world, task.desired)).toEqual([]);
  });
});

describe('putting back', () => {
  test.each([
    ['texts', next],
    ['files', newLogo],
    ['images', newImage],
    ['a plan', silver],
  ])('%s are as they were found', async (_what, changes) => {
    const world = await worldOf('contoso-linux');
    const found = await world.api.readDraft();
    await write(world, changes);

    const result = await world.api.write(await world.putBack());

    expect(result).toMatchObject({ ok: true });
    expect(await world.api.readDraft()).toEqual(found);
  });

  test('what somebody has changed since stays', async () => {
    const world = await worldOf('contoso-linux');
    await write(world, { ...next, ...silver });
    await world.person('edit', { definition: { offer: { [title]: 'By a person' } } });

    await world.api.write(await world.putBack());

    const { offer, plans } = await world.stored();
    expect(offer).toMatchObject({ [title]: 'By a person', [summary]: 'Next' });
    expect(plans.map(({ planId }) => planId)).toEqual(['base']);
  });
});

describe('what a release document makes of a content', () => {
  const priced = {
    plans: {
      base: {
        virtualMachinePricing: {
          isByol: false,
          freeTrialDurationInMonths: 0,
          coreMultiplier: { currency: 'USD', single: 0.09 },
        },
      },
    },
  };

  test('a price that changes is told, and a new plan has one of its own', async () => {
    const world = await worldOf('contoso-linux');
    const draft = await world.api.readDraft();

    const changed = world.applied(draft, priced);

    expect(changed['plans/base']).toMatchObject({ virtualMachinePricing: { isByol: false } });
    expect(world.api.keptPrices(draft, changed)).toEqual([
      expect.objectContaining({ pointer: '/changes/plans/base/virtualMachinePricing', code: 'price-kept' }),
    ]);
    expect(world.api.keptPrices(draft, world.applied(draft, silver))).toEqual([]);
  });

  test('its export is what changes are a patch on, and a difference is told place by place', async () => {
    const world = await worldOf('contoso-linux');
    const draft = await world.api.readDraft();

    const document = world.api.documentOf(draft);
    const diff = world.api.diff(draft, world.applied(draft, { ...next, ...silver }));

    expect(document).toMatchObject({ displayText: 'Contoso Linux', plans: { base: { [skuTitle]: 'Base' } } });
    expect(world.applied(draft, document)).toEqual(draft);
    expect(diff.map(({ path }) => path)).toEqual([
      `/offer/${summary}`,
      `/plans/silver/${skuTitle}`,
      '/plans/silver/virtualMachinePricing/isByol',
      '/plans/silver/virtualMachinePricing/freeTrialDurationInMonths',
      `/plans/silver/${images}/1.0.0/osVhdUrl`,
    ]);
  });

  test('faults of the document are told with their places', async () => {
    const world = await worldOf('contoso-linux');

    const { faults } = world.judged(await world.api.readDraft(), { plans: { gold: { [skuTitle]: 'Gold' } } });

    expect(faults.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
      '/changes/plans/gold/virtualMachinePricing missing-member',
      '/changes/plans/gold/microsoft-azure-virtualmachines.vmImages missing-member',
    ]);
  });
});

describe('making an offer', () => {
  const target = { kind: 'cloud-partner-offer', publisherId: 'contoso', offerId: 'contoso-next' } as const;
  const create = { offerTypeId: 'microsoft-azure-virtualmachines' };

  test('one that is not there is made empty, and found then', async () => {
    const world = await worldOf('contoso-next');
    const before = await world.directory.find(target);

    const made = await world.directory.make({ ...target, create });

    expect(before).toBeNull();
    expect(made).toEqual(target);
    expect(await world.directory.find(target)).toEqual(target);
    expect(await world.api.readDraft()).toMatchObject({ offer: { displayText: 'contoso-next' } });
    expect(await write(world, silver)).toMatchObject({ result: { ok: true } });
  });

  test.each(['contoso-linux', 'contoso-linux-pro'])('one that is there is never emptied: %s', async (offerId) => {
    const world = await worldOf(offerId);
    const before = await world.stored();

    const error = await failureOf(world.directory.make({ ...target, offerId, create }));

    expect(ofCloudPartner(error)).toMatchObject({ code: 'product-busy', retryable: true });
    expect(await world.stored()).toEqual(before);
  });

  test('a lost answer is unclear, and what was made is found', async () => {
    const world = await worldOf('contoso-next');
    world.emulator.actions.addFault({ operation: 'putOffer', when: 'after', answer: { status: 504 } });

    const error = await failureOf(world.directory.make({ ...target, create }));

    expect(ofCloudPartner(error)).toMatchObject({ unclear: true });
    expect(await world.directory.find(target)).toEqual(target);
    expect(world.requests('putOffer')).toBe(1);
  });
});
