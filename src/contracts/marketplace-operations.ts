import { MarketplaceList, MarketplaceValue } from './answers';
import { FunctionName } from './names';
import type { Operation } from './operation';
import { remoteOperations, remoteProblems } from './remote-operations';
import {
  ExpandPageQuery,
  ExpandQuery,
  ProductPageQuery,
  RemotePageQuery,
  SubmissionPageQuery,
} from './remote-parameters';

/** The reads of the Partner Center submission API, as it answers them. */

const { list, one, oneBy } = remoteOperations({
  list: MarketplaceList,
  value: MarketplaceValue,
  problems: ['account-not-found', ...remoteProblems],
});

const root = '/accounts/{account}/marketplace';
const product = `${root}/products/{productId}`;
const instance = `${product}/instances/{instanceId}`;
const listing = `${product}/listings/{listingId}`;
const submission = `${product}/submissions/{submissionId}`;

export const marketplaceLists = {
  listMarketplaceProducts: list(
    FunctionName.listMarketplaceProducts,
    `${root}/products`,
    'Lists the products of the account',
    ProductPageQuery,
  ),
  listMarketplaceBranches: list(
    FunctionName.listMarketplaceBranches,
    `${product}/branches/{module}`,
    'Lists where the drafts of a module are, of a product and its plans',
    RemotePageQuery,
  ),
  listMarketplaceVariants: list(
    FunctionName.listMarketplaceVariants,
    `${product}/variants`,
    'Lists the plans of a product, and its test drive',
    RemotePageQuery,
  ),
  listMarketplaceAvailabilities: list(
    FunctionName.listMarketplaceAvailabilities,
    `${product}/availabilities`,
    'Lists who sees the preview of a product',
    RemotePageQuery,
  ),
  listMarketplaceProperties: list(
    FunctionName.listMarketplaceProperties,
    `${product}/properties`,
    'Lists the properties of a product',
    RemotePageQuery,
  ),
  listMarketplaceImages: list(
    FunctionName.listMarketplaceImages,
    `${listing}/images`,
    'Lists the logos and screenshots of a listing',
    RemotePageQuery,
  ),
  listMarketplaceAssets: list(
    FunctionName.listMarketplaceAssets,
    `${listing}/assets`,
    'Lists the documents of a listing',
    RemotePageQuery,
  ),
  listMarketplaceVideos: list(
    FunctionName.listMarketplaceVideos,
    `${listing}/videos`,
    'Lists the films of a listing',
    RemotePageQuery,
  ),
  listMarketplacePackages: list(
    FunctionName.listMarketplacePackages,
    `${product}/packages`,
    'Lists the packages of a product',
    RemotePageQuery,
  ),
  listMarketplaceCosellAssets: list(
    FunctionName.listMarketplaceCosellAssets,
    `${product}/cosell-assets`,
    "Lists the documents for Microsoft's sellers",
    RemotePageQuery,
  ),
  listMarketplaceSubmissions: list(
    FunctionName.listMarketplaceSubmissions,
    `${product}/submissions`,
    'Lists the submissions of a product, oldest first',
    SubmissionPageQuery,
  ),
  listMarketplaceValidations: list(
    FunctionName.listMarketplaceValidations,
    `${submission}/validations`,
    'Lists what validation found in a submission',
    RemotePageQuery,
  ),
  listMarketplaceReports: list(
    FunctionName.listMarketplaceReports,
    `${submission}/reports`,
    'Lists what certification said of a submission, without the addresses of its reports',
    RemotePageQuery,
  ),
  listMarketplaceWorkflowDetails: list(
    FunctionName.listMarketplaceWorkflowDetails,
    `${submission}/workflow-details`,
    'Lists the ways of a submission to preview and to live, step by step',
    RemotePageQuery,
  ),
  listMarketplaceInstanceListings: list(
    FunctionName.listMarketplaceInstanceListings,
    `${instance}/listings`,
    'Lists the listings of a draft, one for each language',
    RemotePageQuery,
  ),
  listMarketplaceInstanceProperties: list(
    FunctionName.listMarketplaceInstanceProperties,
    `${instance}/properties`,
    'Lists the properties of a draft',
    RemotePageQuery,
  ),
  listMarketplaceInstanceAvailabilities: list(
    FunctionName.listMarketplaceInstanceAvailabilities,
    `${instance}/availabilities`,
    'Lists who sees the preview, of a draft',
    RemotePageQuery,
  ),
  listMarketplaceInstanceFeatureAvailabilities: list(
    FunctionName.listMarketplaceInstanceFeatureAvailabilities,
    `${instance}/feature-availabilities`,
    'Lists markets, trial and prices of a draft of a plan',
    ExpandPageQuery,
  ),
  listMarketplaceInstancePackageConfigurations: list(
    FunctionName.listMarketplaceInstancePackageConfigurations,
    `${instance}/package-configurations`,
    'Lists the package configurations of a draft',
    RemotePageQuery,
  ),
  listMarketplaceInstanceSupplementalContents: list(
    FunctionName.listMarketplaceInstanceSupplementalContents,
    `${instance}/supplemental-contents`,
    'Lists the supplemental contents of a draft',
    RemotePageQuery,
  ),
  listMarketplaceInstanceCosellAssets: list(
    FunctionName.listMarketplaceInstanceCosellAssets,
    `${instance}/cosell-assets`,
    "Lists the documents for Microsoft's sellers, of a draft",
    RemotePageQuery,
  ),
  listMarketplaceInstanceCosellListings: list(
    FunctionName.listMarketplaceInstanceCosellListings,
    `${instance}/cosell-listings`,
    "Lists what Microsoft's sellers are told, of a draft",
    RemotePageQuery,
  ),
} as const satisfies Record<string, Operation>;

