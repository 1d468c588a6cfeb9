/**
 * Gateways, time-outs, tokens and addresses that end in the middle: one submission, one commit, and it is live. The quick
 * run takes one of each kind, the slow one the others.
 */
import { APPS } from '../support/emulator';
import {
  account,
  releaseWorld,
  requestsOf,
  submissionsMade,
  type ReleaseApp,
  type World,
} from '../support/release-app';

let world: () => World;

const notes = (text: string) => ({ changes: { listings: { 'en-us': { baseListing: { releaseNotes: text } } } } });
const fault: World['emulator']['actions']['addFault'] = (request) => world().emulator.actions.addFault(request);
const html = (status: number) => ({ answer: { status, body: 'html' } }) as const;

async function expectPublishedOnce(app: ReleaseApp, id: string): Promise<void> {
  const view = await app.finish(id);
  expect(view).toMatchObject({ state: 'succeeded', failure: null, left: [] });
  expect(await submissionsMade(world().emulator)).toEqual([view.remote?.submissionId]);
  const { applications } = (await world().emulator.actions.state()) as {
    applications: Record<string, { published?: string }>;
  };
  expect(applications[APPS.published]?.published).toBe(view.remote?.submissionId);
  expect(requestsOf(world().emulator, 'commitSubmission')).toBe(1);
}

/** One of each kind. */
export function faultsOfTheWire(): void {
  setUp();
  // First: a read for people takes what the request budget has now, which the others move ahead in time.
  listComesLate();
  gatewayTimesOut();
  takesTooLong(['commitSubmission']);
  tokenEnds([
    { operation: 'createSubmission', how: 'revoked', meanwhile: { revokeTokens: true } },
    { operation: 'getSubmissionStatus', how: 'expired', meanwhile: { advanceClock: '61m' } },
  ]);
  addressExpires([{ operation: 'putBlockList', blocks: 1 }]);
}

/** The others. */
export function moreFaultsOfTheWire(): void {
  setUp();
  htmlFromGateway();
  takesTooLong(['createSubmission', 'updateSubmission']);
  tokenEnds([
    { operation: 'commitSubmission', how: 'revoked', meanwhile: { revokeTokens: true } },
    { operation: 'updateSubmission', how: 'expired', meanwhile: { advanceClock: '61m' } },
  ]);
  roleIsLost();
  addressExpires([{ operation: 'putBlock', blocks: 2 }]);
  addressCannotBeRenewed();
}

function setUp(): void {
  world = releaseWorld();
  beforeEach(() => world().emulator.reset());
  afterEach(() => jest.restoreAllMocks());
}

function htmlFromGateway(): void {
  describe('HTML from a gateway', () => {
    test.each([200, 502, 503])(
      'with %i, instead of every answer of a change: nothing is done twice',
      async (status) => {
        const app = await world().app();
        for (const operation of ['createSubmission', 'updateSubmission', 'commitSubmission']) {
          fault({ operation, when: 'after', ...html(status) });
        }

        await expectPublishedOnce(app, await app.release(notes('applied')));

        expect(requestsOf(world().emulator, 'createSubmission')).toBe(1);
      },
    );

    test.each([200, 502])('with %i, instead of every second answer of a read: it is asked again', async (status) => {
      const app = await world().app();
      for (const operation of ['getApplication', 'getSubmission', 'getSubmissionStatus']) {
        fault({ operation, ...html(status) });
        fault({ operation, skip: 2, ...html(status) });
      }

      await expectPublishedOnce(app, await app.release(notes('read')));
    });

    test('with 200, four times: the release says that Partner Center does not answer as it should', async () => {
      const app = await world().app();
      fault({ operation: 'getApplication', times: 4, ...html(200) });
      const id = await app.release(notes('waits'));
      await app.host.runUntil(() => requestsOf(world().emulator, 'getApplication') >= 4);

      const attempts = (await app.timeline(id)).filter(({ event }) => event.type === 'attempt-failed');
      expect(attempts).toMatchObject([{ event: { code: 'partner-center-unavailable' } }]);
      await expectPublishedOnce(app, id);
    });
  });
}

function gatewayTimesOut(): void {
  test('504 after 80 s, though it was applied: it is looked for, not sent again', async () => {
    const app = await world().app();
    const { actions } = world().emulator;
    await actions.freezeClock();
    const { id: slow } = fault({
      operation: 'createSubmission',
      when: 'after',
      delayMs: 80_000,
      answer: { status: 504 },
    });
    const id = await app.release(notes('slow'));
    const running = app.finish(id);
    await actions.faultMet(slow);

    await actions.advanceClock('80s');
    await running;

    await expectPublishedOnce(app, id);
  });
}

