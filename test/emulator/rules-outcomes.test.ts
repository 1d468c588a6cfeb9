/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- documents are loose JSON here */
import { BlockBlobClient } from '@azure/storage-blob';
import { APPS, emulatorForFile, expectNothingUnhit } from '../support/emulator';
import { buildMsix, buildZip } from '../support/msix';
import { Api, type Json } from './api';

/** Every code that the sources name, documented or seen. */
const CODES = [
  'None',
  'InvalidArchive',
  'MissingFiles',
  'PackageValidationFailed',
  'InvalidParameterValue',
  'InvalidOperation',
  'InvalidState',
  'ResourceNotFound',
  'ServiceError',
  'Other',
  'InvalidMicrosoftAgeRating',
  'IsInternalError',
];
const PUBLISHED = '1152921505700510003';
const emulator = emulatorForFile();
let api: Api;
beforeEach(async () => {
  await emulator().reset();
  await emulator().actions.freezeClock();
  api = await Api.signIn(emulator());
});
afterEach(() => expectNothingUnhit(emulator()));
const submissions = `applications/${APPS.published}/submissions`;

describe('R37: CommitFailed', () => {
  test.each(CODES)('with %s', async (code) => {
    await emulator().actions.addOutcome({ result: 'CommitFailed', errors: [{ code, details: 'Why.' }] });
    const { path } = await api.draft(APPS.published);

    const status = await api.commitAndSettle(path);

    expect(status.status).toBe('CommitFailed');
    expect(status.statusDetails.errors).toEqual([{ code, details: 'Why.' }]);
    expect((await api.get(path)).body.statusDetails).toEqual(status.statusDetails);
  });

  test('IsInternalError comes with the words that were seen', async () => {
    await emulator().actions.addOutcome({ result: 'CommitFailed', code: 'IsInternalError' });
    const { path } = await api.draft(APPS.published);

    const { statusDetails } = await api.commitAndSettle(path);

    expect(statusDetails.errors).toEqual([
      {
        code: 'IsInternalError',
        details: expect.stringMatching(/^Commit workflow [0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12} is cancelled\.$/),
      },
    ]);
  });
});

/** A draft with a new package and other notes, its archive uploaded. */
async function changedDraft(): Promise<{ path: string; id: string }> {
  const { path, document } = await api.draft(APPS.published);
  document.applicationPackages.push({ fileName: 'New.msix', fileStatus: 'PendingUpload' });
  await api.put(path, { ...document, notesForCertification: 'Of the one that failed.' });
  const identity = { name: 'Contoso.Notes', publisher: 'CN=0BE04A07-4250-427B-B4BC-000000000001' };
  const archive = await buildZip({ 'New.msix': await buildMsix({ ...identity, version: '1.5.0.0' }) });
  await new BlockBlobClient(document.fileUploadUrl.replaceAll('+', '%2B')).uploadData(archive);
  return { path, id: document.id };
}

describe.each([
  ['CommitFailed', 'PendingUpload'],
  ['PreProcessingFailed', 'Uploaded'],
  ['CertificationFailed', 'Uploaded'],
  ['ReleaseFailed', 'Uploaded'],
  ['PublishFailed', 'Uploaded'],
] as const)('R37: %s', (result, fileStatus) => {
  test(`keeps its place, cannot be mended, and leaves the new package ${fileStatus}`, async () => {
    await emulator().actions.addOutcome({ result });
    const { path, id } = await changedDraft();

    const status = await api.commitAndSettle(path);
    const { body: document } = await api.get(path);
    const { body: application } = await api.application(APPS.published);
    const refused = [await api.put(path, document), await api.post(`${path}/commit`), await api.post(submissions)];

    expect(status.status).toBe(result);
    expect(status.statusDetails.certificationReports).toEqual(
      result === 'CertificationFailed'
        ? [{ date: expect.stringMatching(/\.\d{7}Z$/), reportUrl: expect.stringMatching(/^https:/) }]
        : [],
    );
    expect(document.applicationPackages.at(-1)).toMatchObject({ fileName: 'New.msix', fileStatus });
    expect(application.pendingApplicationSubmission.id).toBe(id);
    expect(application.lastPublishedApplicationSubmission.id).toBe(PUBLISHED);
    expect(refused.map((reply) => reply.status)).toEqual([409, 409, 409]);
  });

  test('once deleted, the next draft is a clone of what is published', async () => {
    await emulator().actions.addOutcome({ result });
    const { path } = await changedDraft();
    await api.commitAndSettle(path);

    const removed = await api.delete(path);
    const { body: next } = await api.post(submissions);

    expect(removed.status).toBe(204);
    expect(next.notesForCertification).toBe('No account needed.');
    expect(next.applicationPackages).toHaveLength(2);
    expect(next.statusDetails.errors).toEqual([]);
  });
});

