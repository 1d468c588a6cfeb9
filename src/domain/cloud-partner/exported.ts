import { asObject, asText } from '../json-value';
import type { Members } from '../json-value';
import { isAddressReference } from '../offer/addresses';
import { repetitions } from './keys';
import { isBranch, isBlank, isSecretMember, withoutSignature } from './leaves';
import type { CloudPartnerOffer, OfferDocument } from './offer';

/** Which queries of addresses an export shows: none that gives access, but for comparing. */
export type Signatures = 'hidden' | 'kept';

/**
 * An offer as a release document's `changes` would say it: the API's names, without what is read-only, plans by their
 * id. Applied as a patch it changes nothing. No secrets: members that hold them are left out, and of the service's own
 * signed addresses the signature; `applyOfferChanges` knows them again. What is `null` is left out, since a patch would
 * clear it.
 */
export function offerDocumentOf(offer: CloudPartnerOffer, signatures: Signatures = 'hidden'): OfferDocument {
  const { displayText, offer: members, plans, ...rest } = offer.definition;
  return {
    ...exportedMembers(rest, signatures),
    ...(typeof displayText === 'string' ? { displayText } : {}),
    offer: exportedMembers(members, signatures),
    plans: Object.fromEntries(plans.map((plan) => [asText(plan['planId']), exportedPlan(plan, signatures)])),
  };
}

function exportedPlan(plan: Members, signatures: Signatures): Members {
  const { planId: _key, ...rest } = plan;
  return exportedMembers(rest, signatures);
}

function exportedMembers(members: Members, signatures: Signatures): Members {
  const shown = Object.entries(members)
    .filter(([name, value]) => value !== null && value !== undefined && !isHidden(name, value))
    .map(([name, value]) => [name, exportedMember(name, value, signatures)] as const);
  return Object.fromEntries(shown);
}

/** A repetition of another member, or a secret; the name of one is none. */
function isHidden(name: string, value: unknown): boolean {
  return Object.hasOwn(repetitions, name) || (isSecretMember(name) && (isBlank(value) || typeof value === 'string'));
}

/** What an export shows of one member. */
export function exportedMember(name: string, value: unknown, signatures: Signatures = 'hidden'): unknown {
  if (name !== 'virtualMachinePricing') return exportedValue(value, signatures);
  const { regionPrices: _evaluated, ...asked } = asObject(value);
  // The service adds the prices that it read from a spreadsheet.
  return exportedValue('spreadSheetPricing' in asked ? asked : value, signatures);
}

/** A value anywhere below. In lists, which are replaced whole, `null` stays. */
export function exportedValue(value: unknown, signatures: Signatures = 'hidden'): unknown {
  if (typeof value === 'string') return signatures === 'kept' ? value : withoutSignature(value);
  if (isAddressReference(value)) return signatures === 'kept' ? value : value.$address;
  if (Array.isArray(value)) return value.map((one) => exportedEntry(one, signatures));
  return isBranch(value) ? exportedMembers(value, signatures) : value;
}

function exportedEntry(value: unknown, signatures: Signatures): unknown {
  if (!isBranch(value)) return exportedValue(value, signatures);
  const shown = Object.entries(value).filter(([name, one]) => one !== undefined && !isHidden(name, one));
  return Object.fromEntries(shown.map(([name, one]) => [name, exportedEntry(one, signatures)]));
}
