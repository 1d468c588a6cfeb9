import fc from 'fast-check';
import { applyOfferChanges } from '../../../src/domain/cloud-partner/apply-changes';
import { offerDiff } from '../../../src/domain/cloud-partner/diff-offers';
import { offerDocumentOf } from '../../../src/domain/cloud-partner/exported';
import type { CloudPartnerOffer } from '../../../src/domain/cloud-partner/offer';
import { offers, patched } from './arbitraries';

const vm = 'microsoft-azure-virtualmachines.';
const shop = 'microsoft-azure-marketplace.';
const logo = 'https://store.blob.core.windows.net/content/logo.png';
const pricing = { isByol: false, freeTrialDurationInMonths: 0, coreMultiplier: { currency: 'USD', single: 0.08 } };

const offer: CloudPartnerOffer = {
  offerTypeId: 'microsoft-azure-virtualmachines',
  definition: {
    displayText: 'Contoso Linux',
    offer: {
      [`${shop}title`]: 'Contoso Linux',
      [`${shop}smallLogo`]: `${logo}?sv=1&sig=SECRET`,
      [`${shop}screenshots`]: [`${logo}?sv=2&sig=SECRET`, 'https://contoso.example/2.png'],
      [`${shop}customAmendments`]: null,
      [`${shop}marketoLeadConfiguration`]: { clientId: 'c', clientSecret: '' },
      [`${shop}useEnterpriseContract`]: true,
    },
    plans: [
      {
        planId: 'base',
        [`${vm}skuTitle`]: 'Base',
        [`${vm}osType`]: 'Linux',
        [`${vm}vmImages`]: { '1.0.0': { osVhdUrl: `${logo}?sig=SECRET`, lunVhdDetails: [] } },
        virtualMachinePricing: pricing,
        virtualMachinePricingV2: pricing,
        regions: ['US', 'DE'],
      },
    ],
  },
};

const definitionAfter = (changes: object) => {
  const { definition, faults } = applyOfferChanges(offer, changes);

  expect(faults).toEqual([]);
  return definition;
};
const faultsOf = (changes: object) =>
  applyOfferChanges(offer, changes).faults.map(({ pointer, code }) => `${code} ${pointer}`);
const baseAfter = (patch: object) => definitionAfter({ plans: { base: patch } }).plans[0]!;
const basePrice = (virtualMachinePricing: unknown) => faultsOf({ plans: { base: { virtualMachinePricing } } });
/** Without the secrets that came back blank. */
const sentBack = JSON.parse(JSON.stringify(offer.definition).replace(',"clientSecret":""', ''));

describe('an export', () => {
  it('has plans by their id, and neither what is read-only nor secrets nor signatures', () => {
    expect(offerDocumentOf(offer)).toEqual({
      displayText: 'Contoso Linux',
      offer: {
        [`${shop}title`]: 'Contoso Linux',
        [`${shop}smallLogo`]: logo,
        [`${shop}screenshots`]: [logo, 'https://contoso.example/2.png'],
        [`${shop}marketoLeadConfiguration`]: { clientId: 'c' },
        [`${shop}useEnterpriseContract`]: true,
      },
      plans: {
        base: {
          [`${vm}skuTitle`]: 'Base',
          [`${vm}vmImages`]: { '1.0.0': { osVhdUrl: logo, lunVhdDetails: [] } },
          virtualMachinePricing: pricing,
          regions: ['US', 'DE'],
        },
      },
    });
  });

  it('applied as a patch changes nothing, of any offer, but that blank secrets are not sent back', () => {
    fc.assert(
      fc.property(offers, (one) => {
        const before = structuredClone(one);
        const { definition, faults } = applyOfferChanges(one, offerDocumentOf(one));

        expect(faults).toEqual([]);
        expect(definition).toEqual(applyOfferChanges(one, undefined).definition);
        expect(offerDiff(one, { ...one, definition })).toEqual([]);
        expect(withoutSecrets(definition)).toEqual(withoutSecrets(one.definition));
        expect(one).toEqual(before);
      }),
    );
  });

  it('shows no secret and no signature of any offer', () => {
    fc.assert(
      fc.property(offers, (one) => {
        expect(JSON.stringify(offerDocumentOf(one))).not.toMatch(/SECRET|clientSecret|password/);
      }),
    );
  });
});

