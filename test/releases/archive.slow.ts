/** Moving over: documents and ZIPs of other tools, and packages that an earlier release has published. */
import type { SubmissionDocument } from '../../src/domain/release-document';
import { APPS, expectNothingUnhit, FLIGHTS } from '../support/emulator';
import { buildZip } from '../support/msix';
import { announced, leave, liveContent, liveImages, png, screenshot } from '../support/pictures';
import { releaseWorld, requestsOf, submissionsMade, type SamplePackage } from '../support/release-app';

const world = releaseWorld();

beforeEach(() => world().emulator.reset());
afterEach(() => expectNothingUnhit(world().emulator));

/** What is live as the API answers it, which is what people edit. */
async function answered(): Promise<Record<string, unknown>> {
  return {
    id: '1152921505700520589',
    ...(await liveContent(world())),
    status: 'PendingCommit',
    statusDetails: { errors: [], warnings: [], certificationReports: [] },
    fileUploadUrl: 'https://ingestion.example/ingestion/1?sig=secret',
    friendlyName: 'Submission 2',
  };
}

const capital = (members: object): object =>
  Object.fromEntries(Object.entries(members).map(([name, one]) => [name.charAt(0).toUpperCase() + name.slice(1), one]));

const newPackage = ({ fileName }: SamplePackage) => ({
  fileName,
  fileStatus: 'PendingUpload',
  minimumDirectXVersion: 'None',
  minimumSystemRam: 'None',
});

const newImage = (fileName: string, imageType = 'Screenshot') => ({
  fileName,
  fileStatus: 'PendingUpload',
  imageType,
  description: 'Editor',
});

test('a document and ZIP of StoreBroker: what it lacks is kept, its pictures take the place of those of their type', async () => {
  const app = await world().app();
  const sample = await app.upload('9.0.0.0');
  const before = await liveContent(world());
  const submission = {
    appId: APPS.published,
    applicationPackages: [newPackage(sample)],
    listings: {
      'en-us': {
        baseListing: { releaseNotes: 'Line 1\r\nLine 2', websiteUrl: '', images: [newImage('Assets\\en-us\\new.png')] },
      },
    },
    trailers: null,
  };
  const zip = await buildZip({ [sample.fileName]: sample.bytes, 'Assets/en-us/new.png': screenshot('new') });

  const view = await app.finish(await app.release({ submission, archive: { source: await leave(app, zip) } }));

  expect(view).toMatchObject({ state: 'succeeded', failure: null });
  expect(view.packages).toMatchObject([{ fileName: sample.fileName, version: '9.0.0.0', sha256: sample.sha256 }]);
  const after = await liveContent(world());
  expect(after.applicationPackages).toEqual([
    ...before.applicationPackages,
    expect.objectContaining({ fileName: sample.fileName, version: '9.0.0.0' }),
  ]);
  expect(after.listings['en-us']?.baseListing.releaseNotes).toBe('Line 1\r\nLine 2');
  expect(Object.keys(after.listings)).toEqual(Object.keys(before.listings));
  expect(await liveImages(world())).toMatchObject([{ fileStatus: 'Uploaded', description: 'Editor' }]);
  expect(await liveImages(world(), 'Icon')).toHaveLength(1);
});

test.each([
  ['the official CLI', 'en-us/Screenshot_new.png'],
  ['the samples', 'en-us/baseListing/images/Screenshot/1.png'],
])('an answer of the API, edited as %s does: what has an id stays, what is new is sent', async (_tool, path) => {
  const app = await world().app();
  const submission = await answered();
  // A copy of what the emulator has, made of JSON.
  const { listings } = structuredClone(submission) as unknown as Awaited<ReturnType<typeof liveContent>>;
  listings['en-us']!.baseListing.images.push(newImage(path));
  const zip = await buildZip({ [path]: screenshot(path) }, false);

  const view = await app.finish(
    await app.release({ submission: { ...submission, listings }, archive: { source: await leave(app, zip) } }),
  );

  expect(view).toMatchObject({ state: 'succeeded', failure: null });
  expect(announced(world())).toHaveLength(1);
  expect(await liveImages(world())).toHaveLength(2);
});

test('an answer of the API as it is asks for nothing', async () => {
  const app = await world().app();

  const view = await app.finish(await app.release({ submission: await answered() }));

  expect(view).toMatchObject({ state: 'succeeded', failure: null });
  expect(await submissionsMade(world().emulator)).toEqual([]);
});

test('a document of the official CLI, which spells members with a capital and writes null for nothing, is read alike', async () => {
  const app = await world().app();
  const sample = await app.upload('9.0.0.0');
  const submission = await answered();
  const { applicationPackages, pricing, packageDeliveryOptions, listings } = structuredClone(submission) as unknown as {
    applicationPackages: object[];
  } & Record<'pricing' | 'packageDeliveryOptions', object> & { listings: Record<string, { baseListing: object }> };
  const { baseListing } = listings['en-us']!;
  const written = {
    Id: '1152921505700520589',
    Pricing: capital(pricing),
    Listings: {
      'en-us': { BaseListing: { ...capital(baseListing), ReleaseNotes: 'By the CLI.' }, PlatformOverrides: null },
    },
    ApplicationPackages: [...applicationPackages, newPackage(sample)].map(capital),
    PackageDeliveryOptions: capital(packageDeliveryOptions),
    FileUploadUrl: submission['fileUploadUrl'],
    GamingOptions: null,
    Trailers: null,
  };
  const zip = await buildZip({ [sample.fileName]: sample.bytes });

  const view = await app.finish(await app.release({ submission: written, archive: { source: await leave(app, zip) } }));

  expect(view).toMatchObject({ state: 'succeeded', failure: null, packages: [{ version: '9.0.0.0' }] });
  const after = await liveContent(world());
  expect(after.listings['en-us']?.baseListing.releaseNotes).toBe('By the CLI.');
  expect(after.applicationPackages).toHaveLength(applicationPackages.length + 1);
});

