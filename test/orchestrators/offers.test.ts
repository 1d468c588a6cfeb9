import type { RunPlan } from '../../src/contracts/activities';
import { createWorld, final, retryable } from './world';
import type { World } from './world';

const hour = 3_600_000;
const target = { kind: 'marketplace-product', productId: '2d73a129-44e2-4303-838b-e3788ba1a74c' } as const;
let world: World;
afterEach(() => world.close());

async function offerWorld(plan: Partial<RunPlan> = {}): Promise<World> {
  return createWorld({ target, packages: 0, approvals: ['go-live'], approvalTimeoutMs: 72 * hour, ...plan });
}

async function atGate(plan: Partial<RunPlan> = {}): Promise<World> {
  const created = await offerWorld(plan);
  created.start();
  await created.host.runUntil(() => created.view.waitingFor?.kind === 'approval');
  return created;
}

const toPreview = ['write', 'upload', 'verify draft', 'publish', 'verify preview'];
const toLive = [...toPreview, 'promote', 'verify live', 'settle live'];

describe('an offer on its way', () => {
  test('waits at the go-live gate with its preview, and goes live once a person says so', async () => {
    world = await atGate();

    expect(world.view).toMatchObject({ state: 'waiting', step: 'approveGoLive', waitingFor: { gate: 'go-live' } });
    expect(world.offer.done).toEqual(toPreview);
    world.decide('approved');
    const view = await world.finish();

    expect(view).toMatchObject({
      state: 'succeeded',
      left: [],
      decisions: [{ gate: 'go-live', decision: 'approved' }],
    });
    expect(world.offer.done).toEqual(toLive);
    expect(view.steps.map(({ name }) => name)).toEqual([
      'acquireToken',
      'checkPackages',
      'checkProduct',
      'updateDraft',
      'uploadPackages',
      'publishPreview',
      'approveGoLive',
      'goLive',
    ]);
    expect(view.steps.every(({ attempts }) => attempts <= 1)).toBe(true);
  });

  test('is not stalled at its gate, though its preview was and shows the same word', async () => {
    world = await offerWorld({ pollFloorMs: 6 * hour });
    world.offer.status = 'running';
    world.offer.phases = [...new Array<'previewing'>(20).fill('previewing'), 'preview-ready'];
    world.start();
    await world.host.runUntil(() => world.view.stalledSince !== null);
    const before = world.view;

    await world.host.runUntil(() => world.view.waitingFor?.kind === 'approval');

    expect(before).toMatchObject({ step: 'publishPreview', remote: { status: 'running' } });
    expect(world.view).toMatchObject({ step: 'approveGoLive', stalledSince: null, remote: { status: 'running' } });
  });

  test('asks nobody where the release wants no gate', async () => {
    world = await offerWorld({ approvals: [] });

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'succeeded', decisions: [] });
    expect(world.offer.done).toEqual(toLive);
  });

  test('asks before it is published to preview, too, where the release wants that', async () => {
    world = await atGate({ approvals: ['commit', 'go-live'] });

    expect(world.view).toMatchObject({ step: 'approveCommit', waitingFor: { gate: 'commit' } });
    expect(world.offer.count('publish')).toBe(0);
    world.decide('approved');
    await world.host.runUntil(() => world.view.step === 'approveGoLive' && world.view.waitingFor !== null);
    world.decide('approved');

    expect((await world.finish()).state).toBe('succeeded');
  });

  test('does not go live before its time, approved as it may be', async () => {
    world = await atGate({ goLiveAt: '2026-01-02T12:00:00.000Z' });

    world.decide('approved');
    await world.host.runUntil(() => world.view.state === 'scheduled');

    expect(world.view.waitingFor).toMatchObject({ kind: 'time', until: '2026-01-02T12:00:00.000Z' });
    await world.finish();
    expect(world.callsOf('promoteOffer')[0]!.at).toBe(Date.parse('2026-01-02T12:00:00.000Z'));
  });

  test.each([
    ['draft', ['write', 'upload', 'verify draft', 'settle draft'], ['draft']],
    ['preview', [...toPreview, 'settle preview'], ['preview']],
  ] as const)('ends at the %s where the release wants no more', async (until, done, left) => {
    world = await offerWorld({ until });

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'succeeded', left });
    expect(world.offer.done).toEqual(done);
  });

  test('ends at once where all that is asked for is live', async () => {
    world = await offerWorld();
    world.offer.look = { nothingToPublish: true, writes: 0, fileWrites: 0 };

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'succeeded', left: [] });
    expect(world.offer.done).toEqual([]);
  });

  test('clears what an earlier release has left in the draft, and publishes nothing of it', async () => {
    world = await offerWorld();
    world.offer.look = { nothingToPublish: true, writes: 1, fileWrites: 0 };

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'succeeded', left: [] });
    expect(world.offer.done).toEqual(['write', 'verify draft', 'settle unchanged']);
  });

  test('is made where it is not there and the document says how', async () => {
    const create = { resourceType: 'AzureApplication', name: 'Monitor' } as const;
    world = await offerWorld({
      target: { kind: 'marketplace-product', offerId: 'contoso-monitor', create },
      approvals: [],
    });
    world.isMissing = true;

    const view = await world.publish();

    expect(world.offer.done).toEqual(['make', ...toLive]);
    expect(view.target).toMatchObject({ offerId: 'contoso-monitor', productId: 'product' });
  });

  test('goes on slice by slice, as far as each activity gets', async () => {
    world = await offerWorld({ approvals: [] });
    world.offer.slices = 3;

    await world.publish();

    expect(world.callsOf('writeOfferDraft')).toHaveLength(3);
    expect(world.callsOf('uploadOfferFiles')).toHaveLength(3);
    expect(world.offer.done).toEqual(toLive);
  });

  test('costs nothing while it waits: a hundred polls leave the history of twenty', async () => {
    world = await offerWorld({ approvals: [] });
    world.offer.publish();
    world.offer.publication = null;
    world.offer.done.length = 0;
    world.offer.phases = [...new Array<'previewing'>(100).fill('previewing'), 'preview-ready'];
    world.start();
    await world.host.runUntil(() => world.callsOf('pollOffer').length === 100);

    expect(world.host.history(`${world.watchInstance}-preview`).length).toBeLessThan(300);
    expect((await world.finish()).state).toBe('succeeded');
  });
});

