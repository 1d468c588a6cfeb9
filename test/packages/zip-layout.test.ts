import fc from 'fast-check';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { fromBufferPromise } from 'yauzl';
import { planZip, pieceSize, type PackageSource, type ZipEntry, type ZipPlan } from '../../src/packages';
import { openZip } from '../../src/packages/zip-reader';
import { caught } from './caught';
import { madeUpBytes, memorySource } from './sources';
import { entryOf, zipOf } from './zip-facts';

const run = promisify(execFile);
const segment = fc.stringMatching(/^[A-Za-z0-9ÄéжあF _()-]{1,12}$/u);
const file = fc.record({
  name: fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/')),
  content: fc.uint8Array({ maxLength: 300 }),
  pieceSize: fc.integer({ min: 1, max: 64 }),
});
const files = fc.uniqueArray(file, { minLength: 1, maxLength: 6, selector: ({ name }) => name.toLowerCase() });
type Files = (typeof file extends fc.Arbitrary<infer T> ? T : never)[];

const planOf = (list: Files): ZipPlan =>
  planZip(list.map(({ name, content, pieceSize }) => entryOf(name, content, pieceSize)));
const sourcesOf = (list: Files): PackageSource[] => list.map(({ content }) => memorySource(content));

async function unzipped(bytes: Buffer): Promise<[string, Buffer][]> {
  const zip = await fromBufferPromise(bytes, { strictFileNames: true });
  const found: [string, Buffer][] = [];
  for await (const entry of zip.eachEntry())
    found.push([entry.fileName, await buffer(await zip.openReadStreamPromise(entry))]);
  return found;
}

describe('the bytes of all blocks', () => {
  test('are a ZIP with exactly these files, of the planned size', async () => {
    await fc.assert(
      fc.asyncProperty(files, async (list) => {
        const plan = planOf(list);

        const zip = await zipOf(plan, sourcesOf(list));

        expect(zip).toHaveLength(plan.size);
        expect(await unzipped(zip)).toEqual(list.map(({ name, content }) => [name, Buffer.from(content)]));
      }),
      { numRuns: 60 },
    );
  });

  test('join wherever they are cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(9_000_000), { minLength: 1, maxLength: 4 }), fc.nat(), async (sizes, cut) => {
        const contents = sizes.map((size, index) => madeUpBytes(Buffer.alloc(size), 0, index));
        const plan = planZip(contents.map((content, index) => entryOf(`${index}`, content)));
        const sources = contents.map((content) => memorySource(content));
        const first = cut % plan.blocks.length;

        const whole = await zipOf(plan, sources);
        const rest = await zipOf(plan, sources, first);

        expect(rest.equals(whole.subarray(plan.blocks[first]!.offset))).toBe(true);
      }),
      { numRuns: 6 },
    );
  });

  test('satisfy unzip and Python', async () => {
    const contents = [madeUpBytes(Buffer.alloc(pieceSize + 5), 0), Buffer.from('ü'), Buffer.alloc(0)];
    const names = ['Notes_1.5.0.0_x64.msix', 'Assets\\de-de\\Übersicht 1.png', 'leer'];
    const plan = planZip(contents.map((content, index) => entryOf(names[index]!, content)));
    const folder = await mkdtemp(join(tmpdir(), 'zip-'));
    const path = join(folder, 'upload.zip');
    await writeFile(
      path,
      await zipOf(
        plan,
        contents.map((content) => memorySource(content)),
      ),
    );

    const { stdout } = await run('unzip', ['-t', path]);
    const code =
      'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), [i.filename for i in z.infolist()])';
    const python = await run('python3', ['-c', code, path], { env: { ...process.env, PYTHONUTF8: '1' } });

    expect(stdout).toContain('No errors detected');
    expect(python.stdout.trim()).toBe("None ['Notes_1.5.0.0_x64.msix', 'Assets/de-de/Übersicht 1.png', 'leer']");
    await rm(folder, { recursive: true });
  });
});