describe('a random patch', () => {
  it('touches only what it names, and twice is once', () => {
    fc.assert(
      fc.property(patched, ([one, patch]) => {
        const { definition, faults } = applyOfferChanges(one, patch);
        const after = { ...one, definition };

        expect(faults).toEqual([]);
        for (const { path } of offerDiff(one, after)) expect(isNamed(patch, path)).toBe(true);
        expect(applyOfferChanges(after, patch).definition).toEqual(definition);
      }),
    );
  });

  it('leaves what nobody knows as it came', () => {
    fc.assert(
      fc.property(patched, ([one, patch]) => {
        const { definition } = applyOfferChanges(one, without(patch, 'contoso.unheardOf', 'contoso.tomorrow'));

        expect(definition['tomorrow']).toEqual(one.definition['tomorrow']);
        expect(definition.offer['contoso.unheardOf']).toEqual(one.definition.offer['contoso.unheardOf']);
        for (const plan of definition.plans) {
          const old = one.definition.plans.find(({ planId }) => planId === plan['planId']);
          expect(plan['contoso.tomorrow']).toEqual(old?.['contoso.tomorrow']);
        }
      }),
    );
  });
});

describe('changes', () => {
  it('set what they name, and send the rest back as it came, signatures and nulls among it', () => {
    const after = definitionAfter({ offer: { [`${shop}summary`]: 'New' }, plans: { base: { regions: ['FR'] } } });

    expect(after).toEqual({
      ...sentBack,
      offer: { ...sentBack.offer, [`${shop}summary`]: 'New' },
      plans: [{ ...sentBack.plans[0], regions: ['FR'] }],
    });
  });

  it('make texts, lists and objects empty by null, and take out what is unknown', () => {
    const after = definitionAfter({
      offer: { [`${shop}title`]: null, [`${shop}screenshots`]: null, [`${shop}marketoLeadConfiguration`]: null },
    });

    expect(after.offer).toMatchObject({
      [`${shop}title`]: '',
      [`${shop}screenshots`]: [],
      [`${shop}marketoLeadConfiguration`]: {},
    });
  });

  it('keep in a list the stored entries that they name as exported', () => {
    const after = definitionAfter({ offer: { [`${shop}screenshots`]: ['https://contoso.example/new.png', logo] } });

    expect(after.offer[`${shop}screenshots`]).toEqual(['https://contoso.example/new.png', `${logo}?sv=2&sig=SECRET`]);
  });

  it('replace the price whole, and leave out what repeats it', () => {
    const plan = baseAfter({ virtualMachinePricing: { isByol: true, freeTrialDurationInMonths: 1 } });

    expect(plan['virtualMachinePricing']).toEqual({ isByol: true, freeTrialDurationInMonths: 1 });
    expect(plan).not.toHaveProperty('virtualMachinePricingV2');
    expect(baseAfter({ virtualMachinePricing: pricing })).toEqual(sentBack.plans[0]);
  });

  it('add an image beside the others, and take one out where another remains', () => {
    const images = `${vm}vmImages`;
    const added = { '1.0.1': { osVhdUrl: 'https://contoso.example/l.vhd', lunVhdDetails: [] } };

    expect(Object.keys(baseAfter({ [images]: added })[images] as object)).toEqual(['1.0.0', '1.0.1']);
    expect(baseAfter({ [images]: { ...added, '1.0.0': null } })[images]).toEqual(added);
  });

  it('make a plan from its entry, and remove one', () => {
    const pro = {
      [`${vm}skuTitle`]: 'Pro',
      [`${vm}vmImages`]: { '1.0.0': { osVhdUrl: 'https://contoso.example/l.vhd', mediaName: null } },
      virtualMachinePricing: { isByol: true },
    };

    const { plans } = definitionAfter({ plans: { base: null, pro } });

    expect(plans).toEqual([
      { planId: 'pro', ...pro, [`${vm}vmImages`]: { '1.0.0': { osVhdUrl: 'https://contoso.example/l.vhd' } } },
    ]);
  });

  it('set a secret by its name, and never send one back blank', () => {
    const marketo = `${shop}marketoLeadConfiguration`;

    const after = definitionAfter({ offer: { [marketo]: { clientSecret: { $secret: 'release-marketo' } } } });

    expect(after.offer[marketo]).toEqual({ clientId: 'c', clientSecret: { $secret: 'release-marketo' } });
    expect(definitionAfter({}).offer[marketo]).toEqual({ clientId: 'c' });
  });

  it('are told field by field, without secrets', () => {
    const definition = definitionAfter({
      displayText: 'New',
      offer: { [`${shop}smallLogo`]: `${logo}?sv=9&sig=SECRETnew` },
      plans: { base: { [`${vm}skuTitle`]: 'Basic' } },
    });

    expect(offerDiff(offer, { ...offer, definition })).toEqual([
      { path: '/displayText', from: 'Contoso Linux', to: 'New' },
      { path: `/offer/${shop}smallLogo`, from: logo, to: logo },
      { path: `/plans/base/${vm}skuTitle`, from: 'Base', to: 'Basic' },
    ]);
  });
});