test('everything that is wrong with a submission and its ZIP is told together, at its place in the submission', async () => {
  const app = await world().app();
  const images = [newImage('Assets\\small.png'), newImage('Assets\\gone.png')];
  const submission: SubmissionDocument = { listings: { 'en-us': { baseListing: { images } } } };
  const release = async (entries: Record<string, Buffer>) =>
    app.finish(await app.release({ submission, archive: { source: await leave(app, await buildZip(entries)) } }));
  const small = { 'Assets/small.png': png(100, 100, 'small') };

  const missing = await release(small);
  const unfit = await release({ ...small, 'Assets/gone.png': Buffer.from('no picture') });

  const at = '/submission/listings/en-us/baseListing/images';
  expect(missing.failure?.errors).toMatchObject([{ pointer: `${at}/1/fileName`, code: 'asset-not-found' }]);
  expect(unfit.failure?.errors).toMatchObject([
    { pointer: `${at}/0/fileName`, code: 'picture-size' },
    { pointer: `${at}/1/fileName`, code: 'wrong-file-type' },
  ]);
  expect(requestsOf(world().emulator, 'createSubmission')).toBe(0);
});

test('a package that the submission takes for there, and the product does not have, is told at its entry', async () => {
  const app = await world().app();
  const applicationPackages = [{ fileName: 'Gone_1.0.0.0.msix', fileStatus: 'Uploaded', id: '1' }];

  const view = await app.finish(
    await app.release({ submission: { notesForCertification: 'Hello', applicationPackages } }),
  );

  expect(view.failure).toMatchObject({
    code: 'document-unfit',
    errors: [{ pointer: '/submission/applicationPackages/0', code: 'package-not-found' }],
  });
});

test('what does not fit the product is told at its place in the submission', async () => {
  const app = await world().app();
  const [live] = (await liveContent(world())).applicationPackages;
  const sample = await app.upload(live?.version, 'Twin.msix');
  const images = [{ fileName: 'lost.png', fileStatus: 'Uploaded', id: '404', imageType: 'Icon' }];
  const submission = {
    applicationPackages: [live, newPackage(sample)],
    listings: { 'en-us': { baseListing: { images } } },
  };
  const zip = await buildZip({ 'Twin.msix': sample.bytes });

  const { failure } = await app.finish(await app.release({ submission, archive: { source: await leave(app, zip) } }));

  expect(failure?.errors?.map(({ pointer, code }) => `${pointer} ${code}`)).toEqual([
    '/submission/applicationPackages/1 package-duplicate',
    '/submission/listings/en-us/baseListing/images/0/id image-not-found',
  ]);
});

test('the packages of a flight go to the public, byte for byte', async () => {
  const app = await world().app();
  const sample = await app.upload('9.1.0.0');
  const target = { kind: 'store-flight', applicationId: APPS.published, flightId: FLIGHTS.published } as const;
  const flown = await app.release({
    target,
    packages: [{ fileName: sample.fileName, source: { upload: sample.upload } }],
  });
  expect(await app.finish(flown)).toMatchObject({ state: 'succeeded', failure: null });

  const id = await app.release({ packages: [{ source: { release: flown } }] });

  expect(await app.finish(id)).toMatchObject({
    state: 'succeeded',
    failure: null,
    packages: [{ fileName: sample.fileName, sha256: sample.sha256 }],
  });
  const live = (await liveContent(world())).applicationPackages.map(({ fileName }) => fileName);
  expect(live).toContain(sample.fileName);
});

test('an earlier release that is not there, has no packages, or whose bytes are gone is told apart', async () => {
  const app = await world().app();
  const sample = await app.upload('9.2.0.0');
  const texts = await app.release({ changes: { notesForCertification: 'Hello' } });
  const packaged = await app.release({ packages: [{ fileName: sample.fileName, source: { upload: sample.upload } }] });
  const queued = await app.store({ packages: [{ fileName: sample.fileName, source: { upload: sample.upload } }] });
  await app.finish(texts);
  await app.finish(packaged);
  await (await app.rooms.storage.container('uploads')).deleteBlob(sample.sha256);
  const errorsOf = async (release: string) => {
    const { failure } = await app.finish(await app.release({ packages: [{ source: { release } }] }));
    return failure?.errors?.map(({ pointer, code, message }) => `${pointer} ${code} ${message}`).join();
  };

  expect(await errorsOf('rel_00000000000000000000000000')).toMatch(
    /^\/packages\/0 release-not-usable There is no release/,
  );
  expect(await errorsOf(texts)).toMatch(/^\/packages\/0 release-not-usable .* has no packages/);
  expect(await errorsOf(queued)).toMatch(/^\/packages\/0 release-not-usable .* has not checked/);
  expect(await errorsOf(packaged)).toMatch(/^\/packages\/0 source-not-found /);
});
