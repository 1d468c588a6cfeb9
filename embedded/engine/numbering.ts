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

/**
 * Gives every action its sequence number, as the SDK does: in the order of the actions, into compounds depth first;
 * waits for events, compounds and continue-as-new have none.
 *
 * An action with retry takes its further numbers (a wait, the next attempt, …, and a wait after the last failure, too)
 * at the moment its failure is processed, so the history decides what stands between them.
 *
 * @param actions all actions since the start of the generation.
 * @param history all events of the generation, those of the running episode included.
 */
export function numberEffects(actions: readonly Action[], history: readonly HistoryEvent[]): Effect[] {
  const numbering = new Numbering(actions);
  // Without retries nothing depends on the order of events.
  if (hasRetry(actions)) for (const event of history) numbering.see(event);
  numbering.issueAll();
  return numbering.effects;
}

function hasRetry(actions: readonly Action[]): boolean {
  return actions.some((action) => ('children' in action ? hasRetry(action.children) : 'retry' in action));
}

/** An action in the course of the simulated run. */
interface Task {
  readonly action: Action;
  readonly children: Task[];
  readonly parent: Task | undefined;
  state: 'open' | 'done' | 'failed';
  attempts: number;
  waiting: boolean;
}

/** Plays the history over the actions: one top-level action at a time, as user code yields them. */
class Numbering {
  readonly effects: Effect[] = [];
  readonly #actions: readonly Action[];
  readonly #tasks = new Map<number, Task>();
  #issued = 0;
  #current: Task | undefined;
  #now = 0;

  constructor(actions: readonly Action[]) {
    this.#actions = actions;
  }

  see(event: HistoryEvent): void {
    if (event.EventType === EventType.OrchestratorStarted) this.#now = Math.max(this.#now, Date.parse(event.Timestamp));
    const id = completedId(event);
    const task = id === undefined ? undefined : this.#tasks.get(id);
    if (id !== undefined) this.#tasks.delete(id);
    if (task !== undefined) this.#complete(task, succeeded(event));
    if (event.EventType === EventType.EventRaised && this.#current !== undefined) {
      this.#raise(this.#current, event.Name);
    }
    if (event.EventType !== EventType.OrchestratorStarted) this.#advance();
  }

  issueAll(): void {
    while (this.#issued < this.#actions.length) this.#issueNext();
  }

  #advance(): void {
    while (this.#issued < this.#actions.length && this.#current?.state !== 'open') this.#issueNext();
  }

  #issueNext(): void {
    const action = this.#actions[this.#issued];
    this.#issued += 1;
    if (action !== undefined) this.#current = this.#issue(action, undefined);
  }

  #issue(action: Action, parent: Task | undefined): Task {
    const task: Task = { action, children: [], parent, state: 'open', attempts: 1, waiting: false };
    if ('children' in action) task.children.push(...action.children.map((child) => this.#issue(child, task)));
    else this.#number(task);
    return task;
  }

  #number(task: Task): void {
    const { action } = task;
    const id = this.effects.length;
    if (action.kind === 'timer') this.effects.push({ ...action, id });
    else if (action.kind === 'activity' || action.kind === 'child') this.effects.push({ ...action, id });
    else return;
    this.#tasks.set(id, task);
  }

  #complete(task: Task, success: boolean): void {
    const retry = retryOf(task.action);
    if (retry === undefined || (success && !task.waiting)) {
      this.#settle(task, success);
    } else if (!task.waiting) {
      this.#wait(task, retry);
    } else if (task.attempts >= retry.maxAttempts) {
      this.#settle(task, false);
    } else {
      task.waiting = false;
      task.attempts += 1;
      this.#number(task);
    }
  }

  #wait(task: Task, retry: Retry): void {
    const id = this.effects.length;
    task.waiting = true;
    this.effects.push({ kind: 'timer', id, fireAt: this.#now + retry.intervalMs, cancelled: false });
    this.#tasks.set(id, task);
  }

  #settle(task: Task, success: boolean): void {
    if (task.state !== 'open') return;
    task.state = success ? 'done' : 'failed';
    const { parent } = task;
    if (parent === undefined) return;
    const finished = parent.action.kind === 'any' || !success || parent.children.every(({ state }) => state === 'done');
    if (finished) this.#settle(parent, parent.action.kind === 'any' || success);
  }

  #raise(task: Task, name: string | undefined): boolean {
    if (task.action.kind === 'event' && task.state === 'open' && task.action.name === name) {
      this.#settle(task, true);
      return true;
    }
    return task.children.some((child) => this.#raise(child, name));
  }
}

function retryOf(action: Action): Retry | undefined {
  return action.kind === 'activity' || action.kind === 'child' ? action.retry : undefined;
}

function succeeded(event: HistoryEvent): boolean {
  return event.EventType !== EventType.TaskFailed && event.EventType !== EventType.SubOrchestrationInstanceFailed;
}
