import { BlobServiceClient, BlockBlobClient, ContainerClient } from '@azure/storage-blob';
import { createHash, randomUUID } from 'node:crypto';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { createUpload, dropUpload, openUploadSource, parseUploadId, uploadId } from '../../src/packages';
import { startAzurite } from '../support/azurite';
import { storageAccount } from '../support/storage-account';
import { caught } from './caught';

const azurite = storageAccount();
let container: ContainerClient;
const bytes = Buffer.from('a package, so to speak');
const sha256 = createHash('sha256').update(bytes).digest('hex');

beforeEach(async () => {
  container = BlobServiceClient.fromConnectionString(azurite.connectionString).getContainerClient(randomUUID());
  await container.create();
});

test('an upload id comes from the SHA-256 and leads back to it', () => {
  expect(uploadId(sha256.toUpperCase())).toBe(`upl_${sha256}`);
  expect(parseUploadId(`upl_${sha256}`)).toBe(sha256);
  expect(['upl_', `upl_${sha256}0`, `upl_${sha256.toUpperCase()}`, sha256].map(parseUploadId)).toEqual(
    Array(4).fill(undefined),
  );
});

test('the place takes bytes by any blob client, and is ready after', async () => {
  const now = Date.UTC(2026, 10, 20, 10);
  const place = await createUpload(
    container,
    { sha256: sha256.toUpperCase(), size: bytes.length },
    { lifetimeMs: 400 * 86_400_000, now: () => now },
  );
  if (place.state !== 'pending') throw new Error('not pending');
  const client = new BlockBlobClient(place.uploadUrl);
  const block = Buffer.from('1').toString('base64');
  await client.stageBlock(block, bytes, bytes.length);
  await client.commitBlockList([block]);

  const again = await createUpload(container, { sha256, size: bytes.length });

  expect(place.expiresAt).toBe(new Date(now + 400 * 86_400_000).toISOString());
  expect(new URL(place.uploadUrl).searchParams.get('sp')).toBe('cw');
  expect(new URL(place.uploadUrl).pathname).toContain(sha256);
  expect(again).toEqual({ state: 'ready' });
});

test('a blob of another size is not ready', async () => {
  await container.uploadBlockBlob(sha256, 'x', 1);

  expect((await createUpload(container, { sha256, size: bytes.length })).state).toBe('pending');
});

test('without an account key the address is signed by a user delegation key', async () => {
  const secure = await startAzurite({ https: true });
  setDefaultCACertificates([...getCACertificates(), secure.ca!]);
  const service = new BlobServiceClient(secure.blobUrl, { getToken: () => Promise.resolve(bearer()) });
  const mine = service.getContainerClient('uploads');
  await mine.create();

  const place = await createUpload(mine, { sha256, size: bytes.length });

  if (place.state !== 'pending') throw new Error('not pending');
  expect(new URL(place.uploadUrl).searchParams.has('skoid')).toBe(true);
  await new BlockBlobClient(place.uploadUrl).upload(bytes, bytes.length);
  expect(await createUpload(mine, { sha256, size: bytes.length })).toEqual({ state: 'ready' });
  await secure.stop();
});

/** A token that Azurite takes: right in form, audience, issuer and time; Azurite does not check who signed it. */
function bearer(): { token: string; expiresOnTimestamp: number } {
  const now = Math.floor(Date.now() / 1000);
  const tenant = randomUUID();
  const claims = {
    aud: 'https://storage.azure.com',
    iss: `https://sts.windows.net/${tenant}/`,
    iat: now - 60,
    nbf: now - 60,
    exp: now + 3600,
    oid: randomUUID(),
    tid: tenant,
  };
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return {
    token: `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.c2ln`,
    expiresOnTimestamp: (now + 3600) * 1000,
  };
}

test('wrong bytes are dropped by their ETag only, as often as one likes', async () => {
  const { etag } = await container.getBlockBlobClient(sha256).upload('wrong', 5);
  await container.getBlockBlobClient(sha256).upload('newer', 5);
  const newer = (await container.getBlobClient(sha256).getProperties()).etag!;

  expect(await dropUpload(container, sha256, etag!)).toBe(false);
  expect(await dropUpload(container, sha256, newer)).toBe(true);
  expect(await dropUpload(container, sha256, newer)).toBe(false);
  expect((await createUpload(container, { sha256, size: 5 })).state).toBe('pending');
});

describe('an upload as a source', () => {
  test('any range is read', async () => {
    await container.uploadBlockBlob(sha256, bytes, bytes.length);

    const source = await openUploadSource(container, sha256.toUpperCase());

    expect(source.size).toBe(bytes.length);
    expect(Buffer.from(await source.read(2, 7)).toString()).toBe('package');
    expect(await source.read(0, 0)).toHaveLength(0);
    await expect(async () => source.read(0, 1000)).rejects.toThrow(RangeError);
  });

  test('bytes that were put anew are package-changed, now and at a later opening', async () => {
    await container.uploadBlockBlob(sha256, bytes, bytes.length);
    const source = await openUploadSource(container, sha256);
    await container.uploadBlockBlob(sha256, bytes, bytes.length);

    expect((await caught(source.read(0, 5))).code).toBe('package-changed');
    expect((await caught(openUploadSource(container, sha256, { pin: source.pin }))).code).toBe('package-changed');
  });

  test('none, an empty and a too large one are refused', async () => {
    expect((await caught(openUploadSource(container, sha256))).code).toBe('source-not-found');
    await container.uploadBlockBlob(sha256, '', 0);
    expect((await caught(openUploadSource(container, sha256))).code).toBe('package-empty');
    await container.uploadBlockBlob(sha256, 'xx', 2);
    expect((await caught(openUploadSource(container, sha256, { maxSize: 1 }))).code).toBe('package-too-large');
  });
});

test('storage that does not answer is retryable, storage that refuses is not; neither shows an address', async () => {
  const nobody = new ContainerClient('http://127.0.0.1:9/devstoreaccount1/uploads?sig=secret', undefined, {
    retryOptions: { maxTries: 1 },
  });
  const stranger = new ContainerClient(`${container.url}?sv=2024-05-04&sr=c&sp=r&sig=secret`);

  const gone = await Promise.all([
    caught(createUpload(nobody, { sha256, size: 1 })),
    caught(openUploadSource(nobody, sha256)),
    caught(dropUpload(nobody, sha256, '"x"')),
  ]);
  const refused = await Promise.all([
    caught(createUpload(stranger, { sha256, size: 1 })),
    caught(openUploadSource(stranger, sha256)),
  ]);

  expect(gone.map(({ code, retryable }) => [code, retryable])).toEqual([
    ['storage-unavailable', true],
    ['source-unreachable', true],
    ['storage-unavailable', true],
  ]);
  expect(refused.map(({ code, retryable }) => [code, retryable])).toEqual([
    ['storage-unavailable', false],
    ['source-forbidden', false],
  ]);
});
