import type { Services } from '../../core/services';
import { isMembers } from '../body';
import { withSignatures } from '../document/artifacts';
import { withWireNumbers } from '../document/exact-numbers';
import { withoutSecrets } from '../document/secrets';
import { isWaiting, runningOperation } from '../lifecycle/find-operations';
import type { Definition, Members, Offer, Snapshot } from '../model';
import { wireInteger, wireTime } from '../ticks';

const MARKETPLACE = 'microsoft-azure-marketplace';
const LEADS = ['table', 'blob', 'salesForce', 'crm', 'httpsEndpoint', 'marketo'];
const DEFAULTS = Object.fromEntries(LEADS.map((name) => [`${MARKETPLACE}.${name}LeadConfiguration`, {}]));
const MACHINES = 'microsoft-azure-virtualmachines';

/** An offer with the definition of a slot (A-R4). *Documented*: copies, blanked secrets, defaults. */
export function renderOffer(services: Services, offer: Offer, snapshot: Snapshot): object {
  const { switches } = services.world.settings;
  const { displayText, offer: members, plans, ...unknown } = snapshot.definition;
  const definition = {
    ...unknown,
    displayText,
    offer: withoutSecrets({ ...DEFAULTS, ...members }, switches),
    plans: plans.map((plan) => renderPlan(plan, offer.offerTypeId)),
  };
  return {
    ...renderHead(services, offer, snapshot),
    definition: withWireNumbers(withSignatures<Definition>(definition, offer.artifacts, services.clock.now())),
    changedTime: changedTime(offer, snapshot.changed, 7),
  };
}

/** A row of the list of offers. */
export function renderSummary(services: Services, offer: Offer): object {
  const { version, changed, draft } = offer;
  return {
    ...renderHead(services, offer, { version, changed, definition: draft }),
    definition: { displayText: draft.displayText },
    changedTime: changedTime(offer, changed, 3),
  };
}

/** The draft of an offer. */
export function draftOf({ version, changed, draft }: Offer): Snapshot {
  return { version, changed, definition: draft };
}

function renderHead(services: Services, offer: Offer, { version }: Snapshot): object {
  return {
    offerTypeId: offer.offerTypeId,
    publisherId: offer.publisher,
    status: offerStatus(services, offer),
    id: offer.id,
    version: wireInteger(version),
    lockStatus: 'none',
    pcMigrationStatus: offer.migrated ? 'migrated' : 'none',
    ...(offer.migrated && {
      pcRedirectUri: `https://partner.microsoft.com/dashboard/commercial-marketplace/offers/${offer.id}/overview`,
      isvUpgradeRequest: false,
      offerTypeChanges: [],
      pricingNotRecalculatedRegions: [],
    }),
  };
}

/**
 * `status` of the offer. *Observed* for migrated ones: that it waits for its publisher (switch
 * `cloudPartner.signoffStatus`).
 */
function offerStatus({ world }: Services, offer: Offer): string {
  const { 'cloudPartner.signoffStatus': form, 'cloudPartner.liveStatus': live } = world.settings.switches;
  if (offer.status === 'succeeded') return live;
  const running = runningOperation(world, offer);
  if (offer.status !== 'running' || !running || !isWaiting(running)) return offer.status;
  const isTold = form === 'byOffer' ? offer.migrated : form === 'waitingForPublisherReview';
  return isTold ? 'waitingForPublisherReview' : 'running';
}

/** *Observed*: times lack their `Z`, or have three digits; that these are those of migrated offers is *assumed*. */
function changedTime({ migrated }: Offer, changed: string, digits: 3 | 7): string {
  return migrated ? wireTime(changed, digits) : `${wireTime(changed)}Z`;
}

/**
 * *Documented*: `virtualMachinePricingV2` repeats the prices, and a price sheet is shown with the prices of regions. Their
 * form is not documented: each region of the plan is there with nothing in it (*assumed*).
 */
function renderPlan(plan: Members, offerTypeId: string): Members {
  if (offerTypeId !== MACHINES) return plan;
  const pricing = plan['virtualMachinePricing'];
  const shown = isMembers(pricing) ? withSheetPrices(pricing, plan['regions']) : pricing;
  return {
    [`${MACHINES}.certificationsFairfax`]: [],
    ...plan,
    ...(pricing !== undefined && { virtualMachinePricing: shown, virtualMachinePricingV2: shown }),
  };
}

function withSheetPrices(pricing: Members, regions: unknown): Members {
  if (!isMembers(pricing['spreadSheetPricing']) || isMembers(pricing['regionPrices'])) return pricing;
  const codes = Array.isArray(regions) ? regions.map(String) : [];
  return { ...pricing, regionPrices: Object.fromEntries(codes.map((code) => [code, {}])) };
}
