import { createHash } from 'node:crypto';
import type { IngestionState } from './model';

/** A GUID that looks like those of the service and is the same for the same name. */
function guidOf(name: string): string {
  const hex = createHash('sha256').update(name).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The next id: the same in every run that does the same. */
export function nextGuid(state: IngestionState): string {
  return guidOf(`ingestion/${++state.numbers}`);
}

/** *Observed*: strong, quotes included; the last group begins with the time of writing in Unix seconds. */
export function nextEtag(state: IngestionState, now: number): string {
  const first = createHash('sha256').update(`etag/${++state.numbers}`).digest('hex').slice(0, 8);
  const seconds = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0');
  return `"${first}-0000-0800-0000-${seconds}0000"`;
}

/** *Observed*: 19 digits, increasing. */
export function nextSubmissionId(state: IngestionState): string {
  return String(1152921505700880000n + BigInt(++state.submissionNumbers));
}

/** *Observed*: 19 digits. */
export function nextBlob(state: IngestionState): string {
  return `3050${String(state.era).padStart(9, '0')}${String(++state.numbers).padStart(6, '0')}`;
}
