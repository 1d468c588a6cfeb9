/** A release of an offer on the real engine: from its document to what is live, and back. */
import { FunctionName, instanceIdOf } from '../../src/contracts/names';
import type { ReleaseDocument } from '../../src/domain/release-document';
import { releaseWorld, requestsOf, type ReleaseApp } from '../support/release-app';
import { images, logo, marketo, summary, tell, title } from './cloud-partner-setup';

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

/** @param during what happens after each activity of a name */
async function released(
  app: ReleaseApp,
  more: Partial<ReleaseDocument> = {},
  during?: { readonly activity: string; readonly act: (id: string) => Promise<void> },
) {
  // Each poll, a part of a publication passes.
  app.host.at('activity-returned', () => world().emulator.actions.advanceClock('25s'), FunctionName.pollOffer);
  const id = await app.store({
    target: { kind: 'cloud-partner-offer', publisherId: 'contoso', offerId },
    changes,
    ...more,
    options: { approvals: [], notificationEmails: tell, ...more.options },
  });
  if (during !== undefined) app.host.at('activity-returned', () => during.act(id), during.activity);
  start(app, id);
  return app.finish(id);
}

async function slots() {
  const { slots: all } = await world().emulator.offers.offer('contoso', offerId);
  return all;
}

test('a release writes, previews and goes live, and what is live is what was asked for', async () => {
  const app = await world().app();

  const view = await released(app);

  expect(view).toMatchObject({ state: 'succeeded', failure: null, left: [] });
  const { production } = await slots();
  expect(production?.offer).toMatchObject({ [summary]: 'Next', [marketo]: { clientId: 'contoso' } });
  expect(['putOffer', 'publishOffer', 'goLive'].map((one) => requestsOf(world().emulator, one))).toEqual([1, 1, 1]);
});

test('a release that ends with its preview leaves the rest to the next one', async () => {
  const app = await world().app();

  const view = await released(app, { options: { until: 'preview' } });

  expect(view).toMatchObject({ state: 'succeeded', left: ['preview'] });
  const { preview, production } = await slots();
  expect([preview?.offer[summary], production?.offer[summary]]).toEqual(['Next', 'Hardened Linux image']);
});

test('a draft of somebody else stops a release before it writes', async () => {
  const app = await world().app();
  const definition = { offer: { [title]: 'By a person' } };
  await world().emulator.offers.portal.act({ action: 'edit', publisher: 'contoso', offer: offerId, definition });

  const view = await released(app);

  expect(view).toMatchObject({ state: 'failed', failure: { code: 'foreign-draft' } });
  expect(JSON.stringify(view.failure)).toContain(title);
  expect(requestsOf(world().emulator, 'putOffer')).toBe(0);
});

test('a blocked step ends the release with the words of the service', async () => {
  const app = await world().app();
  await world().emulator.offers.addOutcome({ result: 'Blocked', messages: [{ text: '<p>No image for silver.</p>' }] });

  const view = await released(app);

  expect(view).toMatchObject({ state: 'failed', failure: { code: 'preview-failed' }, left: ['draft'] });
  expect(JSON.stringify(view.failure)).toContain('No image for silver.');
});

test.each([
  ['while its preview is made', 'publishPreview', FunctionName.pollOffer],
  ['at the gate', 'approveGoLive', FunctionName.checkpoint],
] as const)('a release that is canceled %s takes back what it did', async (_when, step, activity) => {
  const app = await world().app();
  const before = await slots();
  const act = (id: string) => cancelAt(app, id, step);

  const view = await released(app, { options: { approvals: ['go-live'] } }, { activity, act });

  expect(view).toMatchObject({ state: 'canceled', left: [] });
  const { draft, production } = await slots();
  // What an offer has by default came with the write.
  expect(draft).toMatchObject({ ...before.draft });
  expect(production).toEqual(before.production);
  const { status } = await world().emulator.offers.offer('contoso', offerId);
  expect(status).toBe('canceled');
  expect(requestsOf(world().emulator, 'goLive')).toBe(0);
});

async function cancelAt(app: ReleaseApp, id: string, step: string): Promise<void> {
  if ((await app.view(id)).step !== step) return;
  const cancel = { at: app.host.now.toISOString(), by: null, reason: null, abandon: false, code: 'requested' } as const;
  await app.rooms.releases.requestCancel(id, cancel);
}
