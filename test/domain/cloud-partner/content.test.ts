import fc from 'fast-check';
import { applyOfferChanges } from '../../../src/domain/cloud-partner/apply-changes';
import { applyOfferContent } from '../../../src/domain/cloud-partner/apply-content';
import { contentOf, offerWith } from '../../../src/domain/cloud-partner/content';
import { keptPriceFaults } from '../../../src/domain/cloud-partner/kept-prices';
import type { CloudPartnerOffer } from '../../../src/domain/cloud-partner/offer';
import { isStored } from '../../../src/domain/cloud-partner/stored';
import { withWholeAddresses } from '../../../src/domain/cloud-partner/whole-addresses';
import { differentKeys } from '../../../src/domain/offer/compare-offers';

const prefix = 'microsoft-azure-virtualmachines';
const logo = 'microsoft-azure-marketplace.smallLogo';
const signed = 'https://store.example/a.png?sv=1&sig=abc';

const offer: CloudPartnerOffer = {
  offerTypeId: prefix,
  definition: {
    displayText: 'Contoso Linux',
    more: { kept: 1 },
    offer: { [logo]: signed, summary: null, lead: { clientId: 'x', clientSecret: '' } },
    plans: [
      {
        planId: 'b',
        [`${prefix}.osType`]: 'Other',
        virtualMachinePricing: { isByol: true },
        virtualMachinePricingV2: {},
      },
      { planId: 'a', [`${prefix}.vmImages`]: { '1.0': { osVhdUrl: signed, label: null } } },
    ],
  },
};

describe('the content of an offer', () => {
  test('holds neither signatures, blank secrets, repetitions nor ids, and says what a request would', () => {
    const content = contentOf(offer);

    expect(content).toEqual({
      offer: {
        more: { kept: 1 },
        displayText: 'Contoso Linux',
        offer: { [logo]: 'https://store.example/a.png', lead: { clientId: 'x' } },
      },
      'plans/b': { [`${prefix}.windowsOSType`]: 'Other', virtualMachinePricing: { isByol: true } },
      'plans/a': { [`${prefix}.vmImages`]: { '1.0': { osVhdUrl: 'https://store.example/a.png' } } },
    });
  });

  test('is that of the offer that is made of it', () => {
    const content = contentOf(offer);

    const made = offerWith(content);

    expect(made.offerTypeId).toBe(prefix);
    expect(contentOf(made)).toEqual(content);
  });

  test('applied to the offer it is of changes nothing but blank secrets', () => {
    const definition = applyOfferContent(offer, contentOf(offer));

    expect(definition).toEqual(applyOfferChanges(offer, undefined).definition);
    expect(definition.plans).toEqual(offer.definition.plans);
  });

  test('what differs is written, in the names of a request, and the rest stays as it came', () => {
    const { offer: members = {}, ...plans } = contentOf(offer);
    const wanted = {
      offer: { ...members, displayText: 'New' },
      'plans/a': plans['plans/a'] ?? {},
      'plans/b': { [`${prefix}.windowsOSType`]: 'Server', virtualMachinePricing: { isByol: false } },
      'plans/c': { title: 'C' },
    };

    const definition = applyOfferContent(offer, wanted);

    expect(definition.displayText).toBe('New');
    expect(definition.offer[logo]).toBe(signed);
    expect(definition.plans).toEqual([
      { planId: 'b', [`${prefix}.windowsOSType`]: 'Server', virtualMachinePricing: { isByol: false } },
      offer.definition.plans[1],
      { planId: 'c', title: 'C' },
    ]);
  });

  test('whatever is wanted of whatever is there is there then', () => {
    const value = fc.oneof(
      fc.string(),
      fc.integer(),
      fc.boolean(),
      fc.array(fc.integer(), { maxLength: 2 }),
      fc.dictionary(fc.constantFrom('x', 'y', 'z'), fc.oneof(fc.string(), fc.integer()), { maxKeys: 3 }),
    );
    const members = fc.dictionary(fc.constantFrom('one', 'two', 'three', 'virtualMachinePricing'), value);
    const contents = fc
      .record({ offer: members, plans: fc.dictionary(fc.constantFrom('a', 'b', 'c'), members) })
      .map(({ offer: inner, plans }) => ({
        offer: { displayText: 'Offer', offer: inner },
        ...Object.fromEntries(Object.entries(plans).map(([id, plan]) => [`plans/${id}`, plan])),
      }));

    fc.assert(
      fc.property(contents, contents, (there, wanted) => {
        const definition = applyOfferContent(offerWith(there), wanted);

        expect(differentKeys(contentOf({ offerTypeId: '', definition }), wanted)).toEqual([]);
      }),
    );
  });
});

