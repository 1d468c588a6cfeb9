import type { Call } from '../../../src/partner-center/http';
import type { ConditionalCall } from '../../../src/partner-center/ingestion';
import { get, list, post, put, remove, type Endpoint } from './endpoint';
import { all } from '../store/rows';
import * as wire from './wire-samples';

const { product: productId, instance: instanceId, row, file, submission: submissionId } = wire.ids;
const P = `products/${productId}`;
const inInstance = (resources: string) => `${P}/${resources}/getByInstanceID(instanceID=${instanceId})`;
const instance = { productId, instanceId };
/** Sent where the API asks for it, and where it obeys it. */
const conditional = (call: Call): ConditionalCall => ({ ...call, ifMatch: wire.etag });

const offer = { type: 'AzureOfferId', value: "o'neil" };
const newProduct = { resourceType: 'AzureContainer', name: 'Contoso tools', externalIDs: [offer] } as const;

const products: readonly Endpoint[] = [
  list('B1', 'products', wire.product, ['listProducts', (client, call) => all(client.listProducts(call))]),
  post(
    'B2',
    'products',
    [201, newProduct, wire.product],
    ['createProduct', (client, call) => client.createProduct(newProduct, call)],
  ),
  get('B3', P, wire.product, ['getProduct', (client, call) => client.getProduct(productId, call)]),
  remove('B4', P, ['deleteProduct', (client, call) => client.deleteProduct(productId, call)]),
  get('B5', `${P}/setup`, wire.setup, ['getSetup', (client, call) => client.getSetup(productId, call)]),
  post(
    'B6',
    `${P}/setup`,
    [200, { resourceType: 'AzureProductSetup', sellingOption: 'ListAndSell' }, wire.setup],
    ['updateSetup', (client, call) => client.updateSetup(productId, { sellingOption: 'ListAndSell' }, call)],
  ),
  list('B7', `${P}/branches/getByModule(module=Listing)`, wire.branch, [
    'listBranches',
    (client, call) => all(client.listBranches(productId, 'Listing', call)),
  ]),
];

const availability = { productId, availabilityId: row };
const expand = '$expand=MarketStates%2CTrial%2CPriceSchedules';
const availabilities: readonly Endpoint[] = [
  list('B8', `${P}/productavailabilities`, wire.productAvailability, [
    'listProductAvailabilities',
    (client, call) => all(client.listProductAvailabilities(productId, call)),
  ]),
  post(
    'B9',
    `${P}/productavailabilities`,
    [201, { resourceType: 'ProductAvailability', visibility: 'Public' }, wire.productAvailability],
    [
      'createProductAvailability',
      (client, call) => client.createProductAvailability(productId, { visibility: 'Public' }, call),
    ],
  ),
  get('B10', `${P}/productavailabilities/${row}`, wire.productAvailability, [
    'getProductAvailability',
    (client, call) => client.getProductAvailability(availability, call),
  ]),
  put(
    'B10',
    `${P}/productavailabilities/${row}`,
    [wire.productAvailability, wire.productAvailability],
    [
      'updateProductAvailability',
      (client, call) => client.updateProductAvailability(availability, wire.productAvailability, conditional(call)),
    ],
  ),
  list('B11', inInstance('productAvailabilities'), wire.productAvailability, [
    'listProductAvailabilitiesOfInstance',
    (client, call) => all(client.listProductAvailabilitiesOfInstance(instance, call)),
  ]),
  list('B30', `${inInstance('featureAvailabilities')}?${expand}`, wire.featureAvailability, [
    'listFeatureAvailabilitiesOfInstance',
    (client, call) => all(client.listFeatureAvailabilitiesOfInstance(instance, call)),
  ]),
  get('B31', `${P}/featureavailabilities/${row}?$expand=Trial`, wire.featureAvailability, [
    'getFeatureAvailability',
    (client, call) => client.getFeatureAvailability(availability, call, { expand: ['Trial'] }),
  ]),
  put(
    'B31',
    `${P}/featureavailabilities/${row}?${expand}`,
    [wire.featureAvailability, wire.featureAvailability],
    [
      'updateFeatureAvailability',
      (client, call) => client.updateFeatureAvailability(availability, wire.featureAvailability, conditional(call)),
    ],
  ),
];

