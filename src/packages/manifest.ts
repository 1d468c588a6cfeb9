import type { Entry } from 'yauzl';
import {
  parseAppxManifest,
  parseBundleManifest,
  type AppxManifest,
  type Architecture,
  type BundleManifest,
  type ListedPackage,
  type TargetDeviceFamily,
} from './appx-manifest';
import { inflatedSource } from './inflated-source';
import { PackageError } from './package-error';
import type { PackageSource } from './source';
import { openZip, unreadable, type ZipReader } from './zip-reader';

/** What a package or bundle says about itself. */
export interface PackageManifest {
  readonly kind: 'package' | 'bundle';
  readonly identityName: string;
  /** A distinguished name. */
  readonly publisher: string;
  /** Four numbers, the last one 0. */
  readonly version: string;
  /** Of the application packages, each once. */
  readonly architectures: readonly Architecture[];
  /** BCP 47 in lower case; of a bundle those of all its packages. */
  readonly languages: readonly string[];
  readonly targetDeviceFamilies: readonly TargetDeviceFamily[];
  readonly capabilities: readonly string[];
  /** Of a bundle only. */
  readonly innerPackages?: readonly ListedPackage[];
  /** Of a bundle only: what each application package runs on. */
  readonly applications?: readonly Pick<AppxManifest, 'architecture' | 'targetDeviceFamilies'>[];
}

type Kind = PackageManifest['kind'];

const kindOf: Readonly<Record<string, Kind | 'container'>> = {
  msix: 'package',
  appx: 'package',
  msixbundle: 'bundle',
  appxbundle: 'bundle',
  msixupload: 'container',
  appxupload: 'container',
};
const packageFile = 'appxmanifest.xml';
const bundleFile = 'appxmetadata/appxbundlemanifest.xml';
const wanted = /^appxmanifest\.xml$|^appxmetadata\/appxbundlemanifest\.xml$|\.(msix|appx|msixbundle|appxbundle)$/;
/** Bytes; a real manifest has a few thousand. */
const manifestLimit = 4 * 1024 * 1024;
/** Bytes, uncompressed, of what may lie deflated in an upload container. */
const deflatedLimit = 2 * 1024 ** 3;
const maxApplications = 64;

/**
 * Reads what a package is from its bytes, by random access: a few hundred kilobytes, however large it is.
 *
 * `.msix` `.appx` `.msixbundle` `.appxbundle` `.msixupload` `.appxupload`; the ending of `fileName` must agree with what
 * is inside. A bundle's application packages are looked into as well, and must be what the bundle says they are. In an
 * upload container, a stored package is read in place; a deflated one (as Visual Studio writes it) is inflated as a
 * stream, up to 2 GiB of it. `.xap` and encrypted packages cannot be read and are refused.
 *
 * Throws `package-unreadable`, `package-invalid` (ending, version, architecture, identity), `package-unsupported`, and
 * what the source throws. Reads only, so it is safe to repeat.
 */
export async function readManifest(
  source: PackageSource,
  fileName: string,
  signal?: AbortSignal,
): Promise<PackageManifest> {
  const kind = expectedKind(fileName);
  const zip = await openZip(source, { what: fileName, keep: wanted, signal });
  return kind === 'container' ? readContainer(zip, fileName, signal) : readKind(zip, { kind, what: fileName, signal });
}

