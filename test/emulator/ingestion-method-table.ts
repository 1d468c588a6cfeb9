import type { Json, Reply } from './api';
import { type IngestionApi, PLANS, PRODUCTS } from './ingestion-api';

/** What was answered; for a deletion also what reading the same answers afterwards. */
type Told = Pick<Reply, 'status' | 'body'> & { readonly after?: number };

/** One operation of the API, asked once of the default seed. */
interface Method {
  readonly row: string;
  /** As the journal names it. */
  readonly operation: string;
  readonly ask: (api: IngestionApi) => Promise<Told>;
  readonly told: { readonly status: number; readonly body?: unknown; readonly after?: number };
}

interface Resource {
  readonly path: string;
  readonly body: Json;
}
type Find = (api: IngestionApi) => Promise<Resource>;

const P = `products/${PRODUCTS.monitor}`;
const offer = {
  resourceType: 'AzureApplication',
  name: 'Contoso Gauge',
  externalIDs: [{ type: 'AzureOfferId', value: 'contoso-gauge' }],
};
const anId = expect.stringMatching(/./);

/** A row that the seed has in the draft of a module. */
function seeded(kind: string, module: string, plan?: string): Find {
  return async (api) => {
    const [body] = await api.rows(PRODUCTS.monitor, kind, module, plan);
    return { path: `${P}/${kind}/${body.id}`, body };
  };
}

const listing = seeded('listings', 'Listing');

/** A resource that is made first. */
function made(collection: (api: IngestionApi) => string | Promise<string>, document: object): Find {
  return async (api) => {
    const path = await collection(api);
    const { status, body } = await api.post(path, document);
    if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
    return { path: `${path}/${body.id}`, body };
  };
}

const at = (path: string) => () => path;
const ofListing = (files: string) => async (api: IngestionApi) => `${(await listing(api)).path}/${files}`;

const read =
  (path: string): Method['ask'] =>
  (api) =>
    api.get(path);
const readOf =
  (find: Find): Method['ask'] =>
  async (api) =>
    api.get((await find(api)).path);
const listOf =
  (find: Find): Method['ask'] =>
  async (api) =>
    api.get((await find(api)).path.replace(/\/[^/]+$/, ''));
const post =
  (path: string, body?: object): Method['ask'] =>
  (api) =>
    api.post(path, body);
const postTo =
  (collection: (api: IngestionApi) => Promise<string>, body: object): Method['ask'] =>
  async (api) =>
    api.post(await collection(api), body);
const change =
  (find: Find, members: object): Method['ask'] =>
  async (api) => {
    const { path, body } = await find(api);
    return api.put(path, { ...body, ...members });
  };
const remove =
  (find: Find): Method['ask'] =>
  async (api) => {
    const { path } = await find(api);
    const { status, body } = await api.delete(path);
    return { status, body, after: (await api.get(path)).status };
  };
const ofInstance =
  (kind: string, module: string, plan?: string): Method['ask'] =>
  async (api) =>
    api.get(`${P}/${kind}/getByInstanceID(instanceID=${await api.draft(PRODUCTS.monitor, module, plan)})`);

const row = (members: object) => ({ value: expect.arrayContaining([expect.objectContaining(members)]) as unknown });
const ok = (body: object) => ({ status: 200, body });
const gone = { status: 204, after: 404 };

const availability = seeded('productAvailabilities', 'Availability');
const property = seeded('properties', 'Property');
const asset = made(ofListing('assets'), { fileName: 'guide.pdf', type: 'Document' });
const image = made(ofListing('images'), { fileName: 'wide.png', type: 'AzureLogoWide', order: 0 });
const video = made(ofListing('videos'), { fileName: 'tour.mp4', streamingUri: 'https://contoso.example/tour' });
const configuration = seeded('packageConfigurations', 'Package', PLANS.basic);
const pack = made(at(`${P}/packages`), { resourceType: 'AzureApplicationPackage', fileName: 'a.zip' });
const variant = made(at(`${P}/variants`), { resourceType: 'AzureSkuVariant', friendlyName: 'Pro', externalID: 'pro' });
const featureAvailability = seeded('featureAvailabilities', 'Availability', PLANS.basic);
const supplemental = seeded('supplementalContents', 'SupplementalContent');
const cosellAsset = made(at(`${P}/cosellAssets`), { fileName: 'deck.pdf', type: 'PitchDeck' });
const cosellListing = seeded('cosellListing', 'Cosell');

