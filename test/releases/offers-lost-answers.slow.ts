/**
 * Every answer to a change of an offer's release is lost once, before it was applied and after: the release ends as if
 * nothing had happened, and nothing is published or let go twice.
 */
import type { ReleaseDocument } from '../../src/domain/release-document';
import { summary as sentence, tell, title } from '../offers/cloud-partner-setup';
import { packageOf } from '../support/application-package';
import { expectNothingUnhit } from '../support/emulator';
import { leave, png } from '../support/pictures';
import { releaseWorld, requestsOf } from '../support/release-app';
import { freshOfferApp, monitorKey } from './fresh-offers';

const world = releaseWorld({ certification: '3s' });

beforeEach(() => world().emulator.reset());
afterEach(() => expectNothingUnhit(world().emulator));

/** What was applied: requests that reached the service, without those whose loss was before that. */
function applied(operation: string, when: 'before' | 'after'): number {
  return requestsOf(world().emulator, operation) - (when === 'before' ? 1 : 0);
}

const cut = { cut: true } as const;
const timeout = { answer: { status: 504 } } as const;
const losses = [
  ['before', 'cut', cut],
  ['after', 'cut', cut],
  ['before', '504', timeout],
  ['after', '504', timeout],
] as const;

describe.each(losses)('answers lost %s they were applied (%s)', (when, how, loss) => {
  const lose = (operations: readonly string[]): void => {
    for (const operation of operations) world().emulator.actions.addFault({ operation, when, ...loss });
  };

  test('a managed application with a new language, a picture and a package', async () => {
    const app = await freshOfferApp(world());
    const label = `${when}-${how}`;
    const version = `1.${when === 'before' ? '1' : '2'}.${how === 'cut' ? '1' : '2'}`;
    const document: Partial<ReleaseDocument> = {
      target: { kind: 'marketplace-product', offerId: 'contoso-monitor' },
      packages: [await packageOf(app, version)],
      assets: [{ path: 'wide.png', source: await leave(app, png(255, 115, label)) }],
      changes: {
        property: { appVersion: version },
        listings: {
          'en-us': { summary: label, images: { AzureLogoWide: [{ file: 'wide.png' }] } },
          'de-de': { title: 'Contoso Monitor', summary: label, description: label },
        },
        plans: { basic: { availability: { marketStates: { AT: 'Enabled' } } } },
      },
      options: { approvals: [] },
    };
    lose([
      'updateProperty',
      'updateListing',
      'createListing',
      'updateFeatureAvailability',
      'updatePackageConfiguration',
    ]);
    lose(['createImage', 'updateImage', 'createPackage', 'updatePackage']);
    lose(['createProductSubmission', 'promoteProductSubmission']);

    const view = await app.finish(await app.release(document));

    const live = JSON.stringify(await world().emulator.actions.products.live('contoso-monitor'));
    expect(view).toMatchObject({ state: 'succeeded', failure: null, left: [] });
    expect(applied('createProductSubmission', when)).toBe(1);
    expect(applied('promoteProductSubmission', when)).toBe(1);
    for (const text of [label, version, `monitor-${version}.zip`, 'de-de']) expect(live).toContain(text);
    const { entries } = await app.rooms.offers.readLedger(monitorKey);
    expect(entries).toEqual({});
  });

  test('a virtual machine', async () => {
    const app = await freshOfferApp(world());
    const label = `${when} ${how}`;
    lose(['putOffer', 'publishOffer', 'goLive']);

    const view = await app.finish(
      await app.release({
        target: { kind: 'cloud-partner-offer', publisherId: 'contoso', offerId: 'contoso-linux' },
        changes: { offer: { [sentence]: label, [title]: label } },
        options: { approvals: [], notificationEmails: tell },
      }),
    );

    const { slots } = await world().emulator.offers.offer('contoso', 'contoso-linux');
    expect(view).toMatchObject({ state: 'succeeded', failure: null, left: [] });
    expect(slots.production?.offer).toMatchObject({ [sentence]: label, [title]: label });
    for (const operation of ['publishOffer', 'goLive']) expect(applied(operation, when)).toBe(1);
  });
});
