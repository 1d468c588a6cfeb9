/** The app is killed anywhere while it supersedes a release: the audit log says so once, all the same. */
import { FunctionName } from '../../src/contracts/names';
import { releaseWorld } from '../support/release-app';
import { notes } from './rollout-world';

const world = releaseWorld();

beforeEach(() => world().emulator.reset());

/** At least as many requests to storage as one such activity makes. */
const requests = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

describe.each(['before', 'after'] as const)('killed %s', (when) => {
  test.each(requests)('request %i to storage: the sweep writes what is missing', async (n) => {
    const app = await world().app();
    // For the sweep's durable client.
    await app.host.serve();
    const first = await app.release({ ...notes('first'), options: { approvals: ['commit'] } });
    await app.host.runUntil(() => atGate(app.host.status(app.instanceOf(first))?.customStatus));
    const second = await app.store({ ...notes('second'), options: { onBusy: 'supersede' } });
    await app.rooms.releases.update(second, (record) => ({ ...record, view: { ...record.view, requestedBy: 'ada' } }));
    const off = app.host.at('activity-starting', () => app.dieAtStorageRequest(n, when), FunctionName.supersede);

    app.startRun(second, 1);
    await app.finish(second);
    off();
    app.revive();
    await app.finish(first);
    const view = await app.finish(second);
    await app.host.runTimer(FunctionName.sweep);

    expect(view).toMatchObject({ state: 'succeeded' });
    expect(await app.view(first)).toMatchObject({ state: 'canceled', cancellation: { code: 'superseded' } });
    const { value } = await app.rooms.audit.list({ top: 200 });
    const lines = value.filter(({ releaseId, action }) => releaseId === first && action === 'release-superseded');
    expect(lines).toMatchObject([{ by: 'ada', facts: { supersededBy: second } }]);
    expect((await app.rooms.releases.read(first))?.record.pendingAudit).toEqual([]);
  });
});

function atGate(status: unknown): boolean {
  return (status as { readonly step?: string } | undefined)?.step === 'approveCommit';
}
