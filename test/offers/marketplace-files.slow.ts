import { unwantedKeys } from '../../src/domain/offer/draft-ledger';
import type { Members, OfferContent } from '../../src/domain/offer/offer-content';
import { applicationPackage, PRODUCTS } from '../emulator/ingestion-api';
import { emulatorForFile } from '../support/emulator';
import { buildZip } from '../support/msix';
import {
  changed,
  deliverTo,
  failureOf,
  keyOf,
  labelled,
  marketplaceWorld,
  picture,
  valueOf,
  withPackage,
} from './marketplace-world';
import type { TaskPlan } from './marketplace-world';

const emulator = emulatorForFile();
const world = marketplaceWorld(emulator);
const product = PRODUCTS.monitor;
const logo = 'listings/en-us/images/AzureLogoWide';
const screenshots = 'listings/en-us/images/AzureLogoScreenshot';

const draft = (): Promise<OfferContent> => world().api(product).readDraft();
function requests(operation: string): number {
  return emulator().actions.journal({ operation }).length;
}

const deliver = (plan: TaskPlan): Promise<void> => deliverTo(world(), product, plan);

test('pictures are added with what is said of them, in their order, changed, and taken out', async () => {
  const [one, two, three] = [labelled('one'), labelled('two'), labelled('three')];
  const expected = await draft();
  const first = changed(expected, {
    [screenshots]: { items: [picture('1.png', one, { description: 'One' }), picture('2.png', two)] },
  });
  const second = changed(expected, {
    [screenshots]: { items: [picture('3.png', three), picture('2.png', two, { description: 'Two' })] },
  });

  await deliver({ expected, desired: first, files: [one, two] });
  const afterFirst = await draft();
  await deliver({ expected: afterFirst, desired: second, files: [three], releaseId: 'rel_2' });

  expect(afterFirst).toEqual(first);
  expect(await draft()).toEqual(second);
});

test('the content that was found is put back by a later task, with pictures that the draft has lost', async () => {
  const [old, fresh] = [labelled('old'), labelled('fresh')];
  const start = await draft();
  const found = changed(start, { [logo]: { items: [picture('wide.png', old)] } });
  await deliver({ expected: start, desired: found, files: [old] });
  const desired = changed(found, { [logo]: { items: [picture('wide.png', fresh)] } });
  await deliver({ expected: found, desired, files: [fresh], releaseId: 'rel_2' });
  const replaced = await draft();

  await deliver({ expected: replaced, desired: found, releaseId: 'rel_2' });

  expect(replaced).toEqual(desired);
  expect(await draft()).toEqual(found);
});

test('a listing that is taken out is put back with its pictures', async () => {
  const wide = labelled('wide');
  const start = await draft();
  const listing = { title: 'Monitor', description: 'Wacht.' };
  const full = changed(start, {
    'listings/de-de': listing,
    'listings/de-de/images/AzureLogoWide': { items: [picture('wide.png', wide)] },
  });
  await deliver({ expected: start, desired: full, files: [wide] });
  const there = await draft();
  await deliver({ expected: there, desired: start, releaseId: 'rel_2' });
  const gone = await draft();
  const { entries } = await world().offers.readLedger(keyOf(product));

  await deliver({ expected: gone, desired: there, releaseId: 'rel_2' });

  expect(gone).toEqual(start);
  expect(entries['listings/de-de/images/AzureLogoWide']).toMatchObject({ wrote: null });
  expect(await draft()).toEqual(there);
});

