import { checkReleaseDocument } from '../contracts/check-release-document';
import type { ReleaseDocument } from '../contracts/release-document';
import { operations } from '../contracts/operations';
import { IdempotencyKey } from '../contracts/parameters';
import type { Json } from '../contracts/strict-json';
import { newReleaseView } from '../domain/new-release';
import { hasEnded, type ReleaseView } from '../domain/release';
import { foreignIdOf } from '../domain/store/product';
import type { ReserveResult } from '../storage/idempotency';
import type { NewRelease, ReleaseRecord } from '../storage/release-record';
import { auditEvent, writeAudit } from './audit';
import { startRun } from './durable-run';
import type { Call, Handler } from './http-route';
import { Problem } from './problem';
import type { CheckedBody } from './read-body';
import { readHeader } from './read-query';
import { releaseResponse } from './release-response';
import type { FunctionServices } from './services';

type StartCall = Call<typeof operations.startRelease>;
/** A reservation that leads to a release. */
type Reserved = Extract<ReserveResult, { kind: 'reserved' | 'same' }>;

/**
 * `POST /releases`: reserves the key, writes document and record where they are not there yet, starts the run. Killed
 * between any two of these, the same request does the rest; twice at once, both lead to one release.
 */
export function startRelease(services: FunctionServices): Handler<typeof operations.startRelease> {
  return {
    durable: true,
    check: (value) => checkDocument(value, services),
    handle: async (call) => {
      const document = call.body;
      const docHash = services.hashOfDocument(document);
      const reserved = await reserve(call, docHash, services);
      const before = await services.releases.read(reserved.releaseId);
      const isNew = before === undefined && (await write(call, { document, docHash, reserved }, services));
      const record = before?.record ?? (await written(reserved.releaseId, services));
      if (!isNew) await reseal(record, document, services);
      if (record.view.state === 'queued' && record.runToken === null) {
        await startRun(call.durable, record.view, { mayBeThere: !isNew, log: call.log });
      }
      await writeAudit(services, record, call.log);
      return releaseResponse(isNew ? 202 : 200, record.view, services.now());
    },
  };
}

/** What the document alone shows, and whether its account is configured. */
export function checkDocument(value: Json, services: FunctionServices): CheckedBody<ReleaseDocument> {
  const checked = checkReleaseDocument(value, services.settings.documents);
  const account: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'account') : undefined;
  const isKnown = typeof account !== 'string' || hasAccount(services, account);
  if (isKnown) return checked.ok ? { ok: true, value: checked.document } : checked;
  const fault = {
    pointer: '/account',
    code: 'unknown-account',
    message: 'No such account is configured: name one that GET /accounts lists.',
  } as const;
  return { ok: false, faults: [...(checked.ok ? [] : checked.faults), fault] };
}

function hasAccount(services: FunctionServices, name: string): boolean {
  return services.accounts.describeAccounts().some(({ account }) => account === name);
}

function tenantOf(services: FunctionServices, name: string): string {
  return services.accounts.describeAccounts().find(({ account }) => account === name)?.tenantId ?? name;
}

async function reserve(call: StartCall, docHash: string, services: FunctionServices): Promise<Reserved> {
  const scope = `${call.caller.scope}:${operations.startRelease.name}`;
  const key = readHeader(call.request, 'Idempotency-Key', IdempotencyKey);
  const wish = { releaseId: services.newReleaseId(), docHash };
  const result =
    key === undefined
      ? await services.idempotency.reserveDocument(scope, wish, (id) => ended(id, services))
      : await services.idempotency.reserve(scope, key, wish);
  if (result.kind === 'reused') throw new Problem('idempotency-key-reused');
  if (result.kind === 'purged') throw purged(result.releaseId);
  return result;
}

async function ended(id: string, services: FunctionServices): Promise<boolean> {
  const found = await services.releases.read(id);
  return found !== undefined && hasEnded(found.record.view.state);
}

interface Wish {
  readonly document: ReleaseDocument;
  readonly docHash: string;
  readonly reserved: Reserved;
}

/** Whether it was this request that wrote the record. */
async function write(call: StartCall, wish: Wish, services: FunctionServices): Promise<boolean> {
  const { document, docHash, reserved } = wish;
  const tenant = tenantOf(services, document.account);
  // A request that was let in before is never turned away: what counts is whether the release is there.
  await demandRoom(tenant, services);
  const at = services.now().toISOString();
  const view = newReleaseView(reserved.releaseId, document, { by: call.caller.name, at });
  await services.documents.insert(view.id, document);
  const release: NewRelease = {
    view,
    tenant,
    product: foreignIdOf(document.target),
    docHash,
    idempotency: reserved.ref,
    audit: requested(view, docHash),
  };
  return (await services.releases.insert(release)) === 'inserted';
}

function requested(view: ReleaseView, docHash: string): NonNullable<NewRelease['audit']> {
  const subject = { view, product: foreignIdOf(view.target), docHash };
  return auditEvent(subject, { action: 'release-requested', by: view.requestedBy, at: view.createdAt, part: '' });
}

async function demandRoom(tenant: string, services: FunctionServices): Promise<void> {
  const most = services.settings.maxQueuedPerTenant;
  // Counted anew: an old answer would let any number in that come while it is kept.
  const count = await services.releases.countActive(tenant, 0);
  if (count >= most) {
    const detail = `${count} releases of this tenant have not ended; at most ${most} may.`;
    throw new Problem('queue-full', { detail, retryAfter: 60 });
  }
}

async function written(id: string, services: FunctionServices): Promise<ReleaseRecord> {
  const found = await services.releases.read(id);
  if (found === undefined) throw purged(id);
  return found.record;
}

/**
 * A repetition may bring fresh signatures, which a run that goes on, or is retried, can use. A run that ends at the same
 * time has deleted what nobody needs any more: what was written behind its back is deleted again.
 */
async function reseal(record: ReleaseRecord, document: ReleaseDocument, services: FunctionServices): Promise<void> {
  if (isOver(record)) return;
  const { id } = record.view;
  await services.documents.reseal(id, document);
  const after = await services.releases.read(id);
  if (after === undefined || isOver(after.record)) await services.documents.deleteSealed(id);
}

/** Ended, and not to be retried. */
function isOver({ view: { state } }: ReleaseRecord): boolean {
  return state === 'succeeded' || state === 'canceled';
}

function purged(id: string): Problem {
  return new Problem('release-purged', { detail: `The release was ${id}.` });
}
