import type { HttpResponseInit } from '@azure/functions';
import type { Operation } from '../contracts/operation';
import { IdempotencyKey } from '../contracts/parameters';
import { newReleaseView } from '../domain/new-release';
import { hasEnded, type ReleaseView } from '../domain/release';
import type { ReleaseDocument, RolloutDocument } from '../domain/release-document';
import { foreignIdOf } from '../domain/product';
import type { ReserveResult } from '../storage/idempotency';
import type { NewRelease, ReleaseRecord } from '../storage/release-record';
import { auditEvent, writeAudit } from './audit';
import { queuedRun, startRun } from './durable-run';
import type { Call } from './http-route';
import { Problem } from './problem';
import { readHeader } from './read-query';
import { releaseResponse } from './release-response';
import type { FunctionServices } from './services';

/** A request that leads to a release. */
export type AcceptCall = Pick<Call<Operation>, 'request' | 'caller' | 'durable' | 'log'>;

export interface Asked {
  readonly document: ReleaseDocument | RolloutDocument;
  /** By what idempotency keys are kept apart, besides the caller. */
  readonly operation: string;
  readonly by: string | null;
  /** Whether it waits with the others, and is turned away where too many do. */
  readonly queues: boolean;
}

/** A reservation that leads to a release. */
type Reserved = Extract<ReserveResult, { kind: 'reserved' | 'same' }>;

/**
 * Reserves the key, writes document and record where they are not there yet, starts the run. Killed between any two of
 * these, the same request does the rest; twice at once, both lead to one release.
 */
export async function acceptRelease(
  call: AcceptCall,
  asked: Asked,
  services: FunctionServices,
): Promise<HttpResponseInit> {
  const { document } = asked;
  const docHash = services.hashOfDocument(document);
  const reserved = await reserve(call, asked, { docHash, services });
  const before = await services.releases.read(reserved.releaseId);
  const isNew = before === undefined && (await write(asked, { docHash, reserved }, services));
  const record = before?.record ?? (await written(reserved.releaseId, services));
  if (!isNew) await reseal(record, document, services);
  if (record.view.state === 'queued' && record.runToken === null) {
    await startRun(call.durable, queuedRun(record.view), { mayBeThere: !isNew, log: call.log });
  }
  await writeAudit(services, record, call.log);
  return releaseResponse(isNew ? 202 : 200, record.view, services.now());
}

function tenantOf(services: FunctionServices, name: string): string {
  return services.accounts.describeAccounts().find(({ account }) => account === name)?.tenantId ?? name;
}

async function reserve(
  { caller, request }: AcceptCall,
  { operation }: Asked,
  { docHash, services }: { readonly docHash: string; readonly services: FunctionServices },
): Promise<Reserved> {
  const scope = `${caller.scope}:${operation}`;
  const key = readHeader(request, 'Idempotency-Key', IdempotencyKey);
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
  readonly docHash: string;
  readonly reserved: Reserved;
}

/** Whether it was this request that wrote the record. */
async function write(
  { document, by, queues }: Asked,
  { docHash, reserved }: Wish,
  services: FunctionServices,
): Promise<boolean> {
  const tenant = tenantOf(services, document.account);
  // A request that was let in before is never turned away: what counts is whether the release is there.
  if (queues) await demandRoom(tenant, services);
  const at = services.now().toISOString();
  const view = newReleaseView(reserved.releaseId, document, { by, at });
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
async function reseal(record: ReleaseRecord, document: Asked['document'], services: FunctionServices): Promise<void> {
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
