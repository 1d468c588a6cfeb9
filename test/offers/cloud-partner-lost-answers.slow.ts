/** Answers that are lost while a release of an offer runs on the real engine. */
import { FunctionName, instanceIdOf } from '../../src/contracts/names';
import type { ReleaseDocument } from '../../src/domain/release-document';
import { releaseWorld, type ReleaseApp } from '../support/release-app';
import { images, logo, marketo, summary, tell } from './cloud-partner-setup';

const world = releaseWorld();

beforeEach(async () => {
  await world().emulator.reset();
  await world().emulator.actions.freezeClock();
});

const offerId = 'contoso-linux';
const changes = {
  offer: {
    [summary]: 'Next',
    [logo]: 'https://assets.contoso.example/new.png?sv=1&sig=logo-signature',
    [marketo]: { clientId: 'contoso', clientSecret: { $secret: 'contoso-client-secret' } },
  },
  plans: { base: { [images]: { '9.5.0': { osVhdUrl: 'https://contososa.blob.core.windows.net/vhds/l95.vhd' } } } },
};

function start(app: ReleaseApp, id: string, run = 1): void {
  app.host.start(FunctionName.publishToMarketplace, { releaseId: id, run }, instanceIdOf(id, run));
}

async function released(app: ReleaseApp, more: Partial<ReleaseDocument> = {}) {
  // Each poll, a part of a publication passes.
  app.host.at('activity-returned', () => world().emulator.actions.advanceClock('25s'), FunctionName.pollOffer);
  const id = await app.store({
    target: { kind: 'cloud-partner-offer', publisherId: 'contoso', offerId },
    changes,
    ...more,
    options: { approvals: [], notificationEmails: tell, ...more.options },
  });
  start(app, id);
  return app.finish(id);
}

test.each([
  ['putOffer', 'before'],
  ['putOffer', 'after'],
  ['publishOffer', 'before'],
  ['publishOffer', 'after'],
  ['goLive', 'before'],
  ['goLive', 'after'],
] as const)('an answer of %s that is lost %s it was applied ends in one publication', async (operation, when) => {
  const app = await world().app();
  world().emulator.actions.addFault({ operation, when, cut: true });

  const view = await released(app);

  expect(view).toMatchObject({ state: 'succeeded', failure: null });
  const { operations } = await world().emulator.offers.offer('contoso', offerId);
  expect(operations.map(({ type, state }) => `${type} ${state}`).slice(0, 2)).toEqual([
    'goLive completed',
    'publish completed',
  ]);
});
