import { BlobServiceClient } from '@azure/storage-blob';
import { TableClient } from '@azure/data-tables';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAzurite } from '../support/azurite';

test('blobs and tables answer at the connection string', async () => {
  const azurite = await startAzurite();
  const container = BlobServiceClient.fromConnectionString(azurite.connectionString).getContainerClient('things');
  const table = TableClient.fromConnectionString(azurite.connectionString, 'things', { allowInsecureConnection: true });

  await container.create();
  await container.uploadBlockBlob('b', 'x', 1);
  await table.createTable();
  await table.createEntity({ partitionKey: 'p', rowKey: 'r' });

  expect((await container.getBlobClient('b').getProperties()).contentLength).toBe(1);
  expect((await table.getEntity('p', 'r')).rowKey).toBe('r');
  await azurite.stop();
  await azurite.stop();
});

test('data in a folder is there again after a restart at the same ports', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'azurite-data-'));
  const first = await startAzurite({ folder });
  await BlobServiceClient.fromConnectionString(first.connectionString).getContainerClient('things').create();
  await first.stop();

  const second = await startAzurite({ folder, blobPort: first.blobPort, tablePort: first.tablePort });

  const exists = await BlobServiceClient.fromConnectionString(second.connectionString)
    .getContainerClient('things')
    .exists();
  expect(second.connectionString).toBe(first.connectionString);
  expect(exists).toBe(true);
  await second.stop();
  await rm(folder, { recursive: true, force: true });
});
