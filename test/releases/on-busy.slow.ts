/** What a release does where something else has its product: waits, gives up, or goes before the releases ahead of it. */
import { FunctionName } from '../../src/contracts/names';
import { APPS, expectNothingUnhit } from '../support/emulator';
import { releaseWorld, requestsOf, submissionsMade, type ReleaseApp } from '../support/release-app';
import { pipelineOf, type AppPipeline } from './app-pipeline';
import { hour, notes } from './rollout-world';

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

const refuse = { onBusy: 'refuse' } as const;
const supersede = { onBusy: 'supersede' } as const;

describe('another release has the product', () => {
  test('queue: it waits, and is published after it', async () => {
    const first = await pipeline.startToGate(notes('first'));
    const second = await pipeline.start(notes('second'));
    await app.host.advance(hour);
    const waiting = await pipeline.view(second);

    await pipeline.command(first.id, 'approve', { gateId: first.gateId });
    const views = [await pipeline.finish(first.id), await pipeline.finish(second)];

    expect(waiting).toMatchObject({ state: 'queued', waitingFor: { kind: 'release', release: first.id } });
    expect(views.map(({ state }) => state)).toEqual(['succeeded', 'succeeded']);
    expect(await submissionsMade(emulator())).toEqual(views.map(({ remote }) => remote?.submissionId));
  });

  test('refuse: it fails at once, and the other one goes on', async () => {
    const first = await pipeline.startToGate(notes('first'));

    const second = await pipeline.finish(await pipeline.start({ ...notes('second'), options: refuse }));
    const other = await pipeline.view(first.id);
    await pipeline.command(first.id, 'approve', { gateId: first.gateId });
    const published = await pipeline.finish(first.id);

    expect(second).toMatchObject({ state: 'failed', failure: { code: 'product-busy', retryable: true }, left: [] });
    expect(other.state).toBe('waiting');
    expect(await submissionsMade(emulator())).toEqual([published.remote?.submissionId]);
  });

  test('supersede: that one is canceled and its draft taken back, and this one is published', async () => {
    const first = await pipeline.startToGate(notes('first'));

    const second = await pipeline.finish(await pipeline.start({ ...notes('second'), options: supersede }));

    const reason = `Superseded by ${second.id}.`;
    expect(await pipeline.view(first.id)).toMatchObject({
      state: 'canceled',
      cancellation: { code: 'superseded', reason },
      left: [],
    });
    expect(second.state).toBe('succeeded');
    expect(await submissionsMade(emulator())).toEqual([second.remote?.submissionId]);
  });

  test('supersede: those that wait in the queue are canceled, too', async () => {
    const first = await pipeline.startToGate(notes('first'));
    const queued = await pipeline.start(notes('queued'));
    await app.host.advance(60_000);

    const last = await pipeline.finish(await pipeline.start({ ...notes('last'), options: supersede }));

    for (const id of [first.id, queued])
      expect(await pipeline.view(id)).toMatchObject({ state: 'canceled', cancellation: { code: 'superseded' } });
    expect(last.state).toBe('succeeded');
  });

  test('supersede: one that is committed is waited for', async () => {
    const first = await pipeline.start(notes('first'));
    await app.host.runUntil(() => requestsOf(emulator(), 'getSubmissionStatus') > 0);

    const second = await pipeline.finish(await pipeline.start({ ...notes('second'), options: supersede }));

    const other = await pipeline.view(first);
    expect([other.state, second.state]).toEqual(['succeeded', 'succeeded']);
    expect(other.cancellation).toBeNull();
    expect(await auditOf(first)).toEqual([]);
    expect(await submissionsMade(emulator())).toEqual([other.remote?.submissionId, second.remote?.submissionId]);
  });
});

describe('somebody else’s publication is under way', () => {
  const target = { kind: 'store-app', applicationId: APPS.pendingDraft } as const;

  beforeEach(async () => {
    await emulator().portal.act('submit', APPS.pendingDraft);
    app.host.at('activity-returned', () => emulator().actions.advanceClock('25s'), FunctionName.lookAtStoreProduct);
  });

  test('queue: it waits until that is live, and is published after it', async () => {
    const id = await pipeline.start({ target, ...notes('after it') });
    await app.host.runUntil(() => requestsOf(emulator(), 'getApplication') === 1);
    await app.host.settle();
    const waiting = await pipeline.view(id);

    const view = await pipeline.finish(id);

    expect(waiting).toMatchObject({ state: 'queued', waitingFor: { kind: 'publication' } });
    expect(view).toMatchObject({ state: 'succeeded', left: [] });
    expect(requestsOf(emulator(), 'deleteSubmission')).toBe(0);
  });

  test('refuse: it fails at once, and a retry after that is published', async () => {
    const id = await pipeline.start({ target, ...notes('after it'), options: refuse });
    const view = await pipeline.finish(id);
    await emulator().actions.advanceClock('120s');

    await pipeline.command(id, 'retry');
    const again = await pipeline.finish(id);

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'product-busy' }, left: [] });
    expect(again).toMatchObject({ state: 'succeeded', left: [] });
  });

  test('supersede: it is no release of ours, and is waited for', async () => {
    const view = await pipeline.finish(await pipeline.start({ target, ...notes('after it'), options: supersede }));

    expect(view).toMatchObject({ state: 'succeeded', left: [] });
    expect(requestsOf(emulator(), 'deleteSubmission')).toBe(0);
  });
});

/** The lines of the audit log about how a release was superseded. */
async function auditOf(id: string) {
  const { value } = await app.rooms.audit.list({ top: 200 });
  return value.filter(({ releaseId, action }) => releaseId === id && action === 'release-superseded');
}

/** A release that goes before others, asked for by ada, and not started yet. */
async function asked(): Promise<string> {
  const id = await app.store({ ...notes('second'), options: supersede });
  await app.rooms.releases.update(id, (record) => ({ ...record, view: { ...record.view, requestedBy: 'ada' } }));
  return id;
}

describe('that a release was superseded', () => {
  test('is in the audit log: by which release, and by whom that was asked for', async () => {
    const first = await pipeline.startToGate(notes('first'));
    const queued = await pipeline.start(notes('queued'));
    await app.host.advance(60_000);
    const second = await asked();
    const at = app.host.now;

    app.startRun(second, 1);
    await pipeline.finish(second);

    for (const id of [first.id, queued]) {
      const [line, ...others] = await auditOf(id);
      const { record } = (await app.rooms.releases.read(id))!;
      expect(others).toEqual([]);
      expect(line).toMatchObject({
        by: 'ada',
        account: 'contoso',
        product: APPS.published,
        docHash: record.docHash,
        facts: { supersededBy: second },
      });
      expect(Date.parse(line?.at ?? '')).toBeGreaterThanOrEqual(at.getTime());
      expect(record.pendingAudit).toEqual([]);
    }
  });

  test('is not said of a release that a person had canceled before', async () => {
    const first = await pipeline.startToGate(notes('first'));
    const at = app.host.now.toISOString();
    const cancel = { at, by: 'eve', reason: null, abandon: false, code: 'requested' } as const;
    // Nobody rings: it is still in the queue when the other one comes.
    await app.rooms.releases.requestCancel(first.id, cancel);

    await pipeline.finish(await pipeline.start({ ...notes('second'), options: supersede }));

    expect((await pipeline.view(first.id)).cancellation).toMatchObject({ code: 'requested', by: 'eve' });
    expect(await auditOf(first.id)).toEqual([]);
  });
});
