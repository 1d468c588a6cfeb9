import type { Submission } from '../../core/model';
import type { Switches } from '../../core/settings';

interface Priced {
  pricing: { priceId: string };
}

/**
 * Works out what an update does to the price. A paid product shows `Base` where the API cannot express its price
 * (*observed*); what buyers pay is kept beside it and never sent.
 *
 * - No `pricing` in the update: price and pricing stay (*assumed*), or fall back to defaults, which `next` has already,
 *   with the switch `omittedPricing: "reset"`.
 * - The same `priceId` again: the price stays, or is reset with the switch `basePriceEcho: "reset"` (sources conflict).
 * - Another `priceId`: it is the price from now on (*assumed*).
 *
 * @returns what buyers will pay, where it is not what `priceId` says
 */
export function mergePricing<T extends Priced>(
  next: T,
  stored: { content: T; hiddenPrice: Submission['hiddenPrice'] },
  update: { sent: boolean; switches: Switches },
): string | undefined {
  if (!update.sent && update.switches.omittedPricing === 'reset') return undefined;
  if (!update.sent) {
    next.pricing = structuredClone(stored.content.pricing);
    return stored.hiddenPrice;
  }
  const same = next.pricing.priceId === stored.content.pricing.priceId;
  const echoLoses = next.pricing.priceId === 'Base' && update.switches.basePriceEcho === 'reset';
  return same && !echoLoses ? stored.hiddenPrice : undefined;
}
