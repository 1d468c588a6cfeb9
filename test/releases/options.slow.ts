/** When a release begins, waits for people, and goes live. */
import { APPS } from '../support/emulator';
import { releaseWorld, requestsOf } from '../support/release-app';
import { pipelineOf } from './app-pipeline';

const world = releaseWorld();

beforeEach(() => world().emulator.reset());

const notes = (text: string) => ({ changes: { listings: { 'en-us': { baseListing: { releaseNotes: text } } } } });
const hour = 3_600_000;

interface Document {
  readonly targetPublishMode: string;
  readonly targetPublishDate: string;
}

async function documentOf(submissionId: string | undefined): Promise<Document | undefined> {
  const { submissions } = (await world().emulator.actions.state()) as unknown as {
    submissions: Record<string, { content: Document }>;
  };
  return submissions[submissionId ?? '']?.content;
}

test('nothing is begun before startAt; until then the release is scheduled', async () => {
  const app = await world().app();
  const startAt = new Date(app.host.now.getTime() + 30 * hour).toISOString();
  const id = await app.release({ ...notes('later'), options: { startAt } });

  await app.host.advance(29 * hour);
  const before = await app.view(id);
  const requestsBefore = world().emulator.actions.journal().length;
  const view = await app.finish(id);

  expect(before).toMatchObject({ state: 'scheduled', waitingFor: { kind: 'time', until: startAt } });
  expect(requestsBefore).toBe(0);
  expect(view.state).toBe('succeeded');
});

test('a startAt that has passed begins at once', async () => {
  const app = await world().app();
  const startAt = new Date(app.host.now.getTime() - hour).toISOString();

  const view = await app.finish(await app.release({ ...notes('now'), options: { startAt } }));

  expect(view.state).toBe('succeeded');
});

test('a scheduled release can be canceled, and has sent nothing', async () => {
  const app = await world().app();
  const startAt = new Date(app.host.now.getTime() + 30 * hour).toISOString();
  const id = await app.release({ ...notes('never'), options: { startAt } });
  await app.host.advance(hour);
  const cancel = { at: app.host.now.toISOString(), by: null, reason: null, abandon: false, code: 'requested' } as const;

  await app.rooms.releases.requestCancel(id, cancel);
  const view = await app.finish(id);

  expect(view).toMatchObject({ state: 'canceled', left: [] });
  expect(world().emulator.actions.journal()).toEqual([]);
});

test('publishAt is the date of the Store', async () => {
  const app = await world().app();
  const publishAt = '2030-01-01T08:00:00.000Z';

  const view = await app.finish(await app.release({ ...notes('x'), options: { publishAt, until: 'certified' } }));

  expect(view.state).toBe('succeeded');
  expect(await documentOf(view.remote?.submissionId)).toMatchObject({
    targetPublishMode: 'SpecificDate',
    targetPublishDate: '2030-01-01T08:00:00.0000000Z',
  });
});

test('a certified submission that waits for its date is not stalled', async () => {
  const app = await world().app();
  const pipeline = await pipelineOf(app);
  const id = await pipeline.start({ ...notes('dated'), options: { publishAt: '2030-01-01T08:00:00Z' } });
  await app.host.runUntil(() => requestsOf(world().emulator, 'getSubmissionStatus') > 6);

  await app.host.advance(26 * hour);
  const waiting = await pipeline.view(id);
  // The product is free for the next test once this has ended.
  await world().emulator.portal.act('publish', APPS.published);
  const view = await pipeline.finish(id);

  expect(waiting).toMatchObject({ state: 'running', remote: { status: 'Release' }, stalledSince: null });
  expect(view.state).toBe('succeeded');
});

test('a release without publishAt keeps what the product has', async () => {
  const app = await world().app();
  const committed = await app.finish(
    await app.release({ ...notes('x'), options: { publishAt: '2030-01-01T08:00:00Z', until: 'committed' } }),
  );

  expect(committed.state).toBe('succeeded');
  expect(await documentOf(committed.remote?.submissionId)).toMatchObject({ targetPublishMode: 'SpecificDate' });
});

describe('publishAt manual', () => {
  test('waits for a person to publish in Partner Center, as long as that takes, and says where', async () => {
    const app = await world().app();
    const pipeline = await pipelineOf(app);
    const id = await pipeline.start({ ...notes('by hand'), options: { publishAt: 'manual' } });
    // Certification is over by then: it takes three polls.
    await app.host.runUntil(() => requestsOf(world().emulator, 'getSubmissionStatus') > 6);
    await app.host.advance(2 * hour);
    const waiting = await pipeline.view(id);
    const before = await documentOf(waiting.remote?.submissionId);
    await world().emulator.portal.act('publish', APPS.published);
    const view = await pipeline.finish(id);

    expect(waiting).toMatchObject({
      state: 'waiting',
      step: 'publish',
      waitingFor: { kind: 'publisher' },
      remote: { status: 'Release', links: [{ title: 'Partner Center' }] },
    });
    expect(waiting.remote?.links[0]?.href).toContain(`/${APPS.published}/submissions/${waiting.remote?.submissionId}`);
    expect(before).toMatchObject({ targetPublishMode: 'Manual' });
    expect(view).toMatchObject({ state: 'succeeded', waitingFor: null, remote: { status: 'Published' }, left: [] });
  });
});

describe('an approval', () => {
  const approvals = ['commit'] as const;

  test('that nobody gives in time fails the release, which keeps its draft; a retry asks again', async () => {
    const app = await world().app();
    const pipeline = await pipelineOf(app);
    const options = { approvals, approvalTimeout: 'PT2H' };
    const { id, gateId } = await pipeline.startToGate({ ...notes('approved later'), options });

    await app.host.advance(hour);
    const before = await pipeline.view(id);
    const view = await pipeline.finish(id);
    const late = await pipeline.command(id, 'approve', { gateId });
    await pipeline.command(id, 'retry');
    const again = await pipeline.toGate(id);
    await pipeline.command(id, 'approve', { gateId: again });
    const approved = await pipeline.finish(id);

    expect(before.state).toBe('waiting');
    expect(view).toMatchObject({
      state: 'failed',
      failure: { code: 'approval-timeout', step: 'approveCommit' },
      decisions: [{ decision: 'expired', by: null }],
      left: ['draft'],
    });
    expect(late).toEqual({ status: 409, code: 'not-waiting' });
    expect(again).not.toBe(gateId);
    expect(approved).toMatchObject({ state: 'succeeded', left: [] });
    expect(requestsOf(world().emulator, 'createSubmission')).toBe(1);
    expect(requestsOf(world().emulator, 'commitSubmission')).toBe(1);
  });
});

test('startAt and approval over HTTP: scheduled, then at its gate, then live', async () => {
  const app = await world().app();
  const pipeline = await pipelineOf(app);
  const startAt = new Date(app.host.now.getTime() + 30 * hour).toISOString();
  const id = await pipeline.start({ ...notes('later'), options: { startAt, approvals: ['commit'] } });

  await app.host.advance(29 * hour);
  const scheduled = await pipeline.view(id);
  const gateId = await pipeline.toGate(id);
  const approved = await pipeline.command(id, 'approve', { gateId, by: 'ada' });
  const view = await pipeline.finish(id);

  expect(scheduled).toMatchObject({ state: 'scheduled', waitingFor: { kind: 'time', until: startAt } });
  expect(approved.status).toBe(202);
  expect(view).toMatchObject({ state: 'succeeded', decisions: [{ decision: 'approved', by: 'ada' }], left: [] });
});
