import { foreignStatuses, isRuntimeStatus } from '../engine/status';
import type { InstanceFilter } from '../store/instances';

/** How long a start is to be waited for, milliseconds. */
export interface Wait {
  readonly timeoutMs: number;
  readonly intervalMs: number;
}

/** Reads which instances a query means, or says what is wrong with it. */
export function readFilter(query: URLSearchParams): InstanceFilter | string {
  const createdFrom = readTime(query.get('createdTimeFrom'));
  const createdTo = readTime(query.get('createdTimeTo'));
  if (Number.isNaN(createdFrom) || Number.isNaN(createdTo)) return 'createdTimeFrom and createdTimeTo must be times.';
  const statuses = (query.get('runtimeStatus') ?? '').split(',').filter(Boolean);
  const unknown = statuses.find((status) => !isRuntimeStatus(status) && !foreignStatuses.includes(status));
  if (unknown !== undefined) return `'${unknown}' is no runtime status.`;
  return { createdFrom, createdTo, statuses, idPrefix: query.get('instanceIdPrefix') ?? undefined };
}

/** Reads how long to wait; undefined unless both numbers are there, as on Azure. */
export function readWait(query: URLSearchParams): Wait | undefined {
  const timeoutMs = readSeconds(query.get('timeout'));
  const intervalMs = readSeconds(query.get('pollingInterval'));
  return timeoutMs === undefined || intervalMs === undefined ? undefined : { timeoutMs, intervalMs };
}

/** True for the text `true` in any case. */
export function isTrue(text: string | null): boolean {
  return text?.toLowerCase() === 'true';
}

function readTime(text: string | null): number | undefined {
  return text === null || text === '' ? undefined : Date.parse(text);
}

function readSeconds(text: string | null): number | undefined {
  const seconds = text === null || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(seconds) ? seconds * 1000 : undefined;
}
