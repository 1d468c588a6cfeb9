import { PackageError } from './package-error';
import { parseXml, type XmlElement, type XmlRoot } from './xml-tree';
import { unreadable } from './zip-reader';

/** Spelled as in manifests. */
export type Architecture = 'x86' | 'x64' | 'arm' | 'arm64' | 'neutral';

/** A device family and the lowest version of its system. */
export interface TargetDeviceFamily {
  /** `Windows.Desktop` */
  readonly name: string;
  /** `10.0.17763.0` */
  readonly minVersion: string;
}

/** Who a package or bundle is. */
export interface Identity {
  readonly name: string;
  /** The publisher's distinguished name. */
  readonly publisher: string;
  /** Four parts, the last one 0. */
  readonly version: string;
}

/** What `AppxManifest.xml` says. */
export interface AppxManifest {
  readonly identity: Identity;
  readonly architecture: Architecture;
  /** Lower case, in the manifest's order. */
  readonly languages: readonly string[];
  readonly targetDeviceFamilies: readonly TargetDeviceFamily[];
  /** Names of all kinds of capabilities. */
  readonly capabilities: readonly string[];
}

/** A package as a bundle lists it. */
export interface ListedPackage {
  readonly fileName: string;
  readonly type: 'application' | 'resource';
  readonly version: string;
  readonly architecture: Architecture;
  readonly languages: readonly string[];
}

/** What `AppxMetadata/AppxBundleManifest.xml` says. */
export interface BundleManifest {
  readonly identity: Identity;
  readonly packages: readonly ListedPackage[];
}

/**
 * Reads `AppxManifest.xml` (Windows 8 to 11). `what` names the file for people.
 * Throws `package-unreadable` where it is no such manifest, `package-invalid` where the Store would refuse a value.
 */
export function parseAppxManifest(bytes: Uint8Array, what: string): AppxManifest {
  const root = rootOf(bytes, { what, element: 'Package', file: 'AppxManifest.xml' });
  const families = root.children('Dependencies').flatMap((item) => item.children('TargetDeviceFamily'));
  const identity = only(root, 'Identity', what);
  return {
    identity: identityOf(identity, what),
    architecture: architectureOf(identity.attribute('ProcessorArchitecture'), what),
    languages: languagesOf(root),
    targetDeviceFamilies: families.map((family) => ({
      name: required(family, 'Name', what),
      minVersion: required(family, 'MinVersion', what),
    })),
    capabilities: unique(
      root.children('Capabilities').flatMap((item) => item.all().flatMap((one) => one.attribute('Name') ?? [])),
    ),
  };
}

/** Reads `AppxBundleManifest.xml`; throws as {@link parseAppxManifest} does. */
export function parseBundleManifest(bytes: Uint8Array, what: string): BundleManifest {
  const root = rootOf(bytes, { what, element: 'Bundle', file: 'AppxBundleManifest.xml' });
  const listed = root.children('Packages').flatMap((item) => item.children('Package'));
  const packages = listed.map((item) => ({
    fileName: required(item, 'FileName', what).replaceAll('\\', '/'),
    // The schema's default.
    type: item.attribute('Type') === 'application' ? ('application' as const) : ('resource' as const),
    version: item.attribute('Version') ?? '',
    architecture: architectureOf(item.attribute('Architecture'), what),
    languages: languagesOf(item),
  }));
  if (!packages.some(({ type }) => type === 'application')) throw unreadable(what, 'it lists no application package.');
  return { identity: identityOf(only(root, 'Identity', what), what), packages };
}

interface Expected {
  readonly what: string;
  readonly element: string;
  readonly file: string;
}

function rootOf(bytes: Uint8Array, { what, element, file }: Expected): XmlRoot {
  const root = readXml(bytes, what, file);
  if (root.name !== element || root.namespace?.startsWith('http://schemas.microsoft.com/appx/') !== true) {
    throw unreadable(what, `its ${file} is no manifest of an app package (the root is <${root.name.slice(0, 50)}>).`);
  }
  return root;
}

function readXml(bytes: Uint8Array, what: string, file: string): XmlRoot {
  try {
    return parseXml(bytes);
  } catch (error) {
    throw unreadable(what, `its ${file}: ${error instanceof Error ? error.message : 'it is no XML.'}`);
  }
}

function only(parent: XmlElement, name: string, what: string): XmlElement {
  const [first, second] = parent.children(name);
  if (!first || second) throw unreadable(what, `its manifest has not exactly one <${name}>.`);
  return first;
}

function required(element: XmlElement, name: string, what: string): string {
  const value = element.attribute(name);
  if (value === undefined || value === '') throw unreadable(what, `its manifest lacks ${name} where it is needed.`);
  return value;
}

function identityOf(element: XmlElement, what: string): Identity {
  const name = required(element, 'Name', what);
  if (!/^[-.A-Za-z0-9]{1,50}$/.test(name))
    throw invalid(what, `its identity name "${name.slice(0, 60)}" is none`, 'name');
  const version = required(element, 'Version', what);
  checkVersion(version, what);
  return { name, publisher: required(element, 'Publisher', what), version };
}

/** Four numbers up to 65535, the first not 0, the last one 0: the Store keeps it for itself. Throws `package-invalid`. */
function checkVersion(version: string, what: string): void {
  const parts = version.split('.');
  const isNumber = (part: string): boolean => /^(0|[1-9]\d{0,4})$/.test(part) && Number(part) <= 65_535;
  if (parts.length !== 4 || !parts.every(isNumber)) {
    throw invalid(
      what,
      `its version "${version.slice(0, 40)}" is not four numbers from 0 to 65535, as in 1.5.0.0`,
      'version',
    );
  }
  if (parts[0] === '0') {
    throw invalid(what, `its version is ${version}, but the Store takes none that begins with 0`, 'version');
  }
  if (parts[3] !== '0') {
    throw invalid(
      what,
      `its version is ${version}, but the Store keeps the fourth part for itself: it must be 0`,
      'version',
    );
  }
}

const architectures: ReadonlySet<string> = new Set<Architecture>(['x86', 'x64', 'arm', 'arm64', 'neutral']);
const isArchitecture = (text: string): text is Architecture => architectures.has(text);

function architectureOf(text: string | undefined, what: string): Architecture {
  const spelled = (text ?? 'neutral').toLowerCase();
  if (isArchitecture(spelled)) return spelled;
  throw invalid(
    what,
    `its architecture "${spelled.slice(0, 20)}" is none of x86, x64, arm, arm64, neutral`,
    'architecture',
  );
}

function languagesOf(parent: XmlElement): string[] {
  const resources = parent.children('Resources').flatMap((item) => item.children('Resource'));
  const named = resources.flatMap((item) => item.attribute('Language')?.toLowerCase() ?? []);
  // What Visual Studio writes where it fills in the languages itself.
  return unique(named).filter((language) => language !== 'x-generate');
}

const unique = (items: readonly string[]): string[] => [...new Set(items)];

function invalid(what: string, why: string, member: string): PackageError {
  return new PackageError('package-invalid', `${what} cannot be published: ${why}. Build it anew with another value.`, {
    detail: { member },
  });
}
