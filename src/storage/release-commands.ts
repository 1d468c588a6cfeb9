import type { RolloutCommand } from '../contracts/activities';
import { hasEnded } from '../domain/release';
import type { DecisionView } from '../domain/release';
import type { AuditEvent } from './audit';
import type { Bell, CancelCommand, ReleaseRecord } from './release-record';
import { withAudit } from './release-record';
import type { ReleaseRows } from './release-rows';
import { decideRollout } from './rollout-commands';
import type { RolloutOutcome } from './rollout-commands';

/** What became of a command, and whom to ring, if anyone waits. Ring also when the command was there before. */
export interface CommandOutcome<Outcome extends string> {
  readonly outcome: Outcome;
  readonly record: ReleaseRecord;
  readonly bell: Bell | null;
}

export type CancelOutcome = 'accepted' | 'already-same' | 'too-late' | 'ended';
export type DecideOutcome = 'accepted' | 'already-same' | 'gate-closed' | 'other-gate';

export interface CancelOptions {
  /** Whether it can still be stopped. Absent = only while the phase is `open` or a rollout runs, or with `abandon`. */
  readonly mayCancel?: (record: ReleaseRecord) => boolean;
  readonly audit?: AuditEvent;
}

/** A person's decision at a gate; `at` is RFC 3339 UTC. */
export interface GateDecision {
  readonly gateId: string;
  readonly decision: 'approved' | 'rejected';
  readonly by: string | null;
  readonly comment: string | null;
  readonly at: string;
}

export type ExpiryOutcome =
  { readonly kind: 'closed'; readonly decision: DecisionView } | { readonly kind: 'other-gate' };

/** Commands of people. Each is one compare-and-swap: that write decides, the event afterwards only rings. */
export interface ReleaseCommands {
  /**
   * Stores the wish to stop, unless the commit was first. The same wish again is `already-same`; asking to abandon after
   * a mere cancel is a new one. A canceled release is `already-same`, one that ended otherwise `ended`.
   */
  requestCancel(id: string, cancel: CancelCommand, options?: CancelOptions): Promise<CommandOutcome<CancelOutcome>>;
  /**
   * Closes the gate by a decision. The same decision again is `already-same`, whoever makes it; a gate that was decided
   * otherwise or expired, or whose release stops or has ended, is `gate-closed`; any other id is `other-gate`.
   */
  decideGate(id: string, decision: GateDecision, audit?: AuditEvent): Promise<CommandOutcome<DecideOutcome>>;
  /**
   * Stores a command about the rollout while its stages run. What holds already, or is asked for already, is
   * `already-same`. A halt is taken even where a finalization waits; nothing is taken after a halt.
   */
  requestRollout(id: string, wish: RolloutCommand, audit?: AuditEvent): Promise<CommandOutcome<RolloutOutcome>>;
  /** Closes the gate because its time is up, or answers how it was closed before. Repeating gives the same answer. */
  closeGateExpired(id: string, gateId: string, at: string): Promise<ExpiryOutcome>;
}

export function releaseCommands(rows: ReleaseRows): ReleaseCommands {
  return {
    requestCancel: (id, cancel, options = {}) => command(rows, id, (record) => decideCancel(record, cancel, options)),
    decideGate: (id, decision, audit) => command(rows, id, (record) => decideAtGate(record, decision, audit)),
    requestRollout: (id, wish, audit) => command(rows, id, (record) => decideRollout(record, wish, audit)),
    closeGateExpired: (id, gateId, at) =>
      rows.change<ExpiryOutcome>(id, (record) => {
        const { gate } = record;
        if (gate?.gateId !== gateId) return { result: { kind: 'other-gate' } };
        if (gate.decision !== null) return { result: { kind: 'closed', decision: gate.decision } };
        const decision = { gate: gate.gate, decision: 'expired', by: null, at, comment: null } as const;
        return { record: { ...record, gate: { ...gate, decision } }, result: { kind: 'closed', decision } };
      }),
  };
}

interface Decided<Outcome extends string> {
  readonly outcome: Outcome;
  /** Absent = nothing to write. */
  readonly record?: ReleaseRecord;
}

function command<Outcome extends string>(
  rows: ReleaseRows,
  id: string,
  decide: (record: ReleaseRecord) => Decided<Outcome>,
): Promise<CommandOutcome<Outcome>> {
  return rows.change(id, (before) => {
    const { outcome, record } = decide(before);
    const result = { outcome, record: record ?? before, bell: before.bell };
    return record === undefined ? { result } : { record, result };
  });
}

function decideCancel(record: ReleaseRecord, cancel: CancelCommand, options: CancelOptions): Decided<CancelOutcome> {
  if (record.view.state === 'canceled') return { outcome: 'already-same' };
  if (hasEnded(record.view.state)) return { outcome: 'ended' };
  if (record.cancel !== null && (record.cancel.abandon || !cancel.abandon)) return { outcome: 'already-same' };
  const mayCancel = options.mayCancel ?? mayStop;
  if (!cancel.abandon && !mayCancel(record)) return { outcome: 'too-late' };
  return { outcome: 'accepted', record: withAudit({ ...record, cancel }, options.audit) };
}

function decideAtGate(
  record: ReleaseRecord,
  wish: GateDecision,
  audit: AuditEvent | undefined,
): Decided<DecideOutcome> {
  const { gate } = record;
  if (gate?.gateId !== wish.gateId) return { outcome: 'other-gate' };
  if (gate.decision !== null) {
    return { outcome: gate.decision.decision === wish.decision ? 'already-same' : 'gate-closed' };
  }
  if (record.cancel !== null || hasEnded(record.view.state)) return { outcome: 'gate-closed' };
  const { decision: kind, by, at, comment } = wish;
  const decision = { gate: gate.gate, decision: kind, by, at, comment };
  return { outcome: 'accepted', record: withAudit({ ...record, gate: { ...gate, decision } }, audit) };
}

/** Before the commit everything can be undone; while the stages of a rollout run, further ones can be left out. */
function mayStop({ phase, rollout }: ReleaseRecord): boolean {
  return phase === 'open' || rollout?.open === true;
}
