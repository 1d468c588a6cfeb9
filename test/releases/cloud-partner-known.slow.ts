/** What of an offer does not come back as it was sent: files that the service copies, and secrets that it does not show. */
import { startFileServer, type FileServer } from '../packages/file-server';
import { images, logo, marketo, summary, tell } from '../offers/cloud-partner-setup';
import { freshCloudPartnerApp } from './fresh-offers';
import { pipelineOf, type AppPipeline } from './app-pipeline';
import { releaseWorld, requestsOf } from '../support/release-app';

const world = releaseWorld({ certification: '3s' });
const value = 'Contoso~Rotated~Secret';
const signature = 'sig=never-kept';
let files: FileServer;

beforeAll(async () => {
  files = await startFileServer();
});
afterAll(() => files.close());
beforeEach(async () => {
  await world().emulator.reset();
  await world().emulator.actions.addSecretVersion('release-marketo', { value });
  Object.assign(files, { bytes: Buffer.from('0123456789'), before: undefined });
});

const settings = {
  PUBLISHER_SECRET_PREFIX: 'release-',
  PUBLISHER_ALLOWED_HOSTS: '127.0.0.1',
  PUBLISHER_ALLOW_LOOPBACK_SOURCES: 'true',
};
const offer = (offerId = 'contoso-linux-pro') =>
  ({ kind: 'cloud-partner-offer', publisherId: 'contoso', offerId }) as const;
const options = { approvals: [], notificationEmails: tell };
const withSecret = {
  offer: { [marketo]: { clientId: 'contoso-leads', clientSecret: { $secret: 'release-marketo' } } },
};
const secretAt = `/changes/offer/${marketo}/clientSecret`;
const vhd = (query: string) => ({
  plans: { base: { [images]: { '9.9.0': { osVhdUrl: `http://127.0.0.1:${files.port}/l99.vhd?${query}` } } } },
});
const everything = () => ({
  offer: { [logo]: `http://127.0.0.1:${files.port}/logo.png?${signature}`, ...withSecret.offer },
  ...vhd(`sp=rl&${signature}`),
});

async function started(): Promise<AppPipeline> {
  return pipelineOf(await freshCloudPartnerApp(world(), settings));
}

const sent = () => ['putOffer', 'publishOffer'].map((one) => requestsOf(world().emulator, one));

async function released(pipeline: AppPipeline, changes: object) {
  const view = await pipeline.finish(await pipeline.start({ target: offer(), changes, options }));
  expect(view).toMatchObject({ state: 'succeeded', failure: null });
  return view;
}

async function records(): Promise<string> {
  const texts: string[] = [];
  const app = await world().app();
  for (const name of ['offers', 'work'] as const) {
    const container = await app.rooms.storage.container(name);
    for await (const blob of container.listBlobsFlat()) {
      texts.push((await container.getBlobClient(blob.name).downloadToBuffer()).toString());
    }
  }
  return texts.join('\n');
}

describe('a secret that a canceled release wrote', () => {
  test.each(['cancel', 'reject'])(
    'is named by its place after a %s, with what to do, and not by its value',
    async (command) => {
      const pipeline = await started();
      const changes = { offer: { ...withSecret.offer, [summary]: 'Next' } };
      const { id, gateId } = await pipeline.startToGate({
        target: offer(),
        changes,
        options: { notificationEmails: tell },
      });

      await pipeline.command(id, command, command === 'reject' ? { gateId } : {});
      const view = await pipeline.finish(id);

      expect(view).toMatchObject({ state: 'canceled', left: ['draft'] });
      expect(view.unrestored).toEqual([
        {
          pointer: secretAt,
          code: 'secret-not-put-back',
          message: expect.stringContaining('release-marketo'),
          remedy: expect.stringContaining('Key Vault'),
        },
      ]);
      const timeline = await pipeline.send('GET', `/releases/${id}/timeline`);
      expect(JSON.stringify(timeline.body)).toContain(secretAt);
      expect(JSON.stringify([view, timeline.body])).not.toContain(value);
      const { slots } = await world().emulator.offers.offer('contoso', 'contoso-linux-pro');
      expect(slots.draft?.offer).toMatchObject({ [marketo]: { clientSecret: value } });
      expect(slots.draft?.offer[summary]).toBe(slots.production?.offer[summary]);
    },
  );

  test('is not named where nothing holds one any more', async () => {
    const pipeline = await started();
    const { id } = await pipeline.startToGate({
      target: offer('contoso-linux'),
      changes: withSecret,
      options: { notificationEmails: tell },
    });

    await pipeline.command(id, 'cancel');
    const view = await pipeline.finish(id);

    expect(view).toMatchObject({ state: 'canceled', left: [] });
    expect(view).not.toHaveProperty('unrestored');
  });
});

