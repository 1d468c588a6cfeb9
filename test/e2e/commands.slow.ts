/** Approve, reject, cancel and retry, sent to the running service. */
import { APPS, expectNothingUnhit } from '../support/emulator';
import { build, notes, releaseOf, type Document, type Pipeline, type ProblemBody } from '../support/e2e-pipeline';
import { expectPublishedOnce, productOf, Since } from '../support/e2e-store';
import { e2eWorld } from '../support/e2e-world';

const world = e2eWorld();
const emulator = () => world().emulator;
let pipeline: Pipeline;

beforeAll(async () => {
  await world().app();
  pipeline = world().pipeline();
});
afterEach(() => expectNothingUnhit(emulator()));

const gated = (text: string): Document => ({ ...notes(text), options: { approvals: ['commit'] } });

test('an approval lets it commit; the same again changes nothing, another decision contradicts', async () => {
  const since = await Since.now(emulator());
  const { id } = await pipeline.start(releaseOf(APPS.published, gated('approved')));
  const gateId = await pipeline.atGate(id);
  const before = since.requests('commitSubmission');
  const other = await pipeline.command<ProblemBody>(id, 'approve', { gateId: 'another' });
  const approved = await pipeline.command(id, 'approve', { gateId, comment: 'Looks good.', by: 'ada' });
  const again = await pipeline.command(id, 'approve', { gateId });
  const rejected = await pipeline.command<ProblemBody>(id, 'reject', { gateId });
  const release = await pipeline.ended(id);

  expect(before).toBe(0);
  expect([other.status, other.body.code]).toEqual([409, 'other-gate']);
  expect([approved.status, again.status]).toEqual([202, 200]);
  expect([rejected.status, rejected.body.code]).toEqual([409, 'not-waiting']);
  expect(release.decisions).toMatchObject([
    { gate: 'commit', decision: 'approved', by: 'ada', comment: 'Looks good.' },
  ]);
  await expectPublishedOnce(emulator(), since, { release });
});

test('a rejection deletes the draft', async () => {
  const since = await Since.now(emulator());
  const before = await productOf(emulator(), APPS.published);
  const { id } = await pipeline.start(releaseOf(APPS.published, gated('rejected')));
  const gateId = await pipeline.atGate(id);
  const rejected = await pipeline.command(id, 'reject', { gateId, comment: 'Not yet.', by: 'ada' });
  const release = await pipeline.ended(id);

  expect(rejected.status).toBe(202);
  expect(release).toMatchObject({
    state: 'canceled',
    cancellation: { code: 'rejected', by: 'ada', reason: 'Not yet.' },
    left: [],
  });
  expect(await productOf(emulator(), APPS.published)).toEqual(before);
  expect([since.requests('deleteSubmission'), since.requests('commitSubmission')]).toEqual([1, 0]);
});

test('a cancel before the commit deletes the draft; the release that was queued behind it goes on', async () => {
  const since = await Since.now(emulator());
  const { id } = await pipeline.start(releaseOf(APPS.published, gated('canceled')));
  await pipeline.atGate(id);
  const impatient = await pipeline.start(
    releaseOf(APPS.published, { ...notes('impatient'), options: { onBusy: 'refuse' } }),
  );
  const refused = await pipeline.ended(impatient.id);
  const next = await pipeline.start(releaseOf(APPS.published, notes('next in the queue')));
  const queued = await pipeline.until(next.id, ({ waitingFor }) => waitingFor?.kind === 'release');
  const canceled = await pipeline.command(id, 'cancel', { reason: 'Wrong build.' });
  const [release, published] = [await pipeline.ended(id), await pipeline.ended(next.id)];
  const late = await pipeline.command<ProblemBody>(next.id, 'cancel');

  expect(refused).toMatchObject({ state: 'failed', failure: { code: 'product-busy', retryable: true } });
  expect(queued.waitingFor).toMatchObject({ kind: 'release', release: id });
  expect(canceled.status).toBe(202);
  expect(release).toMatchObject({
    state: 'canceled',
    cancellation: { code: 'requested', reason: 'Wrong build.' },
    left: [],
  });
  expect(published.state).toBe('succeeded');
  expect([late.status, late.body.code]).toEqual([409, 'already-ended']);
  expect(since.requests('deleteSubmission')).toBe(1);
  expect(await since.made(APPS.published)).toEqual([published.remote?.submissionId]);
});

test('a cancel after the commit is too late; abandoning it leaves the publication', async () => {
  await emulator().actions.addOutcome({ application: APPS.paidTier, result: 'Stuck', stuckIn: 'Certification' });
  const { id } = await pipeline.start(releaseOf(APPS.paidTier, notes('abandoned')));
  await pipeline.until(id, ({ remote }) => remote?.status === 'Certification');
  const late = await pipeline.command<ProblemBody>(id, 'cancel');
  const abandoned = await pipeline.command(id, 'cancel', { abandon: true });
  const release = await pipeline.ended(id);
  const { pending } = await productOf(emulator(), APPS.paidTier);

  expect([late.status, late.body.code]).toEqual([409, 'too-late']);
  expect(abandoned.status).toBe(202);
  expect(release).toMatchObject({ state: 'canceled', left: ['publication'] });
  expect(pending).toBe(release.remote?.submissionId);
});

test('a retry goes on with the same draft, and uploads nothing again', async () => {
  const since = await Since.now(emulator());
  const built = await build('9.4.0.0', 'Contoso.Sketch');
  const writes = () =>
    world().blobs.passed.filter(({ method, url }) => method === 'PUT' && url.includes('/ingestion/'));
  emulator().actions.addFault({ operation: 'commitSubmission', answer: { status: 403 } });
  const { id } = await pipeline.start(releaseOf(APPS.simple, await pipeline.packages(built)));
  const failed = await pipeline.ended(id);
  const uploaded = writes().length;
  const early = await pipeline.command<ProblemBody>(id, 'approve', { gateId: 'none' });
  const retried = await pipeline.command(id, 'retry');
  const release = await pipeline.ended(id);
  const late = await pipeline.command<ProblemBody>(id, 'retry');

  expect(failed).toMatchObject({ state: 'failed', failure: { step: 'commit' }, left: ['draft'] });
  expect([early.status, early.body.code]).toEqual([409, 'not-waiting']);
  expect(retried.status).toBe(202);
  expect(release).toMatchObject({ state: 'succeeded', run: 2, failure: null, left: [] });
  expect(release.remote?.submissionId).toBe((await since.made(APPS.simple))[0]);
  expect([late.status, late.body.code]).toEqual([409, 'not-failed']);
  expect(uploaded).toBeGreaterThan(0);
  expect(writes()).toHaveLength(uploaded);
  expect([since.requests('createSubmission'), since.requests('commitSubmission')]).toEqual([1, 2]);
});
