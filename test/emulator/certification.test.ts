/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- documents are loose JSON here */
import { BlockBlobClient } from '@azure/storage-blob';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import { sampleBundle } from '../../commands/sample-package';
import { solidPng } from '../../commands/sample-png';
import { APPS, emulatorForFile } from '../support/emulator';
import { buildMsix, buildZip, sampleUploadContainer } from '../support/msix';
import { Api, type Json } from './api';

const NOTES = { name: 'Contoso.Notes', publisher: 'CN=0BE04A07-4250-427B-B4BC-000000000001' };
const emulator = emulatorForFile();
let api: Api;
beforeEach(async () => {
  await emulator().reset();
  await emulator().actions.freezeClock();
  api = await Api.signIn(emulator());
});

/** A draft of the published application with one new package (and changes), its archive uploaded. */
async function submit(
  archive: Record<string, string | Buffer> | Buffer | undefined,
  change: (document: Json) => void = () => undefined,
  compress = false,
): Promise<{ path: string; id: string; status: Json }> {
  const { path, document } = await api.draft(APPS.published);
  document.applicationPackages.push({ fileName: 'New.msix', fileStatus: 'PendingUpload' });
  change(document);
  const put = await api.put(path, document);
  expect([put.status, put.body.message]).toEqual([200, undefined]);
  if (archive !== undefined) {
    const bytes = Buffer.isBuffer(archive) ? archive : await buildZip(archive, compress);
    await new BlockBlobClient(document.fileUploadUrl.replaceAll('+', '%2B')).uploadData(bytes);
  }
  return { path, id: document.id, status: await api.commitAndSettle(path) };
}
const failure = (status: Json): unknown => [
  status.status,
  status.statusDetails.errors.map((error: Json) => error.code),
];

