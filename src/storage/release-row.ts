import { createHash } from 'node:crypto';
import { hasEnded, type ReleaseView } from '../domain/release';
import type { AuditEvent } from './audit';
import { deleteBlob, getJsonBlob, putBlob } from './blobs';
import type { RowAddress } from './cas';
import type { Storage } from './connect';
import { keyOfReleaseId } from './release-id';
import type {
  Bell,
  CancelCommand,
  GateRecord,
  IdempotencyRef,
  Phase,
  ReleaseRecord,
  RolloutControl,
} from './release-record';
import {
  jsonColumn,
  jsonOf,
  joinPieces,
  maxColumnLength,
  numberOf,
  parseStored,
  pieceColumns,
  requiredText,
  textOf,
  type Columns,
} from './row';
import { StorageError } from './storage-error';

/** All releases lie in one partition, newest first. */
export const releasePartition = 'r';

/** More than this is kept in a blob beside the row: eight columns, half of what a row may hold. */
const maxViewLength = 8 * maxColumnLength;

export function addressOfRelease(id: string): RowAddress {
  return { table: 'releases', partitionKey: releasePartition, rowKey: keyOfReleaseId(id) };
}

/** The columns that the list needs to give a release's view. */
export const viewColumns: readonly string[] = [
  'RowKey',
  'labels',
  'purging',
  'viewBlob',
  'viewPieces',
  ...Array.from({ length: 9 }, (_, index) => `view${index}`),
];

/**
 * The row of a record. A view that is too long is written to a blob first, under its own hash: a write that is repeated
 * or given up leaves nothing that contradicts the row.
 *
 * @param before the row that this one replaces
 */
export async function rowOfRecord(storage: Storage, record: ReleaseRecord, before: Columns = {}): Promise<Columns> {
  return {
    ...indexColumns(record),
    ...optional('runToken', record.runToken),
    ...optional('claim', record.claim),
    ...optional('submissionId', record.submissionId),
    ...optional('waitInstance', record.bell?.instance),
    ...optional('waitId', record.bell?.name),
    ...optional('gateId', record.gate?.gateId),
    ...(record.gate === null ? {} : { gateState: record.gate.decision?.decision ?? 'open' }),
    ...jsonColumn('gate', record.gate),
    ...jsonColumn('cancel', record.cancel),
    ...jsonColumn('rollout', record.rollout),
    ...jsonColumn('intent', record.intent),
    ...jsonColumn('idempotency', record.idempotency),
    ...jsonColumn('labels', record.view.labels),
    ...(record.pendingAudit.length === 0 ? {} : jsonColumn('audit', record.pendingAudit)),
    ...(await columnsOfView(storage, record.view, before)),
  };
}

function indexColumns(record: ReleaseRecord): Columns {
  const { view } = record;
  return {
    state: view.state,
    account: view.account,
    kind: view.target.kind,
    product: record.product,
    tenant: record.tenant,
    createdAt: view.createdAt,
    updatedAt: view.updatedAt,
    ended: hasEnded(view.state),
    run: view.run,
    seq: record.seq,
    phase: record.phase,
    docHash: record.docHash,
    auditPending: record.pendingAudit.length > 0,
    purging: record.purging,
    ...optional('step', view.step),
    ...optional('endedAt', view.endedAt),
  };
}

function optional(name: string, value: string | number | boolean | null | undefined): Columns {
  return value === null || value === undefined ? {} : { [name]: value };
}

async function columnsOfView(storage: Storage, view: ReleaseView, before: Columns): Promise<Columns> {
  const last = optional('viewBlobBefore', textOf(before, 'viewBlob'));
  const text = JSON.stringify(view);
  if (text.length <= maxViewLength) return { ...pieceColumns('view', text), ...last };
  const hash = createHash('sha256').update(text).digest('hex');
  const viewBlob = `${view.id}.view-${hash}.json`;
  if (viewBlob === textOf(before, 'viewBlob'))
    return { viewBlob, ...optional('viewBlobBefore', before['viewBlobBefore']) };
  await putBlob(storage, { container: 'documents', name: viewBlob }, text);
  return { viewBlob, ...last };
}

/**
 * Deletes the blob that nobody reads any more once `before` was replaced by `after`: the last but one, since somebody may
 * have read the row just before that and look for its blob now. What a killed process leaves goes with the purge.
 */
export async function deleteStaleView(storage: Storage, before: Columns, after: Columns): Promise<void> {
  const name = textOf(before, 'viewBlobBefore');
  if (name === undefined || name === after['viewBlob'] || name === after['viewBlobBefore']) return;
  await deleteBlob(storage, { container: 'documents', name });
}

/** The record in a row; throws `storage-corrupt` where it holds none. */
export async function recordOfRow(storage: Storage, columns: Columns): Promise<ReleaseRecord> {
  const instance = textOf(columns, 'waitInstance');
  const name = textOf(columns, 'waitId');
  const bell: Bell | null = instance === undefined || name === undefined ? null : { instance, name };
  return {
    view: await viewOfRow(storage, columns),
    tenant: requiredText(columns, 'tenant'),
    product: requiredText(columns, 'product'),
    runToken: textOf(columns, 'runToken') ?? null,
    seq: numberOf(columns, 'seq', -1),
    claim: textOf(columns, 'claim') ?? null,
    gate: jsonOf<GateRecord>(columns, 'gate') ?? null,
    bell,
    cancel: jsonOf<CancelCommand>(columns, 'cancel') ?? null,
    rollout: jsonOf<RolloutControl>(columns, 'rollout') ?? null,
    phase: phaseOf(columns),
    intent: jsonOf<unknown>(columns, 'intent') ?? null,
    submissionId: textOf(columns, 'submissionId') ?? null,
    docHash: requiredText(columns, 'docHash'),
    idempotency: jsonOf<IdempotencyRef>(columns, 'idempotency') ?? null,
    pendingAudit: jsonOf<readonly AuditEvent[]>(columns, 'audit') ?? [],
    purging: columns['purging'] === true,
  };
}

function phaseOf(columns: Columns): Phase {
  const phase = requiredText(columns, 'phase');
  if (phase === 'open' || phase === 'committing' || phase === 'committed') return phase;
  throw new StorageError('storage-corrupt', 'column phase is unknown');
}

/** The view in a row, from its blob where it is too long for columns. */
export async function viewOfRow(storage: Storage, columns: Columns): Promise<ReleaseView> {
  const text = joinPieces(columns, 'view');
  if (text !== undefined) return parseStored<ReleaseView>(text, 'view');
  const name = requiredText(columns, 'viewBlob');
  const view = await getJsonBlob<ReleaseView>(storage, { container: 'documents', name });
  if (view === undefined) throw new StorageError('storage-conflict', 'a long view changed while it was read');
  return view;
}