function expectedKind(fileName: string): Kind | 'container' {
  const ending = /\.([^./\\]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '';
  const kind = Object.hasOwn(kindOf, ending) ? kindOf[ending] : undefined;
  if (kind !== undefined) return kind;
  const reason =
    ending === 'xap'
      ? 'packages of Windows Phone 8 (.xap) cannot be looked into by this service. Publish it in Partner Center.'
      : 'its ending is none of .msix, .appx, .msixbundle, .appxbundle, .msixupload, .appxupload. Name it by what it is.';
  throw new PackageError('package-unsupported', `${fileName} cannot be published: ${reason}`, { detail: { ending } });
}

interface Asked {
  readonly kind: Kind;
  readonly what: string;
  readonly signal: AbortSignal | undefined;
}

async function readKind(zip: ZipReader, { kind, what, signal }: Asked): Promise<PackageManifest> {
  const inPackage = zip.entries.get(packageFile);
  const inBundle = zip.entries.get(bundleFile);
  const [entry, other] = kind === 'package' ? [inPackage, inBundle] : [inBundle, inPackage];
  if (!entry) throw other ? otherKind(what, kind) : nothingFound(zip, what);
  const bytes = await zip.readWhole(entry, manifestLimit);
  if (kind === 'package') return packageOf(parseAppxManifest(bytes, what));
  return readBundle(zip, parseBundleManifest(bytes, what), { what, signal });
}

function otherKind(what: string, expected: Kind): PackageError {
  const [is, ending] = expected === 'package' ? ['a bundle', '.msixbundle'] : ['a single package', '.msix'];
  return new PackageError('package-invalid', `${what} is ${is}, as its content says. Name it *${ending}.`, {
    detail: { member: 'fileName' },
  });
}

function nothingFound(zip: ZipReader, what: string): PackageError {
  const hasPackages = [...zip.entries.keys()].some((name) => !name.includes('/'));
  const why = hasPackages
    ? 'it is a ZIP with packages in it, not a package itself. Send what is in it, or name it *.msixupload.'
    : 'it is a ZIP, but has no AppxManifest.xml.';
  return unreadable(what, why);
}

function packageOf(manifest: AppxManifest): PackageManifest {
  const { identity, architecture, languages, targetDeviceFamilies, capabilities } = manifest;
  return {
    kind: 'package',
    identityName: identity.name,
    publisher: identity.publisher,
    version: identity.version,
    architectures: [architecture],
    languages,
    targetDeviceFamilies,
    capabilities,
  };
}

/** Where a bundle says nothing of device families and capabilities, its application packages do. */
async function readBundle(
  zip: ZipReader,
  bundle: BundleManifest,
  about: Omit<Asked, 'kind'>,
): Promise<PackageManifest> {
  const applications = bundle.packages.filter(({ type }) => type === 'application');
  if (applications.length > maxApplications) throw unreadable(about.what, 'it has too many application packages.');
  const inner: AppxManifest[] = [];
  for (const listed of applications) inner.push(await readApplication(zip, { bundle, listed }, about));
  const families = inner.flatMap((manifest) => manifest.targetDeviceFamilies);
  return {
    kind: 'bundle',
    identityName: bundle.identity.name,
    publisher: bundle.identity.publisher,
    version: bundle.identity.version,
    architectures: [...new Set(inner.map(({ architecture }) => architecture))],
    languages: [...new Set(bundle.packages.flatMap(({ languages }) => languages))],
    targetDeviceFamilies: [
      ...new Map(families.map((family) => [`${family.name} ${family.minVersion}`, family])).values(),
    ],
    capabilities: [...new Set(inner.flatMap(({ capabilities }) => capabilities))],
    innerPackages: bundle.packages,
    applications: inner.map(({ architecture, targetDeviceFamilies }) => ({ architecture, targetDeviceFamilies })),
  };
}

interface Listed {
  readonly bundle: BundleManifest;
  readonly listed: ListedPackage;
}

async function readApplication(
  zip: ZipReader,
  { bundle, listed }: Listed,
  about: Omit<Asked, 'kind'>,
): Promise<AppxManifest> {
  const what = `${listed.fileName} in ${about.what}`;
  const entry = zip.entries.get(listed.fileName.toLowerCase());
  if (!entry) throw unreadable(about.what, `it lists ${listed.fileName}, but has no such file.`);
  if (entry.compressionMethod !== 0)
    throw unreadable(what, 'packages in a bundle must be stored, this one is compressed.');
  const inside = await openZip(await zip.stored(entry), { what, keep: wanted, signal: about.signal });
  const file = inside.entries.get(packageFile);
  if (!file) throw nothingFound(inside, what);
  const manifest = parseAppxManifest(await inside.readWhole(file, manifestLimit), what);
  const { name, publisher, version } = manifest.identity;
  const wrong =
    (name !== bundle.identity.name && 'name') ||
    (publisher !== bundle.identity.publisher && 'publisher') ||
    (version !== listed.version && 'version') ||
    (manifest.architecture !== listed.architecture && 'architecture');
  if (wrong === false) return manifest;
  const message = `${what} has another ${wrong} than the bundle says. Build the bundle anew from these packages.`;
  throw new PackageError('package-invalid', message, { detail: { member: wrong } });
}

async function readContainer(
  zip: ZipReader,
  fileName: string,
  signal: AbortSignal | undefined,
): Promise<PackageManifest> {
  const packages = [...zip.entries.values()].filter((entry) => kindIn(entry) !== undefined);
  const [entry, second] = packages;
  if (!entry || second) {
    throw unreadable(
      fileName,
      `an upload container has exactly one package or bundle in it; this one has ${packages.length}.`,
    );
  }
  const what = `${entry.fileName} in ${fileName}`;
  const inside = await openZip(await containedSource(zip, entry, what), { what, keep: wanted, signal });
  return readKind(inside, { kind: kindIn(entry) ?? 'package', what, signal });
}

/** Of a file at the top of a container. */
function kindIn(entry: Entry): Kind | undefined {
  const match = /^[^/]+\.(msix|appx)(bundle)?$/i.exec(entry.fileName);
  return match ? (match[2] === undefined ? 'package' : 'bundle') : undefined;
}

async function containedSource(zip: ZipReader, entry: Entry, what: string): Promise<PackageSource> {
  if (entry.compressionMethod === 0) return zip.stored(entry);
  if (entry.uncompressedSize > deflatedLimit) {
    const message = `${what} is compressed and larger than 2 GiB. Send the package or bundle in it by itself.`;
    throw new PackageError('package-unsupported', message, { detail: { size: entry.uncompressedSize } });
  }
  return inflatedSource(() => zip.stream(entry), entry.uncompressedSize, what);
}
