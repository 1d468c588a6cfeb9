/** What an upload that was broken off has left in the draft waits for bytes that never come: nobody's difference, and not for long. */
import type { ReleaseDocument } from '../../src/domain/release-document';
import { IngestionApi, PRODUCTS } from '../emulator/ingestion-api';
import { packageOf } from '../support/application-package';
import { leave, png } from '../support/pictures';
import { releaseWorld, type ReleaseApp } from '../support/release-app';
import { pipelineOf } from './app-pipeline';
import { freshOfferApp } from './fresh-offers';

const world = releaseWorld({ certification: '3s' });

beforeEach(() => world().emulator.reset());

const target = { kind: 'marketplace-product', offerId: 'contoso-monitor' } as const;
const options = { approvals: [] } as const;
const text = (summary: string): Partial<ReleaseDocument> => ({
  target,
  options,
  changes: { listings: { 'en-us': { summary } } },
});

async function picture(app: ReleaseApp, label: string): Promise<Partial<ReleaseDocument>> {
  return {
    target,
    options,
    assets: [{ path: 'wide.png', source: await leave(app, png(255, 115, label)) }],
    changes: { listings: { 'en-us': { images: { AzureLogoWide: [{ file: 'wide.png' }] } } } },
  };
}

interface Wish {
  readonly images?: boolean;
}

interface Row {
  readonly members: { readonly fileName?: string; readonly state?: string };
  readonly images?: readonly Row[];
}

/** The names of pictures and packages of the draft that wait for their bytes. */
async function waiting(): Promise<(string | undefined)[]> {
  const { products } = await world().emulator.actions.state();
  const { packages, drafts } = (
    products as Record<string, { packages: readonly Row[]; drafts: readonly { rows: readonly Row[] }[] }>
  )[PRODUCTS.monitor]!;
  const images = drafts.flatMap(({ rows }) => rows.flatMap((row) => row.images ?? []));
  return [...packages, ...images]
    .filter(({ members }) => members.state === 'PendingUpload')
    .map(({ members }) => members.fileName);
}

const refuse = (operation: string): void =>
  void world().emulator.actions.addFault({ operation, answer: { status: 400 } });

test('a picture that a failed release left is gone before the next one publishes, though that one sends no file', async () => {
  const app = await freshOfferApp(world());
  const pipeline = await pipelineOf(app);
  refuse('updateImage');
  const failed = await pipeline.finish(await pipeline.start(await picture(app, 'left behind')));
  const left = await waiting();

  const view = await pipeline.finish(await pipeline.start(text('Better.')));

  expect([failed.state, left]).toEqual(['failed', ['wide.png']]);
  expect(view).toMatchObject({ state: 'succeeded', failure: null });
  expect(await waiting()).toEqual([]);
  const live = JSON.stringify(await world().emulator.actions.products.live('contoso-monitor'));
  expect(live).toContain('Better.');
  expect(live).not.toContain('wide.png');
});

test('a package that a failed release left is gone with the next one that writes; one that a person made stays', async () => {
  const app = await freshOfferApp(world());
  const pipeline = await pipelineOf(app);
  refuse('updatePackage');
  const failed = await pipeline.finish(
    await pipeline.start({ target, options, packages: [await packageOf(app, '2.1.0')] }),
  );
  const left = await waiting();
  const person = await IngestionApi.signIn(world().emulator);
  const byHand = { resourceType: 'AzureApplicationPackage', fileName: 'by-hand.zip' };
  await person.post(`products/${PRODUCTS.monitor}/packages`, byHand);

  const view = await pipeline.finish(await pipeline.start(text('Better still.')));

  expect([failed.state, left]).toEqual(['failed', ['monitor-2.1.0.zip']]);
  expect(view.state).toBe('succeeded');
  expect(await waiting()).toEqual(['by-hand.zip']);
});

test.each([
  ['a package, before anything was written into the draft', 'updatePackage', {}],
  ['a picture', 'updateImage', { images: true }],
] as const)('a cancel takes away what waits for its bytes: %s', async (_what, operation, { images = false }: Wish) => {
  const app = await freshOfferApp(world());
  const pipeline = await pipelineOf(app);
  const { actions } = world().emulator;
  const document = images
    ? await picture(app, 'taken back')
    : { target, options, packages: [await packageOf(app, '2.2.0')] };
  const fault = actions.addFault({ operation, times: 1000, answer: { status: 503 } });
  const id = await pipeline.start(document);
  await app.host.runUntil(() => fault.hits > 0);
  const left = await waiting();

  const answer = await pipeline.command(id, 'cancel');
  const view = await pipeline.finish(id);

  actions.clearFaults();
  expect(answer).toEqual({ status: 202 });
  expect(left).toHaveLength(1);
  expect(view).toMatchObject({ state: 'canceled', left: [] });
  expect(await waiting()).toEqual([]);
});