describe('R28, R30, R33: from commit to publication', () => {
  test('a commit is answered at once and can be made once', async () => {
    const { path } = await api.draft(APPS.published);

    const first = await api.post(`${path}/commit`);
    const second = await api.post(`${path}/commit`);

    expect([first.status, first.body]).toEqual([202, { status: 'CommitStarted' }]);
    expect([second.status, second.body.code]).toEqual([409, 'InvalidState']);
  });

  test('the states follow each other in time, the same for both readings', async () => {
    const { path } = await api.draft(APPS.published);
    await api.post(`${path}/commit`);
    const seen: string[] = [];

    for (let second = 0; second <= 60; second++) {
      const { body } = await api.get(`${path}/status`);
      if (seen.at(-1) !== body.status) seen.push(body.status);
      if (second % 20 === 0) {
        const whole = await api.get(path);
        expect({ status: whole.body.status, statusDetails: whole.body.statusDetails }).toEqual(body);
      }
      await emulator().actions.advanceClock('1s');
    }

    expect(seen).toEqual(['CommitStarted', 'PreProcessing', 'Certification', 'Release', 'Publishing', 'Published']);
  });

  test('a published package has what its manifest says, and deleted ones are gone', async () => {
    const msix = await buildMsix({ ...NOTES, version: '1.5.0.0' });

    const { path, status } = await submit({ 'New.msix': msix }, (document) => {
      document.applicationPackages[0].fileStatus = 'PendingDelete';
      document.listings['en-us'].baseListing.images[0].fileStatus = 'PendingDelete';
    });

    expect(status.status).toBe('Published');
    const { body } = await api.get(path);
    expect(body.applicationPackages).toMatchObject([
      { id: '2000000000090400002' },
      {
        fileName: 'New.msix',
        fileStatus: 'Uploaded',
        id: expect.stringMatching(/^\d{19}$/),
        version: '1.5.0.0',
        architecture: 'x64',
        targetPlatform: 'Windows10',
        languages: expect.arrayContaining([expect.stringMatching(/^en-us$/i)]),
        targetDeviceFamilies: [expect.stringMatching(/^Windows\.\w+ min version 10\.0\.\d+\.0$/)],
      },
    ]);
    expect(body.listings['en-us'].baseListing.images.map((image: Json) => image.fileName)).toEqual(['icon.png']);
  });

  test('R34: the submission becomes the last published one', async () => {
    const { path, id } = await submit({ 'New.msix': await buildMsix({ ...NOTES, version: '1.5.0.0' }) }, (document) => {
      document.packageDeliveryOptions.packageRollout = { isPackageRollout: true, packageRolloutPercentage: 10 };
    });

    const { body } = await api.application(APPS.published);
    const rollout = await api.get(`${path}/packagerollout`);

    expect(body.lastPublishedApplicationSubmission.id).toBe(id);
    expect(body).not.toHaveProperty('pendingApplicationSubmission');
    expect(body.firstPublishedDate).toBe('2025-09-23T17:11:10.0000000Z');
    expect(rollout.body).toEqual({
      isPackageRollout: true,
      packageRolloutPercentage: 10,
      packageRolloutStatus: 'PackageRolloutInProgress',
      fallbackSubmissionId: '1152921505700510003',
    });
  });

  test('a first publication sets its date', async () => {
    const { path, document } = await api.draft(APPS.neverPublished);
    document.applicationCategory = 'Productivity';
    document.listings = { 'en-us': { baseListing: { title: 'Contoso Clock', description: 'Tells the time.' } } };
    document.applicationPackages = [{ fileName: 'Clock.msix', fileStatus: 'PendingUpload' }];
    await api.put(path, document);
    const msix = await buildMsix({ ...NOTES, name: 'Contoso.Clock', version: '1.0.0.0' });
    await new BlockBlobClient(document.fileUploadUrl.replaceAll('+', '%2B')).uploadData(
      await buildZip({ 'Clock.msix': msix }),
    );

    const status = await api.commitAndSettle(path);

    expect(status.status).toBe('Published');
    expect((await api.application(APPS.neverPublished)).body.firstPublishedDate).not.toMatch(/^1601/);
  });

  test('Manual waits in Release until a person publishes', async () => {
    const { path, document } = await api.draft(APPS.published);
    await api.put(path, { ...document, targetPublishMode: 'Manual' });
    const waiting = await api.commitAndSettle(path);
    await emulator().actions.advanceClock('30d');
    const api2 = await Api.signIn(emulator());
    const still = (await api2.get(`${path}/status`)).body;
    await emulator().portal.act('publish', APPS.published);
    await emulator().actions.advanceClock('60s');
    const done = (await api2.get(`${path}/status`)).body;

    expect([waiting.status, still.status, done.status]).toEqual(['Release', 'Release', 'Published']);
  });

  test('SpecificDate waits in Release for its date', async () => {
    const { path, document } = await api.draft(APPS.published);
    const { now } = (await emulator().actions.state())['clock'] as { now: string };
    const date = new Date(Date.parse(now) + 30 * 60_000).toISOString();
    await api.put(path, { ...document, targetPublishMode: 'SpecificDate', targetPublishDate: date });

    const waiting = await api.commitAndSettle(path);
    await emulator().actions.advanceClock('31m');
    const done = (await api.get(`${path}/status`)).body;

    expect([waiting.status, done.status]).toEqual(['Release', 'Published']);
  });
});

test('archives in the ZIP64 form are read', async () => {
  const zip = new ZipFile();
  zip.addBuffer(await buildMsix({ ...NOTES, version: '1.5.0.0' }), 'New.msix', {
    forceZip64Format: true,
    compress: false,
  });
  zip.end({ forceZip64Format: true, comment: '' });

  const { status } = await submit(await buffer(Readable.from(zip.outputStream)));

  expect(failure(status)).toEqual(['Published', []]);
});

