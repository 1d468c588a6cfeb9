import type { BlockBlobClient } from '@azure/storage-blob';
import type { ContainerName, Storage } from './connect';
import { parseStored } from './row';
import { attempt, hasStatus } from './storage-error';

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

async function upload(client: BlockBlobClient, text: string, conditions: { ifNoneMatch?: string }): Promise<void> {
  const body = Buffer.from(text, 'utf8');
  const blobHTTPHeaders = { blobContentType: 'application/json; charset=utf-8' };
  await attempt('write blob', () => client.upload(body, body.length, { conditions, blobHTTPHeaders }));
}

/** The text of a blob, `undefined` where there is none. */
export async function getBlobText(storage: Storage, address: BlobAddress): Promise<string | undefined> {
  const client = await clientOf(storage, address);
  try {
    return (await attempt('read blob', () => client.downloadToBuffer())).toString('utf8');
  } catch (error) {
    if (hasStatus(error, 404)) return undefined;
    throw error;
  }
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
