import { differentKeys } from '../../src/domain/offer/compare-offers';
import type { OfferContent } from '../../src/domain/offer/offer-content';
import { PRODUCTS } from '../emulator/ingestion-api';
import { emulatorForFile } from '../support/emulator';
import { changed, failureOf, marketplaceWorld, valueOf } from './marketplace-world';

const emulator = emulatorForFile();
const world = marketplaceWorld(emulator);
const product = PRODUCTS.monitor;

const api = () => world().api(product);
const wish = { changed: [], emails: [] };

async function write(change: Parameters<typeof changed>[1], of: string = product): Promise<OfferContent> {
  const expected = await world().api(of).readDraft();
  const desired = changed(expected, change);
  valueOf(await world().api(of).write(world().task(of, { expected, desired })));
  return desired;
}

async function terms(text: string): Promise<OfferContent> {
  const draft = await api().readDraft();
  return write({ property: { ...draft['property'], termsOfUse: text } });
}

test('a draft goes to the preview and live; each phase is told in the words of the API', async () => {
  const desired = await terms('https://contoso.example/newer');

  const begun = await api().publish(wish);
  const previewing = await api().lastPublication();
  await emulator().actions.advanceClock('60s');
  const ready = await api().readProgress(begun.publicationId);
  const preview = await api().readPublication(begun.publicationId);
  const before = await api().readLive();
  const promoted = await api().promote(begun.publicationId, []);
  const going = await api().readProgress(begun.publicationId);
  await emulator().actions.advanceClock('60s');
  const live = await api().readProgress(begun.publicationId);
  const after = await api().readLive();

  expect(begun).toEqual({ publicationId: expect.stringMatching(/^\d{19}$/), status: 'InProgress/Submitted' });
  expect(promoted).toEqual({ publicationId: begun.publicationId });
  expect([previewing, ready, going, live].map((one) => [one?.phase, one?.remote.status])).toEqual([
    ['previewing', 'InProgress/Submitted'],
    ['preview-ready', 'Published/ReadyToPublish'],
    ['going-live', 'Published/Publishing'],
    ['live', 'Published/InStore'],
  ]);
  expect(preview).toEqual(desired);
  expect(before.kind === 'shown' && differentKeys(before.content, desired)).toEqual(['property']);
  expect(after).toEqual({ kind: 'shown', publicationId: begun.publicationId, content: desired });
});

test('a publication that fails validation says why, without a word of its own', async () => {
  await emulator().actions.products.addSubmissionOutcome({
    product,
    result: 'ValidationFailed',
    validations: [
      { errorCode: 'Listing-1', message: 'The logo is too small.', resource: 'Listing' },
      { errorCode: 'Listing-2', severity: 'Warning', message: 'Few keywords.', resource: 'Listing' },
    ],
  });
  const { publicationId } = await api().publish(wish);
  await emulator().actions.advanceClock('60s');

  const progress = await api().readProgress(publicationId);
  const again = await api().publish(wish);

  expect(progress).toMatchObject({
    phase: 'failed',
    failedIn: 'preview',
    remote: {
      submissionId: publicationId,
      status: 'InProgress/Failed',
      errors: [{ code: 'Listing-1', details: 'The logo is too small. (Listing)' }],
      warnings: [{ code: 'Listing-2', details: 'Few keywords. (Listing)' }],
    },
  });
  expect(again.publicationId).not.toBe(publicationId);
});

test('a publication that fails certification leads to its reports, and keeps none of their addresses', async () => {
  const fileUri = 'https://reports.example/1?sig=Secret';
  await emulator().actions.products.addSubmissionOutcome({
    product,
    result: 'FailedInCertification',
    reports: [{ reportTimeInUtc: '2026-11-20T08:00:00', status: 'Failed', fileUri }],
  });
  const { publicationId } = await api().publish(wish);
  await emulator().actions.advanceClock('60s');
  await api().promote(publicationId, []);
  await emulator().actions.advanceClock('60s');

  const progress = await api().readProgress(publicationId);

  expect(progress).toMatchObject({ phase: 'failed', failedIn: 'live' });
  expect(progress?.remote.status).toBe('InProgress/FailedInCertification');
  expect(progress?.remote.errors).toEqual([
    {
      code: 'certification-report',
      details: 'Certification failed: the report of 2026-11-20T08:00:00.000Z says why.',
    },
  ]);
  expect(progress?.remote.reports).toEqual([
    {
      date: '2026-11-20T08:00:00.000Z',
      href: `https://partner.microsoft.com/dashboard/commercial-marketplace/offers/${product}/overview`,
    },
  ]);
  expect(JSON.stringify(progress)).not.toContain('Secret');
});