describe('what stands in the way', () => {
  test('a draft that somebody else has worked on stops it before anything is written', async () => {
    world = await offerWorld();
    world.offer.look = { failure: final('foreign-draft') };

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'foreign-draft' }, left: [] });
    expect(world.offer.done).toEqual([]);
  });

  test('all faults of the document are told together, and nothing is written', async () => {
    world = await offerWorld();
    const errors = [{ pointer: '/changes/property', code: 'read-only-member', message: 'No.' }];
    world.offer.look = { faults: errors };

    expect((await world.publish()).failure).toMatchObject({ code: 'document-unfit', errors });
  });

  test('a publication that is under way is waited for, or refused', async () => {
    world = await offerWorld({ approvals: [] });
    world.offer.look = { underWay: { publicationId: 'other', status: 'going-live' } };
    world.start();
    await world.host.runUntil(() => world.view.waitingFor?.kind === 'publication');

    expect(world.offer.done).toEqual([]);
    world.offer.look = {};
    expect((await world.finish()).state).toBe('succeeded');

    world.close();
    world = await offerWorld({ onBusy: 'refuse' });
    world.offer.look = { underWay: { publicationId: 'other', status: 'going-live' } };
    expect((await world.publish()).failure).toMatchObject({ code: 'product-busy' });
  });

  test('what was accepted and not stored is written again, three times at most', async () => {
    world = await offerWorld({ approvals: [] });
    world.twist('verifyOffer', final('not-stored'), final('not-stored'), final('not-stored'));

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'not-stored' }, left: ['draft'] });
    expect(world.offer.count('write')).toBe(3);
    expect(world.offer.count('publish')).toBe(0);
  });

  test('a preview that is not what was written never gets to the gate', async () => {
    world = await offerWorld();
    world.twist('verifyOffer', 'work', final('published-differs'));

    const view = await world.publish();

    expect(view).toMatchObject({ failure: { code: 'published-differs' }, left: ['draft', 'preview'] });
    expect(world.offer.count('promote')).toBe(0);
  });

  test.each([
    ['preview', ['previewing', 'failed'], 'preview-failed', 'publishPreview'],
    ['live', ['preview-ready'], 'go-live-failed', 'goLive'],
  ] as const)('a publication that fails on its way to %s says so', async (goal, phases, code, step) => {
    world = await offerWorld({ approvals: [] });
    world.before.set('publishOffer', () => void (world.offer.phases = [...phases]));
    if (goal === 'live')
      world.before.set('pollOffer', () => void (world.offer.count('promote') > 0 && (world.offer.phases = ['failed'])));

    const view = await world.publish();

    expect(view.failure).toMatchObject({ code, step });
    expect(view.failure?.errors[0]).toMatchObject({ code: 'Resell-20007' });
    expect(view.left).toEqual(['draft']);
  });
});

