import { checkReleaseDocument } from '../../src/contracts/check-release-document';
import { faultCatalogue } from '../../src/domain/fault-catalogue';
import type { Json } from '../../src/contracts/strict-json';

const rules = {
  allowedHosts: ['packages.contoso.com', '*.blob.core.windows.net', 'files.contoso.com:8443', 'localhost'],
  allowLoopbackSources: false,
  secretPrefix: 'release-',
};

const upload = `upl_${'a'.repeat(64)}`;
const appPackage = { fileName: 'Contoso_1.0.0.0.msix', source: { upload } };

const document = (changes: Record<string, unknown> = {}): Json =>
  // Tests send what no type allows.
  ({
    account: 'contoso',
    target: { kind: 'store-app', applicationId: '9NBLGGH4R315' },
    packages: [appPackage],
    ...changes,
  });
const withPackage = (changes: object): Json => document({ packages: [{ ...appPackage, ...changes }] });
const withUrl = (url: unknown): Json => withPackage({ source: { url } });
const withTexts = (baseListing: object): Json => document({ changes: { listings: { 'en-us': { baseListing } } } });
const withOptions = (options: object): Json => document({ options });

function faults(value: Json, loopback = false): string[] {
  const checked = checkReleaseDocument(value, { ...rules, allowLoopbackSources: loopback });
  return checked.ok ? [] : checked.faults.map(({ pointer, code }) => `${pointer} ${code}`);
}

const listing = '/changes/listings/en-us/baseListing';
const long = (length: number): string => 'x'.repeat(length);

describe('a document that is taken', () => {
  test.each<[string, Json]>([
    ['the smallest with packages', document()],
    ['with texts alone', { ...(withTexts({ releaseNotes: 'New.\nBetter.' }) as object), packages: [] }],
    ['with a text to empty alone', { ...(withTexts({ releaseNotes: null }) as object), packages: [] }],
    ['with packages to remove alone', document({ packages: [], oldPackages: { remove: ['old (1).appx'] } })],
    ['a folder in the name', withPackage({ fileName: 'x64/Contoso.msixbundle' })],
    [
      'every extension',
      document({
        packages: ['msix', 'msixbundle', 'msixupload', 'appx', 'appxbundle', 'appxupload', 'XAP'].map((ext) => ({
          fileName: `a.${ext}`,
          source: { upload },
        })),
      }),
    ],
    ['an allowed host', withUrl('https://packages.contoso.com/a/b.msix?sig=1')],
    ['an allowed host in capitals', withUrl('HTTPS://Packages.Contoso.COM/a.msix')],
    ['a host below an allowed one', withUrl('https://x.blob.core.windows.net/a.msix')],
    ['an allowed port', withUrl('https://files.contoso.com:8443/a.msix')],
    ['a hash in capitals', withPackage({ sha256: 'AB'.repeat(32) })],
    [
      'texts at their limits',
      withTexts({
        releaseNotes: long(1500),
        description: long(10_000),
        keywords: Array.from({ length: 7 }, () => long(30)),
        features: Array.from({ length: 20 }, () => long(200)),
      }),
    ],
    ['nulls that clear', withTexts({ releaseNotes: null, keywords: null, shortTitle: null, features: [] })],
    ['a language in capitals', document({ changes: { listings: { 'zh-Hans-CN': { baseListing: { title: 'x' } } } } })],
    [
      'every option',
      withOptions({
        until: 'certified',
        onBusy: 'refuse',
        onForeignDraft: 'adopt',
        approvals: ['commit'],
        approvalTimeout: 'P7DT12H',
      }),
    ],
    ['defaults of what is not built', withOptions({ price: 'keep', onRunningRollout: 'refuse' })],
    [
      'sixteen labels',
      document({ labels: Object.fromEntries(Array.from({ length: 16 }, (_, n) => [`l${n}`, 'ü'.repeat(256)])) }),
    ],
    ['a schema for editors', document({ $schema: 'https://x.azurewebsites.net/api/schemas/release.json' })],
  ])('%s', (_what, value) => {
    expect(faults(value)).toEqual([]);
  });

  test('a loopback address, where the settings allow it', () => {
    expect(faults(withUrl('http://localhost:10000/a.msix'), true)).toEqual([]);
  });
});

