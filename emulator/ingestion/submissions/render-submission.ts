import type { Call } from '../../core/call';
import type { Services } from '../../core/services';
import type { IngestionProduct, Instance, ProductSubmission, Substate, TypeValuePair } from '../model';
import { isExpanded } from '../page';
import { effectiveInstances } from './live';

const IN_PROGRESS: readonly Substate[] = ['Submitted', 'Failed', 'FailedInCertification'];
/** *Observed*. */
const NEVER = '1601-01-01T00:00:00Z';

/** *Observed*: `Published` from the preview on. */
export function stateOf({ substate }: ProductSubmission): 'InProgress' | 'Published' {
  return IN_PROGRESS.includes(substate) ? 'InProgress' : 'Published';
}

/** A submission as on the wire (B-R13). *Observed*, but for `pendingUpdateInfo`, which never changes (*assumed*). */
export function renderSubmission(
  services: Services,
  call: Call,
  product: IngestionProduct,
  submission: ProductSubmission,
): Record<string, unknown> {
  const { id, substate, releaseNumber, publishOption, extendedProperties, published } = submission;
  const isWhole = services.world.settings.switches.modularResources === 'effective';
  const instances = isWhole ? effectiveInstances(product, submission) : submission.frozen;
  return {
    resourceType: 'Submission',
    state: stateOf(submission),
    substate,
    targets: [{ type: 'Scope', value: 'Preview' }],
    resources: resourcesOf(instances, undefined),
    variantResources: variantsIn(instances).map((variantID) => ({
      variantID,
      resources: resourcesOf(instances, variantID),
    })),
    ...(publishOption && isExpanded(call, 'PublishOption') && { publishOption }),
    publishedTimeInUtc: published === undefined ? NEVER : new Date(published).toISOString(),
    pendingUpdateInfo: { updateType: 'Create', status: 'Completed' },
    ...(extendedProperties && { extendedProperties }),
    releaseNumber,
    friendlyName: `Submission ${releaseNumber}`,
    areResourcesReady: true,
    id,
  };
}

function resourcesOf(instances: readonly Instance[], variant: string | undefined): TypeValuePair[] {
  return instances
    .filter((instance) => instance.variant === variant)
    .map(({ module, id }) => ({ type: module, value: id }));
}

function variantsIn(instances: readonly Instance[]): string[] {
  return [...new Set(instances.flatMap(({ variant }) => variant ?? []))];
}
