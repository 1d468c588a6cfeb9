import { setTimeout as delay } from 'node:timers/promises';
import { APPS, emulatorForFile } from '../support/emulator';
import { Api, send } from './api';

const emulator = emulatorForFile();
let api: Api;
beforeEach(async () => {
  await emulator().reset();
  api = await Api.signIn(emulator());
});
const fault: (request: Parameters<ReturnType<typeof emulator>['actions']['addFault']>[0]) => { id: string } = (
  request,
) => emulator().actions.addFault(request);
const pendingOf = async (app: string): Promise<unknown> =>
  ((await api.application(app)).body as Record<string, unknown>)['pendingApplicationSubmission'];
const create = () => api.post(`applications/${APPS.published}/submissions`);

describe('answers', () => {
  test('a 500 before applying has the body of the service and changes nothing', async () => {
    fault({ operation: 'createSubmission', answer: { status: 500 } });

    const reply = await create();

    expect(reply.status).toBe(500);
    expect(reply.body).toEqual({
      code: 'InternalServerError',
      data: [],
      details: [],
      innererror: {
        code: 'UnknownInternalFailure',
        data: [],
        details: [],
        message: 'The service has encountered an unknown internal server error: ',
      },
      message: 'An internal server error occurred while processing the operation.',
      source: 'Ingestion Api',
    });
    expect(await pendingOf(APPS.published)).toBeUndefined();
  });

  test('a 504 after applying is HTML and the submission is there', async () => {
    fault({ operation: 'createSubmission', when: 'after', answer: { status: 504 } });

    const reply = await create();

    expect([reply.status, reply.headers.get('content-type')]).toEqual([504, 'text/html']);
    expect(await pendingOf(APPS.published)).toBeDefined();
  });

  test('bodies can be absent, HTML or any JSON', async () => {
    fault({ operation: 'getApplication', answer: { status: 401, body: 'absent' } });
    fault({ operation: 'getApplication', answer: { status: 500, body: 'html' } });
    fault({ operation: 'getApplication', answer: { status: 409, json: { code: 'Odd' } } });

    const replies = [
      await api.application(APPS.published),
      await api.application(APPS.published),
      await api.application(APPS.published),
    ];

    expect(replies.map(({ status, body }): unknown => [status, body])).toEqual([
      [401, undefined],
      [500, expect.stringContaining('<html>')],
      [409, { code: 'Odd' }],
    ]);
  });

  test('Retry-After comes as seconds or as a date', async () => {
    fault({ operation: 'getApplication', answer: { status: 429, retryAfter: { seconds: 7 } } });
    fault({ operation: 'getApplication', answer: { status: 503, retryAfter: { dateIn: 60 } } });

    const [seconds, date] = [await api.application(APPS.published), await api.application(APPS.published)];

    expect([seconds.status, seconds.headers.get('retry-after')]).toEqual([429, '7']);
    const at = Date.parse(date.headers.get('retry-after') ?? '');
    expect([date.status, Math.round((at - Date.now()) / 10_000)]).toEqual([503, 6]);
  });
});

describe('which requests meet a fault', () => {
  test('as many as said, after as many as skipped', async () => {
    fault({ operation: 'getApplication', skip: 1, times: 2, answer: { status: 502 } });

    const statuses: number[] = [];
    for (let request = 0; request < 4; request++) statuses.push((await api.application(APPS.published)).status);

    expect(statuses).toEqual([200, 502, 502, 200]);
  });

  test('only those of the application, and any operation with *', async () => {
    fault({ operation: '*', match: { application: APPS.simple }, answer: { status: 503 } });

    expect([(await api.application(APPS.published)).status, (await api.application(APPS.simple)).status]).toEqual([
      200, 503,
    ]);
  });

  test('one that nothing met is reported', async () => {
    fault({ operation: 'deleteSubmission', answer: { status: 500 } });

    expect(emulator().actions.unhit().faults).toMatchObject([{ operation: 'deleteSubmission', hits: 0 }]);
    emulator().actions.clearFaults();
  });
});

