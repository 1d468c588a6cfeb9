/** Names of the client's calls, as errors and logs carry them. */
export const CloudPartnerOperation = {
  listPublishers: 'listPublishers',
  listOfferTypes: 'listOfferTypes',
  listOffers: 'listOffers',
  getOffer: 'getOffer',
  getOfferVersion: 'getOfferVersion',
  getOfferSlot: 'getOfferSlot',
  getOfferStatus: 'getOfferStatus',
  putOffer: 'putOffer',
  publishOffer: 'publishOffer',
  goLive: 'goLive',
  cancelOperation: 'cancelOperation',
  listOperations: 'listOperations',
  getOperation: 'getOperation',
} as const;
export type CloudPartnerOperation = (typeof CloudPartnerOperation)[keyof typeof CloudPartnerOperation];