async function submission(api: IngestionApi): Promise<Resource> {
  const body = await api.submit(PRODUCTS.monitor);
  return { path: `${P}/submissions/${body.id}`, body };
}

/** A submission that waits at its preview. */
async function preview(api: IngestionApi): Promise<Resource> {
  const found = await submission(api);
  await api.emulator.actions.advanceClock('60s');
  return found;
}

/** A submission of which something is told, below its address. */
function failedIn(result: 'FailedInCertification', what: string): Method['ask'] {
  return async (api) => {
    const reports = [
      { reportTimeInUtc: '2030-01-01T00:00:00Z', status: 'Failed', fileUri: 'https://contoso.example/r' },
    ];
    await api.emulator.actions.products.addSubmissionOutcome({ result, reports });
    const { id } = await api.publish(PRODUCTS.monitor);
    return api.get(`${P}/submissions/${id}/${what}`);
  };
}

async function failedValidation(api: IngestionApi): Promise<Told> {
  const { id } = await api.submit(PRODUCTS.monitor, ['ResellerConfiguration']);
  await api.emulator.actions.advanceClock('60s');
  return api.get(`${P}/submissions/${id}/validations`);
}

const createListing: Method['ask'] = async (api) => {
  const instance = await api.draft(PRODUCTS.monitor, 'Listing');
  return api.post(`${P}/listings/createWithInstanceID(instanceID=${instance})`, {
    languageCode: 'de-de',
    title: 'Contoso Monitor',
  });
};
const german: Find = async (api) => {
  const { body } = await createListing(api);
  return { path: `${P}/listings/${body.id}`, body };
};
const lead = { resourceType: 'HttpsEndpointLeadConfiguration', httpsEndpointUri: 'https://contoso.example/leads' };

