import { z } from 'zod';
import type { Switches } from '../../core/settings';
import { badRequest } from '../errors';
import type { Definition, Members } from '../model';
import { withKeptSecrets } from './secrets';
import { withOwnCopies, type Copies } from './artifacts';
import { pricingFaults } from './pricing';

const Sent = z.looseObject({
  offerTypeId: z.string(),
  id: z.string().optional(),
  publisherId: z.string().optional(),
  definition: z.looseObject({
    displayText: z.string().default(''),
    offer: z.record(z.string(), z.unknown()).default({}),
    plans: z.array(z.looseObject({ planId: z.string().min(1) })).default([]),
  }),
});
type Sent = z.infer<typeof Sent>;

/**
 * The offer in the body of a PUT (A-R5).
 *
 * - *Documented*: the words about a missing type; members that are unknown are kept.
 * - *Assumed*: other shapes and their words; ids that are not those of the path (switch `cloudPartner.idMismatch`); a
 *   missing display text is empty, missing plans are none.
 */
export function readOffer(body: Members, path: { publisher: string; offer: string }, switches: Switches): Sent {
  if (!body['offerTypeId']) throw badRequest("The argument: 'OfferTypeId' cannot be null or empty.");
  const parsed = Sent.safeParse(body);
  if (!parsed.success) throw badRequest(z.prettifyError(parsed.error));
  const { id = path.offer, publisherId = path.publisher, definition } = parsed.data;
  const isOther = differs(id, path.offer) || differs(publisherId, path.publisher);
  if (isOther && switches['cloudPartner.idMismatch'] === '400') {
    throw badRequest(`The offer ${publisherId}/${id} of the body is not the one of the address.`);
  }
  checkPlans(definition, switches);
  return parsed.data;
}

function differs(one: string, other: string): boolean {
  return one.toLowerCase() !== other.toLowerCase();
}

function checkPlans({ plans }: Definition, switches: Switches): void {
  const ids = plans.map(({ planId }) => planId as string);
  const double = ids.find((id, index) => ids.indexOf(id) < index);
  if (double !== undefined) throw badRequest(`The plan ${double} is there twice.`);
  const faults = switches['cloudPartner.pricingCheck'] === 'put' ? plans.flatMap(pricingFaults) : [];
  if (faults.length > 0) throw badRequest(faults.join(' '));
}

/** A definition as it is stored: with the service's own copies, old secrets where none were sent, and in its own names. */
export function storedDefinition(
  sent: Definition,
  { before, copies, switches }: { before: Definition | undefined; copies: Copies; switches: Switches },
): Definition {
  const { displayText, offer, plans } = sent;
  const kept = before && switches['cloudPartner.blankSecret'] === 'keep' ? withKeptSecrets(offer, before.offer) : offer;
  return withOwnCopies({ ...sent, displayText, offer: kept, plans: plans.map(storedPlan) }, copies, switches);
}

const PREFIX = 'microsoft-azure-virtualmachines';

/**
 * *Documented*: a request says `windowsOSType`, an answer `osType`. *Assumed*: `virtualMachinePricingV2` is a mere echo,
 * which gives way to `virtualMachinePricing`.
 */
function storedPlan(plan: Members): Members {
  const { virtualMachinePricingV2: echo, ...rest } = plan;
  const { [`${PREFIX}.windowsOSType`]: osType, ...others } = rest;
  return {
    ...others,
    ...(osType !== undefined && { [`${PREFIX}.osType`]: osType }),
    ...(echo !== undefined && !('virtualMachinePricing' in rest) && { virtualMachinePricing: echo }),
  };
}