const propertyRow = { productId, propertyId: row };
const properties: readonly Endpoint[] = [
  list('B12', `${P}/properties`, wire.property, [
    'listProperties',
    (client, call) => all(client.listProperties(productId, call)),
  ]),
  post(
    'B12',
    `${P}/properties`,
    [200, { resourceType: 'AzureProperty', appVersion: '2' }, wire.property],
    ['createProperty', (client, call) => client.createProperty(productId, { appVersion: '2' }, call)],
  ),
  get('B13', `${P}/properties/${row}`, wire.property, [
    'getProperty',
    (client, call) => client.getProperty(propertyRow, call),
  ]),
  put(
    'B13',
    `${P}/properties/${row}`,
    [wire.property, wire.property],
    ['updateProperty', (client, call) => client.updateProperty(propertyRow, wire.property, conditional(call))],
  ),
  list('B14', inInstance('properties'), wire.property, [
    'listPropertiesOfInstance',
    (client, call) => all(client.listPropertiesOfInstance(instance, call)),
  ]),
];

const listingRow = { productId, listingId: row };
const L = `${P}/listings/${row}`;
const listings: readonly Endpoint[] = [
  get('B15', L, wire.listing, ['getListing', (client, call) => client.getListing(listingRow, call)]),
  put(
    'B15',
    L,
    [wire.listing, wire.listing],
    ['updateListing', (client, call) => client.updateListing(listingRow, wire.listing, conditional(call))],
  ),
  remove('B15', L, ['deleteListing', (client, call) => client.deleteListing(listingRow, call)]),
  list('B16', inInstance('listings'), wire.listing, [
    'listListingsOfInstance',
    (client, call) => all(client.listListingsOfInstance(instance, call)),
  ]),
  post(
    'B17',
    `${P}/listings/createWithInstanceID(instanceID=${instanceId})`,
    [201, { resourceType: 'AzureListing', languageCode: 'de-de', title: 'Werkzeug' }, wire.listing],
    [
      'createListing',
      (client, call) => client.createListing(instance, { languageCode: 'de-de', title: 'Werkzeug' }, call),
    ],
  ),
];

const fileRow = { ...listingRow, fileId: file };
const withFileSasUri = true;
const sas = '?$expand=FileSasUri';
const pending = { state: 'PendingUpload' };
const image = { resourceType: 'ListingImage', state: 'Uploaded', fileName: 'large.png', order: 0 };
const files: readonly Endpoint[] = [
  list('B18', `${L}/assets${sas}`, wire.asset, [
    'listListingAssets',
    (client, call) => all(client.listListingAssets(listingRow, call, { withFileSasUri })),
  ]),
  post(
    'B18',
    `${L}/assets`,
    [201, { resourceType: 'ListingAsset', ...pending, fileName: 'guide.pdf' }, wire.asset],
    ['createListingAsset', (client, call) => client.createListingAsset(listingRow, { fileName: 'guide.pdf' }, call)],
  ),
  get('B19', `${L}/assets/${file}`, wire.asset, [
    'getListingAsset',
    (client, call) => client.getListingAsset(fileRow, call),
  ]),
  put(
    'B19',
    `${L}/assets/${file}`,
    [{ resourceType: 'ListingAsset', state: 'Uploaded' }, wire.asset],
    ['updateListingAsset', (client, call) => client.updateListingAsset(fileRow, { state: 'Uploaded' }, call)],
  ),
  remove('B19', `${L}/assets/${file}`, [
    'deleteListingAsset',
    (client, call) => client.deleteListingAsset(fileRow, call),
  ]),
  list('B20', `${L}/images`, wire.image, [
    'listListingImages',
    (client, call) => all(client.listListingImages(listingRow, call)),
  ]),
  post(
    'B20',
    `${L}/images`,
    [201, { ...image, ...pending }, wire.image],
    [
      'createListingImage',
      (client, call) => client.createListingImage(listingRow, { fileName: 'large.png', order: 0 }, call),
    ],
  ),
  get('B21', `${L}/images/${file}${sas}`, wire.image, [
    'getListingImage',
    (client, call) => client.getListingImage(fileRow, call, { withFileSasUri }),
  ]),
  put(
    'B21',
    `${L}/images/${file}`,
    [image, wire.image],
    ['updateListingImage', (client, call) => client.updateListingImage(fileRow, image, conditional(call))],
  ),
  remove('B21', `${L}/images/${file}`, [
    'deleteListingImage',
    (client, call) => client.deleteListingImage(fileRow, call),
  ]),
  list('B22', `${L}/videos`, wire.video, [
    'listListingVideos',
    (client, call) => all(client.listListingVideos(listingRow, call)),
  ]),
  post(
    'B22',
    `${L}/videos`,
    [201, { resourceType: 'ListingVideo', ...pending, fileName: 'film.mp4' }, wire.video],
    ['createListingVideo', (client, call) => client.createListingVideo(listingRow, { fileName: 'film.mp4' }, call)],
  ),
  get('B23', `${L}/videos/${file}`, wire.video, [
    'getListingVideo',
    (client, call) => client.getListingVideo(fileRow, call),
  ]),
  put(
    'B23',
    `${L}/videos/${file}`,
    [{ resourceType: 'ListingVideo', state: 'Uploaded' }, wire.video],
    ['updateListingVideo', (client, call) => client.updateListingVideo(fileRow, { state: 'Uploaded' }, call)],
  ),
  remove('B23', `${L}/videos/${file}`, [
    'deleteListingVideo',
    (client, call) => client.deleteListingVideo(fileRow, call),
  ]),
];

