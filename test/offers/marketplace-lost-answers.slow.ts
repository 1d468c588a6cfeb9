/** Every change of a draft with its answer lost, before and after it was made: nothing is lost, and nothing is there twice. */
import type { OfferContent } from '../../src/domain/offer/offer-content';
import { applicationPackage, PRODUCTS } from '../emulator/ingestion-api';
import { emulatorForFile } from '../support/emulator';
import {
  changed,
  deliverTo,
  everyKind,
  labelled,
  marketplaceWorld,
  picture,
  untilClear,
  valueOf,
  withPackage,
} from './marketplace-world';
import type { TaskPlan } from './marketplace-world';

const emulator = emulatorForFile();
const world = marketplaceWorld(emulator);
const product = PRODUCTS.monitor;
const logo = 'listings/en-us/images/AzureLogoWide';

const draft = (): Promise<OfferContent> => world().api(product).readDraft();
const deliver = (plan: TaskPlan): Promise<void> => deliverTo(world(), product, plan);

describe.each(['before', 'after'] as const)('an answer that is lost %s the change was made', (when) => {
  test.each([
    ['setup', 'updateSetup'],
    ['resellerConfiguration', 'updateResellerConfiguration'],
    ['property', 'updateProperty'],
    ['availability', 'updateProductAvailability'],
    ['listings/en-us', 'updateListing'],
    ['plans/basic', 'updateVariant'],
    ['plans/basic/availability', 'updateFeatureAvailability'],
    ['plans/basic/packageConfiguration', 'updatePackageConfiguration'],
  ])('of %s: the next call finds or repeats it', async (key, operation) => {
    const expected = await draft();
    const desired = changed(expected, { [key]: everyKind(expected)[key] ?? null });
    emulator().actions.addFault({ operation, when, cut: true });

    valueOf(await untilClear(() => world().api(product).write(world().task(product, { expected, desired }))));

    expect(await draft()).toEqual(desired);
  });

  test('of a new plan, a new language and a deletion: nothing is made twice', async () => {
    const expected = await draft();
    const desired = changed(expected, {
      'listings/de-de': { title: 'Monitor', description: 'Wacht.', listingUris: [], listingContacts: {} },
      'plans/free': { ...expected['plans/template'], friendlyName: 'Free' },
      'plans/free/listings/en-us': { ...expected['plans/template/listings/en-us'], title: 'Free' },
      'plans/free/availability': { ...expected['plans/template/availability'] },
      'plans/free/packageConfiguration': { resourceType: 'AzureSolutionTemplatePackageConfiguration' },
    });
    for (const operation of ['createListing', 'createVariant', 'deleteListing', 'deleteVariant']) {
      emulator().actions.addFault({ operation, when, cut: true });
    }

    valueOf(await untilClear(() => world().api(product).write(world().task(product, { expected, desired }))));
    const there = await draft();
    const back = { expected: there, desired: expected, releaseId: 'rel_2' };
    valueOf(await untilClear(() => world().api(product).write(world().task(product, back))));

    expect(there).toMatchObject(desired);
    expect(await draft()).toEqual(expected);
  });

  test.each(['createImage', 'putBlockList', 'updateImage', 'deleteImage'])(
    'at %s: no picture is there twice, none is left waiting',
    async (operation) => {
      const [old, fresh] = [labelled('old'), labelled('fresh')];
      const start = await draft();
      const found = changed(start, { [logo]: { items: [picture('wide.png', old)] } });
      await deliver({ expected: start, desired: found, files: [old] });
      const desired = changed(found, { [logo]: { items: [picture('wide.png', fresh)] } });
      emulator().actions.addFault({ operation, when, cut: true });

      await deliver({ expected: found, desired, files: [fresh], releaseId: 'rel_2' });

      const [listing] = await world().raw.rows(product, 'listings', 'Listing');
      const images = await world().raw.all(`products/${product}/listings/${listing.id}/images`);
      expect(images.filter(({ type }) => type === 'AzureLogoWide')).toMatchObject([
        { fileName: 'wide.png', state: 'Uploaded' },
      ]);
      expect(await draft()).toEqual(desired);
    },
  );

  test.each(['createVideo', 'updateVideo', 'deleteVideo'])('at %s: no film is there twice', async (operation) => {
    const [one, two] = [labelled('one'), labelled('two')];
    const film = (bytes: Buffer) => ({
      items: [{ streamingUri: 'https://video.example/1', thumbnail: picture('still.png', bytes) }],
    });
    const key = 'listings/en-us/videos';
    const start = await draft();
    const first = changed(start, { [key]: film(one) });
    await deliver({ expected: start, desired: first, files: [one] });
    const desired = changed(first, { [key]: film(two) });
    emulator().actions.addFault({ operation, when, cut: true });

    await deliver({ expected: first, desired, files: [two], releaseId: 'rel_2' });

    expect(await draft()).toEqual(desired);
  });

  test.each(['createPackage', 'putBlock', 'putBlockList', 'updatePackage'])(
    'at %s: there is one package, processed and named',
    async (operation) => {
      const bytes = await applicationPackage();
      const expected = await draft();
      const desired = withPackage(expected, 'monitor-2.zip', bytes, '2.0.0');
      emulator().actions.addFault({ operation, when, cut: true });

      await deliver({ expected, desired, files: [bytes], isOver: () => true });
      const rows = await world().raw.all(`products/${product}/packages`);

      expect(rows.filter(({ fileName }) => fileName === 'monitor-2.zip')).toMatchObject([{ state: 'Processed' }]);
      expect(await draft()).toEqual(desired);
    },
  );
});
