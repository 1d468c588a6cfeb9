import type { EngineContext } from './context';
import { EventType } from './history';
import { eventMessage } from './messages';

/** Wakes instances whose timers are due: a timer becomes a message in the transaction that drops it. */
export class TimerWatch {
  readonly #context: EngineContext;
  readonly #onFired: (instanceIds: readonly string[]) => void;
  readonly #onError: (error: unknown) => void;
  #armedFor: number | undefined;
  #cancel: () => void = () => undefined;

  /**
   * @param onFired told of the instances that have something to do now.
   * @param onError told of an error of the store; the timers are still there.
   */
  constructor(
    context: EngineContext,
    onFired: (instanceIds: readonly string[]) => void,
    onError: (error: unknown) => void,
  ) {
    this.#context = context;
    this.#onFired = onFired;
    this.#onError = onError;
  }

  /** Looks at the store for the next timer and waits for that one. */
  arm(): void {
    const { store, clock } = this.#context;
    const next = store.work.nextTimer();
    if (next === this.#armedFor) return;
    this.#cancel();
    this.#armedFor = next;
    this.#cancel = next === undefined ? () => undefined : clock.schedule(next, () => this.#fire());
  }

  /** Waits for nothing any more. */
  disarm(): void {
    this.#cancel();
    this.#armedFor = undefined;
  }

  #fire(): void {
    this.#armedFor = undefined;
    try {
      this.#onFired(this.#moveDue());
    } catch (error) {
      this.#onError(error);
    }
  }

  #moveDue(): string[] {
    const { store, clock } = this.#context;
    return store.transaction(() => {
      const due = store.work.dueTimers(clock.now());
      for (const timer of due) {
        store.work.removeTimer(timer.executionId, timer.timerId);
        const detail = { TimerId: timer.timerId, FireAt: new Date(timer.fireAt).toISOString() };
        store.work.addMessage(eventMessage(timer, EventType.TimerFired, clock.now(), detail));
      }
      void this.#context.pass('timers-firing', { instanceId: '', name: '' });
      return due.map(({ instanceId }) => instanceId);
    });
  }
}
