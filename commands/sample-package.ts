/**
 * Builds small but complete MSIX packages, bundles and upload containers: manifest, content types, block map with real
 * hashes, logos and a payload of any size. Unsigned, as a developer hands them to Partner Center, which signs them.
 *
 * The same options always give the same bytes. Only the logos and the executable are dummies: the app would not run.
 */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import {
  bundleManifest,
  contentTypes,
  packageManifest,
  type SampleBundleOptions,
  type SamplePackageOptions,
} from './sample-manifest';
import { solidPng } from './sample-png';

export type { SampleBundleOptions, SampleInnerPackage, SamplePackageOptions } from './sample-manifest';

interface PackageFile {
  readonly name: string;
  readonly size: number;
  /** The content from its beginning, in pieces of any length. */
  content(): Iterable<Uint8Array>;
}

/** Block maps hash each file in blocks of this many bytes. */
const blockSize = 65_536;
const epoch = new Date(Date.UTC(2020, 0, 1));

/** The package as a stream, for payloads larger than memory; the content is made twice, once for the block map. */
export function streamSamplePackage(options: SamplePackageOptions): Readable {
  const files = [
    payloadFile('payload.bin', options.payloadSize ?? 1024, options.payloadSeed ?? 1),
    wholeFile('App.exe', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(510)])),
    wholeFile('Assets/StoreLogo.png', solidPng(50, 50)),
    wholeFile('Assets/Square150x150Logo.png', solidPng(150, 150)),
    wholeFile('Assets/Square44x44Logo.png', solidPng(44, 44)),
    wholeFile('AppxManifest.xml', Buffer.from(packageManifest(options))),
  ];
  return container(files, contentTypes('package'));
}

/** The package in memory. */
export function samplePackage(options: SamplePackageOptions): Promise<Buffer> {
  return buffer(streamSamplePackage(options));
}

/** A bundle (`.msixbundle`) in memory, its packages stored uncompressed as the format demands. */
export async function sampleBundle(options: SampleBundleOptions): Promise<Buffer> {
  const inner: { file: PackageFile; options: SamplePackageOptions; offset: number }[] = [];
  let offset = 0;
  for (const { fileName, options: innerOptions } of options.packages) {
    const file = wholeFile(fileName, await samplePackage(innerOptions));
    inner.push({ file, options: innerOptions, offset: offset + headerSize(file) });
    offset += headerSize(file) + file.size + descriptorSize;
  }
  const described = inner.map((item) => ({ ...item.file, options: item.options, offset: item.offset }));
  const manifest = wholeFile('AppxMetadata/AppxBundleManifest.xml', Buffer.from(bundleManifest(options, described)));
  return buffer(container([...inner.map((item) => item.file), manifest], contentTypes('bundle')));
}

/** An `.msixupload`: a ZIP with one package or bundle in it. */
export function sampleUploadContainer(inner: { fileName: string; bytes: Buffer; compress: boolean }): Promise<Buffer> {
  const zip = new ZipFile();
  zip.addBuffer(inner.bytes, inner.fileName, { compress: inner.compress, mtime: epoch, forceDosTimestamp: true });
  zip.end();
  return buffer(Readable.from(zip.outputStream));
}

function container(files: readonly PackageFile[], types: string): Readable {
  const zip = new ZipFile();
  const closing = [
    wholeFile('AppxBlockMap.xml', Buffer.from(blockMap(files))),
    wholeFile('[Content_Types].xml', Buffer.from(types)),
  ];
  for (const file of [...files, ...closing]) {
    const options = { compress: false, size: file.size, mtime: epoch, forceDosTimestamp: true };
    zip.addReadStreamLazy(file.name, options, (done) => done(null, Readable.from(file.content())));
  }
  zip.end();
  return Readable.from(zip.outputStream);
}

/** A local file header of yazl: no extra field. */
const headerSize = (file: PackageFile): number => 30 + Buffer.byteLength(file.name);
/** yazl writes a data descriptor behind what it streams; 16 bytes below 4 GiB. */
const descriptorSize = 16;

function blockMap(files: readonly PackageFile[]): string {
  const described = files.map((file) => {
    const blocks = blockHashes(file).map((hash) => `    <Block Hash="${hash}"/>\n`);
    const name = file.name.replaceAll('/', '\\');
    return `  <File Name="${name}" Size="${file.size}" LfhSize="${headerSize(file)}">\n${blocks.join('')}  </File>\n`;
  });
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n',
    '<BlockMap xmlns="http://schemas.microsoft.com/appx/2010/blockmap"',
    ' HashMethod="http://www.w3.org/2001/04/xmlenc#sha256">\n',
    ...described,
    '</BlockMap>\n',
  ].join('');
}

/** Relies on the content coming in pieces that end at block ends. */
function blockHashes(file: PackageFile): string[] {
  const hashes: string[] = [];
  for (const piece of file.content()) {
    for (let at = 0; at < piece.length; at += blockSize) {
      const block = piece.subarray(at, at + blockSize);
      hashes.push(createHash('sha256').update(block).digest('base64'));
    }
  }
  return hashes;
}

function wholeFile(name: string, bytes: Buffer): PackageFile {
  return { name, size: bytes.length, content: () => [bytes] };
}

/** A payload that no compression shrinks much and whose every block differs, made as it is read. */
function payloadFile(name: string, size: number, seed: number): PackageFile {
  function* content(): Generator<Uint8Array> {
    const noise = createNoise(seed);
    for (let at = 0; at < size; at += blockSize) {
      const block = Buffer.from(noise.subarray(0, Math.min(blockSize, size - at)));
      if (block.length >= 8) block.writeBigUInt64LE(BigInt(at), 0);
      yield block;
    }
  }
  return { name, size, content };
}

function createNoise(seed: number): Buffer {
  const parts: Buffer[] = [];
  for (let index = 0; index < blockSize / 32; index++) {
    parts.push(createHash('sha256').update(`${seed}:${index}`).digest());
  }
  return Buffer.concat(parts);
}
