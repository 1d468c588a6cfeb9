import type { Switches } from '../../core/settings';
import { isMembers } from '../body';
import type { Definition, Members, Offer } from '../model';
import { imagesOf } from './artifacts';
import { CATEGORIES } from './categories';
import { pricingFaults } from './pricing';

const MARKETPLACE = 'microsoft-azure-marketplace';
const VIRTUAL_MACHINES = new Set(['microsoft-azure-virtualmachines', 'microsoft-azure-corevm']);

/**
 * What keeps an offer from being published (A-R10). *Documented*: exact names of categories, six sizes of machines at most.
 * *Observed*: the words about an image that is missing. *Assumed*: the other words. Images and names of categories are
 * looked at for virtual machines only.
 */
export function publishFaults({ offerTypeId, draft }: Offer, switches: Switches): string[] {
  const isMachine = VIRTUAL_MACHINES.has(offerTypeId);
  return [
    ...(draft.plans.length === 0 ? ['The offer has no plan.'] : []),
    ...(isMachine ? draft.plans.flatMap(machineFaults) : []),
    ...(switches['cloudPartner.pricingCheck'] === 'publish' ? draft.plans.flatMap(pricingFaults) : []),
    ...categoryFaults(draft, isMachine),
  ];
}

function machineFaults(plan: Members): string[] {
  const id = String(plan['planId']);
  const images = imagesOf(plan);
  const isImageless = images.every((versions) => Object.keys(versions).length === 0);
  const sizes = Object.entries(plan).find(([key]) => key.endsWith('.recommendedVMSizes'))?.[1];
  return [
    ...(isImageless ? [`No virtual machine image was found for the plan ${id}.`] : []),
    ...(Array.isArray(sizes) && sizes.length > 6 ? [`The plan ${id} recommends more than 6 sizes.`] : []),
  ];
}

function categoryFaults({ offer }: Definition, areNamesKnown: boolean): string[] {
  const { [`${MARKETPLACE}.categoryMap`]: map, [`${MARKETPLACE}.categories`]: legacy } = offer;
  const entries = Array.isArray(map) ? map.filter(isMembers) : [];
  if (entries.length === 0 && !(Array.isArray(legacy) && legacy.length > 0)) return ['The offer has no category.'];
  return areNamesKnown ? entries.flatMap(nameFaults) : [];
}

function nameFaults(entry: Members): string[] {
  const name = String(entry['categoryL1']);
  const known = Object.hasOwn(CATEGORIES, name) ? CATEGORIES[name] : undefined;
  if (!known) return [`There is no category ${name}.`];
  const below = entry[`categoryL2-${name}`];
  const unknown = (Array.isArray(below) ? below : []).filter((key) => !known.includes(String(key)));
  return unknown.map((key) => `The category ${name} has no ${String(key)}.`);
}
