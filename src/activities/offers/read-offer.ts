import { judgeOffer } from '../../domain/offer/judge-offer';
import type { OfferJudgement, SeenOffer } from '../../domain/offer/judge-offer';
import type { DraftLedger } from '../../domain/offer/draft-ledger';
import type { Offer } from '../../domain/offer/offer';
import type { OfferDocument } from '../../domain/release-document';
import { productKey } from '../../domain/product';
import type { ActivityDeps } from '../deps';
import type { AskedContent, LiveOffer, OfferApi } from './offer-api';

type Deps = Pick<ActivityDeps, 'offers' | 'ownSubmissions'>;

/** An offer as it was read, and what this service knows of it. */
export interface FoundOffer {
  readonly seen: SeenOffer;
  /** As the API has it. */
  readonly live: LiveOffer;
  readonly ledger: DraftLedger;
}

/** Reads the draft, what is live, and how far the publication is that was begun last. */
export async function readOffer(deps: Deps, api: OfferApi, product: Offer): Promise<FoundOffer> {
  const key = productKey(product);
  const last = await api.lastPublication();
  const own = last === null ? undefined : await deps.ownSubmissions.get(key, last.publicationId);
  const live = await api.readLive();
  const draft = await api.readDraft();
  // Read last: what an earlier activity has written, it has noted before.
  const ledger = await deps.offers.readLedger(key);
  const seen = { draft, live: await shown(deps, key, live), last, lastIsOurs: own !== undefined };
  return { seen, live, ledger };
}

/** What the API does not show is known where this service has published it. */
async function shown(deps: Deps, key: string, live: LiveOffer): Promise<SeenOffer['live']> {
  if (live.kind === 'never') return null;
  if (live.kind === 'shown') return live.content;
  const published = await deps.offers.readPublished(key);
  return published?.publicationId === live.publicationId ? published.content : 'unknown';
}

/** What is asked for, with what of it is known to be there; `changes` with the queries of their addresses. */
export function recognised(
  api: OfferApi,
  { seen: { draft }, live }: FoundOffer,
  asked: AskedContent,
  changes: object | undefined,
): Promise<AskedContent> {
  return api.recognise(asked, { draft, live, changes });
}

/** Judges a release against the offer as it was read. */
export function judgeFound(
  api: OfferApi,
  { seen, ledger }: Pick<FoundOffer, 'seen' | 'ledger'>,
  asked: AskedContent,
  publicationId: string | null,
): OfferJudgement {
  const { options = {} } = asked.document;
  return judgeOffer({
    offer: seen,
    ledger,
    publicationId,
    onForeignDraft: options.onForeignDraft ?? 'refuse',
    until: untilOf(options),
    apply: (base) => api.apply(base, asked),
    keptPrices: (before, after) => (options.price === 'change' ? [] : api.keptPrices(before, after)),
  });
}

function untilOf({ until }: NonNullable<OfferDocument['options']>): 'draft' | 'preview' | 'published' {
  return until === 'draft' || until === 'preview' ? until : 'published';
}
