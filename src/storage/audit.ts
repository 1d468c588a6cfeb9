import type { AppendBlobClient } from '@azure/storage-blob';
import { blobNames, getBlobText } from './blobs';
import type { Storage } from './connect';
import { parseStored } from './row';
import { attempt, hasStatus, StorageError } from './storage-error';

/** Who did what, with which bytes. Kept for good, so it holds no secrets. */
export interface AuditEvent {
  /** The same at every attempt to write it; readers drop doubles by it. */
  readonly eventId: string;
  /** RFC 3339 UTC with milliseconds and `Z`: it names the day's blob and is compared as text. */
  readonly at: string;
  /** What was done, as `release-requested`, `gate-approved`, `cancel-requested`. */
  readonly action: string;
  readonly by: string | null;
  readonly account: string;
  /** The foreign id. */
  readonly product: string;
  readonly releaseId: string | null;
  /** SHA-256 of the release document. */
  readonly docHash: string | null;
  /** Further facts; small. */
  readonly facts?: Readonly<Record<string, string | number | boolean | null>>;
}

export interface AuditQuery {
  /** From this time on; absent = from the beginning. */
  readonly since?: Date | undefined;
  /** Before this time; absent = up to now. */
  readonly until?: Date | undefined;
  /** The foreign id. */
  readonly product?: string | undefined;
  /** 1 to 200; absent = 50. */
  readonly top?: number | undefined;
  readonly continuation?: string | undefined;
}

export interface AuditPage {
  /** Newest first, each event once. */
  readonly value: readonly AuditEvent[];
  readonly continuation?: string;
}

/**
 * The audit log: an append blob for each day, `audit/2026/11/20.jsonl`, a line for each event. What is to be written is
 * first in the release's record, by the write that makes it true (`pendingAudit`), then here, then off the record: killed
 * in between, the sweep writes it once more, and readers drop the double. Azure can lock the container against change
 * (`infra`); Azurite cannot.
 */
export interface Audit {
  append(events: readonly AuditEvent[]): Promise<void>;
  /** Throws `continuation-invalid` for one that is not ours. */
  list(query: AuditQuery): Promise<AuditPage>;
}

export function audit(storage: Storage): Audit {
  return {
    append: async (events) => {
      const days = grouped(events, (event) => event.at.slice(0, 10).replaceAll('-', '/'));
      for (const [day, ofDay] of days) await appendLines(storage, day, ofDay);
    },
    list: (query) => list(storage, query),
  };
}

async function appendLines(storage: Storage, day: string, events: readonly AuditEvent[]): Promise<void> {
  const container = await storage.container('audit');
  const lines = Buffer.from(events.map((event) => `${JSON.stringify(event)}\n`).join(''), 'utf8');
  // A blob takes 50,000 appends; the day goes on in another one.
  for (let part = 0; part < 100; part += 1) {
    const name = part === 0 ? `${day}.jsonl` : `${day}.${part}.jsonl`;
    if (await appendedTo(container.getAppendBlobClient(name), lines)) return;
  }
  throw new StorageError('storage-refused', 'the audit log of a day is full');
}

async function appendedTo(blob: AppendBlobClient, lines: Buffer): Promise<boolean> {
  const append = (): Promise<unknown> => attempt('append audit', () => blob.appendBlock(lines, lines.length));
  try {
    await append();
  } catch (error) {
    if (isFull(error)) return false;
    if (!hasStatus(error, 404)) throw error;
    const blobHTTPHeaders = { blobContentType: 'application/x-ndjson' };
    await attempt('create audit', () => blob.createIfNotExists({ blobHTTPHeaders }));
    await append();
  }
  return true;
}

function isFull(error: unknown): boolean {
  return error instanceof StorageError && error.serviceCode === 'BlockCountExceedsLimit';
}

async function list(storage: Storage, query: AuditQuery): Promise<AuditPage> {
  const top = Math.min(Math.max(query.top ?? 50, 1), 200);
  const before = cursorOf(query.continuation);
  const until = query.until?.toISOString();
  const since = query.since?.toISOString() ?? '';
  const wanted = (event: AuditEvent): boolean =>
    event.at >= since &&
    (until === undefined || event.at < until) &&
    (query.product === undefined || event.product === query.product) &&
    (before === undefined || isOlder(event, before));

  const value: AuditEvent[] = [];
  const days = await daysBack(storage, since, before?.at ?? until);
  for (const [index, [date, day]] of days.entries()) {
    if (index >= maxDays) return { value, continuation: `${date}T24_` };
    const events = (await eventsOf(storage, day)).filter(wanted);
    const fitting = events.slice(0, top - value.length);
    value.push(...fitting);
    const last = value.at(-1);
    if (last !== undefined && fitting.length < events.length)
      return { value, continuation: `${last.at}_${last.eventId}` };
  }
  return { value };
}

/** Days with events that one request reads; then the caller gets what there is and a continuation. */
const maxDays = 100;

type Cursor = Pick<AuditEvent, 'at' | 'eventId'>;

function cursorOf(continuation: string | undefined): Cursor | undefined {
  if (continuation === undefined) return undefined;
  const match = /^(\d{4}-\d{2}-\d{2}T[\d:.]+Z?)_(.{0,200})$/.exec(continuation);
  const [, at, eventId] = match ?? [];
  if (at === undefined || eventId === undefined) {
    throw new StorageError('continuation-invalid', 'the continuation is not one of the audit log', 400);
  }
  return { at, eventId };
}

function isOlder(event: Cursor, than: Cursor): boolean {
  return event.at < than.at || (event.at === than.at && event.eventId < than.eventId);
}

/** Days that have blobs, newest first, each with the names of its blobs. */
async function daysBack(
  storage: Storage,
  since: string,
  until: string | undefined,
): Promise<readonly (readonly [date: string, names: readonly string[]])[]> {
  const names: string[] = [];
  for await (const name of blobNames(storage, 'audit', '')) names.push(name);
  const days = grouped(names, (name) => name.slice(0, 10).replaceAll('/', '-'));
  const first = since.slice(0, 10);
  const last = until?.slice(0, 10) ?? '9999-12-31';
  return [...days].filter(([day]) => day >= first && day <= last).sort(([a], [b]) => (a < b ? 1 : -1));
}

async function eventsOf(storage: Storage, names: readonly string[]): Promise<readonly AuditEvent[]> {
  const events = new Map<string, AuditEvent>();
  for (const name of names) {
    const text = (await getBlobText(storage, { container: 'audit', name })) ?? '';
    for (const line of text.split('\n').filter((one) => one !== '')) {
      const event = parseStored<AuditEvent>(line, 'audit line');
      events.set(event.eventId, event);
    }
  }
  return [...events.values()].sort((a, b) => (isOlder(a, b) ? 1 : -1));
}

function grouped<T>(things: readonly T[], keyOf: (thing: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const thing of things) groups.set(keyOf(thing), [...(groups.get(keyOf(thing)) ?? []), thing]);
  return groups;
}