describe('R31: what is wrong with an upload', () => {
  const good = () => buildMsix({ ...NOTES, version: '1.5.0.0' });

  test('nothing was uploaded', async () => {
    const { status } = await submit(undefined);

    expect(failure(status)).toEqual(['CommitFailed', ['MissingFiles']]);
    expect(status.statusDetails.errors[0].details).toContain('New.msix');
  });

  test('no archive at all, an archive cut short, a bare package', async () => {
    const whole = await buildZip({ 'New.msix': await good() }, false);
    for (const bytes of [Buffer.from('this is no archive'), whole.subarray(0, whole.length - 100), await good()]) {
      const { path, status } = await submit(bytes);

      expect(failure(status)).toEqual(['CommitFailed', ['InvalidArchive']]);
      await api.delete(path);
    }
  });

  test.each([
    ['stored', false],
    ['compressed', true],
  ])('bytes that changed on the way, %s', async (_name, compress) => {
    const bytes = await buildZip({ 'New.msix': await good() }, compress);
    bytes.writeUInt8(bytes.readUInt8(500) ^ 0xff, 500);

    const { status } = await submit(bytes);

    expect(failure(status)).toEqual(['CommitFailed', ['InvalidArchive']]);
    expect(status.statusDetails.errors[0].details).toContain('New.msix');
  });

  test('entries that are missing are named; the case of names matters', async () => {
    const { status } = await submit({ 'new.msix': await good() }, (document) => {
      document.listings['en-us'].baseListing.images.push({
        fileName: 'Assets\\en-us\\shot.png',
        fileStatus: 'PendingUpload',
        imageType: 'Screenshot',
      });
    });

    expect(failure(status)).toEqual(['CommitFailed', ['MissingFiles']]);
    expect(status.statusDetails.errors[0].details).toMatch(/: New\.msix, Assets\/en-us\/shot\.png$/);
  });

  test('backslashes in names mean folders', async () => {
    const archive = { 'New.msix': await good(), 'Assets/en-us/shot.png': solidPng(1366, 768) };

    const { path, status } = await submit(archive, (document) => {
      document.listings['en-us'].baseListing.images.push({
        fileName: 'Assets\\en-us\\shot.png',
        fileStatus: 'PendingUpload',
        imageType: 'Screenshot',
      });
    });

    expect(status.status).toBe('Published');
    const { images } = (await api.get(path)).body.listings['en-us'].baseListing;
    expect(images.at(-1)).toMatchObject({ fileStatus: 'Uploaded', id: expect.stringMatching(/^\d{19}$/) });
  });

  test.each([
    ['text', Buffer.from('no image'), 'Screenshot', /not a PNG/],
    ['a small one', solidPng(800, 600), 'Screenshot', /800 x 600/],
    ['an icon of another size', solidPng(512, 512), 'Icon', /512 x 512/],
  ])('an image that is %s', async (_name, bytes, imageType, details) => {
    const { status } = await submit({ 'New.msix': await good(), 'shot.png': bytes }, (document) => {
      document.listings['en-us'].baseListing.images.push({
        fileName: 'shot.png',
        fileStatus: 'PendingUpload',
        imageType,
      });
    });

    expect(failure(status)).toEqual(['CommitFailed', ['InvalidParameterValue']]);
    expect(status.statusDetails.errors[0].details).toMatch(details);
  });

  test.each([
    ['no package at all', Buffer.from('nonsense'), /cannot be read/],
    [
      'a package of another identity',
      buildMsix({ ...NOTES, name: 'Contoso.Other', version: '1.5.0.0' }),
      /identity name: Contoso\.Other \(expected: Contoso\.Notes\)/,
    ],
    [
      'a package of another publisher',
      buildMsix({ name: NOTES.name, publisher: 'CN=Somebody', version: '1.5.0.0' }),
      /publisher name: CN=Somebody/,
    ],
    ['a version with a revision', buildMsix({ ...NOTES, version: '1.5.0.1' }), /revision/],
    ['a version that begins with 0', buildMsix({ ...NOTES, version: '0.5.0.0' }), /begin with 0/],
    ['an archive without a manifest', buildZip({ 'readme.txt': 'hello' }), /AppxManifest/],
  ])('%s', async (_name, bytes, details) => {
    const { status } = await submit({ 'New.msix': await bytes });

    expect(failure(status)).toEqual(['CommitFailed', ['PackageValidationFailed']]);
    expect(status.statusDetails.errors[0].details).toMatch(details);
  });

  test.each([
    ['stored', false],
    ['compressed', true],
  ])('a bundle in an upload container is opened, %s in the archive', async (_name, compress) => {
    const bundle = await sampleBundle({
      ...NOTES,
      version: '1.6.0.0',
      packages: (['x64', 'arm64'] as const).map((architecture) => ({
        fileName: `Notes ${architecture}.msix`,
        options: { ...NOTES, version: '1.6.0.0', architecture },
      })),
    });
    const upload = await sampleUploadContainer({ fileName: 'Notes.msixbundle', bytes: bundle, compress });

    const { path, status } = await submit({ 'New.msix': upload }, () => undefined, compress);

    expect(failure(status)).toEqual(['Published', []]);
    expect((await api.get(path)).body.applicationPackages.at(-1)).toMatchObject({
      version: '1.6.0.0',
      architecture: 'Neutral',
      languages: expect.arrayContaining([expect.stringMatching(/^en-us$/i)]),
      targetDeviceFamilies: [expect.stringMatching(/^Windows\./)],
    });
  });

  test('a failed submission keeps its place until it is deleted, and takes no commit', async () => {
    const { path } = await submit(undefined);

    const again = await api.post(`${path}/commit`);
    const second = await api.post(`applications/${APPS.published}/submissions`);
    const removed = await api.delete(path);

    expect([again.status, second.status, removed.status]).toEqual([409, 409, 204]);
  });
});

