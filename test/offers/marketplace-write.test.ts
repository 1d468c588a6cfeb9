import type { Members, OfferContent } from '../../src/domain/offer/offer-content';
import { PRODUCTS } from '../emulator/ingestion-api';
import { emulatorForFile } from '../support/emulator';
import { changed, everyKind, everythingStored, failureOf, keyOf, marketplaceWorld, valueOf } from './marketplace-world';

const emulator = emulatorForFile();
const world = marketplaceWorld(emulator);
const product = PRODUCTS.monitor;

const draft = (): Promise<OfferContent> => world().api(product).readDraft();

function requests(operation: string): number {
  return emulator()
    .actions.journal()
    .filter((entry) => entry.operation === operation).length;
}

const markets: Members = { DE: 'Enabled', US: 'Enabled' };

test('every kind of resource is written as it is to be, and the ledger knows what was there', async () => {
  const expected = await draft();
  const desired = everyKind(expected);

  const written = valueOf(await world().api(product).write(world().task(product, { expected, desired })));
  const after = await draft();
  const { entries } = await world().offers.readLedger(keyOf(product));

  expect(written).toEqual({ done: true, written: 9, total: 9 });
  expect(after).toEqual(desired);
  expect(Object.keys(entries).sort()).toEqual(
    Object.keys(desired)
      .filter((key) => desired[key] !== expected[key])
      .sort(),
  );
  expect(entries['property']).toMatchObject({ found: expected['property'], wrote: desired['property'] });
});

test('members that no content has survive a write, and a write of properties has a version of its own', async () => {
  const [before] = await world().raw.rows(product, 'properties', 'Property');
  const expected = await draft();
  const desired = changed(expected, { property: { ...expected['property'], appVersion: '2.0' } });

  valueOf(await world().api(product).write(world().task(product, { expected, desired })));
  const [after] = await world().raw.rows(product, 'properties', 'Property');

  expect(after).toMatchObject({ id: before.id, appVersion: '2.0' });
  expect(after.submissionVersion).toMatch(/^[0-9a-f-]{36}$/);
  expect(after.submissionVersion).not.toBe(before.submissionVersion);
});

test('what somebody has changed since the look is not written over', async () => {
  const expected = await draft();
  const desired = changed(expected, {
    property: { ...expected['property'], termsOfUse: 'https://contoso.example/ours' },
  });
  await emulator().actions.products.person({ action: 'editProperty', product, change: { termsOfUse: 'theirs' } });

  const failure = await failureOf(world().api(product).write(world().task(product, { expected, desired })));

  expect(failure).toMatchObject({ code: 'submission-changed', retryable: false });
  expect((await draft())['property']).toMatchObject({ termsOfUse: 'theirs' });
});

test('an edit between reading and writing is seen by the ETag, and judged', async () => {
  const expected = await draft();
  const desired = changed(expected, {
    property: { ...expected['property'], termsOfUse: 'https://contoso.example/ours' },
  });
  const person = { action: 'editProperty', product, change: { termsOfUse: 'theirs' } } as const;
  emulator().actions.addFault({ operation: 'updateProperty', meanwhile: { person } });

  const failure = await failureOf(world().api(product).write(world().task(product, { expected, desired })));

  expect(failure).toMatchObject({ code: 'submission-changed' });
  expect((await draft())['property']).toMatchObject({ termsOfUse: 'theirs' });
});

test.each(['412', '409'] as const)(
  'a conflict that changed nothing is read again and written (%s)',
  async (etagMismatch) => {
    await emulator().actions.setSwitches({ 'ingestion.etagMismatch': etagMismatch });
    const expected = await draft();
    const desired = changed(expected, { property: { ...expected['property'], appVersion: '3.0' } });
    // A person saves what was there.
    const person = { action: 'editProperty', product, change: {} } as const;
    emulator().actions.addFault({ operation: 'updateProperty', meanwhile: { person } });

    valueOf(await world().api(product).write(world().task(product, { expected, desired })));

    expect((await draft())['property']).toMatchObject({ appVersion: '3.0' });
  },
);

test('a plan and a language are made with all that is theirs, and taken out again with it', async () => {
  const expected = await draft();
  const listing = { title: 'Monitor', description: 'Wacht.', listingUris: [], listingContacts: {} };
  const desired = changed(expected, {
    'listings/de-de': listing,
    'plans/pro': { ...expected['plans/basic'], friendlyName: 'Pro', subType: 'managed-application' },
    'plans/pro/listings/en-us': { title: 'Pro', description: 'For many.', summary: 'For many.' },
    'plans/pro/listings/de-de': { title: 'Pro', description: 'Für viele.', summary: 'Für viele.' },
    'plans/pro/availability': { visibility: 'Public', marketStates: markets },
    'plans/pro/packageConfiguration': { resourceType: 'AzureManagedApplicationPackageConfiguration', version: '1.0.0' },
  });

  const made = valueOf(await world().api(product).write(world().task(product, { expected, desired })));
  const there = await draft();
  const back = valueOf(
    await world()
      .api(product)
      .write(world().task(product, { expected: there, desired: expected, releaseId: 'rel_2' })),
  );

  expect([made.done, back.done]).toEqual([true, true]);
  expect(there['plans/pro']).toMatchObject({ friendlyName: 'Pro', subType: 'managed-application' });
  expect(there['plans/pro/listings/de-de']).toMatchObject({ description: 'Für viele.' });
  expect(there['plans/pro/availability']).toMatchObject({ marketStates: markets });
  expect(there['listings/de-de']).toMatchObject({ description: 'Wacht.' });
  expect(await draft()).toEqual(expected);
});

test('a slice ends after at least one write, and the next one goes on', async () => {
  const expected = await draft();
  const desired = everyKind(expected);
  const slice = async () =>
    valueOf(
      await world()
        .api(product)
        .write(world().task(product, { expected, desired, isOver: () => true })),
    );

  const ends = [await slice()];
  while (ends.at(-1)?.done === false && ends.length < 20) ends.push(await slice());

  expect(ends[0]).toEqual({ done: false, written: 1, total: 9 });
  expect(ends.map(({ written }) => written)).toEqual([...ends.keys()].map((index) => index + 1));
  expect(await draft()).toEqual(desired);
});

test('secrets are sent and stored nowhere, also where the service refuses and repeats them', async () => {
  const secret = 'Contoso~Very~Secret';
  const expected = await draft();
  const terms = { ...expected['property'], termsOfUse: { $secret: 'terms' } };
  const desired = changed(expected, { property: terms });
  const task = () => world().task(product, { expected, desired, secrets: { terms: secret } });
  const json = `ICH50400 - Refused. {"data":{"TermsOfUse":["The value ${secret} is bad."]}}`;
  emulator().actions.addFault({ operation: 'updateProperty', answer: { status: 400, body: 'json', json } });

  const refused = await failureOf(world().api(product).write(task()));
  valueOf(await world().api(product).write(task()));
  const [row] = await world().raw.rows(product, 'properties', 'Property');
  const again = requests('updateProperty');
  valueOf(await world().api(product).write(task()));

  expect(refused).toMatchObject({ code: 'submission-refused', retryable: false });
  expect(refused.errors).toEqual([expect.objectContaining({ message: 'TermsOfUse: The value *** is bad.' })]);
  expect(row.termsOfUse).toBe(secret);
  expect(await everythingStored(world())).not.toContain(secret);
  expect(JSON.stringify(refused)).not.toContain(secret);
  expect(requests('updateProperty')).toBe(again);
});
