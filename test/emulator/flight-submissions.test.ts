/* eslint-disable @typescript-eslint/no-unsafe-call, @typescript-eslint/no-unsafe-return -- documents are loose JSON here */
import { BlockBlobClient } from '@azure/storage-blob';
import { APPS, emulatorForFile, FLIGHTS } from '../support/emulator';
import { buildMsix, buildZip } from '../support/msix';
import { Api, type Json } from './api';

const NOTES = { name: 'Contoso.Notes', publisher: 'CN=0BE04A07-4250-427B-B4BC-000000000001' };
const APP = `applications/${APPS.published}`;
const FLIGHT = `${APP}/flights/${FLIGHTS.published}`;
const PUBLISHED = `${FLIGHT}/submissions/1152921505700511001`;
const emulator = emulatorForFile();
let api: Api;
beforeEach(async () => {
  await emulator().reset();
  await emulator().actions.freezeClock();
  api = await Api.signIn(emulator());
});
const rolloutOf25 = { packageRollout: { isPackageRollout: true, packageRolloutPercentage: 25 } };
const upload = async (document: Json, archive: Buffer): Promise<void> => {
  await new BlockBlobClient(document.fileUploadUrl.replaceAll('+', '%2B')).uploadData(archive);
};

/** A draft of the published flight with one new package, uploaded and committed. */
async function publish(version: string, change: object = {}, from = NOTES): Promise<{ path: string; status: Json }> {
  const { path, document } = await api.draftOf(FLIGHT);
  const flightPackages = [...document.flightPackages, { fileName: 'New.msix', fileStatus: 'PendingUpload' }];
  expect((await api.put(path, { ...document, ...change, flightPackages })).status).toBe(200);
  await upload(document, await buildZip({ 'New.msix': await buildMsix({ ...from, version }) }));
  return { path, status: await api.commitAndSettle(path) };
}
const errorsOf = (status: Json) => status.statusDetails.errors.map(({ code, details }: Json) => [code, details]);

describe('R13: a new submission of a flight is a clone', () => {
  test('of the last published one, packages with their ids', async () => {
    const { document } = await api.draftOf(FLIGHT);

    const { body: before } = await api.get(PUBLISHED);
    const { body: flight } = await api.get(FLIGHT);
    expect(document).toEqual({
      ...before,
      id: document.id,
      status: 'PendingCommit',
      fileUploadUrl: expect.stringMatching(/^https:/),
    });
    expect(document.id).not.toBe(before.id);
    expect(document.flightPackages).toMatchObject([{ id: '2000000000090411001', fileStatus: 'Uploaded' }]);
    expect(flight.pendingFlightSubmission.id).toBe(document.id);
  });

  test('of the halted one after a halt', async () => {
    const { path } = await publish('1.7.0.0', { packageDeliveryOptions: rolloutOf25 });
    await api.post(`${path}/haltpackagerollout`);

    const { document } = await api.draftOf(FLIGHT);

    expect(document.flightPackages.map((entry: Json) => entry.version)).toEqual(['1.6.0.0', '1.7.0.0']);
    expect(document.packageDeliveryOptions.packageRollout.packageRolloutStatus).toBe('PackageRolloutNotStarted');
  });
});

test('R12: a flight, its application and other flights each have a draft of their own', async () => {
  const flight = await api.draftOf(FLIGHT);
  const application = await api.draft(APPS.published);
  const again = await api.post(`${FLIGHT}/submissions`);

  expect(new Set([flight.document.id, application.document.id]).size).toBe(2);
  expect([again.status, again.body.message]).toEqual([
    409,
    'Create submission failed, status code Conflict, reason phrase Conflict',
  ]);
});

test('R14: a body on create is read as an update: a package that is left out is named', async () => {
  const reply = await api.post(`${FLIGHT}/submissions`, {});
  const { body: flight } = await api.get(FLIGHT);
  const { body: before } = await api.get(PUBLISHED);
  const whole = await api.post(`${FLIGHT}/submissions`, { ...before, notesForCertification: 'Changed.' });

  expect([reply.status, reply.body.target]).toEqual([400, 'packages']);
  expect(flight).not.toHaveProperty('pendingFlightSubmission');
  expect([whole.status, whole.body.notesForCertification]).toEqual([201, 'Changed.']);
});

test('R15: a minimal answer leaves out the packages, GET has them', async () => {
  const { body } = await api.post(`${FLIGHT}/submissions?isMinimalResponse=true`);

  const whole = await api.get(`${FLIGHT}/submissions/${body.id}`);
  expect(body).toMatchObject({ id: expect.any(String), status: 'PendingCommit', fileUploadUrl: expect.any(String) });
  expect(body).not.toHaveProperty('flightPackages');
  expect(whole.body.flightPackages).toHaveLength(1);
});