describe('cut connections', () => {
  test('before applying', async () => {
    fault({ operation: 'createSubmission', cut: true });

    await expect(create()).rejects.toThrow();

    expect(await pendingOf(APPS.published)).toBeUndefined();
  });

  test('after applying', async () => {
    fault({ operation: 'createSubmission', when: 'after', cut: true });

    await expect(create()).rejects.toThrow();

    expect(await pendingOf(APPS.published)).toBeDefined();
    expect(emulator().actions.journal({ operation: 'createSubmission' })).toMatchObject([{ status: 0 }]);
  });
});

describe('accepted but not stored', () => {
  test.each([
    ['stored', 'No account needed.'],
    ['sent', 'Lost.'],
  ] as const)('an update that shows what is %s', async (discard, shown) => {
    const { path, document } = await api.draft(APPS.published);
    fault({ operation: 'updateSubmission', discard });

    const reply = await api.put(path, { ...document, notesForCertification: 'Lost.' });

    expect([reply.status, reply.body.notesForCertification]).toEqual([200, shown]);
    expect((await api.get(path)).body.notesForCertification).toBe('No account needed.');
  });

  test('a submission that is answered with 201 and was never made', async () => {
    fault({ operation: 'createSubmission', discard: 'sent' });

    const reply = await create();

    expect(reply.status).toBe(201);
    expect((await api.get(`applications/${APPS.published}/submissions/${reply.body.id}`)).status).toBe(404);
  });
});

describe('delay and hold', () => {
  test('a delay waits on the clock of the emulator, which may stand still', async () => {
    await emulator().actions.freezeClock();
    const { id } = fault({ operation: 'getApplication', delayMs: 80_000, answer: { status: 504 } });
    let answered = false;
    const pending = api.application(APPS.published).finally(() => (answered = true));
    await emulator().actions.faultMet(id);
    await emulator().actions.advanceClock('79s');
    await api.application(APPS.simple);
    const early = answered;

    await emulator().actions.advanceClock('1s');

    expect([early, (await pending).status]).toEqual([false, 504]);
  });

  test('a delay on a clock that runs ends by itself; one that is released, at once', async () => {
    fault({ operation: 'getApplication', delayMs: 5 });
    expect((await api.application(APPS.published)).status).toBe(200);
    const { id } = fault({ operation: 'getApplication', delayMs: 3_600_000 });
    const pending = api.application(APPS.published);
    await emulator().actions.faultMet(id);

    expect(emulator().actions.release(id)).toBe(1);
    expect((await pending).status).toBe(200);
  });

  test('a hold after applying: done, but not answered until released; others go on', async () => {
    const { id } = fault({ operation: 'createSubmission', when: 'after', hold: true });
    let answered = false;
    const pending = create().finally(() => (answered = true));

    await emulator().actions.faultMet(id);

    expect(await pendingOf(APPS.published)).toBeDefined();
    expect(answered).toBe(false);
    expect(emulator().actions.release(id)).toBe(1);
    expect((await pending).status).toBe(201);
  });

  test('a hold before applying: not done until released, then done although the client is gone', async () => {
    const { id } = fault({ operation: 'createSubmission', hold: true });
    const abort = new AbortController();
    const url = `${emulator().https}/v1.0/my/applications/${APPS.published}/submissions`;
    const headers = { authorization: api.authorization };
    const gone = send(url, { method: 'POST', headers, signal: abort.signal }).catch(() => 'gone');
    await emulator().actions.faultMet(id);
    abort.abort();
    expect(await gone).toBe('gone');
    expect(await pendingOf(APPS.published)).toBeUndefined();

    emulator().actions.release();

    while ((await pendingOf(APPS.published)) === undefined) await delay(1);
    expect(emulator().actions.journal({ operation: 'createSubmission' })).toMatchObject([{ faults: [id] }]);
  });
});
