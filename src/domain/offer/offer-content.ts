import type { Members } from '../json-value';

export type { Members } from '../json-value';

/**
 * The content of an offer, resource by resource, whichever API it came from: what people can change, without ids, ETags
 * and what the service sets. A key names the resource the same way in the draft, in the preview and in what is live:
 * `property`, `listings/en-us`, `plans/basic/availability`. Two equal contents publish the same.
 */
export type OfferContent = Readonly<Record<string, Members>>;

/** The keys of two contents, each once, in the order of their coming. */
export function keysOf(...contents: readonly OfferContent[]): readonly string[] {
  return [...new Set(contents.flatMap((content) => Object.keys(content)))];
}