test('R16: submissions answer under their own flight only', async () => {
  const paths = [
    `${FLIGHT}/submissions/1000000000000000000`,
    `${FLIGHT}/submissions/1152921505700511012`,
    `${FLIGHT}/submissions/1152921505700510003`,
    `${APP}/submissions/1152921505700511001`,
  ];

  const statuses = await Promise.all(
    paths.flatMap((path) => [api.get(path), api.put(path, {}), api.post(`${path}/commit`), api.delete(path)]),
  );

  expect(statuses.map(({ status }) => status)).toEqual([404, 409, 409, 409].flatMap((status) => Array(4).fill(status)));
});

describe('an update of a flight', () => {
  let path: string;
  let document: Json;
  beforeEach(async () => {
    ({ path, document } = await api.draftOf(FLIGHT));
  });

  test('R19: replaces what is sent, resets what is not, ignores what is read-only', async () => {
    const sent = {
      FlightPackages: document.flightPackages,
      targetPublishMode: 'SpecificDate',
      targetPublishDate: '2027-01-02T03:04:05Z',
      id: '1',
      flightId: '2',
      status: 'Published',
      listings: { 'en-us': {} },
    };

    const { status, body } = await api.put(path, sent);

    expect([status, body]).toEqual([
      200,
      {
        ...document,
        fileUploadUrl: expect.any(String),
        targetPublishMode: 'SpecificDate',
        targetPublishDate: '2027-01-02T03:04:05.0000000Z',
        notesForCertification: '',
      },
    ]);
  });

  test('R20: stored packages stay or are marked; one without its id is told by its name', async () => {
    const [old] = document.flightPackages;
    const { id: _id, ...nameless } = old;

    const missing = await api.put(path, { ...document, flightPackages: [] });
    const again = await api.put(path, { ...document, flightPackages: [{ ...old, fileStatus: 'PendingUpload' }] });
    const renamed = await api.put(path, { ...document, flightPackages: [{ ...nameless, fileName: 'Other.msix' }] });
    const named = await api.put(path, { ...document, flightPackages: [nameless] });

    for (const { status, body } of [missing, again]) {
      expect([status, body.message, body.target]).toEqual([
        400,
        `Please keep all file entries for existing packages. If you wish to remove a package, mark it as PendingDelete. The following packages are missing in your update: ${old.id}`,
        'packages',
      ]);
    }
    expect([renamed.status, named.status, named.body.flightPackages]).toEqual([400, 200, [old]]);
  });

  test('R22: 25 packages and 2000 characters of notes are the most', async () => {
    const packages = (more: number) => [
      ...document.flightPackages,
      ...Array.from({ length: more }, (_, index) => ({ fileName: `${index}.msix`, fileStatus: 'PendingUpload' })),
    ];

    const replies = [
      await api.put(path, { ...document, flightPackages: packages(24), notesForCertification: 'x'.repeat(2000) }),
      await api.put(path, { ...document, flightPackages: packages(25) }),
      await api.put(path, { ...document, notesForCertification: 'x'.repeat(2001) }),
    ];

    expect(replies.map(({ status, body }) => [status, body.message])).toEqual([
      [200, undefined],
      [400, 'The size of FlightPackages must be 25 or less'],
      [400, 'The length of NotesForCertification must be 2000 or less'],
    ]);
    expect((await api.get(path)).body.flightPackages).toHaveLength(25);
  });

  test('R39: rollout status and fallback are ignored', async () => {
    document.packageDeliveryOptions.packageRollout = {
      ...rolloutOf25.packageRollout,
      packageRolloutStatus: 'PackageRolloutComplete',
      fallbackSubmissionId: '7',
    };

    const { body } = await api.put(path, document);

    expect(body.packageDeliveryOptions.packageRollout).toEqual({
      isPackageRollout: true,
      packageRolloutPercentage: 25,
      packageRolloutStatus: 'PackageRolloutNotStarted',
      fallbackSubmissionId: '0',
    });
  });
});

