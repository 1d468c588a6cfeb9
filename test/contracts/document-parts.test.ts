/** The parts of a document that bring bytes: assets, archives, submissions of other tools, earlier releases. */
import { checkReleaseDocument } from '../../src/contracts/check-release-document';
import type { Json } from '../../src/contracts/strict-json';

const source = { upload: `upl_${'a'.repeat(64)}` };
const release = `rel_${'0'.repeat(26)}`;

function faults(members: object): string[] {
  const target = { kind: 'store-app', applicationId: '9NBLGGH4R315' };
  // Tests send what no type allows.
  const value = { account: 'contoso', target, ...members } as unknown as Json;
  const checked = checkReleaseDocument(value, {
    allowedHosts: ['files.contoso.com'],
    allowLoopbackSources: false,
    secretPrefix: 'release-',
  });
  return checked.ok ? [] : checked.faults.map(({ pointer, code }) => `${pointer} ${code}`);
}

const shots = (...names: string[]) => ({
  listings: { 'en-us': { baseListing: { images: { Screenshot: names.map((file) => ({ file })) } } } },
});
const at = '/listings/en-us/baseListing';
const asset = (path: string, more: object = {}) => ({ path, source, ...more });
const inListing = (members: object) => ({ listings: { 'en-us': { baseListing: members } } });
const image = (fileName: string, more: object = {}) => ({
  fileName,
  fileStatus: 'PendingUpload',
  imageType: 'Screenshot',
  ...more,
});

const capital = (members: object): object =>
  Object.fromEntries(Object.entries(members).map(([name, one]) => [name.charAt(0).toUpperCase() + name.slice(1), one]));

test.each<[string, object]>([
  ['a file and a ZIP of files', { assets: [asset('a.png'), asset('b/')], changes: shots('A.png', 'b/c/d.png') }],
  [
    'a file at an allowed address',
    { assets: [asset('a.png', { source: { url: 'https://files.contoso.com/a' } })], changes: shots('a.png') },
  ],
  [
    'a file that nothing names, which is only warned of',
    { assets: [asset('a.png')], changes: { notesForCertification: '' } },
  ],
  ['all packages of a release', { packages: [{ source: { release } }] }],
  ['one package of a release', { packages: [{ fileName: 'a.msix', source: { release } }] }],
  ['a submission without new files', { submission: inListing({ title: 'A', websiteUrl: '', images: [] }) }],
  [
    'a submission with its archive',
    { submission: inListing({ images: [image('Assets\\a.png')] }), archive: { source } },
  ],
])('takes %s', (_what, members) => {
  expect(faults(members)).toEqual([]);
});

test.each<[string, object, string[]]>([
  [
    'a file that no asset holds',
    { assets: [asset('a.png')], changes: shots('a.png', 'b.png') },
    [`/changes${at}/images/Screenshot/1/file asset-not-found`],
  ],
  [
    'an asset that is there twice',
    { assets: [asset('a.png'), asset('A.PNG')], changes: shots('a.png') },
    ['/assets/1/path duplicate'],
  ],
  [
    'a path that leads out',
    { assets: [asset('../a.png'), asset('/b/')], changes: { tag: '' } },
    ['/assets/0/path invalid-file-name', '/assets/1/path invalid-file-name', '/changes/tag unknown-member'],
  ],
  [
    'hosts that are not allowed',
    { assets: [asset('a.png', { source: { url: 'https://other.example/a' } })], changes: shots('a.png') },
    ['/assets/0/source/url host-not-allowed'],
  ],
  [
    'an archive at a host that is not allowed',
    { submission: { notesForCertification: 'a' }, archive: { source: { url: 'https://other.example/a' } } },
    ['/archive/source/url host-not-allowed'],
  ],
  ['a package without name that is no release', { packages: [{ source }] }, ['/packages/0/fileName missing-member']],
  ['assets alone', { assets: [asset('a.png')] }, [' nothing-asked']],
  [
    'a hash for packages of a release',
    { packages: [{ source: { release }, sha256: 'a'.repeat(64) }] },
    ['/packages/0/sha256 unknown-member'],
  ],
  [
    'a submission without its archive',
    { submission: inListing({ images: [image('a.png')] }) },
    ['/archive missing-member'],
  ],
  [
    'what nobody knows, and what is too long, at its place in the submission',
    { submission: { ...inListing({ releaseNote: 'a', releaseNotes: 'x'.repeat(1501) }), automaticBackup: true } },
    [
      `/submission${at}/releaseNotes too-long`,
      `/submission${at}/releaseNote unknown-member`,
      '/submission/automaticBackup unknown-member',
    ],
  ],
  [
    'the same in a submission of the official CLI, which spells members with a capital',
    {
      submission: {
        Listings: { 'en-us': { BaseListing: { ReleaseNotes: 'x'.repeat(1501), Images: [capital(image('a.png'))] } } },
      },
    },
    ['/submission/Listings/en-us/BaseListing/ReleaseNotes too-long', '/archive missing-member'],
  ],
  [
    'pictures and packages of a submission, at their entries',
    {
      submission: {
        ...inListing({
          images: [image('kept.png', { fileStatus: 'Uploaded', id: '1' }), image('..\\a.png'), image('a.gif')],
        }),
        applicationPackages: [{ fileName: 'a.exe', fileStatus: 'PendingUpload' }],
      },
      archive: { source },
    },
    [
      '/submission/applicationPackages/0/fileName invalid-file-name',
      `/submission${at}/images/1/fileName invalid-file-name`,
      `/submission${at}/images/2/fileName wrong-file-type`,
    ],
  ],
])('refuses %s', (_what, members, expected) => {
  expect(faults(members).sort()).toEqual(expected.toSorted());
});
