import type { Services } from '../../core/services';
import { groundOf } from '../ground';
import { nextSubmissionId } from '../ids';
import type {
  IngestionProduct,
  Instance,
  Members,
  ProductSubmission,
  SubmissionOutcome,
  TypeValuePair,
  Variant,
} from '../model';
import { freeze } from './freeze';
import { effectiveInstances, liveOf } from './live';
import { durationOf } from './phases';
import { validate } from './validate';

/** What is to be submitted. */
export interface Submitted {
  readonly instances: readonly Instance[];
  readonly publishOption?: Members;
  readonly extendedProperties?: TypeValuePair[];
}

/** Begins a submission of instances that were found fit: freezes them and starts the validation. */
export function beginSubmission(services: Services, product: IngestionProduct, what: Submitted): ProductSubmission {
  const ground = groundOf(services);
  const { world } = services;
  const frozen = what.instances.map((instance) => freeze(ground, product, instance));
  const instances = [...frozen, ...inherited(product, frozen)];
  const variants = plansOf(product, instances);
  const isStrict = world.settings.switches.contentValidation === 'strict';
  const found = validate({ product, instances, variants: neededPlans(product, variants) }, isStrict);
  const outcome = takeOutcome(world.ingestion.outcomes, product);
  const submission: ProductSubmission = {
    id: nextSubmissionId(ground.state),
    releaseNumber: (product.submissions.at(-1)?.releaseNumber ?? 0) + 1,
    created: ground.now,
    frozen,
    effective: instances.map(({ id }) => id),
    variants,
    ...(what.publishOption && { publishOption: what.publishOption }),
    ...(what.extendedProperties && { extendedProperties: what.extendedProperties }),
    substate: 'Submitted',
    since: ground.now,
    duration: durationOf(world.settings.certification, outcome?.slower ?? 1),
    validations: [...found, ...(outcome?.validations ?? [])],
    reports: [],
    ...(outcome && { outcome }),
  };
  product.submissions.push(submission);
  return submission;
}

/** *Observed* for modular products: what is not submitted stays as it is. Others have to submit everything. */
function inherited(product: IngestionProduct, frozen: readonly Instance[]): Instance[] {
  const live = liveOf(product);
  if (product.isModularPublishing !== true || !live) return [];
  const isGiven = ({ module, variant }: Instance): boolean =>
    frozen.some((own) => own.module === module && own.variant === variant);
  return effectiveInstances(product, live).filter((instance) => !isGiven(instance));
}

/** The plans that have something in a submission, as they are now. */
function plansOf(product: IngestionProduct, instances: readonly Instance[]): Variant[] {
  const named = new Set(instances.map(({ variant }) => variant));
  return product.variants.filter(({ id }) => named.has(id)).map((variant) => structuredClone(variant));
}

/** The plans that a submission has to say everything about: all that are active, or those that it has anyway. */
function neededPlans(product: IngestionProduct, own: readonly Variant[]): Variant[] {
  const all = product.isModularPublishing === true ? own : product.variants;
  return all.filter(({ type, members }) => type === 'AzureSkuVariant' && members['state'] === 'Active');
}

function takeOutcome(outcomes: SubmissionOutcome[], product: IngestionProduct): SubmissionOutcome | undefined {
  const index = outcomes.findIndex((outcome) => outcome.product === undefined || outcome.product === product.id);
  return index < 0 ? undefined : outcomes.splice(index, 1)[0];
}

/** *Observed*: when a new submission may be made, judged by the last one. */
export function isFree(product: IngestionProduct): boolean {
  const last = product.submissions.at(-1)?.substate;
  return last === undefined || ['Failed', 'FailedInCertification', 'ReadyToPublish', 'InStore'].includes(last);
}
