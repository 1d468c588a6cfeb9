import { applyOfferChanges } from '../../../domain/cloud-partner/apply-changes';
import { contentOf, offerWith } from '../../../domain/cloud-partner/content';
import { offerDiff } from '../../../domain/cloud-partner/diff-offers';
import { offerDocumentOf } from '../../../domain/cloud-partner/exported';
import { keptPriceFaults } from '../../../domain/cloud-partner/kept-prices';
import { recognise } from '../../../domain/cloud-partner/recognise';
import type { Recognised } from '../../../domain/cloud-partner/recognise';
import { cutUrlQueries } from '../../../domain/url-queries';
import { ok } from '../../../domain/failure';
import type { AppliedChanges } from '../../../domain/offer/judge-offer';
import type { OfferContent } from '../../../domain/offer/offer-content';
import type { AskedContent, OfferApi } from '../offer-api';
import { cancelPublication } from './begin';
import { memoryOf } from './memory';
import type { MemoryDeps } from './memory';
import { promoteKnown, publishKnown } from './publish-known';
import { readContentOf, readLive, readNewest, readOne } from './publications';
import { recogniseMembers } from './recognise-members';
import type { CloudPartnerSession } from './session';
import { writeDraft } from './write-draft';

/**
 * An offer of the Cloud Partner Portal API. Its resources are the offer and its plans, its publications the operations
 * `publish` and `goLive`. It takes addresses instead of files, so that there is nothing to send.
 */
export function cloudPartnerApi(deps: MemoryDeps, session: CloudPartnerSession): OfferApi {
  const { client, call, product } = session;
  const memory = memoryOf(deps, product);
  return {
    readDraft: async () => contentOf((await client.getOffer(product, call)).value),
    readLive: () => readLive(session),
    readPublication: (publicationId) => readContentOf(session, publicationId),
    lastPublication: () => readNewest(session),
    readProgress: (publicationId) => readOne(session, publicationId),
    recognise: (asked, task) => recogniseMembers(session, memory, asked, task),
    apply,
    keptPrices: keptPriceFaults,
    diff: (from, to) => offerDiff(offerWith(from), offerWith(to)),
    documentOf: (content) => offerDocumentOf(offerWith(content)),
    fileWrites: () => 0,
    write: (task) => writeDraft({ session, memory }, task),
    upload: async () => ok({ done: true, sent: 0, total: 0 }),
    clearLeftovers: async () => undefined,
    publish: ({ emails }) => publishKnown(session, memory, emails),
    promote: (previewId, emails) => promoteKnown({ session, memory }, previewId, emails),
    cancel: (publication, emails) => cancelPublication(session, publication, emails),
  };
}

function apply(before: OfferContent, { document, facts }: AskedContent): AppliedChanges {
  const { target, changes } = document;
  const create = target.kind === 'cloud-partner-offer' ? target.create : undefined;
  const offer = offerWith(before, create?.offerTypeId);
  // Contents hold no queries: a plan is made of the document as it was sent.
  const { definition, faults } = applyOfferChanges(offer, changes && cutUrlQueries(changes).document);
  const wanted = contentOf({ ...offer, definition });
  const { content, settled }: Recognised = facts === undefined ? { content: wanted } : recognise(wanted, before, facts);
  return { content, settled, faults };
}
