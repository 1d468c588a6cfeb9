import type { Commands, RolloutStep, RunRef } from '../contracts/activities';
import { hasEnded, type ReleaseView } from '../domain/release';
import type { Gate } from '../domain/release-document';
import { requeued } from '../domain/requeue';
import type { AuditEvent } from './audit';
import {
  commandsOf,
  withAudit,
  type Bell,
  type GateRecord,
  type ReleaseRecord,
  type RolloutControl,
} from './release-record';
import type { ReleaseRows } from './release-rows';
import { StorageError } from './storage-error';

/** One step of the story, written at once: what happened, the gate that opens, the bell of the wait that follows. */
export interface Checkpoint {
  /** Grows by one with each checkpoint of a run. One that is not newer than the last is not applied again. */
  readonly seq: number;
  /** The view after what happened; pure, for it may run many times. */
  readonly apply?: (view: ReleaseView) => ReleaseView;
  /** Absent = the earlier one stays: a run may still wait for it. */
  readonly bell?: Bell | undefined;
  /** Opens a gate; one that is there under this id already stays as it is, decision and all. */
  readonly gate?: { readonly gateId: string; readonly gate: Gate } | undefined;
  /** Begins or ends the taking of commands about the rollout, and takes off those that are done. */
  readonly rollout?: RolloutStep | undefined;
}

export type CheckpointResult =
  | { readonly fenced: true }
  | { readonly fenced: false; readonly applied: boolean; readonly commands: Commands; readonly record: ReleaseRecord };

export type IntentResult =
  { readonly kind: 'set' } | { readonly kind: 'present'; readonly intent: unknown } | { readonly kind: 'fenced' };

export type RetryOutcome = 'queued' | 'already-queued' | 'not-failed';

/**
 * What runs do with their record. A run is known by its number and token; one that the record does not name is
 * `fenced`: it stops and touches nothing. Every operation may be repeated.
 */
export interface ReleaseRuns {
  /**
   * The first write of a run: names the instance that has it. `mine` again for the same token; `not-mine` for any other,
   * for another run, and for a release that is not queued.
   */
  claimRun(id: string, run: number, token: string): Promise<'mine' | 'not-mine'>;
  /** A failed release becomes queued as its next run; `already-queued` if a retry was there first and goes on. */
  retryRun(id: string, at: string, audit?: AuditEvent): Promise<{ outcome: RetryOutcome; record: ReleaseRecord }>;
  /** Applies a step and answers the commands read in the same write: each is answered here or finds the new bell. */
  checkpoint(ref: RunRef, step: Checkpoint): Promise<CheckpointResult>;
  /** A checkpoint that does nothing but publish the bell. */
  publishBell(ref: RunRef, seq: number, bell: Bell): Promise<CheckpointResult>;
  /** Opens a gate, or finds it there; answers it with its decision. */
  openGate(ref: RunRef, gateId: string, gate: Gate): Promise<GateRecord | 'fenced'>;
  /**
   * Stores what is about to be made, unless there is another intent than `instead` (absent = any at all): then that one
   * counts. Of two copies that read the same record, one gets `set`.
   */
  setIntent(ref: RunRef, intent: unknown, instead?: unknown): Promise<IntentResult>;
  /** Puts another intent in the place of the present one; `null` clears it. */
  replaceIntent(ref: RunRef, intent: unknown): Promise<'done' | 'fenced'>;
  /**
   * From `open` to `committing`, unless a cancel or a rejection was first. `committing` again when it is no longer open.
   * Throws `gate-not-approved` when the gate is open or expired: a bug of the caller.
   */
  setPhaseCommitting(ref: RunRef): Promise<'committing' | 'canceled' | 'fenced'>;
  /** Partner Center has the commit. */
  setPhaseCommitted(ref: RunRef): Promise<'done' | 'fenced'>;
  /** The commit was refused, or what was committed is gone: a cancel may come again. */
  setPhaseOpen(ref: RunRef): Promise<'done' | 'fenced'>;
  /**
   * Names the submission of this release, and clears the intent that led to it in the same write. A late copy that names
   * it again changes nothing once the commit has begun: the intent is that of the commit by then.
   */
  setSubmission(ref: RunRef, submissionId: string | null): Promise<'done' | 'fenced'>;
  /** Notes which claim the release holds or waits for, before it is acquired; `null` after it was released. */
  setClaim(ref: RunRef, product: string | null): Promise<'done' | 'fenced'>;
}

export function releaseRuns(rows: ReleaseRows): ReleaseRuns {
  const set = (ref: RunRef, change: Partial<ReleaseRecord>): Promise<'done' | 'fenced'> =>
    fenced<'done'>(rows, ref, (record) => ({ record: { ...record, ...change }, result: 'done' }));
  const checkpoint = (ref: RunRef, step: Checkpoint): Promise<CheckpointResult> =>
    rows.change(ref.releaseId, (record) => applyCheckpoint(record, ref, step));
  return {
    claimRun: (id, run, token) => rows.change(id, (record) => begin(record, run, token)),
    retryRun: (id, at, audit) => rows.change(id, (record) => retry(record, at, audit)),
    checkpoint,
    publishBell: (ref, seq, bell) => checkpoint(ref, { seq, bell }),
    openGate: (ref, gateId, gate) =>
      fenced<GateRecord | 'fenced'>(rows, ref, (record) => {
        const opened = withGate(record, { gateId, gate });
        return { ...(opened === record ? {} : { record: opened }), result: opened.gate ?? 'fenced' };
      }),
    setIntent: (ref, intent, instead = null) =>
      rows.change(ref.releaseId, (record) => storeIntent(record, ref, { intent, instead })),
    replaceIntent: (ref, intent) => set(ref, { intent }),
    setPhaseCommitting: (ref) => fenced(rows, ref, startCommit),
    setPhaseCommitted: (ref) => set(ref, { phase: 'committed' }),
    setPhaseOpen: (ref) => set(ref, { phase: 'open' }),
    setSubmission: (ref, submissionId) =>
      fenced<'done'>(rows, ref, (record) => {
        const isNamed = record.submissionId === submissionId && record.phase !== 'open';
        return { ...(isNamed ? {} : { record: { ...record, submissionId, intent: null } }), result: 'done' };
      }),
    setClaim: (ref, claim) => set(ref, { claim }),
  };
}

