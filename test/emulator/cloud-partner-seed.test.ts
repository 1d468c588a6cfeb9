/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- documents are loose JSON here */
import type { Emulator } from '../../emulator/start';
import { startTrustedEmulator } from '../support/emulator';
import type { Json } from './api';
import { CloudPartner } from './cloud-partner-api';

const TENANT = '33333333-0000-4000-8000-000000000001';
const CLIENT = '33333333-0000-4000-8000-000000000002';
let emulator: Emulator | undefined;
afterEach(() => emulator?.stop());

const seed = (offers: object[]) => ({
  client: CLIENT,
  tenants: [
    { id: TENANT, clients: [{ id: CLIENT, name: 'tailspin', secrets: [{ value: 's' }], account: 'tailspin' }] },
  ],
  accounts: [
    {
      name: 'tailspin',
      publishers: [{ id: 'tailspin', displayText: 'Tailspin', sellerId: 1, offers: offers as never }],
    },
  ],
  vault: { tenant: TENANT },
});
const logo = 'microsoft-azure-marketplace.smallLogo';
const definition = (displayText: string) => ({
  displayText,
  offer: { [logo]: 'https://tailspin.example/logo.png', unknown: [1] },
  plans: [{ planId: 'base' }],
});
const TOYS = 'tailspin/offers/toys';

/** Starts with one offer and signs in. */
async function planted(offer: object): Promise<CloudPartner> {
  emulator = await startTrustedEmulator({ seed: seed([{ id: 'toys', ...offer }]) });
  return CloudPartner.signIn(emulator);
}

test('an offer of a seed has its own content in each slot, and one copy of a logo that they share', async () => {
  const api = await planted({
    draft: definition('Draft'),
    preview: definition('Preview'),
    production: definition('Production'),
    version: '7',
  });

  const slots = await Promise.all(['Draft', 'Preview', 'Production'].map((slot) => api.offer(TOYS, `/slot/${slot}`)));

  const logos = slots.map(({ body }: Json): string => body.definition.offer[logo].split('?')[0]);
  expect(slots.map(({ body }): unknown => [body.definition.displayText, body.definition.offer.unknown])).toEqual([
    ['Draft', [1]],
    ['Preview', [1]],
    ['Production', [1]],
  ]);
  expect([new Set(logos).size, slots[2]?.body.version]).toEqual([1, 7]);
});

test.each([
  [{}, 'neverPublished', 'notStarted', 0],
  [{ preview: true }, 'running', 'waitingForPublisherReview', 1],
  [{ preview: true, production: true }, 'running', 'waitingForPublisherReview', 3],
  [{ production: true }, 'succeeded', 'complete', 2],
  [{ status: 'running' }, 'running', 'notStarted', 1],
  [{ status: 'failed' }, 'failed', 'notStarted', 1],
  [{ production: true, status: 'canceled' }, 'canceled', 'notStarted', 3],
])('with %j it is %s', async (slots, status, signoff, operations) => {
  const api = await planted({ draft: definition('Toys'), ...slots });

  const { body } = await api.offer(TOYS, '/status');
  const { body: rows } = await api.offer(TOYS, '/submissions');

  expect([body.status, body.steps[4].status, rows.length]).toEqual([status, signoff, operations]);
});

test('what waits for its publisher can go live, and what runs goes on', async () => {
  const api = await planted({ draft: definition('Toys'), preview: true });

  const { status } = await api.goLive(TOYS);
  await emulator?.actions.advanceClock('60s');

  expect([status, (await api.offer(TOYS)).body.version]).toEqual([202, 1]);
});

test.each([
  [{ id: 'Toys', draft: {} }, /small letters/],
  [{ id: 'toys', draft: {}, colour: 'red' }, /colour/],
  [{ id: 'toys' }, /draft/],
])('an offer with a mistake is refused: %j', async (offer, message) => {
  await expect(startTrustedEmulator({ seed: seed([offer]) })).rejects.toThrow(message);
});
