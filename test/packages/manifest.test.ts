import { deflateRawSync } from 'node:zlib';
import { readManifest, type PackageSource } from '../../src/packages';
import { PackageError } from '../../src/packages';
import { packageManifest } from '../../commands/sample-manifest';
import { buildBundle, buildMsix, buildZip, sampleUploadContainer } from '../support/msix';
import { caught } from './caught';
import { memorySource } from './sources';

const sample = { name: 'Contoso.Notes', publisher: 'CN=Contoso', version: '1.5.0.0', architecture: 'x64' } as const;
const read = (bytes: Uint8Array, fileName: string) => readManifest(memorySource(bytes), fileName);
/** A ZIP whose AppxManifest.xml is this text. */
const withManifest = async (manifest: string | Buffer): Promise<Buffer> => buildZip({ 'AppxManifest.xml': manifest });
const changed = (from: string | RegExp, to: string): string => packageManifest(sample).replace(from, to);

describe('packages', () => {
  test('identity, architecture, languages, device families and capabilities are read', async () => {
    const bytes = await buildMsix({
      publisher: 'CN="Contoso & Söhne", O=<x>',
      architecture: 'arm64',
      languages: ['en-US', 'de', 'EN-us', 'x-generate'],
      targetDeviceFamilies: [
        { name: 'Windows.Universal', minVersion: '10.0.17763.0' },
        { name: 'Windows.Xbox', minVersion: '10.0.19041.0' },
      ],
      capabilities: ['internetClient', 'webcam'],
    });

    expect(await read(bytes, 'Notes.MSIX')).toEqual({
      kind: 'package',
      identityName: 'Contoso.Notes',
      publisher: 'CN="Contoso & Söhne", O=<x>',
      version: '1.5.0.0',
      architectures: ['arm64'],
      languages: ['en-us', 'de'],
      targetDeviceFamilies: [
        { name: 'Windows.Universal', minVersion: '10.0.17763.0' },
        { name: 'Windows.Xbox', minVersion: '10.0.19041.0' },
      ],
      capabilities: ['internetClient', 'webcam', 'runFullTrust'],
    });
  });

  test('no architecture means neutral', async () => {
    expect((await read(await buildMsix({ architecture: undefined }), 'a.appx')).architectures).toEqual(['neutral']);
  });

  test.each([
    ['UTF-16 with its mark', Buffer.from(`\uFEFF${packageManifest(sample)}`, 'utf16le')],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${packageManifest(sample)}`)],
    [
      'a prefixed root',
      Buffer.from(changed('<Package xmlns=', '<p:Package xmlns:p=').replace('</Package>', '</p:Package>')),
    ],
    ['numeric references', Buffer.from(changed('CN=Contoso', '&#67;&#x4e;=Contoso'))],
    ['a comment with markup before the root', Buffer.from(changed('<Package', '<!-- <Bundle xmlns="x"> --><Package'))],
  ])('%s is read', async (_name, manifest) => {
    expect(await read(await withManifest(manifest), 'a.msix')).toMatchObject({
      publisher: 'CN=Contoso',
      version: '1.5.0.0',
    });
  });

  test('a large package costs a few small reads', async () => {
    const bytes = await buildMsix({ payloadSize: 30_000_000 });
    const source = memorySource(bytes);
    let sum = 0;
    const counted: PackageSource = {
      ...source,
      read: (offset, length) => ((sum += length), source.read(offset, length)),
    };

    await readManifest(counted, 'a.msix');

    expect(sum).toBeLessThan(1_500_000);
  });
});

describe('bundles', () => {
  test('the application packages in it are looked into', async () => {
    const bundle = await buildBundle({
      'Notes x64.msix': { architecture: 'x64', languages: ['en-us', 'de-de'] },
      'Notes_arm64.msix': { architecture: 'arm64', capabilities: ['location'] },
    });

    expect(await read(bundle, 'Notes.msixbundle')).toMatchObject({
      kind: 'bundle',
      identityName: 'Contoso.Notes',
      publisher: 'CN=Contoso',
      version: '1.5.0.0',
      architectures: ['x64', 'arm64'],
      languages: ['en-us', 'de-de'],
      targetDeviceFamilies: [{ name: 'Windows.Desktop', minVersion: '10.0.17763.0' }],
      capabilities: ['internetClient', 'runFullTrust', 'location'],
      innerPackages: [
        { fileName: 'Notes x64.msix', type: 'application', version: '1.5.0.0', architecture: 'x64' },
        { fileName: 'Notes_arm64.msix', architecture: 'arm64' },
      ],
      applications: ['x64', 'arm64'].map((architecture) => ({
        architecture,
        targetDeviceFamilies: [{ name: 'Windows.Desktop', minVersion: '10.0.17763.0' }],
      })),
    });
  });

  test.each([
    ['name', { name: 'Contoso.Other' }],
    ['publisher', { publisher: 'CN=Other' }],
  ])('a package of another %s than the bundle is refused', async (member, options) => {
    const error = await caught(read(await buildBundle({ 'a.msix': options }), 'a.msixbundle'));

    expect(error).toMatchObject({ code: 'package-invalid', detail: { member } });
    expect(error.message).toContain('a.msix in a.msixbundle');
  });

  test('packages that are listed and not there, or compressed, are unreadable', async () => {
    const manifest = (fileName: string): string => `<Bundle xmlns="http://schemas.microsoft.com/appx/2013/bundle">
      <Identity Name="A" Publisher="CN=A" Version="1.0.0.0"/><Packages><Package Type="application" FileName="${fileName}" Version="1.0.0.0"/></Packages></Bundle>`;
    const bundle = (fileName: string): Promise<Buffer> =>
      buildZip({ 'a.msix': 'x'.repeat(100), 'AppxMetadata/AppxBundleManifest.xml': manifest(fileName) });

    const absent = await caught(read(await bundle('b.msix'), 'a.msixbundle'));
    const compressed = await caught(read(await bundle('a.msix'), 'a.msixbundle'));

    expect(absent).toMatchObject({ code: 'package-unreadable', message: expect.stringContaining('lists b.msix') });
    expect(compressed).toMatchObject({ code: 'package-unreadable', message: expect.stringContaining('compressed') });
  });
});

describe('upload containers', () => {
  test.each([
    ['stored', false],
    ['deflated', true],
  ])('a bundle %s in an .msixupload is read', async (_name, compress) => {
    const inner = await buildBundle({
      'a.msix': { payloadSize: 9_000_000 },
      'b.msix': { architecture: 'x86' },
    });
    const bytes = await sampleUploadContainer({ fileName: 'Notes.msixbundle', bytes: inner, compress });

    expect(await read(bytes, 'Notes.msixupload')).toMatchObject({ kind: 'bundle', architectures: ['x64', 'x86'] });
  });

  test('a package beside symbols is read', async () => {
    const bytes = await buildZip({ 'Notes.msix': await buildMsix(), 'Notes.appxsym': 'symbols' });

    expect(await read(bytes, 'Notes.appxupload')).toMatchObject({ kind: 'package', version: '1.5.0.0' });
  });

  test('one with none or two packages is unreadable', async () => {
    const none = await caught(read(await buildZip({ 'a.txt': 'x' }), 'a.msixupload'));
    const two = await caught(read(await buildZip({ 'a.msix': 'x', 'b.appx': 'x' }), 'a.msixupload'));

    expect([none, two].map(({ code }) => code)).toEqual(['package-unreadable', 'package-unreadable']);
  });

  test('a compressed package that is damaged is unreadable, not a crash', async () => {
    const bytes = await sampleUploadContainer({
      fileName: 'a.msix',
      bytes: await buildMsix({ payloadSize: 300_000 }),
      compress: true,
    });
    bytes.fill(0xff, 40, 100);

    expect((await caught(read(bytes, 'a.msixupload'))).code).toBe('package-unreadable');
  });
});

describe('what cannot be published says why', () => {
  test.each([
    ['a.msix', 'is a bundle', () => buildBundle()],
    ['a.msixbundle', 'is a single package', () => buildMsix()],
  ])('%s: %s', async (fileName, why, bytes) => {
    const error = await caught(read(await bytes(), fileName));

    expect(error).toMatchObject({ code: 'package-invalid', detail: { member: 'fileName' } });
    expect(error.message).toContain(why);
  });

  test.each(['a.xap', 'a.zip', 'a', 'a.emsix', 'a.constructor', 'folder.msix/a'])(
    'the ending of %s',
    async (fileName) => {
      expect((await caught(read(await buildMsix(), fileName))).code).toBe('package-unsupported');
    },
  );

  test.each([
    ['1.5.0.3', 'fourth part'],
    ['0.5.0.0', 'begins with 0'],
    ['1.5.0', 'four numbers'],
    ['1.5.0.0.0', 'four numbers'],
    ['1.65536.0.0', 'four numbers'],
    ['1.05.0.0', 'four numbers'],
    ['1.-5.0.0', 'four numbers'],
    ['1.x.0.0', 'four numbers'],
  ])('version %s', async (version, why) => {
    const error = await caught(read(await buildMsix({ version }), 'a.msix'));

    expect(error).toMatchObject({ code: 'package-invalid', detail: { member: 'version' } });
    expect(error.message).toContain(why);
    expect(error.message).toContain(version);
  });

  test('an unknown architecture and a bad name', async () => {
    const ia64 = await caught(read(await withManifest(changed('"x64"', '"ia64"')), 'a.msix'));
    const name = await caught(read(await buildMsix({ name: 'Contoso Notes' }), 'a.msix'));

    expect(ia64).toMatchObject({ code: 'package-invalid', detail: { member: 'architecture' } });
    expect(name).toMatchObject({ code: 'package-invalid', detail: { member: 'name' } });
  });
});

describe('what is no package is unreadable, with the reason', () => {
  const zip = Buffer.from('PK\u0005\u0006');

  test.each<[string, string, () => Promise<Buffer> | Buffer]>([
    ['not a ZIP', 'ZIP', () => Buffer.from('not a zip at all, but longer than its end record would be')],
    ['one byte', 'ZIP', () => Buffer.from('x')],
    ['a bare end record', 'AppxManifest.xml', () => Buffer.concat([zip, Buffer.alloc(18)])],
    ['a cut package', 'ZIP', async () => (await buildMsix()).subarray(0, -300)],
    [
      'a package without its beginning',
      'ZIP',
      async () => (await buildMsix({ payloadSize: 500_000 })).subarray(50_000),
    ],
    ['a ZIP without manifest', 'AppxManifest.xml', () => buildZip({ 'a.txt': 'x' })],
    ['a ZIP of packages', 'msixupload', async () => buildZip({ 'a.msix': await buildMsix() })],
    ['an empty manifest', 'well-formed', () => withManifest('')],
    ['a manifest that is no XML', 'well-formed', () => withManifest('{"json": true}')],
    ['a manifest that is cut', 'well-formed', () => withManifest(packageManifest(sample).slice(0, -20))],
    ['a manifest of binary', 'UTF-8', () => withManifest(Buffer.from([0x3c, 0x80, 0x81, 0xff]))],
    ['another document', '<html>', () => withManifest('<html xmlns="http://www.w3.org/1999/xhtml"/>')],
    ['another namespace', 'no manifest', () => withManifest('<Package xmlns="urn:x"/>')],
    ['two roots', 'root', () => withManifest(`${packageManifest(sample)}<Package/>`)],
    ['no identity', '<Identity>', () => withManifest(changed(/<Identity[^>]*>/, ''))],
    ['two identities', '<Identity>', () => withManifest(changed(/(<Identity[^>]*>)/, '$1$1'))],
    ['no version', 'Version', () => withManifest(changed('Version="1.5.0.0"', ''))],
    [
      'a document type',
      'document type',
      () => withManifest(`<!DOCTYPE Package [<!ENTITY a "aaaa">]>${changed(/^<\?xml.*\n/, '')}`),
    ],
    ['an unknown entity', 'entity', () => withManifest(changed('CN=Contoso', '&contoso;'))],
    [
      'a name that harms objects',
      'AppxManifest.xml',
      () => withManifest(changed('<Properties>', '<__proto__/><Properties>')),
    ],
    [
      'deep nesting',
      'nested',
      () => withManifest(changed('<Properties>', `${'<a>'.repeat(100)}${'</a>'.repeat(100)}<Properties>`)),
    ],
    ['a huge manifest', 'at most', () => withManifest(`${packageManifest(sample)}${' '.repeat(5_000_000)}`)],
    ['a path that climbs out', 'ZIP', () => renamed('ab/', '../')],
    ['a manifest that is not as large as it says', 'ZIP', () => bomb(200)],
    ['a manifest that is larger than it says', 'ZIP', () => bomb(3_000_000)],
    ['a damaged manifest', 'CRC', () => damaged()],
  ])('%s', async (_name, why, bytes) => {
    const error = await caught(read(await bytes(), 'a.msix'));

    expect(error).toMatchObject({ code: 'package-unreadable', retryable: false });
    expect(error.message).toContain(why);
    expect(error.message).toMatch(/^a\.msix cannot be read: .*\.$/s);
  });

  async function renamed(from: string, to: string): Promise<Buffer> {
    const bytes = await buildZip({ [`${from}AppxManifest.xml`]: packageManifest(sample) });
    return Buffer.from(bytes.toString('latin1').replaceAll(from, to), 'latin1');
  }

  /** A ZIP whose manifest declares 1000 bytes and inflates to `real`. */
  async function bomb(real: number): Promise<Buffer> {
    const honest = await buildZip({ 'AppxManifest.xml': 'x'.repeat(1000) });
    const before = deflateRawSync('x'.repeat(1000));
    const after = deflateRawSync('x'.repeat(real));
    const at = honest.indexOf(before);
    const bytes = Buffer.concat([honest.subarray(0, at), after, honest.subarray(at + before.length)]);
    const grown = after.length - before.length;
    const central = bytes.indexOf('PK\u0001\u0002');
    bytes.writeUInt32LE(after.length, central + 20);
    const end = bytes.lastIndexOf('PK\u0005\u0006');
    bytes.writeUInt32LE(bytes.readUInt32LE(end + 16) + grown, end + 16);
    return bytes;
  }

  async function damaged(): Promise<Buffer> {
    const bytes = await buildZip({ 'AppxManifest.xml': packageManifest(sample) }, false);
    bytes.write('2', bytes.indexOf('1.5.0.0'));
    return bytes;
  }
});

test('what the source throws comes through, and no byte string makes it throw anything else', async () => {
  const bytes = await buildMsix();
  const changedSource: PackageSource = {
    ...memorySource(bytes),
    read: () => Promise.reject(new PackageError('package-changed', 'It changed.')),
  };

  expect((await caught(readManifest(changedSource, 'a.msix'))).code).toBe('package-changed');
  for (let at = 0; at < bytes.length; at += 97) {
    const broken = Buffer.from(bytes);
    broken.fill(at % 251, at, at + 5);
    await read(broken, 'a.msix').catch((error: unknown) => expect(error).toBeInstanceOf(PackageError));
  }
});
