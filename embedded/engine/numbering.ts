import type { Action, Retry } from './actions';
import { completedId, EventType, type HistoryEvent } from './history';

/** Something an orchestrator has asked for under a sequence number. */
export type Effect =
  | { readonly kind: 'activity'; readonly id: number; readonly name: string; readonly input: unknown }
  | {
      readonly kind: 'child';
      readonly id: number;
      readonly name: string;
      readonly input: unknown;
      readonly instanceId?: string;
      readonly version?: string;
    }
  | { readonly kind: 'timer'; readonly id: number; readonly fireAt: number; readonly cancelled: boolean };

/** How far a host comes with an orchestrator's actions. */
export interface Progress {
  /** Everything with a number that it has come to, in the order of the numbers. */
  readonly effects: readonly Effect[];
  /** True when it has come through all actions: only then the orchestration may end. */
  readonly isThrough: boolean;
}

/**
 * Follows an orchestrator's actions through its history as the Durable extension does: one top-level action after the
 * other, and none before the one ahead of it has ended. Sequence numbers are given on the way: in the order of the
 * actions, into compounds depth first; waits for events, compounds and continue-as-new have none.
 *
 * An action with retry takes its further numbers (a wait, the next attempt, …, and a wait after the last failure, too)
 * at the moment its failure is processed, so the history decides what stands between them.
 *
 * The host does not read results: `all` has ended when each of its tasks has, also after a failure that the orchestrator
 * has long heard of.
 *
 * @param actions all actions since the start of the generation.
 * @param history all events of the generation, those of the running episode included.
 */
export function followActions(actions: readonly Action[], history: readonly HistoryEvent[]): Progress {
  const follower = new Follower(actions);
  for (const event of history) follower.see(event);
  return { effects: follower.effects, isThrough: follower.isThrough };
}

/** An action on its way through the history. */
interface Task {
  readonly action: Action;
  readonly children: Task[];
  readonly parent: Task | undefined;
  isSettled: boolean;
  attempts: number;
  isWaiting: boolean;
}

class Follower {
  readonly effects: Effect[] = [];
  readonly #actions: readonly Action[];
  readonly #tasks = new Map<number, Task>();
  /** By event name in lower case: who waits, and what came before anybody did. */
  readonly #waiters = new Map<string, Task[]>();
  readonly #buffered = new Map<string, number>();
  #issued = 0;
  #current: Task | undefined;
  #now = 0;

  constructor(actions: readonly Action[]) {
    this.#actions = actions;
  }

  get isThrough(): boolean {
    return this.#issued === this.#actions.length && this.#current?.isSettled !== false;
  }

  see(event: HistoryEvent): void {
    if (event.EventType === EventType.OrchestratorStarted) {
      this.#now = Math.max(this.#now, Date.parse(event.Timestamp));
      return;
    }
    const id = completedId(event);
    const task = id === undefined ? undefined : this.#tasks.get(id);
    if (id !== undefined) this.#tasks.delete(id);
    if (task !== undefined) this.#complete(task, succeeded(event));
    if (event.EventType === EventType.EventRaised) this.#raise((event.Name ?? '').toLowerCase());
    while (this.#issued < this.#actions.length && this.#current?.isSettled !== false) this.#issueNext();
  }

  #issueNext(): void {
    const action = this.#actions[this.#issued];
    this.#issued += 1;
    if (action !== undefined) this.#current = this.#issue(action, undefined);
  }

  #issue(action: Action, parent: Task | undefined): Task {
    const task: Task = { action, children: [], parent, isSettled: false, attempts: 1, isWaiting: false };
    parent?.children.push(task);
    if ('children' in action) for (const child of action.children) this.#issue(child, task);
    else if (action.kind === 'event') this.#listen(task, action.name.toLowerCase());
    else if (action.kind === 'continue') this.#settle(task);
    else this.#number(task);
    return task;
  }

  #number(task: Task): void {
    const { action } = task;
    if (!isNumbered(action)) return;
    const id = this.effects.length;
    this.effects.push({ ...action, id });
    if (action.kind === 'timer' && action.cancelled) this.#settle(task);
    else this.#tasks.set(id, task);
  }

  #complete(task: Task, success: boolean): void {
    const { action } = task;
    const retry = action.kind === 'activity' || action.kind === 'child' ? action.retry : undefined;
    if (retry === undefined || (success && !task.isWaiting)) {
      this.#settle(task);
    } else if (!task.isWaiting) {
      this.#wait(task, retry);
    } else if (task.attempts >= retry.maxAttempts) {
      this.#settle(task);
    } else {
      task.isWaiting = false;
      task.attempts += 1;
      this.#number(task);
    }
  }

  /** The wait after the last failure is over at once: the framework keeps it for the numbers alone. */
  #wait(task: Task, { intervalMs, maxAttempts }: Retry): void {
    task.isWaiting = true;
    const fireAt = task.attempts >= maxAttempts ? this.#now : this.#now + intervalMs;
    this.#tasks.set(this.effects.length, task);
    this.effects.push({ kind: 'timer', id: this.effects.length, fireAt, cancelled: false });
  }

  #settle(task: Task): void {
    if (task.isSettled) return;
    task.isSettled = true;
    const { parent } = task;
    if (parent === undefined || !('children' in parent.action)) return;
    const { kind, children } = parent.action;
    const areAll = parent.children.length === children.length && parent.children.every(({ isSettled }) => isSettled);
    if (kind === 'any' || areAll) this.#settle(parent);
  }

  #listen(task: Task, name: string): void {
    const waiters = this.#waiters.get(name) ?? [];
    waiters.push(task);
    this.#waiters.set(name, waiters);
    const buffered = this.#buffered.get(name) ?? 0;
    if (buffered === 0) return;
    this.#buffered.set(name, buffered - 1);
    this.#raise(name);
  }

  #raise(name: string): void {
    const newest = this.#waiters.get(name)?.pop();
    if (newest === undefined) this.#buffered.set(name, (this.#buffered.get(name) ?? 0) + 1);
    else this.#settle(newest);
  }
}

function isNumbered(action: Action): action is Extract<Action, { kind: Effect['kind'] }> {
  return action.kind === 'activity' || action.kind === 'child' || action.kind === 'timer';
}

function succeeded(event: HistoryEvent): boolean {
  return event.EventType !== EventType.TaskFailed && event.EventType !== EventType.SubOrchestrationInstanceFailed;
}
