import { rmSync } from 'node:fs';
import { sharedAzuriteVariable, type SharedAzurite } from './storage-account';

/** Takes away what `shared-azurite.ts` left on disk. */
export default function endSharedAzurite(): void {
  // It was written by the start of this run.
  const { taken } = JSON.parse(process.env[sharedAzuriteVariable] ?? '') as SharedAzurite;
  rmSync(taken, { recursive: true });
}
