/** A release with a picture, killed wherever it does something about it. */
import { FunctionName } from '../../src/contracts/names';
import { expectNothingUnhit } from '../support/emulator';
import { leave, liveImages, pictures, screenshot } from '../support/pictures';
import { releaseWorld, requestsOf } from '../support/release-app';

const world = releaseWorld();

beforeEach(() => world().emulator.reset());
afterEach(() => expectNothingUnhit(world().emulator));

test.each([
  ['before its references are followed', 'activity-starting', FunctionName.followReferences],
  ['after they were followed', 'activity-returned', FunctionName.followReferences],
  ['before the files are checked', 'activity-starting', FunctionName.checkAssets],
  ['before the upload', 'activity-starting', FunctionName.uploadStorePackages],
  ['after the upload, before that is recorded', 'activity-returned', FunctionName.uploadStorePackages],
  ['after what was put was noted', 'activity-returned', FunctionName.rememberPublished],
] as const)('a picture is put once when the app is killed %s', async (_when, point, activity) => {
  const app = await world().app();
  app.host.killAt(point, activity);
  const assets = [{ path: 'one.png', source: await leave(app, screenshot('one')) }];

  const id = await app.release({ assets, changes: pictures({ Screenshot: [{ file: 'one.png' }] }) });
  await app.finish(id);
  app.host.restart();
  await app.finish(id);

  expect(await app.view(id)).toMatchObject({ state: 'succeeded', failure: null });
  expect(await liveImages(world())).toEqual([expect.objectContaining({ fileStatus: 'Uploaded' })]);
  expect(requestsOf(world().emulator, 'createSubmission')).toBe(1);
});
