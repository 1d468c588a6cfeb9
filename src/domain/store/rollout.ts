import type { RolloutView } from '../release';
import type { RolloutChange } from './rollout-change';

/** The stages of a rollout as a run works through them. */
export interface RolloutPlan {
  readonly stages: readonly {
    readonly percentage: number;
    /** Milliseconds; `null` = until a person goes on. */
    readonly lastsMs: number | null;
  }[];
  /** Everyone gets the packages after the last stage. */
  readonly finalize: boolean;
}

/** What is asked of Partner Center. */
export type RolloutRequest =
  { readonly kind: 'percentage'; readonly percentage: number } | { readonly kind: 'halt' | 'finalize' };

/** A rollout as Partner Center shows it. */
export interface SeenRollout {
  /** Whether the submission was published with one. */
  readonly isRollout: boolean;
  readonly percentage: number;
  /** Partner Center's word; the set is open. */
  readonly status: string;
}

/** What of a change goes to Partner Center; `null` = it is about our stages alone. */
export function requestOf(change: RolloutChange): RolloutRequest | null {
  if ('percentage' in change) return { kind: 'percentage', percentage: change.percentage };
  return change.action === 'halt' || change.action === 'finalize' ? { kind: change.action } : null;
}

export type RolloutStanding = 'running' | 'finalized' | 'halted' | 'none';

/** Where a rollout stands: submission API, "Package rollout resource". */
export function standingOf({ status }: Pick<SeenRollout, 'status'>): RolloutStanding {
  switch (status) {
    case 'PackageRolloutInProgress':
      return 'running';
    case 'PackageRolloutComplete':
      return 'finalized';
    case 'PackageRolloutStopped':
      return 'halted';
    default:
      return 'none';
  }
}

/** Whether what was read back is what was asked for. */
export function isTaken(request: RolloutRequest, seen: SeenRollout): boolean {
  const standing = standingOf(seen);
  switch (request.kind) {
    case 'percentage':
      return standing === 'running' && isSamePercentage(seen.percentage, request.percentage);
    case 'halt':
      return standing === 'halted';
    case 'finalize':
      return standing === 'finalized';
  }
}

/** Percentages are floats on the wire. */
export function isSamePercentage(a: number, b: number): boolean {
  return Math.abs(a - b) < 0.005;
}

/** Where the stages stand. All times are milliseconds since 1970. */
export interface StagePlace {
  /** As last read back. */
  readonly percentage: number;
  readonly held: boolean;
  /** When the stage is over; `null` = a person goes on, or it is held. */
  readonly dueAt: number | null;
  /** What a held stage has left of its time; `null` = a person goes on. */
  readonly leftMs: number | null;
}

/** A percentage was taken, by a stage or by hand: the highest stage that it has reached begins. */
export function atPercentage(plan: RolloutPlan, place: StagePlace, percentage: number, now: number): StagePlace {
  const reached = plan.stages.filter((stage) => stage.percentage <= percentage + 0.005).at(-1);
  const lastsMs = reached?.lastsMs ?? null;
  if (place.held) return { ...place, percentage, dueAt: null, leftMs: lastsMs };
  return { ...place, percentage, dueAt: lastsMs === null ? null : now + lastsMs, leftMs: null };
}

/** The clock of a stage stands still while it is held. */
export function held(place: StagePlace, now: number): StagePlace {
  if (place.held) return place;
  return { ...place, held: true, dueAt: null, leftMs: place.dueAt === null ? null : Math.max(0, place.dueAt - now) };
}

/** A held stage goes on with what it has left; one that waits for a person is over. */
export function resumed(place: StagePlace, now: number): StagePlace {
  if (!place.held) return place.dueAt === null ? { ...place, dueAt: now } : place;
  const dueAt = place.leftMs === null ? null : now + place.leftMs;
  return { ...place, held: false, dueAt, leftMs: null };
}

/** What follows a stage that is over: the first stage above what everyone has now, else the end. */
export function nextRequest(plan: RolloutPlan, { percentage }: StagePlace): RolloutRequest | 'end' {
  const next = plan.stages.find((stage) => stage.percentage > percentage + 0.005);
  if (next !== undefined) return { kind: 'percentage', percentage: next.percentage };
  return plan.finalize ? { kind: 'finalize' } : 'end';
}

/** What people see of it. */
export function rolloutView({ percentage, held: isHeld, dueAt }: StagePlace, status: string): RolloutView {
  return { percentage, status, held: isHeld, nextStageAt: dueAt === null ? null : new Date(dueAt).toISOString() };
}
