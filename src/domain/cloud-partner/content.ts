import { asObject, withMember } from '../json-value';
import type { Members } from '../json-value';
import type { OfferContent } from '../offer/offer-content';
import { offerDocumentOf } from './exported';
import type { Signatures } from './exported';
import { repetitions } from './keys';
import type { CloudPartnerOffer, OfferDefinition } from './offer';

const plansBelow = 'plans/';

/** What a plan is called in the content of an offer. */
export function planKey(planId: string): string {
  return `${plansBelow}${planId}`;
}

/** The id of the plan that a key names; `undefined` = the offer itself. */
export function planOf(key: string): string | undefined {
  return key.startsWith(plansBelow) ? key.slice(plansBelow.length) : undefined;
}

/**
 * The content of an offer: as an export shows it, so without secrets and signatures, the offer under `offer` and each
 * plan under its own key. What an answer has under another name than a request is under that of the request.
 */
export function contentOf({ definition, ...offer }: CloudPartnerOffer): OfferContent {
  return inContent(documentIn({ definition, ...offer }, 'hidden'));
}

/** The same as a release document's `changes` would say it. With `kept` for comparing alone: it has signatures. */
export function documentIn({ definition, ...offer }: CloudPartnerOffer, signatures: Signatures): Members {
  const plans = definition.plans.map(inRequestNames);
  return offerDocumentOf({ ...offer, definition: { ...definition, plans } }, signatures);
}

/** A content as `changes` would say it. */
export function inDocument(content: OfferContent): Members {
  const plans = Object.entries(content).flatMap(([key, members]) => {
    const planId = planOf(key);
    return planId === undefined ? [] : [[planId, members] as const];
  });
  return { ...content['offer'], plans: Object.fromEntries(plans) };
}

/** The way back from `inDocument`. */
export function inContent({ plans, ...rest }: Members): OfferContent {
  const entries = Object.entries(asObject(plans)).map(([planId, members]) => [planKey(planId), members] as const);
  return { offer: rest, ...Object.fromEntries(entries) };
}

/** The offer that a content is one of: its definition, without what a content does not hold. */
export function offerWith(content: OfferContent, offerTypeId: string = typeOf(content)): CloudPartnerOffer {
  const { offer, displayText, ...rest } = content['offer'] ?? {};
  const plans = Object.entries(content).flatMap(([key, members]) => {
    const planId = planOf(key);
    return planId === undefined ? [] : [{ planId, ...members }];
  });
  const named = typeof displayText === 'string' ? { displayText } : {};
  return { offerTypeId, definition: { ...rest, ...named, offer: asObject(offer), plans } satisfies OfferDefinition };
}

const machines = ['microsoft-azure-virtualmachines', 'microsoft-azure-corevm'];

/** The type of an offer as its members tell it; empty where they do not. */
function typeOf(content: OfferContent): string {
  const names = Object.values(content).flatMap((members) => [
    ...Object.keys(members),
    ...Object.keys(asObject(members['offer'])),
  ]);
  // Offers of machines have members of their own type, and those of the marketplace.
  return machines.find((type) => names.some((name) => name.startsWith(`${type}.`))) ?? '';
}

function inRequestNames(plan: Members): Members {
  return Object.entries(repetitions).reduce<Members>((before, [answered, asked]) => {
    const isAlone = Object.hasOwn(before, answered) && !Object.hasOwn(before, asked);
    return isAlone ? asObject(withMember(before, asked, before[answered])) : before;
  }, plan);
}