test('documents and films come in their order, a film with its picture', async () => {
  const [sheet, manual, still] = [Buffer.from('a sheet'), Buffer.from('a manual'), labelled('still')];
  const document = (fileName: string, bytes: Buffer): Members => picture(fileName, bytes, { type: 'Document' });
  const expected = await draft();
  const first = changed(expected, {
    'listings/en-us/assets': { items: [document('sheet.pdf', sheet)] },
    'listings/en-us/videos': {
      items: [{ streamingUri: 'https://video.example/1', thumbnail: picture('still.png', still, { title: 'A film' }) }],
    },
  });
  const second = changed(first, {
    'listings/en-us/assets': { items: [document('manual.pdf', manual), document('sheet.pdf', sheet)] },
  });

  await deliver({ expected, desired: first, files: [sheet, still] });
  const afterFirst = await draft();
  await deliver({ expected: afterFirst, desired: second, files: [manual], releaseId: 'rel_2' });

  expect(afterFirst).toEqual(first);
  expect(await draft()).toEqual(second);
});

test('addresses reach the service with the queries that no wish holds, and are known again', async () => {
  const expected = await draft();
  const videos = 'listings/en-us/videos';
  const desired = changed(expected, {
    property: { ...expected['property'], termsOfUse: 'https://contoso.example/terms' },
    [videos]: { items: [{ streamingUri: 'https://video.example/watch' }] },
  });
  const whole = {
    property: { termsOfUse: 'https://contoso.example/terms?v=2' },
    listings: { 'en-US': { videos: [{ streamingUri: 'https://video.example/watch?v=1' }] } },
  };
  // The terms are the same but for the query: what is wished differs from the draft.
  const other = changed(expected, { property: { ...expected['property'], termsOfUse: 'https://contoso.example/old' } });
  await deliver({ expected, desired: other });
  const start = await draft();

  await deliver({ expected: start, desired, whole, releaseId: 'rel_2' });
  const there = await draft();
  const sent = requests('updateProperty') + requests('createVideo');
  await deliver({ expected: start, desired, whole, releaseId: 'rel_2' });
  const ledger = await world().offers.readLedger(keyOf(product));

  expect(there['property']).toMatchObject({ termsOfUse: 'https://contoso.example/terms?v=2' });
  expect(there[videos]).toEqual({ items: [{ streamingUri: 'https://video.example/watch?v=1' }] });
  expect(unwantedKeys(desired, there, ledger)).toEqual([]);
  expect(requests('updateProperty') + requests('createVideo')).toBe(sent);
});

test('pictures that somebody has changed meanwhile are left alone', async () => {
  const [ours, theirs] = [labelled('ours'), labelled('theirs')];
  const expected = await draft();
  const desired = changed(expected, { [logo]: { items: [picture('wide.png', ours)] } });
  const other = changed(expected, { [logo]: { items: [picture('theirs.png', theirs)] } });
  const somebody = world().task(product, { expected, desired: other, files: [theirs] });
  const noted = { read: async () => ({ entries: {} }), intend: async () => undefined, readBack: async () => undefined };
  valueOf(
    await world()
      .api(product)
      .upload({ ...somebody, ledger: noted }),
  );

  const failure = await failureOf(
    world()
      .api(product)
      .upload(world().task(product, { expected, desired, files: [ours] })),
  );

  expect(failure).toMatchObject({ code: 'submission-changed', retryable: false });
  expect(await draft()).toEqual(other);
});

test('bytes that nobody has are a failure that says so', async () => {
  const expected = await draft();
  const desired = changed(expected, { [logo]: { items: [picture('wide.png', labelled('lost'))] } });

  const failure = await failureOf(world().api(product).upload(world().task(product, { expected, desired })));

  expect(failure).toMatchObject({ code: 'package-unavailable', retryable: false });
});

test('an address that has expired is asked for anew', async () => {
  const bytes = labelled('late');
  const expected = await draft();
  const desired = changed(expected, { [logo]: { items: [picture('wide.png', bytes)] } });
  emulator().actions.addFault({ operation: 'createImage', expiredUploadUrl: true });

  await deliver({ expected, desired, files: [bytes] });

  expect(await draft()).toEqual(desired);
});

