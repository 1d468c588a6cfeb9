/** A release with pictures and trailers: what was checked is what is put, once, and nothing else is touched. */
import { FunctionName } from '../../src/contracts/names';
import { ADD_ONS, expectNothingUnhit } from '../support/emulator';
import { buildZip } from '../support/msix';
import { announced, leave, liveContent, liveImages, pictures, png, screenshot } from '../support/pictures';
import { releaseWorld, requestsOf, submissionsMade } from '../support/release-app';

const world = releaseWorld();

beforeEach(() => world().emulator.reset());
afterEach(() => expectNothingUnhit(world().emulator));

const seeded = '1152922700022100101';

test('a picture is put beside one that is kept, and the same release again puts nothing', async () => {
  const app = await world().app();
  const document = {
    assets: [{ path: 'shots/one.png', source: await leave(app, screenshot('one')) }],
    changes: pictures({ Screenshot: [{ id: seeded }, { file: 'shots/one.png', description: 'One' }] }),
  };

  const view = await app.finish(await app.release(document));

  expect(view).toMatchObject({ state: 'succeeded', failure: null });
  expect(await liveImages(world())).toEqual([
    expect.objectContaining({ id: seeded }),
    expect.objectContaining({ id: expect.stringMatching(/^\d{19}$/), fileStatus: 'Uploaded', description: 'One' }),
  ]);
  expect(await liveImages(world(), 'Icon')).toHaveLength(1);
  const made = await submissionsMade(world().emulator);

  const again = await app.finish(await app.release(document));

  expect(again).toMatchObject({ state: 'succeeded', remote: { submissionId: made[0] } });
  expect(await submissionsMade(world().emulator)).toEqual(made);
});

test('of a list that changes only the new picture is sent, what is left out goes, and one that is gone is put again', async () => {
  const app = await world().app();
  const [one, two] = [screenshot('one'), screenshot('two')];
  const release = async (files: Record<string, Buffer>) => {
    const assets = Object.entries(files).map(async ([path, bytes]) => ({ path, source: await leave(app, bytes) }));
    const changes = pictures({ Screenshot: Object.keys(files).map((file) => ({ file })) });
    return app.finish(await app.release({ assets: await Promise.all(assets), changes }));
  };
  await release({ 'one.png': one });
  const [first] = await liveImages(world());

  await release({ 'again.png': one, 'two.png': two });

  expect(announced(world())).toHaveLength(1);
  expect(await liveImages(world())).toEqual([
    expect.objectContaining({ id: first?.id }),
    expect.objectContaining({ fileStatus: 'Uploaded' }),
  ]);

  await release({ 'two.png': two });
  expect(announced(world())).toEqual([]);
  await release({ 'one.png': one });

  expect(announced(world())).toHaveLength(1);
  const [last, ...more] = await liveImages(world());
  expect(more).toEqual([]);
  expect(last?.id).not.toBe(first?.id);
});

test('files come out of a ZIP, packed and compressed, and everything that is wrong is told together before anything is made', async () => {
  const app = await world().app();
  const zip = await buildZip({
    'en-us/1.png': screenshot('1'),
    'en-us/small.png': png(800, 600, 'small'),
    'en-us/no.png': 'text',
  });
  const assets = [{ path: 'listing/', source: await leave(app, zip) }];
  const files = (...names: string[]) => names.map((name) => ({ file: `listing/en-us/${name}` }));

  const bad = await app.finish(
    await app.release({
      assets,
      changes: pictures({ Screenshot: files('1.png', 'small.png', 'no.png'), Icon: files('1.png') }),
    }),
  );
  const missing = await app.finish(await app.release({ assets, changes: pictures({ Screenshot: files('2.png') }) }));

  const at = '/changes/listings/en-us/baseListing/images';
  expect(bad).toMatchObject({ state: 'failed', failure: { code: 'document-unfit', step: 'checkPackages' } });
  expect(bad.failure?.errors?.map(({ pointer, code }) => `${pointer} ${code}`).sort()).toEqual([
    `${at}/Icon/0/file picture-size`,
    `${at}/Screenshot/1/file picture-size`,
    `${at}/Screenshot/2/file wrong-file-type`,
  ]);
  expect(missing.failure?.errors).toMatchObject([{ pointer: `${at}/Screenshot/0/file`, code: 'asset-not-found' }]);
  expect(requestsOf(world().emulator, 'createSubmission')).toBe(0);

  const good = await app.finish(await app.release({ assets, changes: pictures({ Screenshot: files('1.png') }) }));

  expect(good).toMatchObject({ state: 'succeeded', failure: null });
  expect(await liveImages(world())).toHaveLength(1);
});