describe('blocks', () => {
  test('each full piece is a block of its own, the rest shares', () => {
    const plan = planZip([
      entryOf('a', Buffer.alloc(2 * pieceSize + 9)),
      entryOf('b', Buffer.alloc(7)),
      entryOf('c', Buffer.alloc(pieceSize)),
    ]);

    const shape = plan.blocks.map(({ parts }) =>
      parts.map((part) => (part.kind === 'literal' ? 'head' : `${part.entry}+${part.offset}`)),
    );
    expect(shape).toEqual([
      ['head'],
      ['0+0'],
      [`0+${pieceSize}`],
      [`0+${2 * pieceSize}`, 'head', '1+0', 'head'],
      ['2+0'],
      ['head', 'head', 'head', 'head'],
    ]);
  });

  test('they follow each other without gaps, with different ids of one length', () => {
    fc.assert(
      fc.property(files, (list) => {
        const plan = planOf(list);

        let offset = 0;
        for (const block of plan.blocks) {
          expect(block.offset).toBe(offset);
          offset += block.size;
        }
        expect(offset).toBe(plan.size);
        expect(new Set(plan.blocks.map(({ id }) => id)).size).toBe(plan.blocks.length);
        expect(new Set(plan.blocks.map(({ id }) => id.length)).size).toBe(1);
      }),
    );
  });

  test('the same files give the same plan, other ones another hash and other ids', () => {
    const one = entryOf('a', Buffer.from('one'));
    const plans = [
      [one],
      [{ ...one }],
      [{ ...one, name: 'b' }],
      [entryOf('a', Buffer.from('two'))],
      [{ ...one, pieceSize: 99 }],
    ].map((entries) => planZip(entries));

    expect(plans[1]).toEqual(plans[0]);
    expect(new Set(plans.map(({ hash }) => hash)).size).toBe(4);
    expect(new Set(plans.map(({ blocks }) => blocks[0]!.id)).size).toBe(4);
  });

  test('there are never more than 50,000: pieces are joined', () => {
    const size = 50_001 * pieceSize;
    const plan = planZip([sparse('huge', size).entry]);

    expect(plan.blocks.length).toBeLessThan(25_010);
    expect(Math.max(...plan.blocks.map((block) => block.size))).toBeLessThanOrEqual(2 * pieceSize);
  });
});

describe('ZIP64', () => {
  test.each([
    [0xfffffffe, 'last below'],
    [0xffffffff, 'first above'],
    [25 * 1024 ** 3, '25 GiB'],
  ])('a file of %d bytes (%s) and one behind it are found by random access', async (size) => {
    const large = sparse('large.msix', size);
    const small = Buffer.from('small content');
    const plan = planZip([large.entry, entryOf('small.png', small)]);
    const image = new ZipImage(plan, [large.source, memorySource(small)]);

    const zip = await openZip(image, { what: 'zip', keep: /./ });

    const entries = [...zip.entries.values()];
    expect(entries.map(({ fileName, uncompressedSize }) => [fileName, uncompressedSize])).toEqual([
      ['large.msix', size],
      ['small.png', small.length],
    ]);
    expect(Buffer.from(await zip.readWhole(entries[1]!, 100)).toString()).toBe('small content');
    const data = await zip.stored(entries[0]!);
    const tail = await data.read(size - 100, 100);
    expect(Buffer.from(tail).equals(madeUpBytes(Buffer.alloc(100), size - 100))).toBe(true);
    expect(image.read64).toBe(true);
    const local = Buffer.from(await image.read(0, 60));
    const sizes = [local.readUInt32LE(18), local.readUInt32LE(22), local.readUInt16LE(28)];
    expect(sizes).toEqual(size < 0xffffffff ? [size, size, 0] : [0xffffffff, 0xffffffff, 20]);
    if (size >= 0xffffffff)
      expect([40 + 4, 40 + 12].map((at) => Number(local.readBigUInt64LE(at)))).toEqual([size, size]);
  });

  test('65,534 entries go without it, 65,535 with it, and all are found', async () => {
    const content = Buffer.from('x');
    const entry = entryOf('', content);
    const folder = await mkdtemp(join(tmpdir(), 'zip-'));
    const look = async (count: number): Promise<unknown> => {
      const plan = planZip(Array.from({ length: count }, (_, index) => ({ ...entry, name: `f${index}` })));
      const bytes = await zipOf(plan, Array<PackageSource>(count).fill(memorySource(content)));
      await writeFile(join(folder, 'many.zip'), bytes);
      const code = 'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); n = z.namelist(); print(len(n), n[-1])';
      const { stdout } = await run('python3', ['-c', code, join(folder, 'many.zip')]);
      return [(await fromBufferPromise(bytes)).entryCount, stdout.trim(), bytes.includes('PK\u0006\u0006')];
    };

    expect(await look(65_534)).toEqual([65_534, '65534 f65533', false]);
    expect(await look(65_535)).toEqual([65_535, '65535 f65534', true]);
    await rm(folder, { recursive: true });
  });
});

