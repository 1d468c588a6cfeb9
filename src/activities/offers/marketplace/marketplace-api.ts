import { applyChanges } from '../../../domain/marketplace/apply-changes';
import type { ChangeContext } from '../../../domain/marketplace/changes/place';
import { diffOf } from '../../../domain/marketplace/diff-contents';
import { documentOf } from '../../../domain/marketplace/document';
import { plannedWrites } from '../../../domain/marketplace/planned-writes';
import { keptPriceFaults } from '../../../domain/marketplace/price-pointers';
import type { AppliedChanges } from '../../../domain/offer/judge-offer';
import type { OfferContent } from '../../../domain/offer/offer-content';
import type { AskedContent, OfferApi } from '../offer-api';
import { draftRows } from './draft-rows';
import { clearLeftovers } from './leftovers';
import { lastPublication, readProgress } from './progress';
import { readDraft, readLive, readPublication } from './publications';
import { cancel, publish } from './publish';
import { readersOf } from './read-content';
import { productSession } from './session';
import type { AccountSession, MarketplaceDeps, MarketplaceOffer } from './session';
import { uploadFiles } from './upload-files';
import { fileWritesOf, writeDraft } from './write-draft';

/** A product of the Partner Center submission API, as the activities of offers use it. */
export function marketplaceApi(
  deps: MarketplaceDeps,
  { product, ...account }: AccountSession & { readonly product: MarketplaceOffer },
): OfferApi {
  const session = productSession(deps, account, product);
  const { client, call, productId } = session;
  const readers = readersOf(session);
  return {
    readDraft: () => readDraft(readers),
    readLive: (atLeast) => readLive(readers, atLeast),
    readPublication: (publicationId) => readPublication(readers, publicationId),
    lastPublication: () => lastPublication(session),
    readProgress: (publicationId) => readProgress(session, publicationId),
    // Files have ids of their own and are known by those, and a secret is written by each release that names it.
    recognise: async (asked) => asked,
    apply: (content, asked) => apply(content, asked, session.knownType()),
    keptPrices: keptPriceFaults,
    diff: diffOf,
    documentOf,
    fileWrites: (current, desired) => fileWritesOf(plannedWrites(current, desired)).length,
    write: (task) => writeDraft(readers, task),
    upload: (task) => uploadFiles(readers, task),
    clearLeftovers: (task) => clearLeftovers({ rows: draftRows(readers), task }),
    // The API has no addresses to tell of the end: its own users are told by Partner Center.
    publish: ({ changed }) => publish(session, changed),
    promote: async (publicationId) => {
      await client.promoteSubmission({ productId, submissionId: publicationId }, call);
      return { publicationId };
    },
    cancel: (publication) => cancel(session, publication),
  };
}

function apply(before: OfferContent, asked: AskedContent, resourceType: string | undefined): AppliedChanges {
  return applyChanges(before, asked.document.changes, contextOf(asked, resourceType));
}

function contextOf({ packages, assets }: AskedContent, resourceType: string | undefined): ChangeContext {
  return {
    packages: packages.map(({ plan, version, fileName, sha256 }) => ({ plan, version, fileName, sha256 })),
    sha256Of: (asset) => assets[asset.toLowerCase()],
    ...(resourceType === undefined ? {} : { resourceType }),
  };
}
