/** A release with a package: what is uploaded is what was checked, once, whatever happens on the way. */
import { FunctionName } from '../../src/contracts/names';
import { APPS, expectNothingUnhit } from '../support/emulator';
import { releaseWorld, requestsOf, submissionsMade, type ReleaseApp, type SamplePackage } from '../support/release-app';

const world = releaseWorld();

beforeEach(() => world().emulator.reset());
afterEach(() => expectNothingUnhit(world().emulator));

/** Packages that the emulated Store serves now. */
async function livePackages(applicationId: string = APPS.published): Promise<string[]> {
  const { applications, submissions } = (await world().emulator.actions.state()) as {
    applications: Record<string, { published?: string }>;
    submissions: Record<string, { content: { applicationPackages: { fileName: string; fileStatus: string }[] } }>;
  };
  const live = submissions[applications[applicationId]?.published ?? ''];
  return (live?.content.applicationPackages ?? []).map((entry) => `${entry.fileName} ${entry.fileStatus}`);
}

function documentOf({ fileName, upload }: SamplePackage) {
  return { packages: [{ fileName, source: { upload } }] };
}

async function expectLive(app: ReleaseApp, id: string, { fileName }: SamplePackage): Promise<void> {
  expect(await app.view(id)).toMatchObject({ state: 'succeeded', failure: null, left: [] });
  expect(await livePackages()).toContain(`${fileName} Uploaded`);
  expect(requestsOf(world().emulator, 'createSubmission')).toBe(1);
  expect(requestsOf(world().emulator, 'commitSubmission')).toBe(1);
}

test('goes live beside the packages that were there', async () => {
  const app = await world().app();
  const before = await livePackages();
  const sample = await app.upload('9.0.0.0');

  const id = await app.release(documentOf(sample));
  await app.finish(id);

  await expectLive(app, id, sample);
  expect(await livePackages()).toEqual(expect.arrayContaining(before));
  expect((await app.view(id)).packages).toEqual([
    expect.objectContaining({
      fileName: sample.fileName,
      identity: 'Contoso.Notes',
      version: '9.0.0.0',
      sha256: sample.sha256,
    }),
  ]);
});

test('the log tells when a release begins, has its submission, and how it ended', async () => {
  const app = await world().app();
  const sample = await app.upload('9.8.0.0');
  const good = await app.release(documentOf(sample));
  await app.finish(good);

  const bad = await app.release({ ...documentOf(sample), target: { kind: 'store-app', applicationId: APPS.simple } });
  await app.finish(bad);

  const told = (id: string): string[] =>
    app.host.logs.filter(({ message }) => message.includes(id)).map(({ level, message }) => `${level} ${message}`);
  expect(told(good)).toEqual([
    expect.stringMatching(/^information A run of a release has begun \{/),
    expect.stringMatching(/^information A release has its submission .*"submissionId":"\d{19}"/),
    expect.stringMatching(/^information A release has succeeded \{/),
  ]);
  expect(told(bad).at(-1)).toMatch(/^error A release has failed .*"code":"document-unfit","step":"checkProduct"/);
});

test.each([
  ['while it is opened', 'activity-starting', FunctionName.inspectPackage],
  ['after it was opened', 'activity-returned', FunctionName.inspectPackage],
  ['before the upload', 'activity-starting', FunctionName.uploadStorePackages],
  ['after the upload, before that is recorded', 'activity-returned', FunctionName.uploadStorePackages],
  ['after the read-back', 'activity-returned', FunctionName.verifyStoreSubmission],
] as const)('goes live once when the app is killed %s', async (_when, point, activity) => {
  const app = await world().app();
  const sample = await app.upload('9.1.0.0');
  app.host.killAt(point, activity);

  const id = await app.release(documentOf(sample));
  await app.finish(id);
  app.host.restart();
  await app.finish(id);

  await expectLive(app, id, sample);
});

test('the same release again, once it is live, makes no submission', async () => {
  const app = await world().app();
  const sample = await app.upload('9.2.0.0');
  await app.finish(await app.release(documentOf(sample)));
  const made = await submissionsMade(world().emulator);

  const again = await app.release(documentOf(sample));
  const view = await app.finish(again);

  expect(view).toMatchObject({ state: 'succeeded', remote: { submissionId: made[0], status: 'Published' } });
  expect(view.steps.map((step) => step.name)).not.toContain('createSubmission');
  expect(await submissionsMade(world().emulator)).toEqual(made);
});

test('an upload address that has expired is asked for anew', async () => {
  const app = await world().app();
  const sample = await app.upload('9.3.0.0');
  // The first read of the upload step; those before it do not use the address.
  world().emulator.actions.addFault({ operation: 'getSubmission', skip: 5, expiredUploadUrl: true });

  const id = await app.release(documentOf(sample));
  await app.finish(id);

  await expectLive(app, id, sample);
});

test('bytes that are not what the upload says are refused, and may be uploaded again', async () => {
  const app = await world().app();
  const sample = await app.upload('9.4.0.0');
  const container = await app.rooms.storage.container('uploads');
  await container.getBlockBlobClient(sample.sha256).uploadData(Buffer.from('something else'));

  const id = await app.release(documentOf(sample));
  const view = await app.finish(id);

  expect(view).toMatchObject({
    state: 'failed',
    failure: { code: 'package-invalid', step: 'checkPackages' },
    left: [],
  });
  expect(view.failure?.errors).toEqual([expect.objectContaining({ pointer: '/packages/0', code: 'hash-mismatch' })]);
  expect(await container.getBlockBlobClient(sample.sha256).exists()).toBe(false);
  expect(requestsOf(world().emulator, 'createSubmission')).toBe(0);
});

test('a package of another app is refused before anything is made', async () => {
  const app = await world().app();
  const sample = await app.upload('9.5.0.0');

  const id = await app.release({ ...documentOf(sample), target: { kind: 'store-app', applicationId: APPS.simple } });
  const view = await app.finish(id);

  expect(view).toMatchObject({ state: 'failed', failure: { code: 'document-unfit', step: 'checkProduct' } });
  expect(view.failure?.errors.map((fault) => fault.code)).toContain('package-identity');
  expect(requestsOf(world().emulator, 'createSubmission')).toBe(0);
});

test('older packages make room where the release says so', async () => {
  const app = await world().app();
  const sample = await app.upload('9.6.0.0');

  const id = await app.release({ ...documentOf(sample), oldPackages: { keep: 0 } });
  await app.finish(id);

  await expectLive(app, id, sample);
  const live = await livePackages();
  expect(live.filter((entry) => entry.includes('x64'))).toEqual([`${sample.fileName} Uploaded`]);
  expect(live.some((entry) => entry.toLowerCase().includes('arm64'))).toBe(true);
});

test('a package that vanished from its blob storage after the check stops the release before the commit', async () => {
  const app = await world().app();
  const sample = await app.upload('9.7.0.0');
  const container = await app.rooms.storage.container('uploads');
  app.host.at(
    'activity-starting',
    async () => void (await container.getBlockBlobClient(sample.sha256).uploadData(sample.bytes)),
    FunctionName.uploadStorePackages,
  );

  const id = await app.release(documentOf(sample));
  const view = await app.finish(id);

  expect(view).toMatchObject({
    state: 'failed',
    failure: { code: 'package-changed', step: 'uploadPackages' },
    left: ['draft'],
  });
  expect(requestsOf(world().emulator, 'commitSubmission')).toBe(0);
});