describe('what cannot be a ZIP is refused', () => {
  const sound = entryOf('a', Buffer.from('a'));

  test.each<[string, ZipEntry[]]>([
    ['nothing', []],
    ['equal names but for case', [sound, { ...sound, name: 'A' }]],
    [
      'equal names but for the slash',
      [
        { ...sound, name: 'a/b' },
        { ...sound, name: 'a\\b' },
      ],
    ],
    ...['', '/a', 'a/', './a', '../a', 'a//b', 'a/../b', 'C:/a', 'a\u0000', 'x'.repeat(1025), '\ud800'].map(
      (name): [string, ZipEntry[]] => [`the name ${JSON.stringify(name.slice(0, 20))}`, [{ ...sound, name }]],
    ),
    ['too few pieces', [{ ...sound, pieces: [] }]],
    ['a size that is none', [{ ...sound, size: 1.5 }]],
    ['a hash that is none', [{ ...sound, pieces: ['x'] }]],
    ['a checksum that is none', [{ ...sound, crc32: -1 }]],
  ])('%s', async (_name, entries) => {
    expect((await caught(Promise.resolve().then(() => planZip(entries)))).code).toBe('archive-invalid');
  });
});

/** A made-up file of any size; its hashes are made up, too, for nobody could compute them all. */
function sparse(name: string, size: number): { entry: ZipEntry; source: PackageSource } {
  const pieces = Array<string>(Math.ceil(size / pieceSize)).fill('0'.repeat(64));
  return {
    entry: { name, size, crc32: 1, sha256: '0'.repeat(64), pieceSize, pieces },
    source: {
      size,
      pin: { size },
      read: (offset, length) => Promise.resolve(madeUpBytes(Buffer.alloc(length), offset)),
    },
  };
}

/** A planned ZIP as a source: only the bytes that are asked for are ever made. */
class ZipImage implements PackageSource {
  readonly size: number;
  readonly pin: { size: number };
  /** Whether ZIP64 end records are in it. */
  readonly read64: boolean;

  constructor(
    private readonly plan: ZipPlan,
    private readonly sources: readonly PackageSource[],
  ) {
    this.size = plan.size;
    this.pin = { size: plan.size };
    const last = plan.blocks.at(-1)!.parts.at(-1)!;
    this.read64 = last.kind === 'literal' && last.bytes.length > 22;
  }

  async read(offset: number, length: number): Promise<Uint8Array> {
    const bytes = Buffer.alloc(length);
    for (const block of this.plan.blocks) {
      if (block.offset + block.size <= offset || block.offset >= offset + length) continue;
      let at = block.offset;
      for (const part of block.parts) {
        const partLength = part.kind === 'literal' ? part.bytes.length : part.length;
        const from = Math.max(offset, at);
        const to = Math.min(offset + length, at + partLength);
        if (from < to) {
          const found =
            part.kind === 'literal'
              ? part.bytes.subarray(from - at, to - at)
              : await this.sources[part.entry]!.read(part.offset + from - at, to - from);
          bytes.set(found, from - offset);
        }
        at += partLength;
      }
    }
    return bytes;
  }
}
