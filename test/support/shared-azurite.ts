/**
 * Starts the Azurite that the test files of a run share, before the first of them: an Azurite a file would take more time
 * than most files do. It ends with the run, since it listens on a pipe that the run's process holds.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAzurite } from './azurite';
import { accountKeyOf, accountsInAll, sharedAzuriteVariable, type SharedAzurite } from './storage-account';

export default async function startSharedAzurite(): Promise<void> {
  const accounts = Array.from({ length: accountsInAll }, (_, index) => accountKeyOf(index));
  const { blobPort, tablePort } = await startAzurite({ accounts });
  const taken = mkdtempSync(join(tmpdir(), 'storage-accounts-'));
  const shared: SharedAzurite = { ports: { blob: blobPort, table: tablePort }, taken };
  process.env[sharedAzuriteVariable] = JSON.stringify(shared);
}
