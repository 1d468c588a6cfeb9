import type { Product } from '../core/model';
import type { World } from '../core/world';

/** Removes the submissions of a product that goes. */
export function removeSubmissions({ submissions }: World, { id }: Product): void {
  for (const submission of submissions.values()) if (submission.product === id) submissions.delete(submission.id);
}