describe('after the commit of a flight', () => {
  test('R33: the package has what its manifest says; the flight names it, the application is as it was', async () => {
    const { body: before } = await api.application(APPS.published);
    const { path, status } = await publish('1.7.0.0');

    const { body } = await api.get(path);
    expect(status).toEqual({
      status: 'Published',
      statusDetails: { errors: [], warnings: [], certificationReports: [] },
    });
    expect(body.flightPackages).toMatchObject([
      { id: '2000000000090411001', version: '1.6.0.0' },
      { id: expect.stringMatching(/^\d{19}$/), version: '1.7.0.0', architecture: 'x64', fileStatus: 'Uploaded' },
    ]);
    expect((await api.get(FLIGHT)).body).toMatchObject({ lastPublishedFlightSubmission: { id: body.id } });
    expect((await api.get(FLIGHT)).body).not.toHaveProperty('pendingFlightSubmission');
    expect((await api.application(APPS.published)).body).toEqual(before);
  });

  test('R31: a package of another application, or none at all, fails it', async () => {
    const foreign = await publish('1.7.0.0', {}, { ...NOTES, name: 'Contoso.Other' });
    await api.delete(foreign.path);
    const { path, document } = await api.draftOf(FLIGHT);
    await api.put(path, {
      ...document,
      flightPackages: [...document.flightPackages, { fileName: 'New.msix', fileStatus: 'PendingUpload' }],
    });
    const absent = await api.commitAndSettle(path);

    expect(errorsOf(foreign.status)).toEqual([
      ['PackageValidationFailed', 'New.msix: Invalid package identity name: Contoso.Other (expected: Contoso.Notes)'],
    ]);
    expect(errorsOf(absent)).toEqual([['MissingFiles', 'The following files are missing from the archive: New.msix']]);
  });

  test('R31: the first submission needs a package', async () => {
    const { body } = await api.post(`applications/${APPS.simple}/flights`, { friendlyName: 'Nightly' });

    const status = await api.commitAndSettle(
      `applications/${APPS.simple}/${body.pendingFlightSubmission.resourceLocation}`,
    );

    expect([status.status, errorsOf(status)]).toEqual([
      'CommitFailed',
      [['InvalidParameterValue', 'Validation error: MissingPackage']],
    ]);
  });

  test('R12: a missing age rating of the application does not matter', async () => {
    const app = `applications/${APPS.neverPublishedUnrated}`;
    const { body } = await api.post(`${app}/flights`, { friendlyName: 'Nightly' });

    const status = await api.commitAndSettle(`${app}/${body.pendingFlightSubmission.resourceLocation}`);

    expect(errorsOf(status)).toEqual([['InvalidParameterValue', 'Validation error: MissingPackage']]);
  });

  test('R37: its packages can be lost, or its rollout', async () => {
    const lose = (what: 'packages' | 'rollout') =>
      emulator().actions.addOutcome({ flight: FLIGHTS.published, result: 'Published', loses: [what] });
    await lose('packages');
    const first = await api.get((await publish('1.7.0.0')).path);
    await lose('rollout');
    const second = await api.get((await publish('1.8.0.0', { packageDeliveryOptions: rolloutOf25 })).path);

    const seen = [first, second].map(({ body }) => [
      body.flightPackages.map((entry: Json) => entry.version),
      body.packageDeliveryOptions.packageRollout.packageRolloutStatus,
    ]);
    expect(seen).toEqual([
      [['1.6.0.0'], 'PackageRolloutNotStarted'],
      [['1.6.0.0', '1.8.0.0'], 'PackageRolloutNotStarted'],
    ]);
  });

  test('R36: the version and architecture of a package that stays is refused', async () => {
    const { status } = await publish('1.6.0.0');

    expect([status.status, status.statusDetails.errors[0].code]).toEqual(['CommitFailed', 'PackageValidationFailed']);
  });
});

describe('R38: package rollout of a flight', () => {
  test('percentage, finalize, and what it falls back to', async () => {
    const { path } = await publish('1.7.0.0', { packageDeliveryOptions: rolloutOf25 });
    const at = (packageRolloutPercentage: number, status: string) => ({
      isPackageRollout: true,
      packageRolloutPercentage,
      packageRolloutStatus: `PackageRollout${status}`,
      fallbackSubmissionId: '1152921505700511001',
    });

    const begun = await api.get(`${path}/packagerollout`);
    const busy = await api.post(`${FLIGHT}/submissions`);
    const half = await api.post(`${path}/updatepackagerolloutpercentage?percentage=50.5`);
    const odd = await api.post(`${path}/updatepackagerolloutpercentage?percentage=101`);
    const done = await api.post(`${path}/finalizepackagerollout`);
    const late = await api.post(`${path}/haltpackagerollout`);

    expect([begun.body, half.body, done.body]).toEqual([
      at(25, 'InProgress'),
      at(50.5, 'InProgress'),
      at(100, 'Complete'),
    ]);
    expect([busy.status, odd.status, late.status]).toEqual([409, 400, 409]);
    expect((await api.get(path)).body.packageDeliveryOptions.packageRollout).toEqual(at(100, 'Complete'));
    expect((await api.post(`${FLIGHT}/submissions`)).status).toBe(201);
  });

  test('halt goes back to nothing', async () => {
    const { path } = await publish('1.7.0.0', { packageDeliveryOptions: rolloutOf25 });

    const { body } = await api.post(`${path}/haltpackagerollout`);

    expect(body).toMatchObject({ packageRolloutPercentage: 0, packageRolloutStatus: 'PackageRolloutStopped' });
    expect((await api.get(FLIGHT)).body.lastPublishedFlightSubmission.id).toBe(path.split('/').at(-1));
  });

  test('without one there is nothing to change', async () => {
    const { body } = await api.get(`${PUBLISHED}/packagerollout`);
    const replies = ['updatepackagerolloutpercentage?percentage=5', 'haltpackagerollout', 'finalizepackagerollout'].map(
      (verb) => api.post(`${PUBLISHED}/${verb}`),
    );

    expect(body).toMatchObject({ isPackageRollout: false, packageRolloutStatus: 'PackageRolloutNotStarted' });
    expect((await Promise.all(replies)).map(({ status }) => status)).toEqual([409, 409, 409]);
    expect((await api.get(`${FLIGHT}/submissions/1/packagerollout`)).status).toBe(404);
  });
});
