import { eventually } from '../support/embedded-process';

interface Status {
  readonly runtimeStatus: string;
  readonly output: unknown;
  readonly customStatus: unknown;
}

/** Calls a method of the durable client. Rejects when it does, and when the process is gone. */
export type CallClient = (method: string, args: readonly unknown[]) => Promise<unknown>;

/** One thing that a client asks for. */
interface Step {
  readonly method?: string;
  readonly args?: readonly unknown[];
  /** Whether it has happened, as a client sees it. */
  readonly hasHappened: () => Promise<boolean>;
}

/**
 * What a client does with an instance that makes every kind of write, and with one that is suspended, resumed, terminated
 * and purged. Told again after the process has died, it goes on where it was: what was answered is not asked for again
 * and must happen; what was not answered is asked for again unless it has happened.
 */
export class Story {
  readonly id: string;
  readonly #call: CallClient;
  readonly #answered = new Set<Step>();
  readonly #seen = new Set<Step>();
  readonly #steps: readonly Step[];

  constructor(id: string, call: CallClient) {
    this.id = id;
    this.#call = call;
    this.#steps = this.#plan(id, `${id}-doomed`);
  }

  /** The activities that run, as their effects name them. */
  get activities(): string[] {
    return [`${this.id} first`, `${this.id}-part part`, `${this.id} left`, `${this.id} right`, `${this.id} last`];
  }

  async tell(): Promise<void> {
    for (const step of this.#steps) if (!this.#seen.has(step)) await this.#take(step);
    const { output, runtimeStatus } = (await this.#status(this.id)) ?? {};
    expect({ output, runtimeStatus }).toEqual({
      output: { steps: ['first', 'part', 'by the client', 'left', 'right', 'last'] },
      runtimeStatus: 'Completed',
    });
  }

  async #take(step: Step): Promise<void> {
    const { method, args = [], hasHappened } = step;
    if (method !== undefined && !this.#answered.has(step) && !(await hasHappened())) await this.#call(method, args);
    this.#answered.add(step);
    await eventually(async () => ((await hasHappened()) ? true : undefined));
    this.#seen.add(step);
  }

  #plan(id: string, doomed: string): Step[] {
    const is =
      (instance: string, ...wanted: (string | undefined)[]) =>
      async (): Promise<boolean> =>
        wanted.includes((await this.#status(instance))?.runtimeStatus);
    const exists = (instance: string) => async (): Promise<boolean> => (await this.#status(instance)) !== undefined;
    const isWaiting = async (): Promise<boolean> => {
      const status = await this.#status(id);
      return status?.customStatus !== null && status !== undefined;
    };
    return [
      { method: 'startNew', args: ['whole', { instanceId: id }], hasHappened: exists(id) },
      { hasHappened: isWaiting },
      { method: 'startNew', args: ['waits', { instanceId: doomed }], hasHappened: exists(doomed) },
      { hasHappened: is(doomed, 'Running') },
      { method: 'suspend', args: [doomed, 'why'], hasHappened: is(doomed, 'Suspended') },
      { method: 'resume', args: [doomed, 'why'], hasHappened: is(doomed, 'Running') },
      { method: 'raiseEvent', args: [id, 'go', { sent: 'by the client' }], hasHappened: is(id, 'Completed') },
      { method: 'terminate', args: [doomed, 'why'], hasHappened: is(doomed, 'Terminated') },
      { method: 'purgeInstanceHistory', args: [doomed], hasHappened: is(doomed, undefined) },
    ];
  }

  async #status(instanceId: string): Promise<Status | undefined> {
    try {
      // What the SDK answers for an instance that is there.
      return (await this.#call('getStatus', [instanceId])) as Status;
    } catch (error) {
      if (String(error).includes('HTTP 404')) return undefined;
      throw error;
    }
  }
}
