import { openDirectory, openOffer } from '../activities/offers/open-offer';
import type { CallOf } from '../activities/offers/open-offer';
import { namedOffer, offerOf } from '../domain/offer/offer';
import type { OfferTarget } from '../domain/release-document';
import type { Exported } from './export-product';
import type { QueryDeps } from './session';

/** The live offer as a release document that changes nothing; of one that was never published, its draft. */
export async function exportOffer(
  deps: QueryDeps,
  account: string,
  target: OfferTarget,
  callOf: CallOf,
): Promise<Exported> {
  const named = namedOffer(target);
  const product =
    named === null ? offerOf(target) : await (await openDirectory(deps, target.kind, account, callOf)).find(named);
  if (product === null) return { kind: 'no-product' };
  const { api } = await openOffer(deps, { account, product }, callOf);
  const live = await api.readLive();
  const content = live.kind === 'shown' ? live.content : await api.readDraft();
  return {
    kind: 'document',
    // By its id: a document names an offer in one way.
    document: { account, target: product, changes: api.documentOf(content) },
  };
}
