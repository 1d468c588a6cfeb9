import { SubmissionState } from '../../../partner-center/cloud-partner-portal';
import type { Operation } from '../../../partner-center/cloud-partner-portal';
import type { CloudPartnerSession } from './session';

/** What an operation does: only the first two are publications. */
export type OperationKind = 'publish' | 'goLive' | 'cancel';

/** All operations of the offer, the newest first. */
export async function readOperations({ client, call, product }: CloudPartnerSession): Promise<readonly Operation[]> {
  const { value } = await client.listOperations(product, call);
  return newestFirst(value);
}

/** Publications alone. */
export function publicationsOf(operations: readonly Operation[]): readonly Operation[] {
  return operations.filter((operation) => kindOf(operation) !== 'cancel');
}

/** A word that nobody knows may be a publication: better taken for one than overlooked. */
export function kindOf({ submissionType = '' }: Operation): OperationKind {
  switch (submissionType.toLowerCase()) {
    case 'golive':
      return 'goLive';
    case 'cancel':
      return 'cancel';
    default:
      return 'publish';
  }
}

export function isRunning({ submissionState }: Operation): boolean {
  return submissionState === SubmissionState.running || submissionState === SubmissionState.notStarted;
}

export function sameId(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/**
 * No order is promised. Of publications at most one is running, and nothing is newer; a version grows with time, and
 * where two are the same, or there is none, the list is in the order in which it came, which was seen to be this one.
 */
function newestFirst(operations: readonly Operation[]): readonly Operation[] {
  return operations.toSorted((one, other) => {
    const running = Number(isRunning(other)) - Number(isRunning(one));
    if (running !== 0) return running;
    const [a, b] = [ticksOf(one), ticksOf(other)];
    if (a === b) return timeOf(other) - timeOf(one);
    return a < b ? 1 : -1;
  });
}

function ticksOf({ version }: Operation): bigint {
  return version !== undefined && /^\d+$/.test(version) ? BigInt(version) : 0n;
}

/** UTC, with or without its `Z`. */
function timeOf({ changedTime = '' }: Operation): number {
  const time = Date.parse(/(?:Z|[+-]\d{2}:\d{2})$/i.test(changedTime) ? changedTime : `${changedTime}Z`);
  return Number.isNaN(time) ? 0 : time;
}
