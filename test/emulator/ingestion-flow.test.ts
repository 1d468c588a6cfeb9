import { emulatorForFile } from '../support/emulator';
import type { Json } from './api';
import { applicationPackage, IngestionApi, png, PRODUCTS, upload } from './ingestion-api';

const emulator = emulatorForFile();
let api: IngestionApi;
beforeEach(async () => {
  await emulator().reset();
  api = await IngestionApi.signIn(emulator());
});

/** A package whose bytes were uploaded, processed as far as the clock says. */
async function addPackage(product: string, fileName: string, bytes: Buffer): Promise<Json> {
  const packages = `products/${product}/packages`;
  const made = await api.post(packages, { resourceType: 'AzureApplicationPackage', fileName });
  await upload(made.body.fileSasUri, bytes);
  await api.put(`${packages}/${made.body.id}`, { ...made.body, State: 'Uploaded' }, null);
  await emulator().actions.advanceClock('6s');
  return (await api.get(`${packages}/${made.body.id}`)).body;
}

/** An application with one managed application, complete but for its package. */
async function newApplication(): Promise<{ product: string; variant: string }> {
  const made = await api.post('products', {
    resourceType: 'AzureApplication',
    name: 'Contoso Gauge',
    externalIds: [{ type: 'AzureOfferID', value: 'contoso-gauge' }],
  });
  const product: string = made.body.id;
  const variant: string = (
    await api.post(`products/${product}/variants`, {
      resourceType: 'AzureSkuVariant',
      friendlyName: 'Basic',
      externalID: 'basic',
      SubType: 'managed-application',
    })
  ).body.id;
  for (const plan of [undefined, variant]) {
    const [listing] = await api.rows(product, 'listings', 'Listing', plan);
    const path = `products/${product}/listings/${listing.id}`;
    await api.put(path, { ...listing, description: 'Measures.', summary: 'Measures.' });
    if (plan !== undefined) continue;
    const image = await api.post(`${path}/images`, { fileName: 'large.png', type: 'AzureLogoLarge' });
    await upload(image.body.fileSasUri, png(216, 216));
    await api.put(`${path}/images/${image.body.id}`, { ...image.body, state: 'Uploaded' });
  }
  const [availability] = await api.rows(product, 'featureAvailabilities', 'Availability', variant);
  const marketStates = [{ marketCode: 'DE', state: 'Enabled' }];
  await api.put(`products/${product}/featureavailabilities/${availability.id}`, { ...availability, marketStates });
  await api.post(`products/${product}/resellerConfiguration`, { ResellerChannelState: 'Enabled', TenantIds: [] });
  return { product, variant };
}

async function configure(product: string, variant: string, packageId: string): Promise<void> {
  const [configuration] = await api.rows(product, 'packageConfigurations', 'Package', variant);
  const reply = await api.put(`products/${product}/packageconfigurations/${configuration.id}`, {
    ...configuration,
    version: '1.0.0',
    packageReferences: [{ type: 'AzureApplicationPackage', value: packageId }],
  });
  expect(reply.status).toBe(200);
}

test('a managed application goes from nothing to the store: a package fails, the next one is processed', async () => {
  const { product, variant } = await newApplication();

  const bad = await addPackage(product, 'bad.zip', Buffer.from('no archive'));
  await configure(product, variant, bad.id);
  const refused = await api.submit(product);
  await emulator().actions.advanceClock('60s');
  const afterBad = await api.stateOf(product, refused.id);
  const good = await addPackage(product, 'good.zip', await applicationPackage());
  await configure(product, variant, good.id);
  const submission = await api.publish(product);
  const live: Json = await emulator().actions.products.live(product);

  expect([bad.state, bad.validationItems.length, good.state]).toEqual(['ProcessFailed', 1, 'Processed']);
  expect(afterBad).toBe('InProgress/Failed');
  expect([submission.state, submission.substate, submission.releaseNumber]).toEqual(['Published', 'InStore', 2]);
  expect(live.submission).toBe(submission.id);
  expect(live.plans[0].modules.Package.packages[0].fileName).toBe('good.zip');
});

test('B-R11: without ResellerConfiguration the validation fails with Resell-20007; with it, it passes', async () => {
  const { id } = await api.submit(PRODUCTS.monitor, ['ResellerConfiguration']);
  await emulator().actions.advanceClock('60s');
  const failed = await api.stateOf(PRODUCTS.monitor, id);
  const { value } = (await api.get(`products/${PRODUCTS.monitor}/submissions/${id}/validations`)).body;

  const second = await api.publish(PRODUCTS.monitor);
  const tooLate = await api.delete(`products/${PRODUCTS.monitor}/submissions/${second.id}`);

  expect(failed).toBe('InProgress/Failed');
  expect(value).toEqual([
    {
      errorCode: 'Resell-20007',
      severity: 'Error',
      message: 'ResellerConfiguration module is missing..',
      resource: 'Resell',
    },
  ]);
  expect(second.substate).toBe('InStore');
  expect(tooLate.status).toBe(409);
});

test.each(['monitor', 'hub'] as const)('the seeded %s can be published again as it is', async (name) => {
  const submission = await api.publish(PRODUCTS[name]);

  expect(submission.substate).toBe('InStore');
});
