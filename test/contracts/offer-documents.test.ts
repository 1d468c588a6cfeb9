import { checkReleaseDocument } from '../../src/contracts/check-release-document';
import type { Json } from '../../src/contracts/strict-json';

const rules = { allowedHosts: ['packages.contoso.com'], allowLoopbackSources: false, secretPrefix: 'release-' };
const source = { url: 'https://packages.contoso.com/app.zip' };
const item = { plan: 'basic', version: '1.4.0', fileName: 'app.zip', source };
const product = { kind: 'marketplace-product', offerId: 'contoso-monitor' };
const offer = { kind: 'cloud-partner-offer', publisherId: 'contoso', offerId: 'contoso-linux' };
const emails = { notificationEmails: ['team@contoso.com'] };

function faults(target: object, rest: object): string[] {
  // What is written here is JSON.
  const checked = checkReleaseDocument({ account: 'contoso', target, ...rest } as unknown as Json, rules);
  return checked.ok ? [] : checked.faults.map(({ pointer, code }) => `${pointer} ${code}`);
}

const listing = { listings: { 'en-us': { summary: 'Faster.' } } };

describe('a release of a marketplace product', () => {
  test.each([
    ['texts', { changes: listing }],
    ['a package of a plan', { packages: [item] }],
    ['plans of one version each', { packages: [item, { ...item, plan: 'pro' }] }],
    [
      'all its options',
      {
        changes: listing,
        options: {
          until: 'preview',
          approvals: ['commit', 'go-live'],
          price: 'change',
          onForeignDraft: 'adopt',
          onBusy: 'supersede',
          startAt: '2026-12-01T08:00:00Z',
          publishAt: '2026-12-02T08:00:00Z',
        },
      },
    ],
  ])('takes %s', (_what, rest) => {
    expect(faults(product, rest)).toEqual([]);
  });

  test.each([
    ['no name of it', { kind: 'marketplace-product' }, ['/target invalid-value']],
    ['two names of it', { ...product, productId: '2d73a129-44e2-4303-838b-e3788ba1a74c' }, ['/target invalid-value']],
    ['an offer id as no one has', { ...product, offerId: 'Contoso Monitor' }, ['/target/offerId invalid-format']],
    [
      'a type that is not made here',
      { ...product, create: { resourceType: 'AzureContainer', name: 'a' } },
      ['/target/create/resourceType invalid-value'],
    ],
  ])('refuses a target with %s', (_what, target, expected) => {
    expect(faults(target, { changes: listing })).toEqual(expected);
  });

  test.each([
    [
      'a package without plan and version',
      { packages: [{ fileName: 'app.zip', source }] },
      ['/packages/0/plan missing-member', '/packages/0/version missing-member'],
    ],
    [
      'a package that is no ZIP',
      { packages: [{ ...item, fileName: 'app.msix' }] },
      ['/packages/0/fileName invalid-file-name'],
    ],
    ['two packages of one plan', { packages: [item, item] }, ['/packages/1/plan duplicate']],
    [
      'what only the Store has',
      {
        changes: listing,
        oldPackages: { keep: 1 },
        options: { rollout: { stages: [{ percentage: 5 }] }, onRunningRollout: 'wait' },
      },
      ['/oldPackages not-supported', '/options/onRunningRollout not-supported', '/options/rollout not-supported'],
    ],
    [
      'an end that only the Store has',
      { changes: listing, options: { until: 'certified' } },
      ['/options/until invalid-value'],
    ],
    [
      'a draft to be replaced',
      { changes: listing, options: { onForeignDraft: 'replace' } },
      ['/options/onForeignDraft invalid-value'],
    ],
    [
      'a publication by hand',
      { changes: listing, options: { publishAt: 'manual' } },
      ['/options/publishAt invalid-value'],
    ],
    [
      'a gate twice',
      { changes: listing, options: { approvals: ['go-live', 'go-live'] } },
      ['/options/approvals/1 duplicate'],
    ],
    ['an unknown module', { changes: { nonsense: {} } }, ['/changes/nonsense unknown-member', ' nothing-asked']],
  ])('refuses %s', (_what, rest, expected) => {
    expect(faults(product, rest)).toEqual(expected);
  });
});

describe('a release of a Cloud Partner offer', () => {
  const changes = { offer: { 'microsoft-azure-marketplace.summary': 'Faster.' } };

  test('takes members of the offer and of its plans', () => {
    const plans = { base: { virtualMachinePricing: { isByol: true, freeTrialDurationInMonths: 0 } }, old: null };

    expect(faults(offer, { changes: { ...changes, plans }, options: emails })).toEqual([]);
  });

  test.each([
    ['nobody to tell', { changes }, ['/options/notificationEmails missing-member']],
    [
      'a mail address that is none',
      { changes, options: { notificationEmails: ['team'] } },
      ['/options/notificationEmails/0 invalid-format'],
    ],
    [
      'packages and assets',
      { changes, packages: [item], assets: [{ path: 'logo.png', source }], options: emails },
      ['/packages not-supported', '/assets not-supported'],
    ],
  ])('refuses %s', (_what, rest, expected) => {
    expect(faults(offer, rest)).toEqual(expect.arrayContaining(expected));
  });

  test('names secrets, and only those that the settings allow', () => {
    const naming = (reference: object): object => ({
      changes: { offer: { 'microsoft-azure-marketplace.marketoLeadConfiguration': { clientSecret: reference } } },
      options: emails,
    });
    const place = '/changes/offer/microsoft-azure-marketplace.marketoLeadConfiguration/clientSecret';

    expect(faults(offer, naming({ $secret: 'release-marketo' }))).toEqual([]);
    expect(faults(offer, naming({ $secret: 'contoso-partner-center' }))).toEqual([
      `${place}/$secret secret-not-allowed`,
    ]);
    expect(faults(offer, naming({ $secret: '../a' }))).toEqual([`${place}/$secret invalid-format`]);
    expect(faults(offer, naming({ $secret: 'release-a', value: 'x' }))).toEqual([`${place}/value unknown-member`]);
  });
});

describe('a release to the Store', () => {
  const app = { kind: 'store-app', applicationId: '9NBLGGH4R315' };
  const notes = { listings: { 'en-us': { baseListing: { releaseNotes: 'Faster.' } } } };

  test.each([
    ['mails', { changes: notes, options: emails }, ['/options/notificationEmails not-supported']],
    ['a go-live gate', { changes: notes, options: { approvals: ['go-live'] } }, ['/options/approvals/0 invalid-value']],
    ['an end of the marketplace', { changes: notes, options: { until: 'preview' } }, ['/options/until invalid-value']],
    [
      'the package of a plan',
      { packages: [{ ...item, fileName: 'a.msix' }] },
      ['/packages/0/plan unknown-member', '/packages/0/version unknown-member'],
    ],
  ])('refuses %s', (_what, rest, expected) => {
    expect(faults(app, rest)).toEqual(expected);
  });
});
