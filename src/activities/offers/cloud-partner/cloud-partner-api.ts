import { applyOfferChanges } from '../../../domain/cloud-partner/apply-changes';
import { contentOf, offerWith } from '../../../domain/cloud-partner/content';
import { offerDiff } from '../../../domain/cloud-partner/diff-offers';
import { offerDocumentOf } from '../../../domain/cloud-partner/exported';
import { keptPriceFaults } from '../../../domain/cloud-partner/kept-prices';
import { ok } from '../../../domain/failure';
import type { AppliedChanges } from '../../../domain/offer/judge-offer';
import type { OfferContent } from '../../../domain/offer/offer-content';
import type { AskedContent, OfferApi } from '../offer-api';
import { beginGoLive, beginPublish, cancelPublication } from './begin';
import { readContentOf, readLive, readNewest, readOne } from './publications';
import type { CloudPartnerSession } from './session';
import { writeDraft } from './write-draft';

/**
 * An offer of the Cloud Partner Portal API. Its resources are the offer and its plans, its publications the operations
 * `publish` and `goLive`. It takes addresses instead of files, so that there is nothing to send.
 */
export function cloudPartnerApi(session: CloudPartnerSession): OfferApi {
  const { client, call, product } = session;
  return {
    readDraft: async () => contentOf((await client.getOffer(product, call)).value),
    readLive: () => readLive(session),
    readPublication: (publicationId) => readContentOf(session, publicationId),
    lastPublication: () => readNewest(session),
    readProgress: (publicationId) => readOne(session, publicationId),
    apply,
    diff: (from, to) => offerDiff(offerWith(from), offerWith(to)),
    documentOf: (content) => offerDocumentOf(offerWith(content)),
    fileWrites: () => 0,
    write: (task) => writeDraft(session, task),
    upload: async () => ok({ done: true, sent: 0, total: 0 }),
    clearLeftovers: async () => undefined,
    publish: ({ emails }) => beginPublish(session, emails),
    promote: async (_publicationId, emails) => ({ publicationId: await beginGoLive(session, emails) }),
    cancel: (publication, emails) => cancelPublication(session, publication, emails),
  };
}

function apply(before: OfferContent, { document }: AskedContent): AppliedChanges {
  const { target, changes, options = {} } = document;
  const create = target.kind === 'cloud-partner-offer' ? target.create : undefined;
  const offer = offerWith(before, create?.offerTypeId);
  const { definition, faults } = applyOfferChanges(offer, changes);
  const content = contentOf({ ...offer, definition });
  const prices = options.price === 'change' ? [] : keptPriceFaults(before, content);
  return { content, faults: [...faults, ...prices] };
}