function takesTooLong(operations: readonly string[]): void {
  test.each(operations)(
    '%s: no answer at all within our own time-out: it is looked for, not sent again',
    async (operation) => {
      const app = await world().app();
      const timeouts = controlledTimeouts();
      const { id: held } = fault({ operation, when: 'after', hold: true });
      const id = await app.release(notes('never answered'));
      const running = app.finish(id);
      await world().emulator.actions.faultMet(held);

      timeouts.expire();
      await running;
      world().emulator.actions.release(held);

      await expectPublishedOnce(app, id);
      expect(requestsOf(world().emulator, operation)).toBe(1);
      expect(new Set(timeouts.asked)).toContain(300_000);
    },
  );
}

interface TokenEnd {
  readonly operation: string;
  readonly how: string;
  readonly meanwhile: { readonly revokeTokens?: true; readonly advanceClock?: string };
}

function tokenEnds(cases: readonly TokenEnd[]): void {
  test.each(cases)(
    'a token that is $how before $operation: one new token, and the request once more',
    async ({ operation, meanwhile }) => {
      const app = await world().app();
      fault({ operation, meanwhile });

      const id = await app.release(notes('a new token'));
      const view = await app.finish(id);

      expect(view).toMatchObject({ state: 'succeeded', failure: null });
      expect(await submissionsMade(world().emulator)).toHaveLength(1);
      const statuses = world()
        .emulator.actions.journal({ operation })
        .map(({ status }) => status);
      expect(statuses.filter((status) => status === 401)).toHaveLength(1);
    },
  );
}

function roleIsLost(): void {
  test('an identity that lost its role in the middle of a run: the release says what to do in Partner Center', async () => {
    const app = await world().app();
    fault({ operation: 'updateSubmission', times: 2, answer: { status: 401 } });

    const view = await app.finish(await app.release(notes('not any more')));

    expect(view).toMatchObject({ state: 'failed', failure: { code: 'account-not-allowed' }, left: ['draft'] });
  });
}

function addressExpires(cases: readonly { readonly operation: string; readonly blocks: number }[]): void {
  test.each(cases)(
    'an upload address that expires before $operation: a fresh one is asked for, and no block is sent again',
    async ({ operation, blocks }) => {
      const app = await world().app();
      const sample = await app.upload('9.31.0.0');
      fault({ operation, meanwhile: { advanceClock: '25h' } });

      const packages = [{ fileName: sample.fileName, source: { upload: sample.upload } }];
      await expectPublishedOnce(app, await app.release({ packages }));

      const refused = world()
        .emulator.actions.journal({ operation })
        .filter(({ status }) => status === 403);
      expect(refused).toHaveLength(1);
      expect(requestsOf(world().emulator, 'putBlock')).toBe(blocks);
    },
  );
}

function addressCannotBeRenewed(): void {
  test('an upload address that expires and cannot be renewed: the release goes on trying, and says why', async () => {
    const app = await world().app();
    const sample = await app.upload('9.32.0.0');
    const { actions } = world().emulator;
    await actions.setSwitches({ sasRenewOnGet: false });
    fault({ operation: 'putBlock', meanwhile: { advanceClock: '25h' } });
    const packages = [{ fileName: sample.fileName, source: { upload: sample.upload } }];
    const id = await app.release({ packages });
    await app.host.runUntil(() => actions.journal().filter(({ status }) => status === 403).length >= 3);

    const attempts = (await app.timeline(id)).filter(({ event }) => event.type === 'attempt-failed');
    expect(attempts[0]).toMatchObject({ event: { code: 'upload-failed' } });
    await actions.setSwitches({ sasRenewOnGet: true });
    await expectPublishedOnce(app, id);
  });
}

function listComesLate(): void {
  test('a list of products that comes late and in another order is the same list', async () => {
    const app = await world().app();
    const { actions } = world().emulator;
    await actions.freezeClock();
    const { id } = fault({ operation: 'listApplications', delayMs: 60_000, reverse: ['value'] });
    const listed = listProducts(app);
    await actions.faultMet(id);
    await actions.advanceClock('60s');

    expect((await listed).toSorted()).toEqual((await listProducts(app)).toSorted());
    expect(await listed).toHaveLength(11);
  });
}

async function listProducts(app: ReleaseApp): Promise<string[]> {
  const found: string[] = [];
  for await (const product of app.rooms.probe.store.look({ account })) if (product !== 'more') found.push(product.id);
  return found;
}

/** Time-outs of this process that come when the test says so: five minutes are too long to wait for. */
function controlledTimeouts(): { readonly asked: number[]; expire(): void } {
  const asked: number[] = [];
  const waiting: AbortController[] = [];
  jest.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
    const controller = new AbortController();
    asked.push(ms);
    waiting.push(controller);
    return controller.signal;
  });
  return {
    asked,
    expire: () => waiting.splice(0).forEach((controller) => controller.abort(timedOut())),
  };
}

function timedOut(): DOMException {
  return new DOMException('The operation was aborted due to timeout', 'TimeoutError');
}
