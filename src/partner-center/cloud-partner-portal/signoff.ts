import { StepId } from './enums';
import type { OfferStatus, Step } from './status-schema';

/**
 * Whether it is the step at which a preview waits for its go-live. Offers that are not migrated have the id
 * `publisher-signoff` and the name "Publisher signoff"; migrated ones were seen with the id's text in `stepName`.
 */
export function isSignoff({ id, stepName }: Pick<Step, 'id' | 'stepName'>): boolean {
  return [id, stepName].some((text) => text?.trim().toLowerCase().replace(/\s+/g, '-') === StepId.signoff);
}

/** The step of a status at which a preview waits for its go-live; undefined when there is none. */
export function signoffStep({ steps }: Pick<OfferStatus, 'steps'>): Step | undefined {
  return steps.find(isSignoff);
}
