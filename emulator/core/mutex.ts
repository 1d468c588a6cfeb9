/** Runs tasks one after the other, in the order in which they came. */
export class Mutex {
  private tail: Promise<unknown> = Promise.resolve();

  /** Runs `task` after all earlier ones have ended, however they ended. */
  run<T>(task: () => Promise<T>): Promise<T> {
    const result = this.tail.then(task, task);
    this.tail = result.catch(() => undefined);
    return result;
  }
}