test('R32: without pending files the upload is not looked at', async () => {
  const { path, document } = await api.draft(APPS.published);
  await new BlockBlobClient(document.fileUploadUrl.replaceAll('+', '%2B')).uploadData(Buffer.from('junk'));

  expect((await api.commitAndSettle(path)).status).toBe('Published');
});

test('R35: a language without a package needs a title', async () => {
  const { path, document } = await api.draft(APPS.published);
  document.listings['fr-fr'] = { baseListing: { description: 'Des notes.' } };
  await api.put(path, document);

  const status = await api.commitAndSettle(path);

  expect(status.status).toBe('CommitFailed');
  expect(status.statusDetails.errors).toEqual([
    { code: 'InvalidParameterValue', details: 'Validation error: MissingTitle' },
  ]);
});

test('R36: a package with the version and architecture of one that stays is refused', async () => {
  const msix = await buildMsix({ ...NOTES, version: '1.4.0.0' });
  const same = await submit({ 'New.msix': msix });
  await api.delete(same.path);
  const replaced = await submit({ 'New.msix': msix }, (document) => {
    document.applicationPackages[0].fileStatus = 'PendingDelete';
  });

  expect(failure(same.status)).toEqual(['CommitFailed', ['PackageValidationFailed']]);
  expect(replaced.status.status).toBe('Published');
});

test('R36: packages come in any order of versions: a lower one is taken beside a higher one', async () => {
  const lower = await buildMsix({ ...NOTES, version: '1.3.0.0' });

  const { status } = await submit({ 'New.msix': lower });

  expect(status.status).toBe('Published');
});

describe('R37: outcomes that are asked for', () => {
  test.each([
    ['CommitFailed', ['InvalidState']],
    ['PreProcessingFailed', ['PackageValidationFailed']],
    ['CertificationFailed', []],
    ['ReleaseFailed', ['ServiceError']],
    ['PublishFailed', ['ServiceError']],
  ] as const)('%s', async (result, codes) => {
    await emulator().actions.addOutcome({ application: APPS.published, result });
    const { path } = await api.draft(APPS.published);

    const status = await api.commitAndSettle(path);

    expect(failure(status)).toEqual([result, codes]);
    expect(status.statusDetails.certificationReports).toHaveLength(result === 'CertificationFailed' ? 1 : 0);
    expect((await api.delete(path)).status).toBe(204);
    expect(emulator().actions.unhit()).toEqual({ faults: [], outcomes: [] });
  });

  test('stuck for ever', async () => {
    await emulator().actions.addOutcome({ result: 'Stuck' });
    const { path } = await api.draft(APPS.published);

    expect((await api.commitAndSettle(path)).status).toBe('CommitStarted');
  });

  test('back to PendingCommit, from where it can be committed again', async () => {
    await emulator().actions.addOutcome({ result: 'PendingCommit' });
    const { path } = await api.draft(APPS.published);

    expect((await api.commitAndSettle(path)).status).toBe('PendingCommit');
    expect((await api.commitAndSettle(path)).status).toBe('Published');
  });

  test('only for the application that was named', async () => {
    await emulator().actions.addOutcome({ application: APPS.simple, result: 'CommitFailed' });
    const { path } = await api.draft(APPS.published);

    expect((await api.commitAndSettle(path)).status).toBe('Published');
    expect(emulator().actions.unhit().outcomes).toHaveLength(1);
    await emulator().actions.clearOutcomes();
  });
});