interface Change<T> {
  readonly record?: ReleaseRecord;
  readonly result: T;
}

function isOf(record: ReleaseRecord, ref: RunRef): boolean {
  return record.view.run === ref.run && record.runToken === ref.token;
}

function fenced<T>(
  rows: ReleaseRows,
  ref: RunRef,
  change: (record: ReleaseRecord) => Change<T>,
): Promise<T | 'fenced'> {
  return rows.change<T | 'fenced'>(ref.releaseId, (record) =>
    isOf(record, ref) ? change(record) : { result: 'fenced' },
  );
}

function begin(record: ReleaseRecord, run: number, token: string): Change<'mine' | 'not-mine'> {
  if (record.view.run !== run) return { result: 'not-mine' };
  if (record.runToken !== null) return { result: record.runToken === token ? 'mine' : 'not-mine' };
  if (record.view.state !== 'queued') return { result: 'not-mine' };
  return { record: { ...record, runToken: token }, result: 'mine' };
}

function retry(
  record: ReleaseRecord,
  at: string,
  audit: AuditEvent | undefined,
): Change<{ outcome: RetryOutcome; record: ReleaseRecord }> {
  if (record.view.state !== 'failed') {
    const goesOn = record.view.run > 1 && !hasEnded(record.view.state);
    return { result: { outcome: goesOn ? 'already-queued' : 'not-failed', record } };
  }
  // Intent and submission stay: the next run looks at what the last one left before it does anything.
  const gate = record.gate?.decision?.decision === 'approved' ? record.gate : null;
  // What failed after the commit is no publication any more: a cancel may come again.
  const phase = record.view.left.includes('publication') ? record.phase : 'open';
  const fresh = {
    view: requeued(record.view, at),
    runToken: null,
    seq: -1,
    bell: null,
    cancel: null,
    rollout: null,
    gate,
    phase,
  };
  const next = withAudit({ ...record, ...fresh }, audit);
  return { record: next, result: { outcome: 'queued', record: next } };
}

function applyCheckpoint(record: ReleaseRecord, ref: RunRef, step: Checkpoint): Change<CheckpointResult> {
  if (!isOf(record, ref)) return { result: { fenced: true } };
  if (step.seq <= record.seq) {
    return { result: { fenced: false, applied: false, commands: commandsOf(record), record } };
  }
  const view = step.apply === undefined ? record.view : step.apply(record.view);
  const opened = step.gate === undefined ? record : withGate(record, step.gate);
  const rollout = step.rollout === undefined ? record.rollout : withRollout(record, step.rollout);
  const next = { ...opened, view, rollout, seq: step.seq, bell: step.bell ?? record.bell };
  return { record: next, result: { fenced: false, applied: true, commands: commandsOf(next), record: next } };
}

/** Closed only where no command waits, or where none can change anything any more: an accepted one is never lost. */
function withRollout({ rollout }: ReleaseRecord, { open = false, done = [], close }: RolloutStep): RolloutControl {
  const before = rollout ?? { open, commands: [] };
  const commands = before.commands.filter(({ id }) => !done.includes(id));
  if (close === 'at-once') return { open: false, commands: [] };
  return { open: close === 'if-idle' && commands.length === 0 ? false : before.open || open, commands };
}

function withGate(record: ReleaseRecord, gate: { readonly gateId: string; readonly gate: Gate }): ReleaseRecord {
  return record.gate?.gateId === gate.gateId ? record : { ...record, gate: { ...gate, decision: null } };
}

function storeIntent(
  record: ReleaseRecord,
  ref: RunRef,
  { intent, instead }: { intent: unknown; instead: unknown },
): Change<IntentResult> {
  if (!isOf(record, ref)) return { result: { kind: 'fenced' } };
  // Both are JSON that was written and read by this folder, members in the same order.
  if (JSON.stringify(record.intent) !== JSON.stringify(instead)) {
    return { result: { kind: 'present', intent: record.intent } };
  }
  return { record: { ...record, intent }, result: { kind: 'set' } };
}

function startCommit(record: ReleaseRecord): Change<'committing' | 'canceled'> {
  if (record.phase !== 'open') return { result: 'committing' };
  const decision = record.gate?.decision?.decision;
  if (record.cancel !== null || decision === 'rejected') return { result: 'canceled' };
  if (record.gate !== null && decision !== 'approved') {
    throw new StorageError('gate-not-approved', 'the gate before the commit is not approved');
  }
  return { record: { ...record, phase: 'committing' }, result: 'committing' };
}
