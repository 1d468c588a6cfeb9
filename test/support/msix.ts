/** Packages for tests: the sample builder with defaults, and ZIPs with any content for the bad ones. */
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { ZipFile } from 'yazl';
import {
  sampleBundle,
  samplePackage,
  type SampleInnerPackage,
  type SamplePackageOptions,
} from '../../commands/sample-package';

export { sampleUploadContainer, streamSamplePackage } from '../../commands/sample-package';

const defaults: SamplePackageOptions = {
  name: 'Contoso.Notes',
  publisher: 'CN=Contoso',
  version: '1.5.0.0',
  architecture: 'x64',
};

/** A valid `.msix` of Contoso.Notes 1.5.0.0 for x64, changed as asked. */
export function buildMsix(options: Partial<SamplePackageOptions> = {}): Promise<Buffer> {
  return samplePackage({ ...defaults, ...options });
}

/** A valid `.msixbundle` of the given packages (file name → how it differs from the default). */
export function buildBundle(
  packages: Readonly<Record<string, Partial<SamplePackageOptions>>> = {
    'Notes_x64.msix': { architecture: 'x64' },
    'Notes_arm64.msix': { architecture: 'arm64' },
  },
  version = '1.5.0.0',
): Promise<Buffer> {
  const inner: SampleInnerPackage[] = Object.entries(packages).map(([fileName, options]) => ({
    fileName,
    options: { ...defaults, version, ...options },
  }));
  return sampleBundle({ name: defaults.name, publisher: defaults.publisher, version, packages: inner });
}

/** A ZIP with exactly these entries. */
export function buildZip(entries: Readonly<Record<string, string | Buffer>>, compress = true): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(entries)) zip.addBuffer(Buffer.from(content), name, { compress });
  zip.end();
  return buffer(Readable.from(zip.outputStream));
}
