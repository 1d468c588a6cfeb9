import { BlobSASPermissions, BlobServiceClient, type BlockBlobClient, type ContainerClient } from '@azure/storage-blob';
import { randomUUID } from 'node:crypto';
import { planZip, uploadSlice, type PackageSource, type UploadSliceOptions } from '../../src/packages';
import { startAzurite, type Azurite } from '../support/azurite';
import { caught } from './caught';
import { madeUpBytes, memorySource } from './sources';
import { startStorageProxy, type StorageProxy } from './storage-proxy';
import { entryOf, zipOf } from './zip-facts';

const piece = 50_000;
const blockSize = { blockSize: piece };
const contents = [madeUpBytes(Buffer.alloc(3 * piece + 17), 0), Buffer.from('an image')];
const sources = contents.map((bytes) => memorySource(bytes));
const plan = planZip([entryOf('Notes.msix', contents[0]!, piece), entryOf('logo.png', contents[1]!, piece)], blockSize);
const future = Number.POSITIVE_INFINITY;

let azurite: Azurite;
let container: ContainerClient;
let proxy: StorageProxy;
let blob: BlockBlobClient;
let uploadUrl: string;
let zip: Buffer;

beforeAll(async () => {
  azurite = await startAzurite();
  container = BlobServiceClient.fromConnectionString(azurite.connectionString).getContainerClient('ingestion');
  await container.create();
  zip = await zipOf(plan, sources);
});
afterAll(() => azurite.stop());
beforeEach(async () => {
  proxy = await startStorageProxy(azurite.blobPort);
  blob = container.getBlockBlobClient(randomUUID());
  uploadUrl = await signed();
});
afterEach(() => proxy.close());

async function signed(expiresOn = new Date(Date.now() + 3_600_000)): Promise<string> {
  const url = await blob.generateSasUrl({ permissions: BlobSASPermissions.parse('rw'), expiresOn });
  return url.replace(`:${azurite.blobPort}/`, `:${proxy.port}/`);
}

const send = (options: Partial<UploadSliceOptions> = {}) =>
  uploadSlice({ plan, sources, uploadUrl, deadline: future, ...options });

async function expectUploaded(expected = zip): Promise<void> {
  expect((await blob.getProperties()).contentType).toBe('application/zip');
  expect((await blob.downloadToBuffer()).equals(expected)).toBe(true);
}

test('the ZIP is sent in blocks, committed once, and left alone when it is there', async () => {
  const progress: number[] = [];

  const first = await send({ onProgress: ({ sentBytes }) => progress.push(sentBytes) });
  const before = [...proxy.seen];
  const again = await send();

  await expectUploaded();
  expect(first).toEqual({ done: true, nextBlock: plan.blocks.length, sentBytes: plan.size });
  expect(again).toEqual(first);
  expect(proxy.count('PUT block')).toBe(plan.blocks.length);
  expect(proxy.count('PUT blocklist')).toBe(1);
  expect(proxy.seen.slice(before.length)).toEqual(['GET blocklist']);
  expect(progress).toHaveLength(plan.blocks.length);
  expect(progress.at(-1)).toBe(plan.size);
});

test('a slice ends at its deadline, and the next sends only what is missing', async () => {
  const slices = [await send({ deadline: 0, parallel: 1 })];
  while (!slices.at(-1)!.done)
    slices.push(await send({ deadline: 0, parallel: 1, fromBlock: slices.at(-1)!.nextBlock }));

  await expectUploaded();
  expect(slices).toHaveLength(plan.blocks.length);
  expect(slices.map(({ nextBlock }) => nextBlock)).toEqual(plan.blocks.map((_block, index) => index + 1));
  expect(slices[1]?.sentBytes).toBe(plan.blocks[2]?.offset);
  expect(proxy.count('PUT block')).toBe(plan.blocks.length);
  expect(proxy.count('PUT blocklist')).toBe(1);
});

test.each([0, 2, 99])('where to go on is only a hint: from block %i all that is missing is sent', async (fromBlock) => {
  const slice = await send({ fromBlock });

  expect(slice.done).toBe(true);
  await expectUploaded();
});

test('killed in the middle, it goes on with what is missing', async () => {
  const kill = new AbortController();
  proxy.after = () => {
    if (proxy.count('PUT block') === 2) kill.abort();
    return false;
  };

  const killed = await send({ signal: kill.signal, parallel: 1 });
  const there = (await blob.getBlockList('uncommitted')).uncommittedBlocks!.length;
  const sent = proxy.count('PUT block');
  const rest = await send();

  await expectUploaded();
  expect(killed.done).toBe(false);
  expect(there).toBe(2);
  expect(proxy.count('PUT block') - sent).toBe(plan.blocks.length - there);
  expect(rest.done).toBe(true);
});

test('an abort before the beginning sends nothing', async () => {
  const slice = await send({ signal: AbortSignal.abort(), fromBlock: 2 });

  expect(slice).toEqual({ done: false, nextBlock: 2, sentBytes: plan.blocks[2]!.offset });
  expect(proxy.seen).toEqual([]);
});

test('two copies at once make the same blob', async () => {
  const slices = await Promise.all([send(), send()]);

  await expectUploaded();
  expect(slices.map(({ done }) => done)).toEqual([true, true]);
});

test('what another plan or another client left there is replaced', async () => {
  await blob.upload('something else', 14);

  await send();

  await expectUploaded();
  const other = planZip([entryOf('Other.msix', contents[1]!)]);
  await send({ plan: other, sources: [sources[1]!] });
  await expectUploaded(await zipOf(other, [sources[1]!]));
});