describe('faults', () => {
  const at = '/changes/plans/base';

  it.each<[string, object, readonly string[]]>([
    [
      'read-only',
      { status: 'x', Version: 1 },
      ['read-only-member /changes/status', 'read-only-member /changes/Version'],
    ],
    ['unknown parts', { ofer: {} }, ['unknown-member /changes/ofer']],
    ['no object', { offer: null, plans: [] }, ['not-clearable /changes/offer', 'wrong-type /changes/plans']],
    ['no text', { displayText: 3 }, ['wrong-type /changes/displayText']],
    ['another case', { offer: { [`${shop}Title`]: 'x' } }, [`unknown-member /changes/offer/${shop}Title`]],
    ['no prefix', { offer: { summary: 'x' } }, ['unknown-member /changes/offer/summary']],
    [
      'no empty value',
      { offer: { [`${shop}useEnterpriseContract`]: null } },
      [`not-clearable /changes/offer/${shop}useEnterpriseContract`],
    ],
    [
      'another type',
      { offer: { [`${shop}title`]: {}, [`${shop}videos`]: '' } },
      [`wrong-type /changes/offer/${shop}title`, `wrong-type /changes/offer/${shop}videos`],
    ],
    [
      'a bad GUID',
      { offer: { [`${shop}allowedSubscriptions`]: ['x'] } },
      [`invalid-format /changes/offer/${shop}allowedSubscriptions/0`],
    ],
    [
      'another subcategory',
      { offer: { [`${shop}categoryMap`]: [{ categoryL1: 'a', 'categoryL2-b': [] }, {}] } },
      [
        `invalid-value /changes/offer/${shop}categoryMap/0/categoryL2-b`,
        `missing-member /changes/offer/${shop}categoryMap/1/categoryL1`,
      ],
    ],
    [
      'derived',
      { plans: { base: { virtualMachinePricingV2: {}, [`${vm}osType`]: 'x' } } },
      [`read-only-member ${at}/virtualMachinePricingV2`, `read-only-member ${at}/${vm}osType`],
    ],
    ['another plan id', { plans: { base: { planId: 'pro' } } }, [`invalid-value ${at}/planId`]],
    ['a plan in another case', { plans: { Base: {} } }, ['invalid-value /changes/plans/Base']],
    ['no plan', { plans: { base: 1, '': {} } }, [`wrong-type ${at}`, 'invalid-value /changes/plans/']],
    [
      'an incomplete plan',
      { plans: { pro: {} } },
      [
        `missing-member /changes/plans/pro/${vm}skuTitle`,
        'missing-member /changes/plans/pro/virtualMachinePricing',
        `missing-member /changes/plans/pro/${vm}vmImages`,
      ],
    ],
    ['no image left', { plans: { base: { [`${vm}vmImages`]: { '1.0.0': null } } } }, [`too-short ${at}/${vm}vmImages`]],
    ['no images at all', { plans: { base: { [`${vm}vmImages`]: null } } }, [`too-short ${at}/${vm}vmImages`]],
    [
      'too many sizes',
      { plans: { base: { [`${vm}recommendedVMSizes`]: [...'abcdefg'] } } },
      [`too-long ${at}/${vm}recommendedVMSizes`],
    ],
    ['bad regions', { plans: { base: { regions: ['de'] } } }, [`invalid-format ${at}/regions/0`]],
    ['bad words', { plans: { base: { [`${vm}generation`]: '3' } } }, [`invalid-value ${at}/${vm}generation`]],
    [
      'a bad audience',
      { plans: { base: { restrictedAudience: { manualEntries: [{ id: 'x' }] } } } },
      [`invalid-format ${at}/restrictedAudience/manualEntries/0/id`],
    ],
    [
      'a secret that is no text',
      { offer: { [`${shop}videos`]: { $secret: 'a' } } },
      [`wrong-type /changes/offer/${shop}videos`],
    ],
    [
      'a secret with more',
      { offer: { [`${shop}crmLeadConfiguration`]: { p: { $secret: 'a', b: 1 } } } },
      [`invalid-format /changes/offer/${shop}crmLeadConfiguration/p`],
    ],
  ])('name %s', (_, changes, faults) => {
    expect(faultsOf(changes)).toEqual(faults);
  });

  it('of a generation name its last image', () => {
    const generation = (images: object) => ({ planId: 'base-gen2', [`${vm}vmImages`]: images });
    const plans = [{ planId: 'base', diskGenerations: [generation({ '1.0.0': {} })] }];
    const nested = { ...offer, definition: { ...offer.definition, plans } };

    const { faults } = applyOfferChanges(nested, { plans: { base: { diskGenerations: [generation({})] } } });

    expect(faults).toMatchObject([{ code: 'too-short', pointer: `${at}/diskGenerations/0/${vm}vmImages` }]);
  });

  const price = `${at}/virtualMachinePricing`;
  const each = { coreMultiplier: { currency: 'USD', individually: { '1core': 0.1 } } };
  it.each<[string, unknown, readonly string[]]>([
    ['none', null, [`not-clearable ${price}`]],
    ['nothing', {}, [`missing-member ${price}`]],
    ['a text', 'free', [`wrong-type ${price}`]],
    ['two methods', { ...pricing, spreadSheetPricing: { uri: 'x' } }, [`invalid-value ${price}`]],
    [
      'both kinds of cores',
      { coreMultiplier: { currency: 'USD', single: 1, individually: {} } },
      [`invalid-value ${price}`],
    ],
    ['regions without sizes', { ...pricing, regionPrices: { US: {}, DE: {} } }, [`invalid-value ${price}`]],
    ['a licence of its own', { ...pricing, isByol: true }, [`invalid-value ${price}/isByol`]],
    [
      'another currency',
      { coreMultiplier: { currency: 'EUR', single: 1 } },
      [`invalid-value ${price}/coreMultiplier/currency`],
    ],
    [
      'less than nothing',
      { coreMultiplier: { currency: 'USD', single: -1 } },
      [`out-of-range ${price}/coreMultiplier/single`],
    ],
    [
      'unknown sizes',
      { coreMultiplier: { individually: { '3core': 1 } } },
      [`invalid-value ${price}/coreMultiplier/individually/3core`],
    ],
    [
      'part of a month',
      { isByol: true, freeTrialDurationInMonths: 0.5 },
      [`out-of-range ${price}/freeTrialDurationInMonths`],
    ],
    ['too few regions', { ...each, regionPrices: { US: {} } }, [`missing-member ${price}/regionPrices`]],
    ['all regions', { ...each, regionPrices: { US: {}, DE: {} } }, []],
    ['no region', { ...each, regionPrices: {} }, []],
    ['a spreadsheet', { spreadSheetPricing: { uri: 'https://contoso.example/p.xlsx' } }, []],
    ['many digits', { coreMultiplier: { currency: 'USD', single: { $number: '0.12345678901234567890' } } }, []],
  ])('of a price: %s', (_, patch, faults) => {
    expect(basePrice(patch)).toEqual(faults);
  });
});

/** Whether a patch reaches a place: by its members, or by a value that stands in for all below it. */
function isNamed(patch: unknown, path: string): boolean {
  let here = patch;
  for (const name of path.split('/').slice(1)) {
    if (typeof here !== 'object' || here === null) return here === null;
    if (!Object.hasOwn(here, name)) return false;
    // Replaced whole.
    if (name === 'virtualMachinePricing') return true;
    here = (here as Record<string, unknown>)[name];
  }
  return true;
}

function without(value: unknown, ...names: readonly string[]): object {
  return JSON.parse(JSON.stringify(value, (name, one: unknown) => (names.includes(name) ? undefined : one))) as object;
}

function withoutSecrets(value: unknown): unknown {
  return without(value, 'clientSecret', 'connectionString', 'password');
}