test('a trailer comes with its thumbnail, and a title alone sends neither again', async () => {
  const app = await world().app();
  const assets = [
    { path: 'intro.mp4', source: await leave(app, Buffer.from('....ftypisom a video')) },
    { path: 'intro.png', source: await leave(app, screenshot('thumbnail')) },
  ];
  const withTitle = (title: string) => ({
    assets,
    changes: {
      trailers: [{ file: 'intro.mp4', trailerAssets: { 'en-us': { title, imageList: [{ file: 'intro.png' }] } } }],
    },
  });

  const first = await app.finish(await app.release(withTitle('Intro')));

  expect(first).toMatchObject({ state: 'succeeded', failure: null });
  const before = (await liveContent(world())).trailers.at(-1);
  expect(before).toMatchObject({ id: expect.any(String), trailerAssets: { 'en-us': { title: 'Intro' } } });

  await app.finish(await app.release(withTitle('Another')));

  const after = (await liveContent(world())).trailers.at(-1);
  expect(after?.id).toBe(before?.id);
  expect(after?.trailerAssets['en-us']).toMatchObject({
    title: 'Another',
    imageList: [{ id: before?.trailerAssets['en-us']?.imageList[0]?.id }],
  });
});

test('the icon of an add-on is put, and not again by the same release', async () => {
  const app = await world().app();
  const document = {
    target: { kind: 'store-add-on', addOnId: ADD_ONS.published } as const,
    assets: [{ path: 'icon.png', source: await leave(app, png(300, 300, 'icon')) }],
    changes: { listings: { 'en-us': { icon: { file: 'icon.png' } } } },
  };

  const view = await app.finish(await app.release(document));
  const again = await app.finish(await app.release(document));

  expect(view).toMatchObject({ state: 'succeeded', failure: null });
  expect(JSON.stringify(await world().emulator.actions.state())).toMatch(
    /"fileName":"Assets\/en-us\/icon\/[0-9a-f]{64}\.png","fileStatus":"Uploaded"/,
  );
  expect(again).toMatchObject({ state: 'succeeded', remote: { submissionId: view.remote?.submissionId } });
});

test('a picture that changed between check and upload is not sent', async () => {
  const app = await world().app();
  const bytes = screenshot('one');
  const source = await leave(app, bytes);
  app.host.at(
    'activity-returned',
    async () => {
      const container = await app.rooms.storage.container('uploads');
      await container.getBlockBlobClient(source.upload.slice(4)).uploadData(screenshot('two'));
    },
    FunctionName.updateStoreSubmission,
  );

  const view = await app.finish(
    await app.release({
      assets: [{ path: 'one.png', source }],
      changes: pictures({ Screenshot: [{ file: 'one.png' }] }),
    }),
  );

  expect(view).toMatchObject({ state: 'failed', failure: { code: 'package-changed', step: 'uploadPackages' } });
  expect(requestsOf(world().emulator, 'commitSubmission')).toBe(0);
});

test('a picture is put once when the app is killed after the files were checked', async () => {
  const app = await world().app();
  app.host.killAt('activity-returned', FunctionName.checkAssets);
  const assets = [{ path: 'one.png', source: await leave(app, screenshot('one')) }];

  const id = await app.release({ assets, changes: pictures({ Screenshot: [{ file: 'one.png' }] }) });
  await app.finish(id);
  app.host.restart();
  await app.finish(id);

  expect(await app.view(id)).toMatchObject({ state: 'succeeded', failure: null });
  expect(await liveImages(world())).toEqual([expect.objectContaining({ fileStatus: 'Uploaded' })]);
  expect(requestsOf(world().emulator, 'createSubmission')).toBe(1);
});
