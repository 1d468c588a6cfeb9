import { BlobSASPermissions, BlobServiceClient } from '@azure/storage-blob';
import { createHash } from 'node:crypto';
import { fromBufferPromise } from 'yauzl';
import { buffer } from 'node:stream/consumers';
import {
  createUpload,
  createUrlSources,
  inspectSlice,
  openUploadSource,
  parseUploadId,
  planZip,
  readManifest,
  uploadId,
  uploadSlice,
  type InspectionSlice,
  type InspectionState,
  type PackageFacts,
  type PackageSource,
} from '../../src/packages';
import { storageAccount } from '../support/storage-account';
import { selfSignedCertificate } from '../support/certificate';
import { buildBundle, buildMsix } from '../support/msix';
import { startFileServer } from './file-server';

const azurite = storageAccount();

/** As the activities do it: every slice opens the source anew, by its pin, and the state goes through JSON. */
async function inspect(open: (state?: InspectionState) => Promise<PackageSource>): Promise<PackageFacts> {
  let state: InspectionState | undefined;
  for (;;) {
    const slice: InspectionSlice = await inspectSlice(await open(state), state, { deadline: 0 });
    if (slice.done) return JSON.parse(JSON.stringify(slice.facts)) as PackageFacts;
    state = JSON.parse(JSON.stringify(slice.state)) as InspectionState;
  }
}

test('from an upload and an address to the bytes in the upload blob, slice by slice', async () => {
  const service = BlobServiceClient.fromConnectionString(azurite.connectionString);
  const uploads = service.getContainerClient('uploads');
  const target = service.getContainerClient('ingestion');
  await Promise.all([uploads.create(), target.create()]);
  const msix = await buildMsix({ payloadSize: 9_000_000 });
  const bundle = await buildBundle();
  const sha256 = createHash('sha256').update(msix).digest('hex');
  const place = await createUpload(uploads, { sha256, size: msix.length });
  if (place.state !== 'pending') throw new Error('not pending');
  await uploads.getBlockBlobClient(parseUploadId(uploadId(sha256))!).uploadData(msix);
  const certificate = await selfSignedCertificate();
  const server = await startFileServer(certificate);
  server.bytes = bundle;
  const urls = createUrlSources({ allowedHosts: ['localhost'], allowLoopback: true, ca: certificate.certificate });
  const url = `https://localhost:${server.port}/Notes.msixbundle?sig=secret`;

  const facts = [
    await inspect((state) => openUploadSource(uploads, sha256, { pin: state?.pin })),
    await inspect((state) => urls.open(url, { pin: state?.pin })),
  ];
  const open = (): Promise<PackageSource[]> =>
    Promise.all([openUploadSource(uploads, sha256, { pin: facts[0]!.pin }), urls.open(url, { pin: facts[1]!.pin })]);
  const [first, second] = await open();
  const manifests = [await readManifest(first!, 'Notes.msix'), await readManifest(second!, 'Notes.msixbundle')];
  const blob = target.getBlockBlobClient('upload');
  const expiresOn = new Date(Date.now() + 3_600_000);
  const uploadUrl = await blob.generateSasUrl({ permissions: BlobSASPermissions.parse('rw'), expiresOn });
  for (let fromBlock = 0, done = false; !done;) {
    const plan = planZip([
      { name: 'x64\\Notes.msix', ...facts[0]! },
      { name: 'Notes.msixbundle', ...facts[1]! },
    ]);
    const slice = await uploadSlice({ plan, sources: await open(), uploadUrl, fromBlock, deadline: 0 });
    ({ done, nextBlock: fromBlock } = slice);
  }

  expect(facts[0]).toMatchObject({ sha256, size: msix.length });
  expect(manifests.map(({ kind, version }) => [kind, version])).toEqual([
    ['package', '1.5.0.0'],
    ['bundle', '1.5.0.0'],
  ]);
  const zip = await fromBufferPromise(await blob.downloadToBuffer());
  const found: [string, boolean][] = [];
  for await (const entry of zip.eachEntry()) {
    const content = await buffer(await zip.openReadStreamPromise(entry));
    found.push([entry.fileName, content.equals(entry.fileName.endsWith('bundle') ? bundle : msix)]);
  }
  expect(found).toEqual([
    ['x64/Notes.msix', true],
    ['Notes.msixbundle', true],
  ]);
  await server.close();
});