test('bytes that changed since they were inspected are not sent', async () => {
  const altered = Buffer.from(contents[0]!);
  altered[piece + 5]! ^= 1;

  const error = await caught(send({ sources: [memorySource(altered), sources[1]!] }));
  const shorter = await caught(send({ sources: [memorySource(altered.subarray(0, -1)), sources[1]!] }));

  expect([error.code, shorter.code]).toEqual(['package-changed', 'package-changed']);
  expect(proxy.count('PUT blocklist')).toBe(0);
});

test('an expired address is told apart, and with a fresh one only the rest is sent', async () => {
  await send({ deadline: 0, parallel: 1 });

  const error = await caught(send({ uploadUrl: await signed(new Date(Date.now() - 60_000)) }));
  const rest = await send();

  expect(error).toMatchObject({ code: 'upload-url-expired', retryable: true });
  expect(rest.done).toBe(true);
  expect(proxy.count('PUT block')).toBe(plan.blocks.length);
});

test('an address that expires on the way is told apart, too', async () => {
  proxy.before = ({ method, comp, response }) =>
    method === 'PUT' &&
    comp === 'block' &&
    Boolean(response.writeHead(403, { 'x-ms-error-code': 'AuthenticationFailed' }).end());

  const error = await caught(send());

  expect(error).toMatchObject({ code: 'upload-url-expired', detail: { status: 403, reason: 'AuthenticationFailed' } });
});

test('bare plus and equals signs of a signature reach the server as they were meant', async () => {
  let address = '';
  for (let minute = 60; !address.includes('+'); minute++) {
    address = (await signed(new Date(Date.now() + minute * 60_000))).replaceAll('%2B', '+').replaceAll('%3D', '=');
  }

  const slice = await send({ uploadUrl: address, plan: planZip([entryOf('a', contents[1]!)]), sources: [sources[1]!] });

  expect(address).toMatch(/sig=[^&]*\+[^&]*=/);
  expect(slice.done).toBe(true);
});

test.each(['', 'no address', 'https://', 'ftp://x/y?sig=secret'])('%j is no upload address', async (bad) => {
  expect((await caught(send({ uploadUrl: bad }))).code).toBe('upload-url-invalid');
});

test('a busy server, a lost answer and a lost block are gone through without sending anything twice but that', async () => {
  const faults = new Set(['busy', 'lost', 'commit']);
  proxy.before = ({ comp, response }) =>
    comp === 'block' &&
    faults.delete('busy') &&
    Boolean(response.writeHead(503, { 'x-ms-error-code': 'ServerBusy' }).end());
  proxy.after = ({ method, comp, response }) =>
    method === 'PUT' &&
    ((comp === 'block' && faults.delete('lost')) || (comp === 'blocklist' && faults.delete('commit')))
      ? Boolean(response.destroy())
      : false;

  const slice = await send();

  await expectUploaded();
  expect(slice.done).toBe(true);
  expect(faults.size).toBe(0);
  expect(proxy.count('PUT block')).toBe(plan.blocks.length + 2);
});

test('an outage is retryable, and nothing that was sent is lost', async () => {
  await send({ deadline: 0, parallel: 1 });
  proxy.before = ({ response }) =>
    Boolean(response.writeHead(503, { 'retry-after': '30', 'x-ms-error-code': 'ServerBusy' }).end());

  const error = await caught(send());
  proxy.before = undefined;
  await send();

  expect(error).toMatchObject({
    code: 'upload-failed',
    retryable: true,
    retryAfterMs: 30_000,
    detail: { reason: 'ServerBusy' },
  });
  await expectUploaded();
  expect(proxy.count('PUT block')).toBe(plan.blocks.length);
});

test('a block that is damaged on its way is refused by the storage, and can be sent again', async () => {
  proxy.before = (passing) => {
    if (passing.comp === 'block') passing.body[0]! ^= 1;
    return false;
  };

  const error = await caught(send());
  proxy.before = undefined;
  await send();

  expect(error).toMatchObject({ code: 'upload-failed', retryable: true });
  await expectUploaded();
});

test('blocks that somebody else swept away before the commit can be sent again', async () => {
  proxy.before = ({ method, comp, response }) =>
    method === 'PUT' &&
    comp === 'blocklist' &&
    Boolean(response.writeHead(400, { 'x-ms-error-code': 'InvalidBlockList' }).end());

  const error = await caught(send());

  expect(error).toMatchObject({ code: 'upload-failed', retryable: true, detail: { reason: 'InvalidBlockList' } });
});

test('somebody else who writes to the blob after the commit is noticed', async () => {
  proxy.after = async ({ method, comp }) => {
    if (method === 'PUT' && comp === 'blocklist') await blob.upload('other', 5);
    return false;
  };

  const error = await caught(send());
  proxy.after = undefined;
  const mended = await send();

  expect(error).toMatchObject({ code: 'upload-failed', retryable: true });
  expect(mended.done).toBe(true);
  await expectUploaded();
});

test('no more blocks are in memory than asked for', async () => {
  let live = 0;
  let most = 0;
  const whole = contents[0]!.subarray(0, 3 * piece);
  const source = memorySource(whole);
  const counting: PackageSource = {
    ...source,
    read: (offset, length) => {
      most = Math.max(most, ++live);
      return source.read(offset, length);
    },
  };
  proxy.after = ({ method, comp, body }) => {
    if (method === 'PUT' && comp === 'block' && body.length === piece) live--;
    return false;
  };

  await send({ plan: planZip([entryOf('a.msix', whole, piece)], blockSize), sources: [counting], parallel: 2 });

  expect(live).toBe(0);
  expect(most).toBe(2);
});