const methods: readonly (readonly [string, string, Method['ask'], Method['told']])[] = [
  ['B1', 'listProducts', read('products'), ok(row({ id: PRODUCTS.monitor, resourceType: 'AzureApplication' }))],
  ['B2', 'createProduct', post('products', offer), { status: 201, body: { ...offer, id: anId } }],
  ['B3', 'getProduct', read(P), ok({ id: PRODUCTS.monitor })],
  ['B4', 'deleteProduct', remove(made(at('products'), offer)), gone],
  ['B5', 'getSetup', read(`${P}/setup`), ok({ resourceType: 'AzureProductSetup', sellingOption: 'ListAndSell' })],
  ['B6', 'updateSetup', post(`${P}/setup`, { callToAction: 'free' }), ok({ callToAction: 'free' })],
  [
    'B7',
    'getBranches',
    read(`${P}/branches/getByModule(module=Listing)`),
    ok(row({ module: 'Listing', currentDraftInstanceID: anId })),
  ],
  ['B8', 'listProductAvailabilities', read(`${P}/productAvailabilities`), ok(row({ visibility: 'Public', id: anId }))],
  [
    'B9',
    'createProductAvailability',
    post(`${P}/productAvailabilities`, { visibility: 'Private' }),
    { status: 201, body: { visibility: 'Private' } },
  ],
  ['B10', 'getProductAvailability', readOf(availability), ok({ visibility: 'Public' })],
  ['B10', 'updateProductAvailability', change(availability, { visibility: 'Private' }), ok({ visibility: 'Private' })],
  [
    'B11',
    'listProductAvailabilitiesOfInstance',
    ofInstance('productAvailabilities', 'Availability'),
    ok(row({ visibility: 'Public' })),
  ],
  ['B12', 'listProperties', read(`${P}/properties`), ok(row({ resourceType: 'AzureProperty' }))],
  ['B12', 'createProperty', post(`${P}/properties`, { appVersion: '2' }), ok({ appVersion: '2' })],
  ['B13', 'getProperty', readOf(property), ok({ resourceType: 'AzureProperty' })],
  ['B13', 'updateProperty', change(property, { appVersion: '2' }), ok({ appVersion: '2' })],
  ['B14', 'listPropertiesOfInstance', ofInstance('properties', 'Property'), ok(row({ resourceType: 'AzureProperty' }))],
  ['B15', 'getListing', readOf(listing), ok({ resourceType: 'AzureListing', languageCode: 'en-us' })],
  ['B15', 'updateListing', change(listing, { title: 'Gauge' }), ok({ title: 'Gauge', languageCode: 'en-us' })],
  ['B15', 'deleteListing', remove(german), gone],
  ['B16', 'listListingsOfInstance', ofInstance('listings', 'Listing'), ok(row({ languageCode: 'en-us' }))],
  ['B17', 'createListing', createListing, { status: 201, body: { languageCode: 'de-de' } }],
  ['B18', 'listAssets', listOf(asset), ok(row({ fileName: 'guide.pdf' }))],
  [
    'B18',
    'createAsset',
    postTo(ofListing('assets'), { fileName: 'guide.pdf', type: 'Document' }),
    pending('guide.pdf'),
  ],
  ['B19', 'getAsset', readOf(asset), ok({ fileName: 'guide.pdf' })],
  ['B19', 'updateAsset', change(asset, { friendlyName: 'Guide' }), ok({ friendlyName: 'Guide' })],
  ['B19', 'deleteAsset', remove(asset), gone],
  ['B20', 'listImages', listOf(image), ok(row({ fileName: 'large.png' }))],
  ['B20', 'createImage', postTo(ofListing('images'), { fileName: 'a.png', type: 'AzureLogoWide' }), pending('a.png')],
  ['B21', 'getImage', readOf(image), ok({ fileName: 'wide.png' })],
  ['B21', 'updateImage', change(image, { order: 3 }), ok({ order: 3 })],
  ['B21', 'deleteImage', remove(image), gone],
  ['B22', 'listVideos', listOf(video), ok(row({ fileName: 'tour.mp4' }))],
  ['B22', 'createVideo', postTo(ofListing('videos'), { fileName: 'tour.mp4' }), pending('tour.mp4')],
  ['B23', 'getVideo', readOf(video), ok({ fileName: 'tour.mp4' })],
  [
    'B23',
    'updateVideo',
    change(video, { streamingUri: 'https://contoso.example/b' }),
    ok({ streamingUri: 'https://contoso.example/b' }),
  ],
  ['B23', 'deleteVideo', remove(video), gone],
  ['B24', 'getPackageConfiguration', readOf(configuration), ok({ id: anId, version: anId })],
  ['B24', 'updatePackageConfiguration', change(configuration, { version: '9.0.0' }), ok({ version: '9.0.0' })],
  [
    'B25',
    'listPackageConfigurationsOfInstance',
    ofInstance('packageConfigurations', 'Package', PLANS.basic),
    ok(row({ version: anId })),
  ],
  ['B26', 'listPackages', listOf(pack), ok(row({ resourceType: 'AzureApplicationPackage', fileName: anId }))],
  [
    'B26',
    'createPackage',
    post(`${P}/packages`, { resourceType: 'AzureApplicationPackage', fileName: 'b.zip' }),
    pending('b.zip'),
  ],
  ['B27', 'getPackage', readOf(pack), ok({ fileName: 'a.zip' })],
  ['B27', 'updatePackage', change(pack, { fileName: 'c.zip' }), ok({ state: 'PendingUpload', id: anId })],
  ['B27', 'deletePackage', remove(pack), gone],
  ['B28', 'listVariants', read(`${P}/variants`), ok(row({ id: PLANS.basic }))],
  [
    'B28',
    'createVariant',
    post(`${P}/variants`, { resourceType: 'AzureSkuVariant', friendlyName: 'Pro', externalID: 'pro' }),
    { status: 201, body: { externalID: 'pro', id: anId } },
  ],
  ['B29', 'getVariant', read(`${P}/variants/${PLANS.basic}`), ok({ id: PLANS.basic })],
  ['B29', 'updateVariant', change(variant, { friendlyName: 'Plus' }), ok({ friendlyName: 'Plus', externalID: 'pro' })],
  ['B29', 'deleteVariant', remove(variant), gone],
  [
    'B30',
    'listFeatureAvailabilitiesOfInstance',
    ofInstance('featureAvailabilities', 'Availability', PLANS.basic),
    ok(row({ visibility: 'Public' })),
  ],
  ['B31', 'getFeatureAvailability', readOf(featureAvailability), ok({ visibility: 'Public' })],
  [
    'B31',
    'updateFeatureAvailability',
    change(featureAvailability, { visibility: 'Private' }),
    ok({ visibility: 'Private' }),
  ],
  ['B32', 'listProductSubmissions', read(`${P}/submissions`), ok(row({ state: 'Published', id: anId }))],
  [
    'B33',
    'createProductSubmission',
    async (api) => api.post(`${P}/submissions`, await api.everything(PRODUCTS.monitor)),
    { status: 201, body: { state: 'InProgress', id: anId } },
  ],
  ['B34', 'getProductSubmission', readOf(submission), ok({ state: 'InProgress', substate: 'Submitted' })],
  ['B35', 'deleteProductSubmission', remove(submission), gone],
  [
    'B36',
    'promoteProductSubmission',
    async (api) => api.post(`${(await preview(api)).path}/promote`),
    ok({ targetEnvironment: 'Live' }),
  ],
  ['B37', 'listCertificationReports', failedIn('FailedInCertification', 'reports'), ok(row({ status: 'Failed' }))],
  ['B38', 'listValidations', failedValidation, ok(row({ errorCode: 'Resell-20007', severity: 'Error' }))],
  [
    'B39',
    'getWorkflowDetails',
    async (api) => api.get(`${(await preview(api)).path}/workflowdetails`),
    ok({ value: [{ targetEnvironment: 'Preview', state: 'Success' }, { targetEnvironment: 'Live' }] }),
  ],
  [
    'B40',
    'getLeadConfiguration',
    async (api) => {
      await api.post(`${P}/leadConfiguration`, lead);
      return api.get(`${P}/leadConfiguration`);
    },
    ok(lead),
  ],
  ['B40', 'updateLeadConfiguration', post(`${P}/leadConfiguration`, lead), ok(lead)],
  [
    'B41',
    'listSupplementalContentsOfInstance',
    ofInstance('supplementalContents', 'SupplementalContent'),
    ok(row({ resourceType: 'SupplementalContent' })),
  ],
  ['B42', 'getSupplementalContent', readOf(supplemental), ok({ resourceType: 'SupplementalContent' })],
  [
    'B42',
    'updateSupplementalContent',
    change(supplemental, { targetRelease: 'Current' }),
    ok({ targetRelease: 'Current' }),
  ],
  [
    'B43',
    'commitSupplementalContent',
    async (api) => api.post(`${(await supplemental(api)).path}/commit`),
    ok({ resourceType: 'SupplementalContent' }),
  ],
  ['B44', 'listCosellAssets', listOf(cosellAsset), ok(row({ fileName: 'deck.pdf' }))],
  [
    'B44',
    'createCosellAsset',
    post(`${P}/cosellAssets`, { fileName: 'deck.pdf', type: 'PitchDeck' }),
    { ...pending('deck.pdf'), status: 200 },
  ],
  [
    'B45',
    'listCosellAssetsOfInstance',
    async (api) => {
      await cosellAsset(api);
      return ofInstance('cosellAssets', 'Cosell')(api);
    },
    ok(row({ fileName: 'deck.pdf' })),
  ],
  ['B46', 'getCosellAsset', readOf(cosellAsset), ok({ fileName: 'deck.pdf' })],
  ['B46', 'updateCosellAsset', change(cosellAsset, { type: 'OnePager' }), ok({ type: 'OnePager' })],
  ['B46', 'deleteCosellAsset', remove(cosellAsset), gone],
  ['B47', 'getCosellListing', readOf(cosellListing), ok({ id: anId })],
  ['B47', 'updateCosellListing', change(cosellListing, { offerType: 'App' }), ok({ offerType: 'App' })],
  ['B48', 'listCosellListingsOfInstance', ofInstance('cosellListing', 'Cosell'), ok(row({ id: anId }))],
  [
    'B49',
    'getResellerConfiguration',
    read(`${P}/resellerConfiguration`),
    ok({ resourceType: 'ResellerConfiguration', resellerChannelState: 'Enabled' }),
  ],
  [
    'B49',
    'updateResellerConfiguration',
    post(`${P}/resellerConfiguration`, { resellerChannelState: 'Disabled', tenantIds: [] }),
    ok({ resellerChannelState: 'Disabled' }),
  ],
];

function pending(fileName: string): Method['told'] {
  const fileSasUri = expect.stringContaining('sig=') as unknown;
  return { status: 201, body: { fileName, state: 'PendingUpload', fileSasUri } };
}

export const METHODS: readonly Method[] = methods.map(([of, operation, ask, told]) => ({
  row: of,
  operation,
  ask,
  told,
}));
