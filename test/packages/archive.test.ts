import { openArchive, readPng, type Archive } from '../../src/packages';
import { buildMsix, buildZip } from '../support/msix';
import { png } from '../support/pictures';
import { caught } from './caught';
import { memorySource } from './sources';

function open(bytes: Uint8Array): Promise<Archive> {
  return openArchive(memorySource(bytes, { etag: '"1"' }), 'listing/');
}

/** The same ZIP with other bytes wherever these stand, as a bad tool, or a bad person, would write it. */
function altered(zip: Buffer, from: string, to: string): Buffer {
  return Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1');
}

/** Sets a field of the first record of the directory (APPNOTE 4.3.12). */
function inDirectory(zip: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(zip);
  copy.writeUInt32LE(value, copy.indexOf(Buffer.from([0x50, 0x4b, 1, 2])) + at);
  return copy;
}

test.each([
  ['stored', false],
  ['compressed', true],
])('gives the files of a ZIP, %s, by their names without case', async (_how, compress) => {
  const archive = await open(
    await buildZip({ 'en-us/1.png': png(1920, 1080, 'x'.repeat(5000)), 'b.txt': 'b' }, compress),
  );

  const source = await archive.open('EN-US/1.PNG', 'forward');

  expect(archive.files).toEqual([
    { name: 'en-us/1.png', size: 5033 },
    { name: 'b.txt', size: 1 },
  ]);
  expect(source?.pin).toEqual({ size: 5033, etag: '"1"' });
  expect(Buffer.from((await source?.read(33, 5000)) ?? []).toString()).toBe('x'.repeat(5000));
  expect(await readPng(source!)).toEqual({ width: 1920, height: 1080 });
  expect(await archive.open('c.txt', 'forward')).toBeUndefined();
});

test('reads that overlap in time are done one after the other, also those that go back', async () => {
  const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
  const source = await (await open(await buildZip({ 'a.bin': bytes }))).open('a.bin', 'forward');
  const ranges = [
    [200_000, 50_000],
    [250_000, 50_000],
    [0, 10],
    [100_000, 100_000],
  ] as const;

  const read = await Promise.all(ranges.map(([offset, length]) => source!.read(offset, length)));

  read.forEach((part, index) => {
    const [offset, length] = ranges[index]!;
    expect(Buffer.from(part).equals(bytes.subarray(offset, offset + length))).toBe(true);
  });
});

test.each([
  [
    'a name that leads out of it',
    async () => altered(await buildZip({ 'aa/x.png': 'x' }), 'aa/x.png', '../x.png'),
    /relative path/,
  ],
  ['an absolute name', async () => altered(await buildZip({ 'a/x.png': 'x' }), 'a/x.png', '/ax.png'), /absolute path/],
  ['a name that is there twice', () => buildZip({ 'A.png': 'x', 'a.png': 'y' }), /"a\.png" is in it twice/],
  ['an encrypted file', async () => inDirectory(await buildZip({ 'a.png': 'x' }), 6, 0x0001_0014), /encrypted/],
  ['something else', async () => Buffer.from('no ZIP at all, but long enough to look for its end'), /no sound ZIP/],
  ['a ZIP that was cut', async () => (await buildZip({ 'a.png': 'x'.repeat(1000) })).subarray(0, -30), /no sound ZIP/],
])('refuses %s', async (_what, make, message) => {
  const error = await caught(make().then(open));

  expect(error).toMatchObject({ code: 'archive-unusable', retryable: false });
  expect(error.message).toMatch(message);
  expect(error.message).toContain('listing/');
});

test('refuses more files than anybody sends', async () => {
  const many = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`${index}.txt`, '']));

  expect((await caught(buildZip(many, false).then(open))).message).toMatch(/more than 10000 files/);
});

test.each([
  ['more', 100, /too many bytes/],
  ['fewer', 100_000, /not enough bytes|ends early/],
])('a file with %s bytes than its ZIP says is refused when it is read', async (_how, size, message) => {
  const archive = await open(inDirectory(await buildZip({ 'a.png': 'x'.repeat(50_000) }), 24, size));
  const source = await archive.open('a.png', 'forward');

  const error = await caught(source!.read(0, size));

  expect(error.message).toMatch(message);
});

test('a compressed package in a ZIP can be looked into', async () => {
  const msix = await buildMsix({ payloadSize: 100_000 });
  const archive = await open(await buildZip({ 'Notes.msix': msix }));

  const source = await archive.open('Notes.msix', 'anywhere');

  expect(Buffer.from((await source?.read(msix.length - 22, 22)) ?? []).equals(msix.subarray(-22))).toBe(true);
  expect(Buffer.from((await source?.read(0, 30)) ?? []).equals(msix.subarray(0, 30))).toBe(true);
});

test.each([
  ['a text', Buffer.from('no picture, but long enough to have a head')],
  ['a picture that was cut', png(1, 1, '').subarray(0, 20)],
  ['the signature alone', Buffer.concat([png(1, 1, '').subarray(0, 8), Buffer.alloc(30)])],
])('%s is no PNG', async (_what, bytes) => {
  expect(await readPng(memorySource(bytes))).toBeNull();
});
