/** When a release begins and goes live, and what it does to the releases ahead of it. */
import { releaseWorld, requestsOf, submissionsMade } from '../support/release-app';

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

test('a release without publishAt keeps what the product has', async () => {
  const app = await world().app();
  const committed = await app.finish(
    await app.release({ ...notes('x'), options: { publishAt: '2030-01-01T08:00:00Z', until: 'committed' } }),
  );

  expect(committed.state).toBe('succeeded');
  expect(await documentOf(committed.remote?.submissionId)).toMatchObject({ targetPublishMode: 'SpecificDate' });
});

describe('onBusy supersede', () => {
  test('cancels the release ahead that is not committed, takes its draft back, and goes on', async () => {
    const app = await world().app();
    const first = await app.release({ ...notes('first'), options: { approvals: ['commit'] } });
    await app.host.runUntil(() => requestsOf(world().emulator, 'updateSubmission') === 1);

    const second = await app.finish(await app.release({ ...notes('second'), options: { onBusy: 'supersede' } }));

    expect(await app.view(first)).toMatchObject({
      state: 'canceled',
      cancellation: { code: 'superseded', reason: expect.stringContaining(second.id) as string },
      left: [],
    });
    expect(second.state).toBe('succeeded');
    expect(await submissionsMade(world().emulator)).toEqual([second.remote?.submissionId]);
  });

  test('cancels those that wait in the queue, too', async () => {
    const app = await world().app();
    const first = await app.release({ ...notes('first'), options: { approvals: ['commit'] } });
    await app.host.runUntil(() => requestsOf(world().emulator, 'updateSubmission') === 1);
    const queued = await app.release(notes('queued'));
    await app.host.advance(60_000);

    const last = await app.finish(await app.release({ ...notes('last'), options: { onBusy: 'supersede' } }));

    expect((await app.view(first)).cancellation).toMatchObject({ code: 'superseded' });
    expect((await app.view(queued)).cancellation).toMatchObject({ code: 'superseded' });
    expect(last.state).toBe('succeeded');
  });
});
