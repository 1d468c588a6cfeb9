import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import { Archive } from './archive';

/** What the store reads from a package. */
export interface PackageFacts {
  readonly name: string;
  readonly publisher: string;
  readonly version: string;
  readonly architecture: string;
  readonly languages: string[];
  readonly capabilities: string[];
  readonly targetDeviceFamilies: string[];
}

const MANIFEST = 'AppxManifest.xml';
const BUNDLE_MANIFEST = 'AppxMetadata/AppxBundleManifest.xml';
const MANIFEST_LIMIT = 16 * 1024 * 1024;
const LISTS = new Set(['Resource', 'Package', 'TargetDeviceFamily', 'Capability', 'DeviceCapability']);
const ARCHITECTURES: Readonly<Record<string, string>> = {
  x86: 'x86',
  x64: 'x64',
  arm: 'ARM',
  arm64: 'ARM64',
  neutral: 'Neutral',
};

/** An element without content parses to an empty string. */
const element = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? {} : value), schema);

const Identity = z.object({
  '@Name': z.string(),
  '@Publisher': z.string(),
  '@Version': z.string(),
  '@ProcessorArchitecture': z.string().default('neutral'),
});
const Resources = element(
  z.object({ Resource: z.array(z.object({ '@Language': z.string().optional() })).default([]) }),
);
const Named = z.array(element(z.object({ '@Name': z.string().optional() }))).default([]);
const Manifest = z.object({
  Package: z.tuple([
    z.object({
      Identity,
      Resources: Resources.optional(),
      Capabilities: element(z.object({ Capability: Named, DeviceCapability: Named })).optional(),
      Dependencies: element(
        z.object({
          TargetDeviceFamily: z.array(z.object({ '@Name': z.string(), '@MinVersion': z.string() })).default([]),
        }),
      ).optional(),
    }),
  ]),
});
const BundleManifest = z.object({
  Bundle: z.object({
    Identity: Identity,
    Packages: z.object({
      Package: z.array(
        z.object({
          '@Type': z.string().default('resource'),
          '@Architecture': z.string().default('neutral'),
          '@FileName': z.string(),
          Resources: Resources.optional(),
        }),
      ),
    }),
  }),
});

/** Thrown when a package cannot be read; the message says why. */
class UnreadablePackage extends Error {}

/**
 * Reads the manifest of a package, of a bundle (with its first application package), or of an upload archive
 * (`.msixupload`, `.appxupload`: the package or bundle inside). *Documented* formats; which architecture a bundle of
 * several shows is *assumed* (`Neutral`).
 */
export async function readPackage(archive: Archive): Promise<PackageFacts> {
  if (archive.has(MANIFEST)) return readManifest(await readXml(archive, MANIFEST));
  if (archive.has(BUNDLE_MANIFEST)) return readBundle(archive);
  const inner = archive.names().find((name) => /^[^/]+\.(msix|appx)(bundle)?$/i.test(name));
  if (inner === undefined) throw new UnreadablePackage(`no ${MANIFEST} and no ${BUNDLE_MANIFEST} inside`);
  return readNested(archive, inner);
}

async function readNested(archive: Archive, name: string): Promise<PackageFacts> {
  const inner = await Archive.open(await archive.nested(name));
  try {
    return await readPackage(inner);
  } finally {
    await inner.close();
  }
}

async function readBundle(archive: Archive): Promise<PackageFacts> {
  const { Bundle } = parse(BundleManifest, await readXml(archive, BUNDLE_MANIFEST));
  const packages = Bundle.Packages.Package;
  const applications = packages.filter((p) => p['@Type'].toLowerCase() === 'application');
  const [first] = applications;
  if (!first) throw new UnreadablePackage('the bundle has no application package');
  const missing = packages.find((p) => !archive.has(partName(archive, p['@FileName'])));
  if (missing) throw new UnreadablePackage(`the bundle lacks ${missing['@FileName']}`);
  const inside = await readNested(archive, partName(archive, first['@FileName']));
  return {
    ...inside,
    name: Bundle.Identity['@Name'],
    publisher: Bundle.Identity['@Publisher'],
    version: Bundle.Identity['@Version'],
    architecture: applications.length === 1 ? architecture(first['@Architecture']) : 'Neutral',
    languages: unique([...packages.flatMap((p) => languagesOf(p.Resources)), ...inside.languages]),
  };
}

/** The entry for a file name of a bundle manifest: packaging tools escape what a URI would, some others do not. */
function partName(archive: Archive, fileName: string): string {
  const plain = fileName.replaceAll('\\', '/');
  return archive.has(plain) ? plain : encodeURI(plain);
}

function readManifest(xml: unknown): PackageFacts {
  const [{ Identity: identity, Resources: resources, Capabilities, Dependencies }] = parse(Manifest, xml).Package;
  const capabilities = [...(Capabilities?.Capability ?? []), ...(Capabilities?.DeviceCapability ?? [])];
  return {
    name: identity['@Name'],
    publisher: identity['@Publisher'],
    version: identity['@Version'],
    architecture: architecture(identity['@ProcessorArchitecture']),
    languages: languagesOf(resources),
    capabilities: capabilities.flatMap((capability) => capability['@Name'] ?? []),
    targetDeviceFamilies: (Dependencies?.TargetDeviceFamily ?? []).map(
      (family) => `${family['@Name']} min version ${family['@MinVersion']}`,
    ),
  };
}

function parse<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new UnreadablePackage(`the manifest is not valid at ${parsed.error.issues[0]?.path.join('/') ?? 'its root'}`);
}

async function readXml(archive: Archive, name: string): Promise<unknown> {
  const text = (await archive.head(name, MANIFEST_LIMIT)).toString('utf8').replace(/^\uFEFF/, '');
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    removeNSPrefix: true,
    parseAttributeValue: false,
    isArray: (tag) => LISTS.has(tag),
  });
  // A parser's result has no type; the schemas above give it one.
  return parser.parse(text) as unknown;
}

function languagesOf(resources: z.infer<typeof Resources> | undefined): string[] {
  return unique((resources?.Resource ?? []).flatMap((resource) => resource['@Language'] ?? []));
}

function architecture(text: string): string {
  return ARCHITECTURES[text.toLowerCase()] ?? text;
}

function unique(texts: string[]): string[] {
  return [...new Set(texts)];
}
