/** A plan of a release with files: judged like the release, from the same bytes. */
import { freshApp, type AppSend } from '../functions/app-http';
import { APPS } from '../support/emulator';
import { buildZip } from '../support/msix';
import { leave, pictures, png, screenshot } from '../support/pictures';
import { account, releaseWorld, submissionsMade, type ReleaseApp } from '../support/release-app';

const world = releaseWorld();
let app: ReleaseApp;
let send: AppSend;

beforeEach(async () => {
  ({ app, send } = await freshApp(world()));
});

const target = { kind: 'store-app', applicationId: APPS.published } as const;

test('is what the release works by, and warns of files that nothing names', async () => {
  const zip = await buildZip({ '1.png': screenshot('1'), 'odd.png': png(10, 10, 'odd') });
  const document = {
    account,
    target,
    assets: [
      { path: 'shots/', source: await leave(app, zip) },
      { path: 'unused.png', source: await leave(app, screenshot('unused')) },
    ],
    changes: pictures({ Screenshot: [{ file: 'shots/1.png' }] }),
  };

  const { body: shown } = await send('POST', '/releases/plan', document);
  const made = await submissionsMade(world().emulator);
  const id = await app.release(document);
  const view = await app.finish(id);
  const { body: kept } = await send('GET', `/releases/${id}/plan`);

  expect(made).toEqual([]);
  expect(view).toMatchObject({ state: 'succeeded', failure: null });
  expect(kept).toEqual(shown);
  expect(shown).toMatchObject({ warnings: [{ code: 'asset-unused', pointer: '/assets/1' }], blockers: [] });
});

test('names what is wrong with a submission and its archive, as the release does', async () => {
  const images = [{ fileName: 'Assets\\a.png', fileStatus: 'PendingUpload', imageType: 'Icon' }];
  const zip = await buildZip({ 'Assets/a.png': screenshot('a') });
  const document = {
    account,
    target,
    submission: { listings: { 'en-us': { baseListing: { images } } } },
    archive: { source: await leave(app, zip) },
  };

  const { body } = await send('POST', '/releases/plan', document);
  const { failure } = await app.finish(await app.release(document));

  expect(body).toMatchObject({ blockers: failure?.errors });
  expect(failure?.errors).toMatchObject([
    { pointer: '/submission/listings/en-us/baseListing/images/0/fileName', code: 'picture-size' },
  ]);
});