describe('a fault', () => {
  test.each<[string, Json, string[]]>([
    ['no object', [], [' wrong-type']],
    ['null', null, [' not-clearable']],
    ['nothing at all', {}, ['/account missing-member', '/target missing-member', ' nothing-asked']],
    ['a document that asks for nothing', document({ packages: [], changes: {} }), [' nothing-asked']],
    ['changes that change nothing', { ...(withTexts({}) as object), packages: [] }, [' nothing-asked']],
    ['listings without a language', document({ packages: [], changes: { listings: {} } }), [' nothing-asked']],
    ['a member that nobody knows', document({ package: [] }), ['/package unknown-member']],
    ['an account that cannot be one', document({ account: '../admin' }), ['/account invalid-format']],
    ['a number for a text', document({ account: 7 }), ['/account wrong-type']],
    [
      'a Store ID in small letters',
      document({ target: { kind: 'store-app', applicationId: '9nblggh4r315' } }),
      ['/target/applicationId invalid-format'],
    ],
    [
      'a product id of another API',
      document({ target: { kind: 'store-app', applicationId: '7f0b7a52-31c5-4b5e-a1b5-2a3d7a3b6a11' } }),
      ['/target/applicationId invalid-format'],
    ],
    ['no kind', document({ target: { applicationId: '9NBLGGH4R315' } }), ['/target/kind missing-member']],
    [
      'a kind that nobody knows',
      document({ target: { kind: 'play-store', applicationId: '9NBLGGH4R315' } }),
      ['/target/kind invalid-value'],
    ],
    [
      'an app that is made',
      document({ target: { kind: 'store-app', applicationId: '9NBLGGH4R315', create: {} } }),
      ['/target/create unknown-member'],
    ],

    ['no file name', withPackage({ fileName: '' }), ['/packages/0/fileName invalid-file-name']],
    ['a way out', withPackage({ fileName: '../a.msix' }), ['/packages/0/fileName invalid-file-name']],
    [
      'a way out in the middle',
      withPackage({ fileName: 'a/../../b.msix' }),
      ['/packages/0/fileName invalid-file-name'],
    ],
    ['an absolute path', withPackage({ fileName: '/a.msix' }), ['/packages/0/fileName invalid-file-name']],
    ['a drive', withPackage({ fileName: 'C:a.msix' }), ['/packages/0/fileName invalid-file-name']],
    ['a backslash', withPackage({ fileName: 'a\\b.msix' }), ['/packages/0/fileName invalid-file-name']],
    ['a control character', withPackage({ fileName: 'a\u0007.msix' }), ['/packages/0/fileName invalid-file-name']],
    ['a line break', withPackage({ fileName: 'a\n.msix' }), ['/packages/0/fileName invalid-file-name']],
    ['a segment of dots', withPackage({ fileName: '.../a.msix' }), ['/packages/0/fileName invalid-file-name']],
    ['another extension', withPackage({ fileName: 'setup.exe' }), ['/packages/0/fileName invalid-file-name']],
    [
      'a name that is too long',
      withPackage({ fileName: `${long(256)}.msix` }),
      ['/packages/0/fileName invalid-file-name'],
    ],
    [
      'the same name twice',
      document({ packages: [appPackage, { ...appPackage, fileName: 'CONTOSO_1.0.0.0.MSIX' }] }),
      ['/packages/1/fileName duplicate'],
    ],
    [
      'too many packages',
      document({ packages: Array.from({ length: 101 }, (_, n) => ({ ...appPackage, fileName: `${n}.msix` })) }),
      ['/packages too-long'],
    ],
    ['a member of another kind of target', withPackage({ plan: 'basic' }), ['/packages/0/plan unknown-member']],
    ['half a hash', withPackage({ sha256: 'ab' }), ['/packages/0/sha256 invalid-format']],

    ['no source', withPackage({ source: undefined }), ['/packages/0/source invalid-value']],
    ['an empty source', withPackage({ source: {} }), ['/packages/0/source invalid-value']],
    [
      'two sources',
      withPackage({ source: { upload, url: 'https://packages.contoso.com/a' } }),
      ['/packages/0/source invalid-value'],
    ],
    ['a source that is a text', withPackage({ source: upload }), ['/packages/0/source wrong-type']],
    ['a source that nobody knows', withPackage({ source: { path: 'a' } }), ['/packages/0/source invalid-value']],
    [
      'a release that is named as none is',
      withPackage({ source: { release: 'rel_1' } }),
      ['/packages/0/source/release invalid-format'],
    ],
    ['no id of an upload', withPackage({ source: { upload: 'upl_1' } }), ['/packages/0/source/upload invalid-format']],
    [
      'a hash in capitals in an upload',
      withPackage({ source: { upload: upload.toUpperCase() } }),
      ['/packages/0/source/upload invalid-format'],
    ],
    ['an address without TLS', withUrl('http://packages.contoso.com/a.msix'), ['/packages/0/source/url invalid-url']],
    [
      'a file',
      withUrl('file:///etc/passwd'),
      ['/packages/0/source/url invalid-url', '/packages/0/source/url invalid-url'],
    ],
    ['user info', withUrl('https://me:pw@packages.contoso.com/a'), ['/packages/0/source/url invalid-url']],
    [
      'a user name that looks like a host',
      withUrl('https://packages.contoso.com@evil.example/a'),
      ['/packages/0/source/url invalid-url', '/packages/0/source/url host-not-allowed'],
    ],
    ['a fragment', withUrl('https://packages.contoso.com/a#b'), ['/packages/0/source/url invalid-url']],
    ['white space', withUrl('https://packages.contoso.com/a b'), ['/packages/0/source/url invalid-url']],
    ['no address', withUrl('packages.contoso.com/a'), ['/packages/0/source/url invalid-url']],
    ['no text', withUrl(7), ['/packages/0/source/url wrong-type']],
    ['another host', withUrl('https://evil.example/a'), ['/packages/0/source/url host-not-allowed']],
    [
      'a host that ends alike',
      withUrl('https://evilpackages.contoso.com/a'),
      ['/packages/0/source/url host-not-allowed'],
    ],
    [
      'the parent of allowed hosts',
      withUrl('https://blob.core.windows.net/a'),
      ['/packages/0/source/url host-not-allowed'],
    ],
    ['no name below', withUrl('https://.blob.core.windows.net/a'), ['/packages/0/source/url host-not-allowed']],
    ['another port', withUrl('https://packages.contoso.com:8443/a'), ['/packages/0/source/url host-not-allowed']],
    [
      'an allowed host without its port',
      withUrl('https://files.contoso.com/a'),
      ['/packages/0/source/url host-not-allowed'],
    ],
    ['loopback without leave', withUrl('http://localhost/a'), ['/packages/0/source/url invalid-url']],
    [
      'an address of the metadata service',
      withUrl('https://169.254.169.254/metadata'),
      ['/packages/0/source/url host-not-allowed'],
    ],

    ['too many to keep', document({ oldPackages: { keep: -1 } }), ['/oldPackages/keep out-of-range']],
    ['half of one to keep', document({ oldPackages: { keep: 1.5 } }), ['/oldPackages/keep wrong-type']],
    [
      'the same to remove twice',
      document({ oldPackages: { remove: ['a.appx', 'A.appx'] } }),
      ['/oldPackages/remove/1 duplicate'],
    ],

    ['notes that are too long', withTexts({ releaseNotes: long(1501) }), [`${listing}/releaseNotes too-long`]],
    [
      'notes that are too long once their line breaks are written',
      withTexts({ releaseNotes: `${long(1499)}\n` }),
      [`${listing}/releaseNotes too-long`],
    ],
    ['a control character in a text', withTexts({ title: 'a\u0000b' }), [`${listing}/title invalid-text`]],
    [
      'too many keywords',
      withTexts({ keywords: ['1', '2', '3', '4', '5', '6', '7', '8'] }),
      [`${listing}/keywords too-long`],
    ],
    [
      'too many words',
      withTexts({ keywords: Array.from({ length: 6 }, () => 'a b c d') }),
      [`${listing}/keywords too-long`],
    ],
    ['a keyword that is too long', withTexts({ keywords: ['ok', long(31)] }), [`${listing}/keywords/1 too-long`]],
    ['an empty keyword', withTexts({ keywords: [''] }), [`${listing}/keywords/0 too-short`]],
    ['a list that is a text', withTexts({ features: 'one' }), [`${listing}/features wrong-type`]],
    ['no description', withTexts({ description: null }), [`${listing}/description not-clearable`]],
    ['an empty description', withTexts({ description: '' }), [`${listing}/description too-short`]],
    [
      'what the API ignores',
      withTexts({ websiteUrl: 'https://x', privacyPolicy: '', supportContact: '' }),
      [
        `${listing}/websiteUrl ignored-member`,
        `${listing}/privacyPolicy ignored-member`,
        `${listing}/supportContact ignored-member`,
      ],
    ],
    [
      'no language',
      document({ changes: { listings: { english: { baseListing: {} } } } }),
      ['/changes/listings/english unknown-language'],
    ],
    [
      'a language that has to be escaped',
      document({ changes: { listings: { 'a/~b': { baseListing: { x: 1 } } } } }),
      ['/changes/listings/a~1~0b/baseListing/x unknown-member', '/changes/listings/a~1~0b unknown-language'],
    ],
    [
      'a language twice',
      document({ changes: { listings: { 'en-us': { baseListing: {} }, 'EN-us': { baseListing: {} } } } }),
      ['/changes/listings/EN-us duplicate'],
    ],
    [
      'what Partner Center sets',
      document({ changes: { status: 'Published', id: '1', fileUploadUrl: 'x' } }),
      ['/changes/status read-only-member', '/changes/id read-only-member', '/changes/fileUploadUrl read-only-member'],
    ],
    [
      'what other parts say',
      document({
        changes: {
          applicationPackages: [],
          packageDeliveryOptions: { packageRollout: {} },
          targetPublishMode: 'Manual',
        },
      }),
      [
        '/changes/packageDeliveryOptions/packageRollout owned-elsewhere',
        '/changes/applicationPackages owned-elsewhere',
        '/changes/targetPublishMode owned-elsewhere',
      ],
    ],
    ['parts that are not built', document({ notify: [] }), ['/notify not-supported']],
    [
      'a submission beside what it stands for',
      document({ assets: [], changes: {}, submission: { notesForCertification: 'ok' } }),
      ['/packages owned-elsewhere', '/assets owned-elsewhere', '/changes owned-elsewhere'],
    ],
    ['an archive without its submission', document({ archive: { source: { upload } } }), ['/archive owned-elsewhere']],
    [
      'options of other targets',
      withOptions({ notificationEmails: ['team@contoso.com'] }),
      ['/options/notificationEmails not-supported'],
    ],
    [
      'a rollout without order',
      withOptions({ rollout: { stages: [{ percentage: 50, for: 'PT1H' }, { percentage: 50 }] } }),
      ['/options/rollout/stages invalid-value'],
    ],
    [
      'a rollout to nobody and to more than everyone',
      withOptions({ rollout: { stages: [{ percentage: 0 }, { percentage: 101 }] } }),
      ['/options/rollout/stages/0/percentage out-of-range', '/options/rollout/stages/1/percentage out-of-range'],
    ],
    ['a rollout without stages', withOptions({ rollout: { stages: [] } }), ['/options/rollout/stages too-short']],
    [
      'times that are none',
      withOptions({ startAt: 'tomorrow', publishAt: '2026-12-01' }),
      ['/options/startAt invalid-format', '/options/publishAt invalid-format'],
    ],
    [
      'values that nobody knows',
      withOptions({ until: 'done', onBusy: 'wait', approvals: ['publish'] }),
      ['/options/until invalid-value', '/options/onBusy invalid-value', '/options/approvals/0 invalid-value'],
    ],
    ['a gate twice', withOptions({ approvals: ['commit', 'commit'] }), ['/options/approvals/1 duplicate']],
    ['no duration', withOptions({ approvalTimeout: '3 days' }), ['/options/approvalTimeout invalid-format']],
    ['a duration in months', withOptions({ approvalTimeout: 'P1M' }), ['/options/approvalTimeout invalid-format']],
    ['a duration out of bounds', withOptions({ approvalTimeout: 'P31D' }), ['/options/approvalTimeout out-of-range']],

    [
      'too many labels',
      document({ labels: Object.fromEntries(Array.from({ length: 17 }, (_, n) => [`l${n}`, ''])) }),
      ['/labels too-long'],
    ],
    ['a label without a name', document({ labels: { '': 'x' } }), ['/labels/ invalid-format']],
    ['a label with signs', document({ labels: { 'a=b': 'x' } }), ['/labels/a=b invalid-format']],
    ['a label that is too long', document({ labels: { a: long(257) } }), ['/labels/a too-long']],
    ['a label of two lines', document({ labels: { a: 'x\ny' } }), ['/labels/a invalid-text']],
    ['a label that is a number', document({ labels: { a: 1 } }), ['/labels/a wrong-type']],
  ])('%s', (_what, value, expected) => {
    expect(faults(value)).toEqual(expected);
  });

  test.each(['store-msi-exe-app', 'product-ingestion-offer'])(
    'a target of kind %s, without misleading words about its other members',
    (kind) => {
      const value = document({ target: { kind, offerId: 'x' }, changes: { plans: {} }, labels: { a: 1 } });

      expect(faults(value)).toEqual(['/target/kind not-supported', '/labels/a wrong-type']);
    },
  );

  test('comes with all others, whatever they are', () => {
    const value = document({
      account: 7,
      target: { kind: 'store-app' },
      packages: [
        { fileName: '../a.msix', source: { url: 'https://evil.example/a' } },
        { fileName: '../A.msix', source: {} },
      ],
      changes: { listings: { english: { baseListing: { title: 1 } } } },
      labels: { '?': 'x' },
    });

    expect(faults(value)).toEqual([
      '/account wrong-type',
      '/target/applicationId missing-member',
      '/packages/0/fileName invalid-file-name',
      '/packages/1/fileName invalid-file-name',
      '/packages/1/source invalid-value',
      '/changes/listings/english/baseListing/title wrong-type',
      '/changes/listings/english unknown-language',
      '/packages/1/fileName duplicate',
      '/labels/? invalid-format',
      '/packages/0/source/url host-not-allowed',
    ]);
  });

  test('says what to do, in words of the catalogue', () => {
    const checked = checkReleaseDocument(withUrl('https://evil.example/a?sig=secret'), rules);

    expect(checked).toMatchObject({ ok: false, faults: [{ code: 'host-not-allowed' }] });
    if (checked.ok) return;
    expect(checked.faults[0]?.message).toContain('PUBLISHER_ALLOWED_HOSTS');
    expect(JSON.stringify(checked.faults)).not.toContain('secret');
    expect(Object.keys(faultCatalogue)).toContain(checked.faults[0]?.code);
  });
});

test('null for a member that must be there is not told to be left out', () => {
  const checked = checkReleaseDocument(document({ target: null }), rules);

  expect(checked).toMatchObject({
    faults: [{ pointer: '/target', message: 'Send an object instead of null, which means nothing here.' }],
  });
});
