/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- documents are loose JSON here */
import { emulatorForFile } from '../support/emulator';
import { CloudPartner, machineOffer, machine, marketplace, OFFERS, TELL } from './cloud-partner-api';
import type { Json } from './api';

const NEW = 'contoso/offers/contoso-next';
const emulator = emulatorForFile();
let api: CloudPartner;
beforeEach(async () => {
  await emulator().reset();
  api = await CloudPartner.signIn(emulator());
});

const priced = (price: unknown) =>
  machineOffer('contoso-next', ({ definition }) => {
    definition.plans[0].virtualMachinePricing = price;
  });
const core = (multiplier: object) => ({
  isByol: false,
  freeTrialDurationInMonths: 0,
  coreMultiplier: { currency: 'USD', ...multiplier },
});
const SHEET = { spreadSheetPricing: { uri: 'https://assets.contoso.example/prices.xlsx' } };

describe('prices of a plan', () => {
  test.each([
    ['none', undefined],
    ['an own license', { isByol: true, freeTrialDurationInMonths: 0 }],
    ['one for each core', core({ single: 0.08 })],
    ['some for sizes', core({ individually: { sharedcore: 0, '1core': 0.1, '416core': 9 } })],
    ['some for sizes and regions', { ...core({ individually: { '2core': 1 } }), regionPrices: { AZ: {}, DE: {} } }],
    ['a sheet', SHEET],
  ])('can be %s', async (_what, price) => {
    const { status, body } = await api.put(NEW, priced(price));

    expect(status).toBe(201);
    expect(body.definition.plans[0].virtualMachinePricingV2).toEqual(body.definition.plans[0].virtualMachinePricing);
  });

  test.each([
    ['two methods', { ...core({ single: 1 }), ...SHEET }, /coreMultiplier.single and spreadSheetPricing exclude/],
    ['both methods of cores', core({ single: 1, individually: { '1core': 1 } }), /single and .*individually exclude/],
    ['a price of an own license', { ...core({ single: 1 }), isByol: true }, /isByol excludes coreMultiplier.single/],
    ['an unknown size', core({ individually: { '3core': 1 } }), /no size 3core/],
    ['a price below zero', core({ individually: { '1core': -1 } }), /1core is not a price/],
    ['a text for a price', core({ single: '1' }), /single is not a price/],
    ['another currency for each core', core({ currency: 'EUR', single: 1 }), /single is in USD/],
    ['no currency', { coreMultiplier: { individually: {} } }, /currency is missing/],
    ['a sheet without an address', { spreadSheetPricing: { uri: '' } }, /uri is no address/],
    ['a text', '0.08', /is not an object/],
  ])('cannot be %s', async (_what, price, message) => {
    const { status, body } = await api.put(NEW, priced(price));

    expect([status, body.error.code, body.error.message]).toEqual([400, 'BadRequest', expect.stringMatching(message)]);
    expect(body.error.message).toContain('plan base');
  });

  test('of a sheet are shown with its copy and each region', async () => {
    const { body } = await api.put(NEW, priced(SHEET));

    expect(body.definition.plans[0].virtualMachinePricing).toEqual({
      spreadSheetPricing: { uri: expect.stringMatching(/^https:\/\/\w+\.blob\.core.*\.xlsx\?sv=/) },
      regionPrices: { US: {}, DE: {} },
    });
  });

  test('are those of the first member, whatever its echo says', async () => {
    await api.put(NEW, priced(core({ single: 0.08 })));

    const { body } = await api.change(NEW, ({ definition }) => {
      definition.plans[0].virtualMachinePricing.coreMultiplier.single = 0.09;
    });

    expect(body.definition.plans[0].virtualMachinePricingV2.coreMultiplier.single).toBe(0.09);
  });
});

describe('A-R10: publishing what is not complete', () => {
  test.each([
    ['no plan', ({ definition }: Json) => void (definition.plans = []), 'The offer has no plan.'],
    [
      'a plan without an image',
      ({ definition }: Json) => void (definition.plans[0][machine('vmImages')] = {}),
      'No virtual machine image was found for the plan base.',
    ],
    [
      'no category',
      ({ definition }: Json) => void delete definition.offer[marketplace('categoryMap')],
      'The offer has no category.',
    ],
    [
      'a category in other letters',
      ({ definition }: Json) => void (definition.offer[marketplace('categoryMap')][0].categoryL1 = 'Compute'),
      'There is no category Compute.',
    ],
    [
      'a subcategory of none',
      ({ definition }: Json) =>
        void (definition.offer[marketplace('categoryMap')][0]['categoryL2-compute'] = ['appInfra']),
      'The category compute has no appInfra.',
    ],
    [
      'seven sizes',
      ({ definition }: Json) =>
        void (definition.plans[0][machine('recommendedVMSizes')] = Array(7).fill('d2-standard-v3')),
      'The plan base recommends more than 6 sizes.',
    ],
  ])('%s answers 422', async (_what, change, message) => {
    await api.put(NEW, machineOffer('contoso-next', change));

    const { status, body } = await api.publish(NEW);

    expect([status, body]).toEqual([422, { error: { code: 'UnprocessableEntity', message } }]);
    expect((await api.offer(NEW)).body.status).toBe('neverPublished');
  });

  test('a migrated offer answers the text of an exception', async () => {
    await api.change(OFFERS.migrated, ({ definition }) => void (definition.plans = []));

    const { status, body } = await api.publish(OFFERS.migrated);

    expect([status, body]).toEqual([
      422,
      'Microsoft.Ingestion.Api.Common.Exceptions.Http422Exception: The offer has no plan.',
    ]);
  });

  test('images of generations and of core machines count as well', async () => {
    const images = { '1.0.0': { osVhdUrl: 'https://contososa.blob.core.windows.net/vhds/x.vhd' } };
    await api.put(
      NEW,
      machineOffer('contoso-next', ({ definition }) => {
        delete definition.plans[0][machine('vmImages')];
        definition.plans[0].diskGenerations = [{ planId: 'base-gen2', [machine('vmImages')]: images }];
        definition.plans.push({ planId: 'core', 'microsoft-azure-corevm.vmImagesPublicAzure': images });
      }),
    );

    expect((await api.publish(NEW)).status).toBe(202);
  });

  test.each([undefined, {}, { metadata: {} }, { metadata: { 'notification-emails': '' } }])(
    'nobody to notify (%j) answers 400',
    async (body) => {
      expect((await api.publish(OFFERS.live, body ?? '')).status).toBe(400);
      expect((await api.publish(OFFERS.live, { ...TELL })).status).toBe(202);
    },
  );

  test('an address that is none answers 400', async () => {
    const { status } = await api.publish(OFFERS.live, { metadata: { 'notification-emails': 'a@contoso.example, b' } });

    expect(status).toBe(400);
  });
});
