import { canonicalJson } from '../canonical-json';
import { asObject, asText } from '../json-value';
import type { Members } from '../json-value';
import type { OfferContent } from '../offer/offer-content';
import { applyOfferChanges } from './apply-changes';
import { contentOf, planKey, planOf } from './content';
import { isBranch } from './leaves';
import { withoutRepetition } from './members';
import { mergedMember } from './merge';
import type { CloudPartnerOffer, OfferDefinition } from './offer';

/**
 * The definition that makes an offer what a content says. What the content says already stays as it was read: addresses
 * with their signatures, members that no export shows, the order of the plans. Secrets that came back blank are left
 * out, and references to secrets are still to be resolved. Pure.
 */
export function applyOfferContent(offer: CloudPartnerOffer, wanted: OfferContent): OfferDefinition {
  const there = contentOf(offer);
  const { definition } = applyOfferChanges(offer, undefined);
  const { plans, offer: members, ...rest } = definition;
  const { offer: shown, ...othersShown } = there['offer'] ?? {};
  const { offer: asked, ...othersAsked } = wanted['offer'] ?? {};
  return {
    ...withMembers(rest, othersShown, othersAsked),
    offer: withMembers(members, asObject(shown), asObject(asked)),
    plans: plansOf(plans, there, wanted),
  };
}

function plansOf(plans: readonly Members[], there: OfferContent, wanted: OfferContent): readonly Members[] {
  const kept = plans.flatMap((plan) => {
    const key = planKey(asText(plan['planId']));
    const members = wanted[key];
    return members === undefined ? [] : [withMembers(plan, there[key] ?? {}, members)];
  });
  const added = Object.entries(wanted).flatMap(([key, members]) => {
    const planId = planOf(key);
    const isNew = planId !== undefined && !plans.some((plan) => plan['planId'] === planId);
    return isNew ? [withMembers({ planId }, {}, members)] : [];
  });
  return [...kept, ...added];
}

/** The members as they were read, with what differs between what is shown of them and what is wanted. */
function withMembers(before: Members, there: Members, wanted: Members): Members {
  return Object.entries(changesOf(there, wanted)).reduce<Members>((members, [name, patch]) => {
    const after = mergedMember(members, name, patch);
    return after === members ? members : withoutRepetition(after, name);
  }, before);
}

/** The merge patch that leads from one object to another: what is only in the first is `null`. */
function changesOf(from: Members, to: Members): Members {
  const gone = Object.keys(from).filter((name) => !Object.hasOwn(to, name));
  const changed = Object.entries(to).flatMap(([name, value]) => {
    const before = from[name];
    if (isSame(before, value)) return [];
    const isLooked = isBranch(value) && isBranch(before) && name !== 'virtualMachinePricing';
    return [[name, isLooked ? changesOf(before, value) : value] as const];
  });
  return Object.fromEntries([...gone.map((name) => [name, null] as const), ...changed]);
}

function isSame(one: unknown, other: unknown): boolean {
  return one !== undefined && canonicalJson([one]) === canonicalJson([other]);
}
