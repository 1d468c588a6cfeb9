import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { fromBufferPromise } from 'yauzl';
import { buildBundle, buildMsix, streamSamplePackage } from '../support/msix';

async function entriesOf(bytes: Buffer): Promise<Map<string, Buffer>> {
  const entries = new Map<string, Buffer>();
  const zip = await fromBufferPromise(bytes, { autoClose: false });
  for await (const entry of zip.eachEntry())
    entries.set(entry.fileName, await buffer(await zip.openReadStreamPromise(entry)));
  return entries;
}

test('the block map of a sample package has the hashes of every block of every file', async () => {
  const entries = await entriesOf(await buildMsix({ payloadSize: 200_000 }));

  const map = String(entries.get('AppxBlockMap.xml'));
  const files = [...map.matchAll(/<File Name="([^"]+)" Size="(\d+)"[^>]*>(.*?)<\/File>/gs)];
  expect(files).toHaveLength(entries.size - 2);
  for (const [, name, size, blocks] of files) {
    const content = entries.get(name!.replaceAll('\\', '/'))!;
    const hashes = [...blocks!.matchAll(/Hash="([^"]+)"/g)].map((match) => match[1]);
    const expected = Array.from({ length: Math.ceil(content.length / 65_536) }, (_, index) =>
      createHash('sha256')
        .update(content.subarray(index * 65_536, (index + 1) * 65_536))
        .digest('base64'),
    );
    expect({ name, size: Number(size), hashes }).toEqual({ name, size: content.length, hashes: expected });
  }
});

test('a bundle names where each of its packages begins', async () => {
  const bundle = await buildBundle();

  const entries = await entriesOf(bundle);
  const manifest = String(entries.get('AppxMetadata/AppxBundleManifest.xml'));
  const listed = [...manifest.matchAll(/FileName="([^"]+)" Offset="(\d+)" Size="(\d+)"/g)];
  expect(listed).toHaveLength(2);
  for (const [, name, offset, size] of listed) {
    const cut = bundle.subarray(Number(offset), Number(offset) + Number(size));
    expect(cut.equals(entries.get(name!)!)).toBe(true);
  }
});

test('the same options give the same bytes, another seed gives others', async () => {
  const [one, again, other] = await Promise.all([buildMsix(), buildMsix(), buildMsix({ payloadSeed: 2 })]);

  expect(one.equals(again)).toBe(true);
  expect(one.equals(other)).toBe(false);
});

test('the system can unpack it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'msix-'));
  const file = join(folder, 'sample.msix');
  const options = { name: 'A.B', publisher: 'CN=A', version: '1.0.0.0', payloadSize: 3_000_000 };
  await writeFile(file, streamSamplePackage(options));

  const tested = await promisify(execFile)('unzip', ['-t', file]);

  expect(tested.stdout).toContain('No errors detected');
  await rm(folder, { recursive: true });
});
