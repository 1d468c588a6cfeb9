import type { BlockBlobClient } from '@azure/storage-blob';
import type { ContainerName, Storage } from './connect';
import { parseStored } from './row';
import { attempt, hasStatus, StorageError } from './storage-error';

/** Where a blob lies. */
export interface BlobAddress {
  readonly container: ContainerName;
  readonly name: string;
}

/** Writes a small JSON blob, whatever was there. Repeating it changes nothing. */
export async function putBlob(storage: Storage, address: BlobAddress, text: string): Promise<void> {
  await upload(await clientOf(storage, address), text, {});
}

/** Writes a small JSON blob that is not there yet; `false` where one is, and that one is left alone. */
export async function insertBlob(storage: Storage, address: BlobAddress, text: string): Promise<boolean> {
  const client = await clientOf(storage, address);
  try {
    await upload(client, text, { ifNoneMatch: '*' });
    return true;
  } catch (error) {
    if (hasStatus(error, 409) || hasStatus(error, 412)) return false;
    throw error;
  }
}

/** What a write is conditioned on. */
interface Conditions {
  readonly ifNoneMatch?: string;
  readonly ifMatch?: string;
}

async function upload(client: BlockBlobClient, text: string, conditions: Conditions): Promise<void> {
  const body = Buffer.from(text, 'utf8');
  const blobHTTPHeaders = { blobContentType: 'application/json; charset=utf-8' };
  await attempt('write blob', () => client.upload(body, body.length, { conditions, blobHTTPHeaders }));
}

const mostTries = 30;

/**
 * Changes a small JSON blob by compare-and-swap, and answers what is stored: `change` is asked again where somebody else
 * has written meanwhile, and what it answers as it got it is not written.
 */
export async function changeJsonBlob<T extends object>(
  storage: Storage,
  address: BlobAddress,
  change: (before: T | undefined) => T,
): Promise<T> {
  const client = await clientOf(storage, address);
  for (let tries = 1; ; tries++) {
    const { before, conditions } = await readForChange<T>(client);
    const after = change(before);
    if (after === before) return after;
    try {
      await upload(client, JSON.stringify(after), conditions);
      return after;
    } catch (error) {
      if (tries === mostTries || !(hasStatus(error, 409) || hasStatus(error, 412))) throw error;
    }
  }
}

async function readForChange<T>(
  client: BlockBlobClient,
): Promise<{ readonly before: T | undefined; readonly conditions: Conditions }> {
  try {
    const { bytes, etag } = await readWhole(client);
    const conditions: Conditions = etag === undefined ? {} : { ifMatch: etag };
    return { before: parseStored<T>(bytes.toString('utf8'), 'blob'), conditions };
  } catch (error) {
    if (hasStatus(error, 404)) return { before: undefined, conditions: { ifNoneMatch: '*' } };
    throw error;
  }
}

const mostReads = 4;

/**
 * Reads a blob in one request: asked for its size first, or in parts, it may be another one in between. An answer that
 * breaks off is asked for again.
 */
async function readWhole(client: BlockBlobClient): Promise<{ readonly bytes: Buffer; readonly etag?: string }> {
  for (let reads = 1; ; reads++) {
    const answer = await attempt('read blob', () => client.download(0, undefined, { maxRetryRequests: 0 }));
    const bytes = await bytesOf(answer.readableStreamBody);
    if (bytes !== undefined && bytes.length === (answer.contentLength ?? bytes.length)) {
      return { bytes, ...(answer.etag === undefined ? {} : { etag: answer.etag }) };
    }
    if (reads === mostReads) throw new StorageError('storage-unavailable', 'read blob failed: its answer broke off');
  }
}

/** `undefined` where it breaks off. */
async function bytesOf(stream: NodeJS.ReadableStream | undefined): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of stream ?? []) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  } catch {
    return undefined;
  }
}

/** Writes bytes that are not there yet; those that are there are left alone. */
export async function insertBytes(storage: Storage, address: BlobAddress, bytes: Uint8Array): Promise<void> {
  const client = await clientOf(storage, address);
  const body = Buffer.from(bytes);
  const conditions = { ifNoneMatch: '*' };
  try {
    await attempt('write blob', () => client.upload(body, body.length, { conditions }));
  } catch (error) {
    if (!(hasStatus(error, 409) || hasStatus(error, 412))) throw error;
  }
}

/** The bytes of a small blob, `undefined` where there is none. */
export async function getBlobBytes(storage: Storage, address: BlobAddress): Promise<Uint8Array | undefined> {
  const client = await clientOf(storage, address);
  try {
    return (await readWhole(client)).bytes;
  } catch (error) {
    if (hasStatus(error, 404)) return undefined;
    throw error;
  }
}

/** The text of a blob, `undefined` where there is none. */
export async function getBlobText(storage: Storage, address: BlobAddress): Promise<string | undefined> {
  const bytes = await getBlobBytes(storage, address);
  return bytes === undefined ? undefined : Buffer.from(bytes).toString('utf8');
}

/** The JSON of a blob, `undefined` where there is none; the caller names the type that it wrote. */
export async function getJsonBlob<T>(storage: Storage, address: BlobAddress): Promise<T | undefined> {
  const text = await getBlobText(storage, address);
  return text === undefined ? undefined : parseStored<T>(text, 'blob');
}

/** Deletes a blob, or finds it gone. */
export async function deleteBlob(storage: Storage, address: BlobAddress): Promise<void> {
  const client = await clientOf(storage, address);
  await attempt('delete blob', () => client.deleteIfExists());
}

/** Names of the blobs whose names begin so, in order. */
export async function* blobNames(storage: Storage, container: ContainerName, prefix: string): AsyncGenerator<string> {
  const client = await storage.container(container);
  const pages = client.listBlobsFlat({ prefix }).byPage({ maxPageSize: 1_000 });
  for (;;) {
    const page = await attempt('list blobs', () => pages.next());
    if (page.done === true) return;
    for (const blob of page.value.segment.blobItems) yield blob.name;
  }
}

/** Deletes every blob whose name begins so; killed in between, a repetition deletes the rest. */
export async function deleteBlobs(storage: Storage, container: ContainerName, prefix: string): Promise<void> {
  for await (const name of blobNames(storage, container, prefix)) await deleteBlob(storage, { container, name });
}

async function clientOf(storage: Storage, address: BlobAddress): Promise<BlockBlobClient> {
  return (await storage.container(address.container)).getBlockBlobClient(address.name);
}
