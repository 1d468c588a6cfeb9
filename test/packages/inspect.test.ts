import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { inspectSlice, pieceSize, type InspectionState, type PackageSource } from '../../src/packages';
import { caught } from './caught';
import { madeUpBytes, memorySource, PooledSource } from './sources';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const past = { deadline: 0 };
const future = { deadline: Number.POSITIVE_INFINITY };

/** Slices of one piece each, the state going through JSON in between. */
async function inspectBySlices(source: PackageSource): Promise<{ facts: unknown; states: InspectionState[] }> {
  const states: InspectionState[] = [];
  for (;;) {
    const before = states.at(-1);
    const slice = await inspectSlice(source, before && (JSON.parse(JSON.stringify(before)) as InspectionState), past);
    if (slice.done) return { facts: slice.facts, states };
    states.push(slice.state);
  }
}

test('the facts are those of the bytes, in one slice or in many', async () => {
  const bytes = madeUpBytes(Buffer.alloc(2 * pieceSize + 12_345), 0);

  const whole = await inspectSlice(memorySource(bytes), undefined, future);
  const parts = await inspectBySlices(memorySource(bytes));

  expect(whole).toEqual({
    done: true,
    facts: {
      size: bytes.length,
      sha256: sha256(bytes),
      crc32: crc32(bytes),
      pieceSize,
      pieces: [0, 1, 2].map((index) => sha256(bytes.subarray(index * pieceSize, (index + 1) * pieceSize))),
      pin: { size: bytes.length },
    },
  });
  expect(parts.facts).toEqual(whole.done && whole.facts);
  expect(parts.states.map((state) => state.offset)).toEqual([pieceSize, 2 * pieceSize]);
});

test('sizes around the ends of pieces are read whole', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(1, 63, pieceSize - 1, pieceSize, pieceSize + 1, 2 * pieceSize), async (size) => {
      const bytes = madeUpBytes(Buffer.alloc(size), 0);

      const { facts } = await inspectBySlices(memorySource(bytes));

      expect(facts).toMatchObject({ size, sha256: sha256(bytes), crc32: crc32(bytes) });
    }),
    { numRuns: 8 },
  );
});

test('two copies that run at once write the same states and facts', async () => {
  const source = (): PackageSource => new PooledSource(3 * pieceSize + 1, { buffers: 1, largest: pieceSize });

  const [one, two] = await Promise.all([inspectBySlices(source()), inspectBySlices(source())]);

  expect(one).toEqual(two);
});

test('one piece is held at a time, and states come every eight pieces and at the end of the slice', async () => {
  const source = new PooledSource(18 * pieceSize, { buffers: 1, largest: pieceSize });
  const states: number[] = [];
  let ticks = 0;

  const slice = await inspectSlice(source, undefined, {
    deadline: 17,
    now: () => ++ticks,
    onState: (state) => void states.push(state.offset / pieceSize),
  });

  expect(slice.done).toBe(false);
  expect(states).toEqual([8, 16, 17]);
  expect(source.reads).toBe(17);
});

test('an abort ends the slice where it stands', async () => {
  const stop = new AbortController();
  const source = new PooledSource(4 * pieceSize, { buffers: 1, largest: pieceSize });
  const interrupted: PackageSource = {
    ...source,
    size: source.size,
    pin: source.pin,
    read: (offset, length) => {
      if (offset === pieceSize) stop.abort();
      stop.signal.throwIfAborted();
      return source.read(offset, length);
    },
  };

  const slice = await inspectSlice(interrupted, undefined, { ...future, signal: stop.signal });
  const again = await inspectSlice(interrupted, undefined, { ...future, signal: stop.signal });

  expect(slice).toMatchObject({ done: false, state: { offset: pieceSize } });
  expect(again).toMatchObject({ done: false, state: { offset: 0 } });
});

test('a state that cannot be taken up is begun anew, one of other bytes is refused', async () => {
  const bytes = Buffer.from('some bytes');
  const source = memorySource(bytes, { etag: '"1"' });
  const broken = { pin: source.pin, offset: 0, crc32: 0, pieces: [], sha256State: 'AAAA' };
  const oddRead = { ...broken, offset: 5, pieces: ['x'] };

  const slices = await Promise.all([inspectSlice(source, broken, past), inspectSlice(source, oddRead, past)]);
  const error = await caught(inspectSlice(memorySource(bytes, { etag: '"2"' }), broken, past));

  for (const slice of slices) expect(slice).toMatchObject({ done: true, facts: { sha256: sha256(bytes) } });
  expect(error.code).toBe('package-changed');
});

test('bytes that do not have the promised SHA-256 are refused', async () => {
  const source = memorySource(Buffer.from('some bytes'));
  const expectedSha256 = sha256(Buffer.from('other bytes'));

  const error = await caught(inspectSlice(source, undefined, { ...future, expectedSha256 }));
  const good = await inspectSlice(source, undefined, {
    ...future,
    expectedSha256: sha256(Buffer.from('some bytes')).toUpperCase(),
  });

  expect(error).toMatchObject({ code: 'hash-mismatch', retryable: false, detail: { expected: expectedSha256 } });
  expect(good.done).toBe(true);
});