const configurationRow = { productId, configurationId: row };
const packageRow = { productId, packageId: row };
const newPackage = { resourceType: 'AzureApplicationPackage', fileName: 'app.zip' } as const;
const uploaded = { ...newPackage, state: 'Uploaded' };
const packages: readonly Endpoint[] = [
  get('B24', `${P}/packageconfigurations/${row}`, wire.configuration, [
    'getPackageConfiguration',
    (client, call) => client.getPackageConfiguration(configurationRow, call),
  ]),
  put(
    'B24',
    `${P}/packageconfigurations/${row}`,
    [wire.configuration, wire.configuration],
    [
      'updatePackageConfiguration',
      (client, call) => client.updatePackageConfiguration(configurationRow, wire.configuration, conditional(call)),
    ],
  ),
  list('B25', inInstance('packageConfigurations'), wire.configuration, [
    'listPackageConfigurationsOfInstance',
    (client, call) => all(client.listPackageConfigurationsOfInstance(instance, call)),
  ]),
  list('B26', `${P}/packages`, wire.packageRow, [
    'listPackages',
    (client, call) => all(client.listPackages(productId, call)),
  ]),
  post(
    'B26',
    `${P}/packages`,
    [201, newPackage, wire.packageRow],
    ['createPackage', (client, call) => client.createPackage(productId, newPackage, call)],
  ),
  get('B27', `${P}/packages/${row}`, wire.packageRow, [
    'getPackage',
    (client, call) => client.getPackage(packageRow, call),
  ]),
  put(
    'B27',
    `${P}/packages/${row}`,
    [uploaded, wire.packageRow],
    ['updatePackage', (client, call) => client.updatePackage(packageRow, uploaded, call)],
  ),
  remove('B27', `${P}/packages/${row}`, ['deletePackage', (client, call) => client.deletePackage(packageRow, call)]),
];

const variantRow = { productId, variantId: row };
const newVariant = { resourceType: 'AzureSkuVariant', friendlyName: 'Basic', externalID: 'basic' };
const variants: readonly Endpoint[] = [
  list('B28', `${P}/variants`, wire.variant, [
    'listVariants',
    (client, call) => all(client.listVariants(productId, call)),
  ]),
  post(
    'B28',
    `${P}/variants`,
    [201, newVariant, wire.variant],
    ['createVariant', (client, call) => client.createVariant(productId, newVariant, call)],
  ),
  get('B29', `${P}/variants/${row}`, wire.variant, [
    'getVariant',
    (client, call) => client.getVariant(variantRow, call),
  ]),
  put(
    'B29',
    `${P}/variants/${row}`,
    [wire.variant, wire.variant],
    ['updateVariant', (client, call) => client.updateVariant(variantRow, wire.variant, call)],
  ),
  remove('B29', `${P}/variants/${row}`, ['deleteVariant', (client, call) => client.deleteVariant(variantRow, call)]),
];

const submissionRow = { productId, submissionId };
const S = `${P}/submissions/${submissionId}`;
const resources = [{ type: 'Listing', value: instanceId }];
const creation = {
  resourceType: 'SubmissionCreationRequest',
  targets: [{ type: 'Scope', value: 'preview' }],
  resources,
  variantResources: [{ variantID: row, resources }],
};
const submissions: readonly Endpoint[] = [
  list('B32', `${P}/submissions?$filter=State%20eq%20%27InProgress%27&$expand=PublishOption`, wire.submission, [
    'listSubmissions',
    (client, call) => all(client.listSubmissions(productId, call, { state: 'InProgress', withPublishOption: true })),
  ]),
  post(
    'B33',
    `${P}/submissions`,
    [202, creation, wire.submission],
    [
      'createSubmission',
      (client, call) =>
        client.createSubmission(productId, { resources, variantResources: creation.variantResources }, call),
    ],
  ),
  get('B34', `${S}?$expand=PublishOption`, wire.submission, [
    'getSubmission',
    (client, call) => client.getSubmission(submissionRow, call, { withPublishOption: true }),
  ]),
  remove('B35', S, ['deleteSubmission', (client, call) => client.deleteSubmission(submissionRow, call)]),
  post(
    'B36',
    `${S}/promote`,
    [200, undefined, wire.workflow],
    ['promoteSubmission', (client, call) => client.promoteSubmission(submissionRow, call)],
  ),
  list('B37', `${S}/reports`, wire.report, [
    'listCertificationReports',
    (client, call) => all(client.listCertificationReports(submissionRow, call)),
  ]),
  list('B38', `${S}/validations`, wire.validation, [
    'listValidations',
    (client, call) => all(client.listValidations(submissionRow, call)),
  ]),
  list('B39', `${S}/workflowdetails`, wire.workflow, [
    'listWorkflowDetails',
    (client, call) => all(client.listWorkflowDetails(submissionRow, call)),
  ]),
];

