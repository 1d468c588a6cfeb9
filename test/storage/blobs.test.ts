/** Small blobs that several processes read and write at once. */
import { changeJsonBlob, getJsonBlob, putBlob } from '../../src/storage/blobs';
import type { BlobAddress } from '../../src/storage/blobs';
import { connectStorage } from '../../src/storage/connect';
import { storageAccount } from '../support/storage-account';

const azurite = storageAccount();

interface Counted {
  readonly count: number;
  /** Makes each version as long as no other. */
  readonly filling: string;
}

function counted(count: number): Counted {
  return { count, filling: 'x'.repeat(count % 2 === 0 ? count : 5_000 - count) };
}

const address: BlobAddress = { container: 'offers', name: 'counted.json' };

test('a read meets one version or another, whoever writes meanwhile', async () => {
  const storage = connectStorage({ connectionString: azurite.connectionString });
  await putBlob(storage, address, JSON.stringify(counted(0)));
  let isWriting = true;
  const write = async (): Promise<void> => {
    for (let count = 1; count <= 100; count++) await putBlob(storage, address, JSON.stringify(counted(count)));
    isWriting = false;
  };
  const seen: (Counted | undefined)[] = [];
  const read = async (): Promise<void> => {
    while (isWriting) seen.push(await getJsonBlob<Counted>(storage, address));
  };

  await Promise.all([write(), read(), read(), read()]);

  expect(seen.length).toBeGreaterThan(10);
  for (const one of seen) expect(one).toEqual(counted(one?.count ?? -1));
});

test('no change is lost, and none fails, where several change at once', async () => {
  const storage = connectStorage({ connectionString: azurite.connectionString });
  await putBlob(storage, address, JSON.stringify(counted(0)));
  const change = async (): Promise<void> => {
    for (let times = 0; times < 10; times++) {
      await changeJsonBlob<Counted>(storage, address, (before) => counted((before?.count ?? 0) + 1));
    }
  };

  await Promise.all([change(), change(), change()]);

  expect((await getJsonBlob<Counted>(storage, address))?.count).toBe(30);
});