describe('R37: other ends', () => {
  test('Canceled: keeps its place, can be neither changed nor committed', async () => {
    const { path, document } = await api.draft(APPS.published);
    await api.post(`${path}/commit`);

    await emulator().portal.act('cancel', APPS.published);
    const status = await api.get(`${path}/status`);
    const refused = [await api.put(path, document), await api.post(`${path}/commit`), await api.post(submissions)];
    await emulator().actions.advanceClock('3d');
    api = await Api.signIn(emulator());

    expect(status.body.status).toBe('Canceled');
    expect(refused.map((reply) => reply.status)).toEqual([409, 409, 409]);
    expect((await api.get(`${path}/status`)).body.status).toBe('Canceled');
  });

  test('stuck in CommitStarted, errors may show all the same', async () => {
    await emulator().actions.addOutcome({ result: 'Stuck', code: 'IsInternalError' });
    const { path } = await api.draft(APPS.published);

    const { status, statusDetails } = await api.commitAndSettle(path);

    expect(status).toBe('CommitStarted');
    expect(statusDetails.errors.map((error: Json) => error.code)).toEqual(['IsInternalError']);
    expect((await api.delete(path)).status).toBe(409);
  });

  test('stuck later, what is only said there does not show before', async () => {
    await emulator().actions.addOutcome({ result: 'Stuck', stuckIn: 'Certification', code: 'Other' });
    const { path } = await api.draft(APPS.published);
    await api.post(`${path}/commit`);

    const before = (await api.get(`${path}/status`)).body;
    await emulator().actions.advanceClock('60s');
    const after = (await api.get(`${path}/status`)).body;

    expect([before.status, before.statusDetails.errors]).toEqual(['CommitStarted', []]);
    expect([after.status, after.statusDetails.errors.length]).toEqual(['Certification', 1]);
  });

  test.each(['UpdateOnlyWarning', 'PackageValidationWarning', 'Other'])(
    'published with %s beside the warning that all have',
    async (code) => {
      await emulator().actions.addOutcome({ result: 'Published', warnings: [{ code, details: 'Mind this.' }] });
      const { path } = await api.draft(APPS.published);

      const { status, statusDetails } = await api.commitAndSettle(path);

      expect(status).toBe('Published');
      expect(statusDetails.errors).toEqual([]);
      expect(statusDetails.warnings).toEqual([
        expect.objectContaining({ code: 'SalesUnsupportedWarning' }),
        { code, details: 'Mind this.' },
      ]);
    },
  );
});

test('R22: a refused update leaves the draft, and a commit then ships the old content', async () => {
  const { path, document } = await api.draft(APPS.published);

  const refused = await api.put(path, { ...document, notesForCertification: 'x'.repeat(2001) });
  const status = await api.commitAndSettle(path);

  expect([refused.status, status.status]).toEqual([400, 'Published']);
  expect((await api.get(path)).body.notesForCertification).toBe('No account needed.');
});
