import type { Members, OfferContent } from '../offer/offer-content';

/** What becomes of one file of a list, known by its bytes. */
export type MediaStep =
  | { readonly step: 'add' | 'change'; readonly item: Members; readonly order: number }
  | { readonly step: 'remove'; readonly item: Members };

/**
 * One write that makes a draft what it should be. `create` = the content has no such resource; where the service made
 * it together with its parent, the writer changes that one.
 */
export type PlannedWrite =
  | { readonly kind: 'create' | 'update'; readonly key: string; readonly members: Members }
  /** The files of a list; `members` is the list that should be there. */
  | { readonly kind: 'media'; readonly key: string; readonly members: Members; readonly steps: readonly MediaStep[] }
  /** Packages to send before the configuration with this key can name them. */
  | { readonly kind: 'packages'; readonly key: string; readonly packages: readonly Members[] }
  /** With all that lies below. */
  | { readonly kind: 'delete'; readonly key: string };

/**
 * The writes that turn one content into another, in the order to make them: parents before children, plain resources
 * before files, packages before the configurations that name them, deletions last. Equal contents need none.
 */
export function plannedWrites(current: OfferContent, desired: OfferContent): readonly PlannedWrite[] {
  throw new Error(`not there yet: ${Object.keys(current).length + Object.keys(desired).length}`);
}
