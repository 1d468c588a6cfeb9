import fc from 'fast-check';
import { offerDocumentOf } from '../../../src/domain/cloud-partner/exported';
import type { CloudPartnerOffer } from '../../../src/domain/cloud-partner/offer';

/** Random offers as the API answers them, and random patches on their exports. */

const vm = 'microsoft-azure-virtualmachines.';
const shop = 'microsoft-azure-marketplace.';

const text = fc.constantFrom('', 'a', 'é & <b>', 'Two\nlines');
const signed = fc
  .constantFrom('logo', 'disk')
  .map((name) => `https://store.blob.core.windows.net/content/${name}.png?sv=1&sig=SECRET&sp=r`);
const address = fc.oneof(signed, fc.constant('https://contoso.example/a?b=1'));
const number = fc.oneof(fc.integer(), fc.constant({ $number: '638730001234567891' }));
const unknown = fc.oneof(text, number, fc.constant(null), fc.constant({ deep: [null, { x: 1 }], nothing: null }));
const some = <T extends object>(model: { [K in keyof T]: fc.Arbitrary<T[K]> }) =>
  fc.record<T>(model, { requiredKeys: [] });

const lead = some({ clientId: text, clientSecret: fc.constantFrom('', null), connectionString: fc.constant('') });

const members = some({
  [`${shop}title`]: text,
  [`${shop}summary`]: fc.option(text),
  [`${shop}smallLogo`]: address,
  [`${shop}screenshots`]: fc.array(fc.oneof(address, some({ url: address, title: text, password: text })), {
    maxLength: 3,
  }),
  [`${shop}customAmendments`]: fc.constantFrom(null, {}),
  [`${shop}marketoLeadConfiguration`]: lead,
  [`${shop}useEnterpriseContract`]: fc.boolean(),
  'contoso.unheardOf': unknown,
});

const pricing = fc.oneof(
  fc.constant({ isByol: true, freeTrialDurationInMonths: 0 }),
  fc.constant({ isByol: false, coreMultiplier: { currency: 'USD', single: 0.08 } }),
  fc.constant({ isByol: false, spreadSheetPricing: { uri: 'https://x.example/p' }, regionPrices: { DE: { y: null } } }),
);

const image = fc.record({
  osVhdUrl: address,
  lunVhdDetails: fc.constant([]),
  publishedDate: fc.constantFrom('', null),
});

const plan = fc
  .record({
    planId: fc.constantFrom('base', 'pro', 'gold'),
    more: some({
      [`${vm}skuTitle`]: text,
      [`${vm}vmImages`]: fc.dictionary(fc.constantFrom('1.0.0', '1.0.1'), image),
      [`${vm}osType`]: fc.constant('Linux'),
      virtualMachinePricing: pricing,
      regions: fc.subarray(['US', 'DE', 'FR']),
      restrictedAudience: fc.constant({ manualEntries: [] }),
      'contoso.tomorrow': unknown,
    }),
  })
  .map(({ planId, more }) => ({
    planId,
    ...more,
    ...('virtualMachinePricing' in more ? { virtualMachinePricingV2: more['virtualMachinePricing'] } : {}),
  }));

export const offers: fc.Arbitrary<CloudPartnerOffer> = fc.record({
  offerTypeId: fc.constantFrom('microsoft-azure-virtualmachines', 'of-tomorrow'),
  definition: fc
    .record({
      displayText: text,
      offer: members,
      plans: fc.uniqueArray(plan, { selector: ({ planId }) => planId, maxLength: 3 }),
      more: some({ tomorrow: unknown }),
    })
    .map(({ more, ...known }) => ({ ...known, ...more })),
});

const textPatch = fc.oneof(text, fc.constant(null), fc.constant({ $secret: 'release-name' }));
const offerPatch = some({
  [`${shop}title`]: textPatch,
  [`${shop}summary`]: textPatch,
  [`${shop}smallLogo`]: address,
  [`${shop}screenshots`]: fc.constantFrom(null, [], ['https://contoso.example/new.png']),
  [`${shop}marketoLeadConfiguration`]: some({
    clientId: textPatch,
    clientSecret: fc.constant({ $secret: 'release-m' }),
  }),
  [`${shop}useEnterpriseContract`]: fc.boolean(),
  'contoso.unheardOf': fc.constantFrom(null, 'x', { deep: [1] }, { $number: '12345678901234567890' }),
  'contoso.new': fc.constantFrom(null, 7),
});
const planPatch = some({
  [`${vm}skuTitle`]: textPatch,
  [`${vm}vmImages`]: fc.constant({ '2.0.0': { osVhdUrl: 'https://contoso.example/new.vhd', lunVhdDetails: [] } }),
  virtualMachinePricing: pricing.filter((one) => !('spreadSheetPricing' in one)),
  restrictedAudience: fc.constantFrom(null, { manualEntries: [] }),
  'contoso.tomorrow': fc.constantFrom(null, { x: { y: null, z: 1 } }),
});

/** An offer and a patch that has no faults: on plans that are there, each member by chance as exported. */
export const patched = offers.chain((offer) => {
  const document = offerDocumentOf(offer);
  const plans = Object.fromEntries(
    Object.keys(document.plans).map((id) => [
      id,
      fc.oneof(planPatch, fc.constant(null), fc.constant(document.plans[id])),
    ]),
  );
  return fc.tuple(fc.constant(offer), some({ displayText: text, offer: offerPatch, plans: some(plans) }));
});