describe('stopping', () => {
  test('before anything is published puts the draft back', async () => {
    world = await offerWorld();
    world.before.set('publishOffer', () => void world.cancel());

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'canceled', cancellation: { code: 'requested' } });
    expect(world.offer.done.at(-1)).toBe('withdraw');
  });

  test('while the preview is being made cancels the publication', async () => {
    world = await offerWorld();
    world.start();
    await world.host.runUntil(() => world.callsOf('pollOffer').length === 1);

    expect(world.cancel()).toBe('accepted');
    const view = await world.finish();

    expect(view).toMatchObject({ state: 'canceled', left: [] });
    expect(world.offer.phases).toEqual(['canceled']);
  });

  test.each([
    [false, ['preview']],
    [true, []],
  ] as const)('at the go-live gate cancels where the API can (%s)', async (cancelsPreviews, left) => {
    world = await atGate();
    world.offer.cancelsPreviews = cancelsPreviews;

    world.decide('rejected');
    const view = await world.finish();

    expect(view).toMatchObject({ state: 'canceled', cancellation: { code: 'rejected', by: 'grace' }, left });
    expect(world.offer.count('promote')).toBe(0);
  });

  test('a draft that somebody has touched stays, and is told', async () => {
    world = await atGate();
    world.offer.cancelsPreviews = true;
    world.offer.isTouched = true;

    world.decide('rejected');

    expect((await world.finish()).left).toEqual(['draft']);
  });

  test('after the go-live it is too late; who insists stops the watching alone', async () => {
    world = await offerWorld({ approvals: [] });
    world.start();
    await world.host.runUntil(() => world.offer.count('promote') === 1 && world.callsOf('pollOffer').length > 2);

    expect(world.cancel()).toBe('refused');
    expect(world.cancel({ abandon: true })).toBe('accepted');
    const view = await world.finish();

    expect(view).toMatchObject({ state: 'canceled', left: ['publication'] });
    expect(world.offer.count('withdraw')).toBe(0);
  });

  test('what a person cancels in the portal is followed, and the draft is put back', async () => {
    world = await offerWorld();
    world.before.set('publishOffer', () => void (world.offer.phases = ['previewing', 'canceled']));

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'canceled', cancellation: { code: 'canceled-in-portal' } });
    expect(world.offer.done.at(-1)).toBe('withdraw');
  });

  test('what a person has taken away in the portal is gone once it stays away, and the draft is put back', async () => {
    world = await offerWorld();
    const gone = retryable('submission-lost');
    world.twist('pollOffer', gone, 'work', ...Array.from({ length: 40 }, () => gone));

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'canceled', cancellation: { code: 'canceled-in-portal' }, left: [] });
    expect(world.offer.done.at(-1)).toBe('withdraw');
    expect(world.callsOf('pollOffer').length).toBeGreaterThan(5);
  });

  test('a go-live that a person cancels in the portal leaves nothing, and the draft is put back', async () => {
    world = await offerWorld({ approvals: [] });
    world.start();
    await world.host.runUntil(() => world.offer.count('promote') === 1);
    world.offer.phases = ['canceled'];

    const view = await world.finish();

    expect(view).toMatchObject({ state: 'canceled', cancellation: { code: 'canceled-in-portal' }, left: [] });
    expect(world.offer.done.at(-1)).toBe('withdraw');
  });

  test('nobody decides: it fails when the time is up, keeps its preview, and a retry goes on with it', async () => {
    world = await atGate();

    const view = await world.finish();

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'approval-timeout' }, left: ['draft', 'preview'] });
    world.offer.look = { own: { publicationId: 'publication-1', phase: 'preview-ready' } };
    await world.records.runs.retryRun(world.releaseId, world.host.now.toISOString());
    world.start();
    await world.host.runUntil(() => world.view.waitingFor?.kind === 'approval');
    world.decide('approved');
    expect((await world.finish()).state).toBe('succeeded');
    expect(world.offer.count('publish')).toBe(1);
  });
});

describe('what happens on the way', () => {
  test('an outage while it is watched is outlived', async () => {
    world = await offerWorld({ approvals: [] });
    const outage = retryable('partner-center-unavailable');
    world.twist('pollOffer', 'work', outage, outage, outage, 'throw');

    expect((await world.publish()).state).toBe('succeeded');
    expect(world.events.filter(({ type }) => type === 'attempt-failed').length).toBe(1);
  });

  test('an interrupted activity is asked again, and looks first', async () => {
    world = await offerWorld({ approvals: [] });
    world.twist('publishOffer', 'work-then-throw');
    world.twist('promoteOffer', retryable('partner-center-unavailable', { unclear: true }));

    expect((await world.publish()).state).toBe('succeeded');
    expect(world.offer.count('publish')).toBe(1);
  });

  test('a person who lets it go live in the portal is followed past the gate', async () => {
    world = await offerWorld();
    world.before.set('publishOffer', () => void (world.offer.phases = ['previewing', 'going-live', 'live']));

    const view = await world.publish();

    expect(view).toMatchObject({ state: 'succeeded', decisions: [] });
    expect(world.offer.count('promote')).toBe(0);
  });

  test('a go-live whose answer stays unclear is told as a publication that is left', async () => {
    world = await offerWorld({ approvals: [] });
    world.twist('promoteOffer', final('partner-center-unavailable', { unclear: true }));

    expect(await world.publish()).toMatchObject({ state: 'failed', left: ['publication'] });
  });
});
