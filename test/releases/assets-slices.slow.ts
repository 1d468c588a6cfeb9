/** The activities that read files, called by hand: in slices, twice in a row, and twice at once. */
import { createHash } from 'node:crypto';
import { createActivities } from '../../src/activities';
import type { CheckAssetsOutput } from '../../src/contracts/activities';
import type { Result } from '../../src/domain/failure';
import type { ReleaseDocument } from '../../src/domain/release-document';
import { pieceSize, type PackageFacts } from '../../src/packages';
import { buildZip } from '../support/msix';
import { leave, pictures, screenshot } from '../support/pictures';
import { releaseWorld, type ReleaseApp } from '../support/release-app';

const world = releaseWorld();

/** Every slice ends after one piece of one file. */
function shortSliced({ rooms, host }: ReleaseApp) {
  const settings = {
    sliceMs: 0,
    pollFloorMs: 0,
    requestsPerMinute: 1000,
    marketplaceRequestsPerMinute: 1000,
    settleMs: 0,
  };
  const deps = { ...rooms, settings, stopping: new AbortController().signal, now: () => host.now };
  return createActivities(deps, { ring: async () => undefined, log: () => undefined });
}

async function begun(app: ReleaseApp, document: Partial<ReleaseDocument>) {
  const ref = { releaseId: await app.store(document), run: 1, token: 'the-instance' };
  valueOf(await app.activities.beginRun(ref));
  return ref;
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

const changes = {
  ...pictures({ Screenshot: [{ file: 'all/1.png' }, { file: 'all/2.png' }] }),
  trailers: [
    { file: 'all/long.mp4', trailerAssets: { 'en-us': { title: 'Long', imageList: [{ file: 'all/1.png' }] } } },
  ],
};

test.each([
  ['stored', false],
  ['compressed', true],
])('files of a ZIP, %s, are hashed in slices, and give what they give at once', async (_how, compress) => {
  const app = await world().app();
  const video = Buffer.alloc(2 * pieceSize + 12_345, 'a long film ');
  const zip = await buildZip({ '1.png': screenshot('1'), '2.png': screenshot('2'), 'long.mp4': video }, compress);
  const ref = await begun(app, { assets: [{ path: 'all/', source: await leave(app, zip) }], changes });
  const activities = shortSliced(app);
  valueOf(await activities.followReferences(ref));

  const slices: CheckAssetsOutput[] = [];
  for (let from: number | null = 0; from !== null; from = slices.at(-1)?.next ?? null) {
    slices.push(valueOf(await activities.checkAssets({ ...ref, from })));
  }

  // Two pictures in one slice each, three of the film, and those of the ZIP itself, whose hash its id promises.
  expect(slices.length).toBeGreaterThanOrEqual(5);
  expect(slices.flatMap(({ faults }) => faults)).toEqual([]);
  const facts = await app.rooms.work.get<PackageFacts>(ref.releaseId, 'assets/2/facts');
  expect(facts).toMatchObject({ size: video.length, sha256: createHash('sha256').update(video).digest('hex') });
  expect(facts?.pieces).toHaveLength(3);
});

const twice = {
  'in a row': async <T>(run: () => Promise<T>): Promise<T[]> => [await run(), await run()],
  'at once': <T>(run: () => Promise<T>): Promise<T[]> => Promise.all([run(), run()]),
};

test.each(Object.entries(twice))(
  'references are followed and files checked twice %s, with one result',
  async (_how, both) => {
    const app = await world().app();
    const zip = await buildZip({ '1.png': screenshot('1'), '2.png': screenshot('2'), 'long.mp4': 'film' });
    const ref = await begun(app, { assets: [{ path: 'all/', source: await leave(app, zip) }], changes });

    const followed = await both(() => app.activities.followReferences(ref));
    const checked = await both(() => app.activities.checkAssets({ ...ref, from: 0 }));

    expect(followed.map(valueOf)).toEqual([1, 2].map(() => ({ packages: 0, assets: 3, faults: [] })));
    expect(checked.map(valueOf)).toEqual([1, 2].map(() => ({ next: null, total: 4, faults: [] })));
  },
);

test('a run that is not the record’s any more follows and checks nothing', async () => {
  const app = await world().app();
  const source = await leave(app, screenshot('1'));
  const assets = [{ path: '1.png', source }];
  const ref = await begun(app, { assets, changes: pictures({ Screenshot: [{ file: '1.png' }] }) });
  const other = { ...ref, token: 'another' };

  expect(await app.activities.followReferences(other)).toMatchObject({ failure: { code: 'run-ended-unexpectedly' } });
  expect(await app.activities.checkAssets({ ...other, from: 0 })).toMatchObject({ ok: false });
  expect(await app.rooms.work.get(ref.releaseId, 'content')).toBeUndefined();
});

test('a ZIP whose bytes are not what its upload promises is refused, and may be uploaded again', async () => {
  const app = await world().app();
  const zip = await buildZip({ '1.png': screenshot('1') });
  const source = await leave(app, zip);
  const container = await app.rooms.storage.container('uploads');
  const blob = container.getBlockBlobClient(source.upload.slice(4));
  await blob.uploadData(await buildZip({ '1.png': screenshot('other') }));
  const document = { assets: [{ path: 'all/', source }], changes: pictures({ Screenshot: [{ file: 'all/1.png' }] }) };
  const ref = await begun(app, document);
  valueOf(await app.activities.followReferences(ref));

  const { faults } = valueOf(await app.activities.checkAssets({ ...ref, from: 0 }));

  expect(faults).toMatchObject([{ pointer: '/assets/0', code: 'hash-mismatch' }]);
  expect(await blob.exists()).toBe(false);
});