export const marketplaceReads = {
  getMarketplaceProduct: one(FunctionName.getMarketplaceProduct, product, 'Reads a product'),
  getMarketplaceSetup: one(FunctionName.getMarketplaceSetup, `${product}/setup`, 'Reads how a product is sold'),
  getMarketplaceVariant: one(
    FunctionName.getMarketplaceVariant,
    `${product}/variants/{variantId}`,
    'Reads a plan of a product',
  ),
  getMarketplaceAvailability: one(
    FunctionName.getMarketplaceAvailability,
    `${product}/availabilities/{availabilityId}`,
    'Reads who sees the preview of a product',
  ),
  getMarketplaceFeatureAvailability: oneBy(
    FunctionName.getMarketplaceFeatureAvailability,
    `${product}/feature-availabilities/{availabilityId}`,
    'Reads markets, trial and prices of a plan',
    ExpandQuery,
  ),
  getMarketplaceProperty: one(
    FunctionName.getMarketplaceProperty,
    `${product}/properties/{propertyId}`,
    'Reads properties of a product',
  ),
  getMarketplaceListing: one(FunctionName.getMarketplaceListing, listing, 'Reads a listing'),
  getMarketplaceImage: one(
    FunctionName.getMarketplaceImage,
    `${listing}/images/{fileId}`,
    'Reads a logo or screenshot of a listing',
  ),
  getMarketplaceAsset: one(
    FunctionName.getMarketplaceAsset,
    `${listing}/assets/{fileId}`,
    'Reads a document of a listing',
  ),
  getMarketplaceVideo: one(FunctionName.getMarketplaceVideo, `${listing}/videos/{fileId}`, 'Reads a film of a listing'),
  getMarketplacePackageConfiguration: one(
    FunctionName.getMarketplacePackageConfiguration,
    `${product}/package-configurations/{configurationId}`,
    'Reads how packages are deployed',
  ),
  getMarketplacePackage: one(FunctionName.getMarketplacePackage, `${product}/packages/{packageId}`, 'Reads a package'),
  getMarketplaceLeadConfiguration: one(
    FunctionName.getMarketplaceLeadConfiguration,
    `${product}/lead-configuration`,
    "Reads where customers' interest is reported to",
  ),
  getMarketplaceResellerConfiguration: one(
    FunctionName.getMarketplaceResellerConfiguration,
    `${product}/reseller-configuration`,
    'Reads which resellers may sell a product',
  ),
  getMarketplaceSupplementalContent: one(
    FunctionName.getMarketplaceSupplementalContent,
    `${product}/supplemental-contents/{instanceId}`,
    'Reads supplemental contents',
  ),
  getMarketplaceCosellAsset: one(
    FunctionName.getMarketplaceCosellAsset,
    `${product}/cosell-assets/{fileId}`,
    "Reads a document for Microsoft's sellers",
  ),
  getMarketplaceCosellListing: one(
    FunctionName.getMarketplaceCosellListing,
    `${product}/cosell-listings/{instanceId}`,
    "Reads what Microsoft's sellers are told",
  ),
  getMarketplaceSubmission: one(FunctionName.getMarketplaceSubmission, submission, 'Reads a submission'),
} as const satisfies Record<string, Operation>;
