/** What stands in a release's way, and how it ends: told by code, with what to do next, and nothing written in vain. */
import type { Release } from '../../src/contracts/release';
import { Api } from '../emulator/api';
import { APPS, expectNothingUnhit } from '../support/emulator';
import { build, notes, releaseOf, type Document, type Pipeline } from '../support/e2e-pipeline';
import { expectPublishedOnce, productOf, Since } from '../support/e2e-store';
import { e2eWorld } from '../support/e2e-world';

// Tokens of a minute are renewed at each use: a changed secret is noticed at once.
const world = e2eWorld({ emulator: { switches: { tokenLifetime: 60 } } });
const emulator = () => world().emulator;
let pipeline: Pipeline;

beforeAll(async () => {
  await world().app();
  pipeline = world().pipeline();
});
afterEach(() => expectNothingUnhit(emulator()));

async function run(applicationId: string, rest: Document): Promise<Release> {
  const { id } = await pipeline.start(releaseOf(applicationId, rest));
  return pipeline.ended(id);
}

describe('nothing is written for', () => {
  /** All at once: none of them writes anything. */
  const ends = new Map<string, Promise<Release>>();
  let since: Since;

  const cases: readonly [string, string, string, string | undefined][] = [
    ['a draft of somebody else', APPS.pendingDraft, 'foreign-draft', undefined],
    ['a draft made in the portal', APPS.portalDraft, 'draft-edited-in-portal', undefined],
    ['a running rollout', APPS.rollout, 'rollout-running', undefined],
    ['a price that cannot be seen', APPS.paidHidden, 'price-hidden', undefined],
    ['features that the API does not know', APPS.unsupported, 'unsupported-features', undefined],
    ['an app of another account', APPS.foreign, 'product-forbidden', undefined],
    ['a package of another app', APPS.simple, 'document-unfit', '/packages/0'],
    ['bytes that are not the promised ones', APPS.published, 'package-invalid', '/packages/0'],
  ];

  beforeAll(async () => {
    since = await Since.now(emulator());
    const built = await build('9.5.0.0');
    const [source] = (await pipeline.packages(built))['packages'] as Document[];
    const documents: Record<string, Document> = {
      'document-unfit': { packages: [source] },
      'package-invalid': { packages: [{ ...source, sha256: 'f'.repeat(64) }] },
    };
    for (const [, applicationId, code] of cases) ends.set(code, run(applicationId, documents[code] ?? notes(code)));
    await Promise.allSettled(ends.values());
  });

  test.each(cases)('%s (%s): %s', async (_name, applicationId, code, pointer) => {
    const release = await ends.get(code);

    expect(release).toMatchObject({
      state: 'failed',
      failure: { code, retryable: code === 'rollout-running' },
      left: [],
    });
    expect(release?.failure?.errors.map((error) => error.pointer)).toEqual(pointer === undefined ? [] : [pointer]);
    expect(release?.failure?.remedy).not.toBe('');
    expect(
      ['createSubmission', 'updateSubmission', 'deleteSubmission'].map((name) => since.requests(name, applicationId)),
    ).toEqual([0, 0, 0]);
  });
});

describe('a draft of somebody else', () => {
  test('is replaced where the release says so', async () => {
    const since = await Since.now(emulator());
    const { pending } = await productOf(emulator(), APPS.pendingDraft);
    const release = await run(APPS.pendingDraft, { ...notes('replaced'), options: { onForeignDraft: 'replace' } });

    expect(release).toMatchObject({ state: 'succeeded', failure: null });
    expect(await productOf(emulator(), APPS.pendingDraft)).toEqual({ published: release.remote?.submissionId });
    expect(release.remote?.submissionId).not.toBe(pending);
    expect(since.requests('deleteSubmission')).toBe(1);
  });

  test('is built upon where the release says so', async () => {
    const api = await Api.signIn(emulator());
    await api.draft(APPS.simple);
    const since = await Since.now(emulator());
    const { pending } = await productOf(emulator(), APPS.simple);
    const release = await run(APPS.simple, { ...notes('adopted'), options: { onForeignDraft: 'adopt' } });

    expect(release).toMatchObject({ state: 'succeeded', remote: { submissionId: pending } });
    expect([since.requests('createSubmission'), since.requests('deleteSubmission')]).toEqual([0, 0]);
  });
});

