import {
  isReleaseId,
  isReleaseKey,
  keyOfReleaseId,
  lastKeySince,
  newReleaseId,
  releaseIdMaker,
  releaseIdOfKey,
  timeOfReleaseId,
} from '../../src/storage/release-id';

test('ids of one maker grow, also within a millisecond and when the clock goes back', () => {
  const times = [5_000, 5_000, 5_000, 4_000, 6_000];
  const make = releaseIdMaker(() => times.shift() ?? 0);

  const ids = Array.from({ length: 5 }, make);

  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(5);
});

test('id and row key are computed from each other, and the newest comes first by key', () => {
  const make = releaseIdMaker();
  const older = make();
  const newer = make();

  expect(releaseIdOfKey(keyOfReleaseId(newer))).toBe(newer);
  expect(keyOfReleaseId(newer) < keyOfReleaseId(older)).toBe(true);
  expect(isReleaseKey(keyOfReleaseId(newer))).toBe(true);
});

test('an id tells when it was made, and the key of a time parts earlier from later ones', () => {
  const time = Date.UTC(2026, 10, 20);
  const before = releaseIdMaker(() => time - 1)();
  const then = releaseIdMaker(() => time)();

  expect(timeOfReleaseId(then)).toBe(time);
  expect(keyOfReleaseId(then) <= lastKeySince(time)).toBe(true);
  expect(keyOfReleaseId(before) <= lastKeySince(time)).toBe(false);
});

test('only what has the form of an id is one', () => {
  expect(isReleaseId(newReleaseId())).toBe(true);
  for (const text of ['', 'rel_', 'rel_8'.padEnd(30, '0'), 'rel_01J'.padEnd(30, 'I'), `${newReleaseId()}/x`]) {
    expect(isReleaseId(text)).toBe(false);
  }
});

test('two thousand ids made at once are all different', () => {
  const ids = Array.from({ length: 2_000 }, newReleaseId);

  expect(new Set(ids).size).toBe(2_000);
});
