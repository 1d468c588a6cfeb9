import type { OfferContent } from '../offer/offer-content';
import type { Fault } from '../release';
import { changesPlace } from './changes/place';
import type { AssetFile, ChangeContext } from './changes/place';

/** A content with changes applied. */
export interface AppliedChanges {
  readonly content: OfferContent;
  /** All of them at once; with any, the content is not one to write. */
  readonly faults: readonly Fault[];
  /** The assets of the document that the content shows and the product did not have. */
  readonly files: readonly AssetFile[];
}

/**
 * Applies a merge patch (RFC 7396) on the exported document, and the document's packages, to a content. What neither
 * names stays as it is. Pure, and applying twice gives the same.
 */
export function applyChanges(
  content: OfferContent,
  changes: object | undefined,
  context: ChangeContext,
): AppliedChanges {
  const { found } = changesPlace(context);
  return { content: { ...content, ...changes }, ...found };
}
