import { remoteReading } from '../activities/offers/open-offer';
import type { RemoteReading } from '../activities/to-failure';
import type { Failure } from '../domain/failure';
import { cloudPartnerFailure } from '../partner-center/cloud-partner-portal';
import { ingestionFailure } from '../partner-center/ingestion';

/** What errors of the APIs of the marketplace mean for somebody who only reads. */

/** Of the Partner Center submission API. A read that is refused has an id that can be none. */
export const readMarketplaceError: RemoteReading = (error) => {
  const failure = remoteReading('marketplace-product')(error);
  const remote = ingestionFailure(error);
  if (failure === undefined || remote === undefined) return failure;
  if (remote.meaning === 'refused' && remote.status === 400) return { ...failure, code: 'product-not-found' };
  return failure;
};

/** Of the Cloud Partner Portal API, which does not tell the parts of an address from each other. */
export const readCloudPartnerError: RemoteReading = (error) => {
  const failure = remoteReading('cloud-partner-offer')(error);
  const words = sentences[cloudPartnerFailure(error)?.meaning ?? ''];
  return failure === undefined || words === undefined ? failure : withWords(failure, words);
};

const sentences: Readonly<Record<string, string>> = {
  'publisher-not-found': 'There is no such publisher.',
  'offer-not-found': 'The publisher has no such offer.',
  'version-not-found': 'The offer has no such version, or there is no such offer.',
  'slot-empty': 'Nothing is in this slot: the offer was never previewed, was never published, or is not there.',
  'operation-not-found': 'The offer has no such operation, or there is no such offer.',
  forbidden: 'There is no such publisher, or the application of the account was not added to it.',
};

function withWords(failure: Failure, words: string): Failure {
  return { ...failure, message: `${words} ${failure.message}` };
}
