/** The XML texts of the sample packages, in the shape that Visual Studio's packaging tools write. */

/** What a sample package says about itself. */
export interface SamplePackageOptions {
  /** `Identity/@Name`, e.g. `Contoso.Notes`. */
  readonly name: string;
  /** `Identity/@Publisher`, a distinguished name, e.g. `CN=Contoso`. */
  readonly publisher: string;
  /** Four parts, the last one 0 for the Store. */
  readonly version: string;
  /** Spelled as in manifests; `undefined` leaves the attribute out, which means neutral. */
  readonly architecture?: 'x86' | 'x64' | 'arm' | 'arm64' | 'neutral' | undefined;
  /** BCP 47; default `['en-us']`. */
  readonly languages?: readonly string[];
  /** Default Windows.Desktop 10.0.17763.0. */
  readonly targetDeviceFamilies?: readonly { readonly name: string; readonly minVersion: string }[];
  /** General capabilities such as `internetClient`; default that one. */
  readonly capabilities?: readonly string[];
  /** Bytes of the payload file; default 1024. */
  readonly payloadSize?: number;
  /** Packages with other seeds have other payloads; default 1. */
  readonly payloadSeed?: number;
}

/** A package inside a bundle. */
export interface SampleInnerPackage {
  readonly fileName: string;
  readonly options: SamplePackageOptions;
}

/** What a sample bundle says about itself. */
export interface SampleBundleOptions {
  readonly name: string;
  readonly publisher: string;
  readonly version: string;
  readonly packages: readonly SampleInnerPackage[];
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const xml = (text: string): string => text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);

const desktop = [{ name: 'Windows.Desktop', minVersion: '10.0.17763.0' }];
const declaration = '<?xml version="1.0" encoding="utf-8"?>\n';

const resourceLines = (options: SamplePackageOptions): string =>
  (options.languages ?? ['en-us']).map((language) => `    <Resource Language="${xml(language)}"/>\n`).join('');

const deviceLines = (options: SamplePackageOptions, prefix: string): string =>
  (options.targetDeviceFamilies ?? desktop)
    .map(
      ({ name, minVersion }) =>
        `    <${prefix}TargetDeviceFamily Name="${xml(name)}" MinVersion="${xml(minVersion)}" MaxVersionTested="10.0.26100.0"/>\n`,
    )
    .join('');

/** `AppxManifest.xml` of a full-trust desktop app. */
export function packageManifest(options: SamplePackageOptions): string {
  const architecture =
    options.architecture === undefined ? '' : ` ProcessorArchitecture="${xml(options.architecture)}"`;
  const capabilities = (options.capabilities ?? ['internetClient'])
    .map((name) => `    <Capability Name="${xml(name)}"/>\n`)
    .join('');
  return `${declaration}<Package xmlns="http://schemas.microsoft.com/appx/manifest/foundation/windows10"
  xmlns:uap="http://schemas.microsoft.com/appx/manifest/uap/windows10"
  xmlns:rescap="http://schemas.microsoft.com/appx/manifest/foundation/windows10/restrictedcapabilities"
  IgnorableNamespaces="uap rescap">
  <Identity Name="${xml(options.name)}" Publisher="${xml(options.publisher)}" Version="${xml(options.version)}"${architecture}/>
  <Properties>
    <DisplayName>Sample</DisplayName>
    <PublisherDisplayName>Sample publisher</PublisherDisplayName>
    <Logo>Assets\\StoreLogo.png</Logo>
  </Properties>
  <Dependencies>
${deviceLines(options, '')}  </Dependencies>
  <Resources>
${resourceLines(options)}  </Resources>
  <Applications>
    <Application Id="App" Executable="App.exe" EntryPoint="Windows.FullTrustApplication">
      <uap:VisualElements DisplayName="Sample" Description="Sample" BackgroundColor="transparent"
        Square150x150Logo="Assets\\Square150x150Logo.png" Square44x44Logo="Assets\\Square44x44Logo.png"/>
    </Application>
  </Applications>
  <Capabilities>
${capabilities}    <rescap:Capability Name="runFullTrust"/>
  </Capabilities>
</Package>
`;
}

/** A package as a bundle's manifest lists it; `offset` is that of its first byte of data in the bundle. */
interface ListedPackage {
  readonly name: string;
  readonly size: number;
  readonly offset: number;
  readonly options: SamplePackageOptions;
}

/** `AppxMetadata/AppxBundleManifest.xml`. */
export function bundleManifest(options: SampleBundleOptions, packages: readonly ListedPackage[]): string {
  const listed = packages.map(
    (item) =>
      `    <Package Type="application" Version="${xml(item.options.version)}" Architecture="${item.options.architecture ?? 'neutral'}"` +
      ` FileName="${xml(item.name)}" Offset="${item.offset}" Size="${item.size}">\n` +
      `    <Resources>\n${resourceLines(item.options)}    </Resources>\n` +
      `    <b4:Dependencies>\n${deviceLines(item.options, 'b4:')}    </b4:Dependencies>\n    </Package>\n`,
  );
  return `${declaration}<Bundle xmlns="http://schemas.microsoft.com/appx/2013/bundle"
  xmlns:b4="http://schemas.microsoft.com/appx/2018/bundle" IgnorableNamespaces="b4" SchemaVersion="5.0">
  <Identity Name="${xml(options.name)}" Publisher="${xml(options.publisher)}" Version="${xml(options.version)}"/>
  <Packages>
${listed.join('')}  </Packages>
</Bundle>
`;
}

/** `[Content_Types].xml`: the Open Packaging Conventions' list of what each part is. */
export function contentTypes(kind: 'package' | 'bundle'): string {
  const manifest =
    kind === 'package'
      ? '<Override PartName="/AppxManifest.xml" ContentType="application/vnd.ms-appx.manifest+xml"/>'
      : '<Override PartName="/AppxMetadata/AppxBundleManifest.xml" ContentType="application/vnd.ms-appx.bundlemanifest+xml"/>';
  const extensions = { bin: 'application/octet-stream', exe: 'application/x-msdownload', png: 'image/png' };
  const packages = { msix: 'application/vnd.ms-appx', appx: 'application/vnd.ms-appx' };
  const defaults = Object.entries({ ...extensions, ...packages }).map(
    ([extension, type]) => `<Default Extension="${extension}" ContentType="${type}"/>`,
  );
  return [
    declaration,
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">',
    ...defaults,
    manifest,
    '<Override PartName="/AppxBlockMap.xml" ContentType="application/vnd.ms-appx.blockmap+xml"/>',
    '</Types>',
  ].join('');
}
