import { CloudPartnerList, CloudPartnerValue } from './answers';
import { FunctionName } from './names';
import type { Operation } from './operation';
import { PageQuery } from './parameters';
import { remoteOperations, remoteProblems } from './remote-operations';
import { OfferPageQuery, OperationPageQuery } from './remote-parameters';

/** The reads of the Cloud Partner Portal API, as it answers them. */

const { list, one } = remoteOperations({
  list: CloudPartnerList,
  value: CloudPartnerValue,
  problems: ['account-not-found', ...remoteProblems],
});

const root = '/accounts/{account}/cloud-partner';
const offers = `${root}/publishers/{publisherId}/offers`;
const offer = `${offers}/{offerId}`;

export const cloudPartnerLists = {
  listCloudPartnerPublishers: list(
    FunctionName.listCloudPartnerPublishers,
    `${root}/publishers`,
    'Lists the publishers that the account sees',
    PageQuery,
  ),
  listCloudPartnerOfferTypes: list(
    FunctionName.listCloudPartnerOfferTypes,
    `${root}/offer-types`,
    'Lists the types that offers may have',
    PageQuery,
  ),
  listCloudPartnerOffers: list(
    FunctionName.listCloudPartnerOffers,
    offers,
    'Lists the offers of a publisher, without their content',
    OfferPageQuery,
  ),
  listCloudPartnerOperations: list(
    FunctionName.listCloudPartnerOperations,
    `${offer}/operations`,
    'Lists the publications and go-lives of an offer',
    OperationPageQuery,
  ),
} as const satisfies Record<string, Operation>;

export const cloudPartnerReads = {
  getCloudPartnerOffer: one(FunctionName.getCloudPartnerOffer, offer, 'Reads the draft of an offer'),
  getCloudPartnerOfferSlot: one(
    FunctionName.getCloudPartnerOfferSlot,
    `${offer}/slots/{slot}`,
    'Reads what is in a slot of an offer: Draft, Preview or Production',
  ),
  getCloudPartnerOfferVersion: one(
    FunctionName.getCloudPartnerOfferVersion,
    `${offer}/versions/{version}`,
    'Reads a version of an offer',
  ),
  getCloudPartnerOfferStatus: one(
    FunctionName.getCloudPartnerOfferStatus,
    `${offer}/status`,
    'Reads how an offer stands, step by step',
  ),
  getCloudPartnerOperation: one(
    FunctionName.getCloudPartnerOperation,
    `${offer}/operations/{operationId}`,
    'Reads how a publication or go-live stands, step by step',
  ),
} as const satisfies Record<string, Operation>;