describe('packages', () => {
  test('a package is sent, processed, and named by the plan with its version', async () => {
    const bytes = await applicationPackage();
    const expected = await draft();
    const desired = withPackage(expected, 'monitor-2.zip', bytes, '2.0.0');

    await deliver({ expected, desired, files: [bytes], isOver: () => true });
    const [row] = (await world().raw.all(`products/${product}/packages`)).filter(
      ({ fileName }) => fileName === 'monitor-2.zip',
    );

    expect(row).toMatchObject({ state: 'Processed' });
    expect(await draft()).toEqual(desired);
  });

  test('while a package is processed the slice ends, and nothing is sent again', async () => {
    const bytes = await applicationPackage();
    const expected = await draft();
    const desired = withPackage(expected, 'monitor-2.zip', bytes, '2.0.0');
    const slice = async () =>
      valueOf(
        await world()
          .api(product)
          .upload(world().task(product, { expected, desired, files: [bytes], isOver: () => true })),
      );

    const ends = [await slice(), await slice()];
    await emulator().actions.advanceClock('10s');
    ends.push(await slice());

    expect(ends.map(({ done }) => done)).toEqual([false, false, true]);
    expect(ends[0]).toEqual({ done: false, sent: bytes.length, total: bytes.length });
    expect([requests('createPackage'), requests('putBlockList')]).toEqual([1, 1]);
  });

  test('a package that cannot be processed fails with what was found, and a mended one takes its place', async () => {
    const bad = await buildZip({ 'readme.txt': Buffer.from('no template') });
    const good = await applicationPackage();
    const expected = await draft();
    const plan = { expected, desired: withPackage(expected, 'monitor-2.zip', bad, '2.0.0'), files: [bad] };
    await world()
      .api(product)
      .upload(world().task(product, { ...plan, isOver: () => true }));
    await emulator().actions.advanceClock('10s');

    const failure = await failureOf(world().api(product).upload(world().task(product, plan)));
    const desired = withPackage(expected, 'monitor-2.zip', good, '2.0.1');
    await deliver({ expected, desired, files: [good], isOver: () => true, releaseId: 'rel_2' });

    expect(failure).toMatchObject({ code: 'package-processing-failed', retryable: false });
    expect(failure.errors).toEqual([
      { pointer: '', code: 'Package-40001', message: 'The package has no mainTemplate.json. (Package)' },
      { pointer: '', code: 'Package-40001', message: 'The package has no createUiDefinition.json. (Package)' },
    ]);
    expect(await draft()).toEqual(desired);
  });

  test('a package of the same bytes that the product has is taken, not sent again; and what was found is put back', async () => {
    const bytes = await applicationPackage();
    const expected = await draft();
    const desired = withPackage(expected, 'monitor-2.zip', bytes, '2.0.0');
    await deliver({ expected, desired, files: [bytes], isOver: () => true });
    const there = await draft();
    await deliver({ expected: there, desired: expected, releaseId: 'rel_1' });
    const back = await draft();
    const sent = requests('createPackage');

    await deliver({ expected: back, desired, files: [bytes], releaseId: 'rel_2' });

    expect(back).toEqual(expected);
    expect(await draft()).toEqual(desired);
    expect(requests('createPackage')).toBe(sent);
  });

  test('a large package goes in slices, each block once', async () => {
    await emulator().actions.setSwitches({ 'ingestion.packageContents': 'trusted' });
    const mebibyte = 1024 ** 2;
    const bytes = Buffer.alloc(17 * mebibyte, 'package');
    const expected = await draft();
    const desired = withPackage(expected, 'large.zip', bytes, '2.0.0');
    const slice = async () => {
      const task = world().task(product, { expected, desired, files: [bytes], isOver: () => true });
      return valueOf(await world().api(product).upload(task));
    };

    const ends = [await slice(), await slice(), await slice()];
    await deliver({ expected, desired, files: [bytes], isOver: () => true });

    expect(ends.map(({ sent }) => sent / mebibyte)).toEqual([8, 16, 17]);
    expect([requests('createPackage'), requests('putBlock'), requests('putBlockList')]).toEqual([1, 3, 1]);
    expect(await draft()).toEqual(desired);
  });
});
