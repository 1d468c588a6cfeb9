import { join } from 'node:path';
import { startStorage, type Storage } from '../../embedded/storage/launcher';
import { buildEmbedded } from './embedded-process';

/**
 * Starts blob and table storage for a test: the launcher that `npm start` uses, compiled from the sources as they are.
 * Stop it when the test is over; it also ends when the test process does.
 *
 * @param directory a temporary directory of the test's own.
 */
export function startTestStorage(directory: string): Promise<Storage> {
  return startStorage({ directory, program: join(buildEmbedded(), 'storage/main.js') });
}