describe('a document that names a logo, a disk and a secret', () => {
  test('finds nothing to publish when it is released again, and a plan says so', async () => {
    const pipeline = await started();
    await released(pipeline, everything());
    const before = sent();

    const plan = await pipeline.send('POST', '/releases/plan', {
      account: 'contoso',
      target: offer(),
      changes: everything(),
      options,
    });
    await released(pipeline, everything());

    expect(plan.body).toMatchObject({ actions: [], diff: [] });
    expect(sent()).toEqual(before);
    const kept = await records();
    expect(kept).toContain('sha256:');
    expect(kept).not.toContain(value);
    expect(kept).not.toContain('never-kept');
  });

  test('is told by its server where it is too large to be read whole', async () => {
    files.bytes = Buffer.alloc(17 * 1024 ** 2, 'disk');
    const pipeline = await started();
    await released(pipeline, vhd('sp=rl'));
    const before = sent();
    await released(pipeline, vhd('sp=rl'));
    const again = sent();
    files.headers = { ...files.headers, etag: '"two"' };

    await released(pipeline, vhd('sp=rl'));

    expect(again).toEqual(before);
    expect(sent()).toEqual(before.map((count) => count + 1));
  });

  test('is not published for a fresh signature of the same bytes', async () => {
    const pipeline = await started();
    await released(pipeline, vhd(`sp=rl&${signature}`));
    const before = sent();

    await released(pipeline, vhd('sp=rl&sig=fresh'));

    expect(sent()).toEqual(before);
  });

  test.each([
    [
      'a new version of the secret',
      () => world().emulator.actions.addSecretVersion('release-marketo', { value: 'Next~' }),
    ],
    ['other bytes behind the addresses', async () => Object.assign(files, { bytes: Buffer.from('another file') })],
    [
      'a logo that somebody has put in its place',
      () =>
        world().emulator.offers.portal.act({
          action: 'edit',
          publisher: 'contoso',
          offer: 'contoso-linux-pro',
          definition: { offer: { [logo]: 'https://assets.contoso.example/other.png' } },
        }),
    ],
  ])('is written and published after %s', async (what, change) => {
    const pipeline = await started();
    await released(pipeline, everything());
    const [puts = 0, published = 0] = sent();
    await change();

    const view = await pipeline.finish(
      await pipeline.start({
        target: offer(),
        changes: everything(),
        options: { ...options, onForeignDraft: what.includes('somebody') ? 'adopt' : 'refuse' },
      }),
    );

    expect(view).toMatchObject({ state: 'succeeded' });
    const [putsAfter = 0, publishedAfter = 0] = sent();
    expect(putsAfter).toBeGreaterThan(puts);
    // What a person has put in its place was never live: once it is put right, what is live is what was asked for.
    expect(publishedAfter).toBe(published + 1);
  });
});

describe('an address that the service shows as it was given', () => {
  const first = () => vhd('sp=rl&se=2026-12-01&sig=first');
  const second = () => vhd('sp=rl&se=2027-12-01&sig=second');

  test('is written again for another signature, and not for the same one', async () => {
    await world().emulator.actions.setSwitches({ 'cloudPartner.ownCopies': 'logos' });
    const pipeline = await started();
    await released(pipeline, first());
    const before = sent();
    await released(pipeline, first());
    const again = sent();

    await released(pipeline, second());

    expect(again).toEqual(before);
    expect(sent()).toEqual(before.map((count) => count + 1));
    const { slots } = await world().emulator.offers.offer('contoso', 'contoso-linux-pro');
    expect(JSON.stringify(slots.production?.plans)).toContain('se=2027-12-01');
  });

  test('whose query a canceled release has written is named, since the one before does not show', async () => {
    await world().emulator.actions.setSwitches({ 'cloudPartner.ownCopies': 'logos' });
    const pipeline = await started();
    await released(pipeline, first());
    const { id } = await pipeline.startToGate({
      target: offer(),
      changes: second(),
      options: { notificationEmails: tell },
    });

    await pipeline.command(id, 'cancel');
    const view = await pipeline.finish(id);

    expect(view).toMatchObject({ state: 'canceled', left: ['draft'] });
    expect(view.unrestored).toEqual([
      expect.objectContaining({
        pointer: `/changes/plans/base/${images}/9.9.0/osVhdUrl`,
        code: 'address-not-put-back',
      }),
    ]);
    expect(JSON.stringify(view)).not.toContain('sig=');
  });
});
