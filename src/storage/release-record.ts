import type { Commands, RolloutCommand } from '../contracts/activities';
import type { DecisionView, ReleaseView } from '../domain/release';
import type { Gate } from '../domain/release-document';
import type { AuditEvent } from './audit';

/** Where whoever stores a command rings: an instance, and the name of the event it waits for. */
export interface Bell {
  readonly instance: string;
  readonly name: string;
}

/** The wish to stop, as stored. */
export interface CancelCommand {
  /** RFC 3339 UTC. */
  readonly at: string;
  readonly by: string | null;
  readonly reason: string | null;
  /** Stop watching what can no longer be stopped. */
  readonly abandon: boolean;
  readonly code: 'requested' | 'superseded';
}

/** The gate that a run came to last. It is closed once, by one write, whoever comes first. */
export interface GateRecord {
  readonly gateId: string;
  readonly gate: Gate;
  /** Approved, rejected or expired; `null` while it is open. */
  readonly decision: DecisionView | null;
}

/**
 * `open`: a cancel may come. `committing`: the commit is on its way. `committed`: Partner Center has it. A cancel and the
 * way from `open` to `committing` exclude each other.
 */
export type Phase = 'open' | 'committing' | 'committed';

/** The commands of people about the rollout of a run. */
export interface RolloutControl {
  /** Whether the run takes commands: from the publication until it has decided how it ends. */
  readonly open: boolean;
  /** Stored and not carried out yet, in the order of their coming. */
  readonly commands: readonly RolloutCommand[];
}

/** Row of the idempotency table that leads to a release. */
export interface IdempotencyRef {
  readonly partitionKey: string;
  readonly rowKey: string;
}

/** All that is known of a release besides its document, its timeline and its working files. */
export interface ReleaseRecord {
  /** What people see; id, run, state, step, account, target, labels and times are read from it. */
  readonly view: ReleaseView;
  /** Entra tenant of the account: what request budget and poll interval are counted by. */
  readonly tenant: string;
  /** The foreign id of what is published, as `9NBLGGH4R315`. */
  readonly product: string;
  /** Of the instance that began the current run; `null` until one has. */
  readonly runToken: string | null;
  /** Of the last checkpoint of the current run; -1 before the first. */
  readonly seq: number;
  /** The product whose claim the release holds or waits for, as given to the claims. */
  readonly claim: string | null;
  readonly gate: GateRecord | null;
  readonly bell: Bell | null;
  readonly cancel: CancelCommand | null;
  /** `null` until a rollout of this run begins. */
  readonly rollout: RolloutControl | null;
  readonly phase: Phase;
  /** What is about to be made in Partner Center, when, and what was there before: JSON, at most 30,000 characters. */
  readonly intent: unknown;
  readonly submissionId: string | null;
  /** SHA-256 of the release document, see `hashOfDocument`. */
  readonly docHash: string;
  readonly idempotency: IdempotencyRef | null;
  /** Decisions that are in this record and not yet in the audit log. */
  readonly pendingAudit: readonly AuditEvent[];
  /** The purge has begun: to everyone else the release is gone. */
  readonly purging: boolean;
}

/** What a new record is made of. */
export interface NewRelease {
  /** With `state: 'queued'` and `run: 1`. */
  readonly view: ReleaseView;
  readonly tenant: string;
  readonly product: string;
  readonly docHash: string;
  readonly idempotency: IdempotencyRef | null;
  /** For the audit log: that it was asked for. */
  readonly audit?: AuditEvent;
}

/** The record of a release that nobody has begun yet. */
export function newRecord(release: NewRelease): ReleaseRecord {
  const { view, tenant, product, docHash, idempotency, audit } = release;
  return {
    view,
    tenant,
    product,
    docHash,
    idempotency,
    runToken: null,
    seq: -1,
    claim: null,
    gate: null,
    bell: null,
    cancel: null,
    rollout: null,
    phase: 'open',
    intent: null,
    submissionId: null,
    pendingAudit: audit === undefined ? [] : [audit],
    purging: false,
  };
}

/** The commands that wait in a record, as the orchestrator takes them. */
export function commandsOf(record: ReleaseRecord): Commands {
  const { cancel, gate, rollout } = record;
  return {
    ...(cancel === null
      ? {}
      : { cancel: { by: cancel.by, reason: cancel.reason, abandon: cancel.abandon, code: cancel.code } }),
    ...(gate?.decision ? { decision: { ...gate.decision, gateId: gate.gateId } } : {}),
    ...(rollout === null || rollout.commands.length === 0 ? {} : { rollout: rollout.commands }),
  };
}

/** The record with one more event for the audit log; an event that is there already is not added again. */
export function withAudit(record: ReleaseRecord, event: AuditEvent | undefined): ReleaseRecord {
  if (event === undefined || record.pendingAudit.some((other) => other.eventId === event.eventId)) return record;
  return { ...record, pendingAudit: [...record.pendingAudit, event] };
}