describe('the end that is waited for', () => {
  test.each([
    ['committed', 'PreProcessing', APPS.published],
    ['certified', 'Release', APPS.paidTier],
  ] as const)('"%s" is reached in %s', async (until, stuckIn, applicationId) => {
    await emulator().actions.addOutcome({ application: applicationId, result: 'Stuck', stuckIn });
    const release = await run(applicationId, { ...notes(until), options: { until } });
    await emulator().portal.act('cancel', applicationId);
    await emulator().portal.act('delete', applicationId);

    expect(release).toMatchObject({ state: 'succeeded', remote: { status: stuckIn } });
  });
});

test('a failed certification shows its reports, and the next release clears what failed', async () => {
  const report = { date: '2026-11-20T10:00:00Z', reportUrl: 'https://partner.microsoft.com/dashboard/reports/1' };
  await emulator().actions.addOutcome({
    application: APPS.published,
    result: 'CertificationFailed',
    reports: [report],
  });
  const failed = await run(APPS.published, notes('not good enough'));
  const since = await Since.now(emulator());
  const next = await run(APPS.published, notes('better'));

  expect(failed).toMatchObject({
    state: 'failed',
    step: 'certify',
    failure: { code: 'certification-failed' },
    remote: { status: 'CertificationFailed', reports: [{ date: report.date }] },
    left: ['draft'],
  });
  expect(next.state).toBe('succeeded');
  expect(since.requests('deleteSubmission')).toBe(1);
  expect(await productOf(emulator(), APPS.published)).toEqual({ published: next.remote?.submissionId });
});

test('a first submission says what it needs and a release cannot set, before anything is made', async () => {
  const since = await Since.now(emulator());
  const packages = await pipeline.packages(await build('1.0.0.0', 'Contoso.Camera'));
  const baseListing = { title: 'Contoso Camera', description: 'Takes pictures.' };
  const release = await run(APPS.neverPublishedUnrated, {
    ...packages,
    changes: { listings: { 'en-us': { baseListing } } },
  });

  expect(release).toMatchObject({
    state: 'failed',
    failure: { code: 'document-unfit', step: 'checkProduct' },
    left: [],
  });
  expect(release.failure?.errors.map(({ code }) => code)).toEqual(['category-missing']);
  expect(await since.made(APPS.neverPublishedUnrated)).toEqual([]);
});

describe('the secret of the account', () => {
  const name = 'contoso-client-secret';
  const renew = (value: string): Promise<void> => {
    const { account, actions } = emulator();
    return actions.changeClient(account.clientId, { secrets: [{ value }] });
  };

  test('is renewed in the vault during a run: the run goes on', async () => {
    const since = await Since.now(emulator());
    const { id } = await pipeline.start(
      releaseOf(APPS.published, { ...notes('rotated'), options: { approvals: ['commit'] } }),
    );
    const gateId = await pipeline.atGate(id);
    await renew('Second~Secret');
    await emulator().actions.addSecretVersion(name, { value: 'Second~Secret' });
    await pipeline.command(id, 'approve', { gateId });
    const release = await pipeline.ended(id);

    await expectPublishedOnce(emulator(), since, { release });
  });

  test('is renewed too late: the release fails, and a retry goes on once the vault has it', async () => {
    const since = await Since.now(emulator());
    await renew('Third~Secret');
    const { id } = await pipeline.start(releaseOf(APPS.published, notes('renewed late')));
    const failed = await pipeline.ended(id);
    const check = await pipeline.send('GET', '/accounts/contoso/check');
    await emulator().actions.addSecretVersion(name, { value: 'Third~Secret' });
    await pipeline.command(id, 'retry');
    const release = await pipeline.ended(id);

    expect(failed).toMatchObject({ state: 'failed', step: 'acquireToken', failure: { code: 'credential-refused' } });
    expect(check.status).toBe(200);
    await expectPublishedOnce(emulator(), since, { release });
  });
});
