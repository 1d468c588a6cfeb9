import { connectStorage, type RequestObserver, type Storage } from '../../src/storage/connect';

/** What a process that dies throws at its last request. */
export class Killed extends Error {}

interface Plan {
  readonly write: number;
  readonly when: 'before' | 'after';
}

/**
 * A storage whose process can be made to die at one of its writes: `before` the request is sent, or `after` the service
 * has applied it and the answer is lost.
 */
export function mortalStorage(connectionString: string, plan?: Plan): { storage: Storage; writes: () => number } {
  let writes = 0;
  let dead = false;
  const die = (): never => {
    dead = true;
    throw new Killed(`killed ${plan?.when} write ${plan?.write}`);
  };
  const isDue = (method: string, when: Plan['when']): boolean =>
    method !== 'GET' && method !== 'HEAD' && plan?.when === when && plan.write === writes;
  const observer: RequestObserver = {
    before: ({ method }) => {
      if (dead) throw new Killed('dead already');
      if (method !== 'GET' && method !== 'HEAD') writes += 1;
      if (isDue(method, 'before')) die();
    },
    after: ({ method }) => {
      if (isDue(method, 'after')) die();
    },
  };
  return { storage: connectStorage({ connectionString, observer }), writes: () => writes };
}

/**
 * Runs an operation once for each point at which it can die (before and after each of its writes), each time in a world
 * of its own, then once more in full by a new process, and lets the caller look at the outcome.
 *
 * @returns at how many points it died
 */
export async function atEveryInterruption<W>(
  connectionString: string,
  scenario: {
    /** Prepares a world of its own; `index` grows. */
    arrange(storage: Storage, index: number): Promise<W>;
    act(storage: Storage, world: W): Promise<unknown>;
    assert(storage: Storage, world: W): Promise<void>;
  },
): Promise<number> {
  let index = 0;
  const whole = connectStorage({ connectionString });
  const attempt = async (plan?: Plan): Promise<{ died: boolean; writes: number }> => {
    const world = await scenario.arrange(whole, (index += 1));
    const { storage, writes } = mortalStorage(connectionString, plan);
    const died = await scenario.act(storage, world).then(
      () => false,
      (error: unknown) => {
        if (error instanceof Killed) return true;
        throw error;
      },
    );
    await scenario.act(whole, world);
    await scenario.assert(whole, world);
    return { died, writes: writes() };
  };

  const { writes } = await attempt();
  let deaths = 0;
  for (let write = 1; write <= writes; write += 1) {
    for (const when of ['before', 'after'] as const) deaths += (await attempt({ write, when })).died ? 1 : 0;
  }
  return deaths;
}
