import { KillChain } from './kill-points';

let chain: KillChain;

beforeEach(() => {
  chain = new KillChain();
});

afterEach(() => chain.end());

/** One of each kind; the slow tests have them all. */
test('killed at a write, the next process goes on: nothing answered is lost, nothing recorded runs again', async () => {
  const places = [
    { purpose: 'start', point: 'before COMMIT' },
    { purpose: 'episode', point: 'before INSERT INTO history' },
    { purpose: 'activity', point: 'before DELETE FROM activities' },
    { purpose: 'activity', point: 'after COMMIT' },
    { purpose: 'raiseEvent', point: 'after COMMIT' },
  ];

  for (const place of places) await chain.killAt(1, place);

  expect(chain.deaths()).toEqual(places);
  expect(await chain.completedTwice()).toEqual([]);
});