const selling: readonly Endpoint[] = [
  get('B40', `${P}/leadconfiguration`, wire.lead, [
    'getLeadConfiguration',
    (client, call) => client.getLeadConfiguration(productId, call),
  ]),
  post(
    'B40',
    `${P}/leadconfiguration`,
    [200, wire.lead, wire.lead],
    ['updateLeadConfiguration', (client, call) => client.updateLeadConfiguration(productId, wire.lead, call)],
  ),
  get('B49', `${P}/resellerConfiguration`, wire.reseller, [
    'getResellerConfiguration',
    (client, call) => client.getResellerConfiguration(productId, call),
  ]),
  post(
    'B49',
    `${P}/resellerConfiguration`,
    [200, wire.reseller, wire.reseller],
    [
      'updateResellerConfiguration',
      (client, call) =>
        client.updateResellerConfiguration(productId, { resellerChannelState: 'Enabled', tenantIds: [] }, call),
    ],
  ),
];

const content = { resourceType: 'SupplementalContent', targetRelease: '2027 wave 1' };
const supplemental: readonly Endpoint[] = [
  list('B41', inInstance('supplementalcontents'), wire.supplemental, [
    'listSupplementalContentsOfInstance',
    (client, call) => all(client.listSupplementalContentsOfInstance(instance, call)),
  ]),
  get('B42', `${P}/supplementalContents/${instanceId}`, wire.supplemental, [
    'getSupplementalContent',
    (client, call) => client.getSupplementalContent(instance, call),
  ]),
  put(
    'B42',
    `${P}/supplementalContents/${instanceId}`,
    [content, wire.supplemental],
    [
      'updateSupplementalContent',
      (client, call) => client.updateSupplementalContent(instance, content, conditional(call)),
    ],
  ),
  post(
    'B43',
    `${P}/supplementalContents/${instanceId}/commit`,
    [200, undefined, wire.supplemental],
    ['commitSupplementalContent', (client, call) => client.commitSupplementalContent(instance, call)],
  ),
];

const cosellRow = { productId, assetId: row };
const deck = { resourceType: 'CosellAsset', fileName: 'deck.pdf' };
const cosell: readonly Endpoint[] = [
  list('B44', `${P}/cosellAssets`, wire.cosellAsset, [
    'listCosellAssets',
    (client, call) => all(client.listCosellAssets(productId, call)),
  ]),
  post(
    'B44',
    `${P}/cosellAssets`,
    [200, deck, wire.cosellAsset],
    ['createCosellAsset', (client, call) => client.createCosellAsset(productId, { fileName: 'deck.pdf' }, call)],
  ),
  list('B45', inInstance('cosellAssets'), wire.cosellAsset, [
    'listCosellAssetsOfInstance',
    (client, call) => all(client.listCosellAssetsOfInstance(instance, call)),
  ]),
  get('B46', `${P}/cosellAssets/${row}`, wire.cosellAsset, [
    'getCosellAsset',
    (client, call) => client.getCosellAsset(cosellRow, call),
  ]),
  put(
    'B46',
    `${P}/cosellAssets/${row}`,
    [deck, wire.cosellAsset],
    ['updateCosellAsset', (client, call) => client.updateCosellAsset(cosellRow, deck, call)],
  ),
  remove('B46', `${P}/cosellAssets/${row}`, [
    'deleteCosellAsset',
    (client, call) => client.deleteCosellAsset(cosellRow, call),
  ]),
  get('B47', `${P}/cosellListing/${instanceId}`, wire.cosellListing, [
    'getCosellListing',
    (client, call) => client.getCosellListing(instance, call),
  ]),
  put(
    'B47',
    `${P}/cosellListing/${instanceId}`,
    [wire.cosellListing, wire.cosellListing],
    ['updateCosellListing', (client, call) => client.updateCosellListing(instance, wire.cosellListing, call)],
  ),
  list('B48', inInstance('cosellListing'), wire.cosellListing, [
    'listCosellListingsOfInstance',
    (client, call) => all(client.listCosellListingsOfInstance(instance, call)),
  ]),
];

export const endpoints: readonly Endpoint[] = [
  ...products,
  ...availabilities,
  ...properties,
  ...listings,
  ...files,
  ...packages,
  ...variants,
  ...submissions,
  ...selling,
  ...supplemental,
  ...cosell,
];