describe('what was read back', () => {
  const before = { logo: 'https://store.example/old.png', title: 'Old', gone: 'x' };
  const wanted = { logo: 'https://contoso.example/new.png', title: 'New', key: { $secret: 'key' } };
  const after = { logo: 'https://store.example/new.png', title: 'New' };

  test.each([
    ['the same', { ...wanted }, true],
    ['under an address of the service', after, true],
    ['with an empty rest of what was taken out', { ...after, gone: '' }, true],
    ['with what the service adds', { ...after, isDefault: true }, true],
    ['under the old address', { ...after, logo: before.logo }, false],
    ['without the address', { title: 'New' }, false],
    ['with another text', { ...after, title: 'Old' }, false],
    ['with what was taken out', { ...after, gone: 'x' }, false],
    ['as nothing', null, false],
  ])('%s', (_how, read, stored) => {
    expect(isStored(wanted, before, read, 'allowed')).toBe(stored);
  });

  test('is not what was written where a person may have added to it, at any depth', () => {
    const deep = { offer: wanted };

    expect(isStored(deep, { offer: before }, { offer: after }, 'foreign')).toBe(true);
    expect(isStored(deep, { offer: before }, { offer: { ...after, more: 1 } }, 'foreign')).toBe(false);
  });

  test('is compared entry by entry in lists', () => {
    const list = (...urls: string[]) => ({ list: urls.map((url) => ({ url })) });
    const old = list('https://store.example/1', 'https://store.example/2');

    expect(isStored(list('https://a.example/'), old, list('https://store.example/3'), 'allowed')).toBe(true);
    expect(isStored(list('https://a.example/'), old, old, 'allowed')).toBe(false);
  });
});

test('a price of a plan that is there stays, also of one generation of its disks', () => {
  const plan = (single: number) => ({
    virtualMachinePricing: { single },
    pricingDetailsUrl: `https://contoso.example/${single}`,
    diskGenerations: [{ planId: 'g2', virtualMachinePricing: { single } }],
  });

  const faults = keptPriceFaults({ 'plans/a': plan(1) }, { 'plans/a': plan(2), 'plans/b': plan(3) });

  expect(faults.map(({ pointer }) => pointer)).toEqual([
    '/changes/plans/a/virtualMachinePricing',
    '/changes/plans/a/diskGenerations/0/virtualMachinePricing',
  ]);
  expect(keptPriceFaults({ 'plans/a': plan(1) }, { 'plans/a': plan(1) })).toEqual([]);
});

test('each address gets the query that it has in its own place of the document', () => {
  const content = {
    offer: { offer: { one: 'https://a.example/x', two: 'https://a.example/x', list: ['https://a.example/y#z'] } },
    'plans/p': { image: 'https://a.example/x', text: 'a' },
  };
  const changes = {
    offer: { one: 'https://a.example/x?a=1', list: ['https://a.example/y?b=2#z'] },
    plans: { p: { image: 'https://a.example/other?c=3', text: 'a' } },
  };

  expect(withWholeAddresses(content, changes)).toEqual({
    offer: {
      offer: { one: 'https://a.example/x?a=1', two: 'https://a.example/x', list: ['https://a.example/y?b=2#z'] },
    },
    'plans/p': { image: 'https://a.example/x', text: 'a' },
  });
  expect(withWholeAddresses(content, undefined)).toEqual(content);
});