test('what is in progress is canceled and gone; what is past that is not', async () => {
  const first = await api().publish(wish);
  const previewing = await api().lastPublication();
  if (previewing === null) throw new Error('none');
  const canceled = await api().cancel(previewing, []);
  const gone = await api().readProgress(first.publicationId);
  const twice = await api().cancel(previewing, []);
  const second = await api().publish(wish);
  const stale = await api().lastPublication();
  await emulator().actions.advanceClock('60s');
  const ready = await api().lastPublication();
  if (ready === null || stale === null) throw new Error('none');

  const late = await api().cancel(ready, []);
  const overtaken = await failureOf(api().cancel(stale, []));

  expect([canceled, twice, gone]).toEqual([true, true, undefined]);
  expect(late).toBe(false);
  expect(overtaken).toMatchObject({ code: 'submission-changed', retryable: true });
  expect(await api().readProgress(second.publicationId)).toMatchObject({ phase: 'preview-ready' });
});

test('a second publication while one is under way, and a go-live too early, are refused', async () => {
  const { publicationId } = await api().publish(wish);

  const second = await failureOf(api().publish(wish));
  const early = await failureOf(api().promote(publicationId, []));

  expect(second).toMatchObject({ code: 'product-busy', retryable: false });
  expect(early).toMatchObject({ code: 'preview-lost', retryable: false });
});

test.each([
  ['createProductSubmission', () => api().publish(wish)],
  ['promoteProductSubmission', async () => api().promote(await previewed(), [])],
] as const)('the lost answer of %s is unclear', async (operation, send) => {
  emulator().actions.addFault({ operation, when: 'after', cut: true });

  const failure = await failureOf(send());

  expect(failure).toMatchObject({ code: 'partner-center-unavailable', retryable: true, unclear: true });
});

async function previewed(): Promise<string> {
  const { publicationId } = await api().publish(wish);
  await emulator().actions.advanceClock('60s');
  return publicationId;
}

test('a test drive is no part of a publication', async () => {
  await world().raw.post(`products/${product}/variants`, {
    resourceType: 'AzureTestDriveVariant',
    testDriveType: 'AzureResourceManager',
  });

  const { publicationId } = await api().publish(wish);
  const { body } = await world().raw.get(`products/${product}/submissions/${publicationId}`);
  const draft = await api().readDraft();

  expect(body.variantResources).toHaveLength(2);
  expect(Object.keys(draft).filter((key) => key.startsWith('plans/testdrive'))).toEqual([]);
  const modules = (body.resources as { type: string }[]).map(({ type }) => type);
  expect(modules.sort()).toEqual(['Availability', 'Listing', 'Package', 'Property', 'ResellerConfiguration']);
});

describe('a product that is published module by module', () => {
  let modular: string;
  beforeEach(async () => {
    const { id } = await emulator().actions.products.person({
      action: 'createProduct',
      account: 'contoso',
      type: 'SoftwareAsAService',
      offerId: 'contoso-modular',
      name: 'Contoso Modular',
      isModularPublishing: true,
    });
    modular = id;
    await emulator().actions.setSwitches({ 'ingestion.contentValidation': 'lenient' });
    await emulator().actions.products.person({ action: 'publish', product: modular });
    await emulator().actions.advanceClock('60s');
    await emulator().actions.advanceClock('60s');
  });

  test('sends what changed alone; the rest is live as it was', async () => {
    const it = () => world().api(modular);
    const live = await it().readLive();
    const draft = await it().readDraft();
    const desired = await write({ property: { ...draft['property'], appVersion: '2.0' } }, modular);

    const { publicationId } = await it().publish({ changed: ['property'], emails: [] });
    const { body } = await world().raw.get(`products/${modular}/submissions/${publicationId}`);
    const preview = await it().readPublication(publicationId);
    await emulator().actions.advanceClock('60s');
    await it().promote(publicationId, []);
    await emulator().actions.advanceClock('60s');
    const after = await it().readLive();

    expect(live).toMatchObject({ kind: 'shown', content: draft });
    expect(body.resources).toMatchObject([{ type: 'Property' }]);
    expect(preview).toEqual(desired);
    expect(after).toEqual({ kind: 'shown', publicationId, content: desired });
  });
});
