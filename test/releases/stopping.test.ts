/** How a release of the Store is stopped, and what is left of it: the rows of "Stopping" in `docs/http-api.md`, over HTTP. */
import { APPS, expectNothingUnhit } from '../support/emulator';
import { releaseWorld, requestsOf, submissionsMade, type ReleaseApp } from '../support/release-app';
import { pipelineOf, type AppPipeline } from './app-pipeline';
import { hour, notes, publishedOf, rolloutOf, untilStages } from './rollout-world';

const world = releaseWorld();
const emulator = () => world().emulator;
let app: ReleaseApp;
let pipeline: AppPipeline;

beforeEach(async () => {
  await emulator().reset();
  app = await world().app();
  pipeline = await pipelineOf(app);
});
afterEach(() => expectNothingUnhit(emulator()));

const wish = { by: 'ada', reason: 'wrong build' };

async function pending(): Promise<string | undefined> {
  const { applications } = (await emulator().actions.state()) as { applications: Record<string, { pending?: string }> };
  return applications[APPS.published]?.pending;
}

describe('before the commit', () => {
  test('a cancel deletes our draft', async () => {
    const { id } = await pipeline.startToGate(notes('never'));
    const draft = await pending();

    const answer = await pipeline.command(id, 'cancel', wish);
    const view = await pipeline.finish(id);

    expect(draft).toBeDefined();
    expect(answer.status).toBe(202);
    expect(view).toMatchObject({ state: 'canceled', cancellation: { code: 'requested', ...wish }, left: [] });
    expect(await pending()).toBeUndefined();
    expect(await submissionsMade(emulator())).toEqual([]);
    expect(requestsOf(emulator(), 'commitSubmission')).toBe(0);
  });

  test('a draft that was touched in the portal stays', async () => {
    const { id } = await pipeline.startToGate(notes('never'));
    const draft = await pending();
    await emulator().portal.act('touch', APPS.published);

    const answer = await pipeline.command(id, 'cancel', wish);
    const view = await pipeline.finish(id);

    expect(answer.status).toBe(202);
    expect(view).toMatchObject({ state: 'canceled', cancellation: { code: 'requested', ...wish }, left: ['draft'] });
    expect(await pending()).toBe(draft);
    expect(requestsOf(emulator(), 'commitSubmission')).toBe(0);
  });

  test('a rejection is a cancel with its reason', async () => {
    const { id, gateId } = await pipeline.startToGate(notes('never'));

    const answer = await pipeline.command(id, 'reject', { gateId, by: 'ada', comment: 'wrong build' });
    const view = await pipeline.finish(id);

    expect(answer.status).toBe(202);
    expect(view).toMatchObject({
      state: 'canceled',
      cancellation: { code: 'rejected', ...wish },
      decisions: [{ gate: 'commit', decision: 'rejected', by: 'ada', comment: 'wrong build' }],
      left: [],
    });
    expect(await pending()).toBeUndefined();
    expect(requestsOf(emulator(), 'commitSubmission')).toBe(0);
  });

  test('a release that failed keeps its draft, with which a retry goes on', async () => {
    const answer = { status: 403, body: 'absent' } as const;
    emulator().actions.addFault({ operation: 'updateSubmission', answer });
    const id = await pipeline.start(notes('at last'));
    const failed = await pipeline.finish(id);
    const draft = await pending();

    const retried = await pipeline.command(id, 'retry', { by: 'ada' });
    const view = await pipeline.finish(id);

    expect(failed).toMatchObject({ state: 'failed', left: ['draft'] });
    expect(draft).toBeDefined();
    expect(retried.status).toBe(202);
    expect(view).toMatchObject({ state: 'succeeded', left: [], remote: { submissionId: draft } });
    expect(requestsOf(emulator(), 'createSubmission')).toBe(1);
  });
});

describe('after the commit', () => {
  /** A release in certification, which it would leave by itself. */
  async function inCertification(): Promise<string> {
    const id = await pipeline.start(notes('on its way'));
    await app.host.runUntil(() => requestsOf(emulator(), 'getSubmissionStatus') > 0);
    await app.host.settle();
    return id;
  }

  test('a cancel is too late, and the release goes on', async () => {
    const id = await inCertification();

    const answer = await pipeline.command(id, 'cancel', wish);
    const view = await pipeline.finish(id);

    expect(answer).toEqual({ status: 409, code: 'too-late' });
    expect(view).toMatchObject({ state: 'succeeded', cancellation: null, left: [] });
    expect(await publishedOf(emulator(), APPS.published)).toBe(view.remote?.submissionId);
  });

  test('a person cancels the certification in Partner Center: the release is canceled', async () => {
    const id = await inCertification();
    await emulator().portal.act('cancel', APPS.published);

    const view = await pipeline.finish(id);

    expect(view).toMatchObject({
      state: 'canceled',
      cancellation: { code: 'canceled-in-portal', by: null },
      remote: { status: 'Canceled' },
      left: [],
    });
  });

  test('abandoned, we stop watching, and the publication goes on', async () => {
    const id = await inCertification();

    const answer = await pipeline.command(id, 'cancel', { ...wish, abandon: true });
    const view = await pipeline.finish(id);
    const looks = requestsOf(emulator(), 'getSubmissionStatus');
    await app.host.advance(24 * hour);
    await emulator().actions.advanceClock('1d');

    expect(answer.status).toBe(202);
    expect(view).toMatchObject({
      state: 'canceled',
      cancellation: { code: 'requested', ...wish },
      left: ['publication'],
    });
    expect(requestsOf(emulator(), 'getSubmissionStatus')).toBe(looks);
    expect(await publishedOf(emulator(), APPS.published)).toBe(view.remote?.submissionId);
    expect(requestsOf(emulator(), 'deleteSubmission')).toBe(0);
  });
});

describe('during a rollout', () => {
  const stages = [10, 50].map((percentage) => ({ percentage, for: 'PT2H' }));

  async function inStages(): Promise<string> {
    const id = await pipeline.start({ ...notes('in stages'), options: { rollout: { stages, finalize: true } } });
    await untilStages(app, id);
    return id;
  }

  test('a cancel leaves out further stages, and the rollout as it is', async () => {
    const id = await inStages();

    const answer = await pipeline.command(id, 'cancel', wish);
    const view = await pipeline.finish(id);
    await app.host.advance(24 * hour);

    expect(answer.status).toBe(202);
    expect(view).toMatchObject({ state: 'canceled', cancellation: { code: 'requested', ...wish }, left: ['rollout'] });
    const live = await publishedOf(emulator(), APPS.published);
    expect(live).toBe(view.remote?.submissionId);
    expect(await rolloutOf(emulator(), live)).toBe('10 PackageRolloutInProgress');
  });

  test('a halt stops the rollout itself, and the release is canceled too', async () => {
    const id = await inStages();

    const answer = await pipeline.command(id, 'rollout', { action: 'halt', by: 'ada' });
    const view = await pipeline.finish(id);

    expect(answer.status).toBe(202);
    expect(view).toMatchObject({ state: 'canceled', cancellation: { code: 'rollout-halted', by: 'ada' }, left: [] });
    expect(await rolloutOf(emulator(), view.remote?.submissionId ?? '')).toBe('0 PackageRolloutStopped');
  });
});
