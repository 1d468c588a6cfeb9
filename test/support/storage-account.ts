/**
 * A storage account that nobody else has, on the Azurite that all test files of a run share.
 *
 * ```ts
 * const storage = storageAccount();
 *
 * const blobs = BlobServiceClient.fromConnectionString(storage.connectionString);
 * const tables = TableClient.fromConnectionString(storage.connectionString, 'releases', { allowInsecureConnection: true });
 * ```
 *
 * Take one per file, and keep tests apart by container and table names. A test that stops its storage, wants it on disk
 * or behind TLS starts an Azurite of its own: `azurite.ts`.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { accountAt, type AccountKey, type Ports, type StorageAccount } from './azurite';

/** The variable by which the test processes learn of the shared Azurite. */
export const sharedAzuriteVariable = 'SHARED_AZURITE';

/** An Azurite is told its accounts when it starts. */
export const accountsInAll = 1000;

export interface SharedAzurite {
  readonly ports: Ports;
  /** A folder with an entry for each account that somebody has. */
  readonly taken: string;
}

export function storageAccount(): StorageAccount {
  const shared = JSON.parse(process.env[sharedAzuriteVariable] ?? 'null') as SharedAzurite | null;
  if (shared === null) throw new Error('Only jest starts the Azurite that tests share');
  for (let index = 0; index < accountsInAll; index += 1) {
    if (take(join(shared.taken, String(index)))) return accountAt('http', shared.ports, accountKeyOf(index));
  }
  throw new Error(`All ${accountsInAll} storage accounts are taken: raise accountsInAll`);
}

export function accountKeyOf(index: number): AccountKey {
  return { name: `test${index}`, key: Buffer.from(`key of test account ${index}`).toString('base64') };
}

function take(entry: string): boolean {
  try {
    mkdirSync(entry);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
