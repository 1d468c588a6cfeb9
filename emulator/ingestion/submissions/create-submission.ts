import type { Answer } from '../../core/answer';
import { json } from '../../core/answer';
import type { Call } from '../../core/call';
import type { Services } from '../../core/services';
import { findProduct } from '../access';
import { readBody } from '../body';
import { readResource, readType } from '../document/read-resource';
import { conflict, invalid } from '../errors';
import { MODULES, type IngestionProduct, type Instance, type Members, type TypeValuePair } from '../model';
import { BELOW_PRODUCT } from '../paths';
import { beginSubmission, isFree, type Submitted } from './begin';
import { renderSubmission } from './render-submission';

const TYPE = 'SubmissionCreationRequest';

/** What the shape of a request makes of it. */
interface Request {
  readonly targets?: TypeValuePair[];
  readonly resources?: TypeValuePair[];
  readonly variantResources?: { variantID?: string; resources?: TypeValuePair[] }[];
  readonly publishOption?: Members;
  readonly extendedProperties?: TypeValuePair[];
}

/**
 * `POST …/submissions` (B33, B-R10).
 *
 * - *Documented*: 201; *observed* in a report: 202 (switch `submissionCreateStatus`). `preview` comes back as `Preview`.
 * - *Observed*: what is missing is found by the validation, not here.
 * - *Assumed*: 409 unless the last submission is at rest; 400 for instances of another product, for a test drive, for what
 *   an earlier submission froze (switch `frozenResubmission`), for a target other than the preview, for nothing at all.
 */
export function createSubmission(services: Services, call: Call): Answer {
  const product = findProduct(services, call);
  const body = readBody(call);
  readType(call, body, [TYPE]);
  // What `readResource` gives has the shape that the type says.
  const request: Request = readResource(services, call, TYPE, { body });
  checkTarget(call, request.targets ?? []);
  const instances = instancesOf(services, call, product, request);
  if (!isFree(product)) throw conflict(call, 'Submission', 'The product already has a submission in progress.');
  const { publishOption, extendedProperties } = request;
  const what: Submitted = {
    instances,
    ...(publishOption && { publishOption }),
    ...(extendedProperties && { extendedProperties }),
  };
  const submission = beginSubmission(services, product, what);
  call.facts.submission = submission.id;
  const status = Number(services.world.settings.switches.submissionCreateStatus);
  const path = BELOW_PRODUCT.replace(':productId', product.id);
  return json(status, renderSubmission(services, call, product, submission), {
    location: `${call.origin}${path}/submissions/${submission.id}`,
  });
}

function checkTarget(call: Call, targets: readonly TypeValuePair[]): void {
  const isPreview = targets.some(({ type, value }) => /^scope$/i.test(type) && /^preview$/i.test(value));
  if (!isPreview || targets.length !== 1) throw invalid(call, 'Targets', 'The field Targets is invalid.');
}

function instancesOf(services: Services, call: Call, product: IngestionProduct, request: Request): Instance[] {
  const find = finder(services, call, product);
  const own = (request.resources ?? []).map((resource) => find(resource, undefined));
  const ofPlans = (request.variantResources ?? []).flatMap(({ variantID, resources = [] }) => {
    const variant = product.variants.find(({ id }) => id === variantID?.toLowerCase());
    if (variant?.type !== 'AzureSkuVariant') throw invalid(call, 'VariantID', 'The field VariantID is invalid.');
    return resources.map((resource) => find(resource, variant.id));
  });
  const all = [...own, ...ofPlans];
  const isTwice = new Set(all.map(({ module, variant }) => `${module}/${variant ?? ''}`)).size < all.length;
  if (all.length === 0 || isTwice) throw invalid(call, 'Resources', 'The field Resources is invalid.');
  return all;
}

type Find = (resource: TypeValuePair, variant: string | undefined) => Instance;

function finder(services: Services, call: Call, product: IngestionProduct): Find {
  const frozen = product.submissions.flatMap((submission) => submission.frozen);
  const accepts = services.world.settings.switches.frozenResubmission === 'accept';
  const known = accepts ? [...product.drafts, ...frozen] : product.drafts;
  return ({ type, value }, variant) => {
    const module = MODULES.find((name) => name.toLowerCase() === type?.toLowerCase());
    const id = value?.toLowerCase();
    // *Observed*: an id that nothing else says.
    const isReseller = module === 'ResellerConfiguration' && id === `${product.id}-resellerinstance`;
    const found = known.find(
      (instance) => instance.module === module && instance.variant === variant && (instance.id === id || isReseller),
    );
    if (!found) throw invalid(call, 'Resources', `The resource ${type} ${value} does not belong to the product.`);
    return found;
  };
}
