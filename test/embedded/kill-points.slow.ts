import { type Death, KillChain } from './kill-points';

const chains: KillChain[] = [];

function newChain(): KillChain {
  const chain = new KillChain();
  chains.push(chain);
  return chain;
}

afterEach(async () => {
  await Promise.all(chains.splice(0).map((chain) => chain.end()));
});

/** Kills at every second write: two chains make use of two processors. */
async function killAtAll(chain: KillChain, first: number): Promise<void> {
  for (let nth = first; (await chain.killAt(nth)) !== undefined; nth += 2);
}

/** Where processes have died, by what for. */
function table(deaths: readonly Death[]): Record<string, string[]> {
  const purposes = [...new Set(deaths.map(({ purpose }) => purpose))].sort();
  return Object.fromEntries(
    purposes.map((purpose) => [
      purpose,
      [...new Set(deaths.filter((death) => death.purpose === purpose).map(({ point }) => point))].sort(),
    ]),
  );
}

function points(...writes: string[]): string[] {
  return ['after COMMIT', 'before COMMIT', ...writes.map((write) => `before ${write}`)];
}

const removal = ['DELETE FROM history', 'DELETE FROM instances', 'DELETE FROM messages', 'DELETE FROM timers'];
const message = points('INSERT INTO messages');

test('killed at every write of a story: nothing answered is lost, nothing recorded runs again', async () => {
  const both = [newChain(), newChain()] as const;

  await Promise.all([killAtAll(both[0], 1), killAtAll(both[1], 2)]);

  const deaths = both.flatMap((chain) => chain.deaths());
  expect(table(deaths)).toEqual({
    activity: points('DELETE FROM activities', 'INSERT INTO messages'),
    // The effect of an activity, in the app.
    app: ['after writeFileSync', 'before writeFileSync'],
    // A child that starts leaves nothing of one that ended under its id.
    episode: points(
      ...removal,
      'INSERT INTO activities',
      'INSERT INTO history',
      'INSERT INTO messages',
      'INSERT INTO timers',
      'INSERT OR REPLACE INTO instances',
      'UPDATE instances',
    ),
    purge: points(...removal),
    raiseEvent: message,
    resume: message,
    start: points(...removal, 'INSERT OR REPLACE INTO instances'),
    suspend: message,
    terminate: message,
    timer: points('DELETE FROM timers', 'INSERT INTO messages'),
  });
  expect(await both[0].completedTwice()).toEqual([]);
  expect(await both[1].completedTwice()).toEqual([]);
}, 600_000);

test('killed at every write of the first start: the next process starts', async () => {
  const deaths: Death[] = [];
  for (let nth = 1; ; nth++) {
    const death = await newChain().killStartAt(nth);
    if (death === undefined) break;
    deaths.push(death);
  }

  const file = ['after renameSync', 'after writeFileSync', 'before renameSync', 'before writeFileSync'];
  expect(table(deaths)).toEqual({
    keys: file,
    lock: ['after writeFileSync', 'before writeFileSync'],
    schema: ['after COMMIT', 'before COMMIT'],
    'state file': ['after renameSync', 'before renameSync'],
  });
}, 600_000);
