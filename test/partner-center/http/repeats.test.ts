import { BudgetDeferredError, HttpStatusError, NoResponseError } from '../../../src/partner-center/http';
import { failureOf, testTiming } from '../fakes';
import { cut, cutInBody, json, startScriptedServer, text, type ScriptedServer, type Step } from '../scripted-server';
import { requests, setUp } from './setup';

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.close());

const good = json(200, { id: '1' });
const gateway = text(504, '<html><head><title>504 Gateway Time-out</title></head></html>', {
  'Content-Type': 'text/html',
});
const unauthorized = json(401, { code: 'Unauthorized', message: 'expired' }, { 'MS-CorrelationId': 'abc' });
const arrived = () => server.arrived.map(({ method }) => method);
const throttled = (retryAfter?: string): Step =>
  json(429, {}, retryAfter === undefined ? {} : { 'Retry-After': retryAfter });

describe('a refused token', () => {
  it('is dropped, and the request replayed once with a new one, a POST too', async () => {
    const { transport, allowance, credential } = setUp(server);
    server.play(unauthorized, good);

    const answer = await requests(transport, allowance).post();

    expect(answer.value.id).toBe('1');
    expect(credential.dropped).toEqual(['eyJhbGciOi.token-1']);
    expect(server.arrived.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer eyJhbGciOi.token-1',
      'Bearer eyJhbGciOi.token-2',
    ]);
    expect(allowance.taken()).toBe(2);
  });

  it('is final the second time', async () => {
    const { transport, allowance } = setUp(server);
    server.play(unauthorized);

    const error = await failureOf(requests(transport, allowance).get());

    expect(error).toMatchObject({ name: 'HttpStatusError', status: 401, outcome: 'refused', correlationId: 'abc' });
    expect(arrived()).toEqual(['GET', 'GET']);
  });

  it('lets an error of the credential through, and sends nothing', async () => {
    const broken = { getToken: () => Promise.reject(new Error('no secret')) };
    const { transport, allowance } = setUp(server, { credential: broken });
    server.play(good);

    const error = await failureOf(requests(transport, allowance).post());

    expect(error).toEqual(new Error('no secret'));
    expect(arrived()).toEqual([]);
    expect(allowance.taken()).toBe(0);
  });
});

describe('reads and replacing writes', () => {
  it.each([408, 500, 502, 503, 504])('are repeated after %d, later each time', async (status) => {
    const { transport, allowance, timing } = setUp(server);
    server.play(text(status, 'oops'), text(status, ''), good);

    const answer = await requests(transport, allowance).put();

    expect(answer.value.id).toBe('1');
    expect(timing.waited).toEqual([500, 1000]);
    expect(allowance.taken()).toBe(3);
  });

  it.each([
    ['before an answer', cut],
    ['within an answer', cutInBody],
  ])('are repeated when the connection is cut %s', async (_, step) => {
    const { transport, allowance } = setUp(server);
    server.play(step, good);

    const answer = await requests(transport, allowance).get();

    expect(answer.value.id).toBe('1');
    expect(arrived()).toEqual(['GET', 'GET']);
  });

  it('are given up after four tries', async () => {
    const { transport, allowance } = setUp(server);
    server.play(gateway);

    const error = await failureOf(requests(transport, allowance).get());

    expect(error).toMatchObject({ status: 504, serviceMessage: '504 Gateway Time-out', outcome: 'unknown' });
    expect(arrived()).toHaveLength(4);
  });

  it.each([400, 403, 404, 409, 501])('are not repeated after %d', async (status) => {
    const { transport, allowance } = setUp(server);
    server.play(json(status, { message: 'no' }));

    const error = await failureOf(requests(transport, allowance).put());

    expect(error).toMatchObject({ status });
    expect(arrived()).toEqual(['PUT']);
  });

  it('wait as long as a short Retry-After says', async () => {
    const { transport, allowance, timing } = setUp(server);
    server.play(json(503, {}, { 'Retry-After': '7' }), good);

    await requests(transport, allowance).get();

    expect(timing.waited).toEqual([7000]);
  });

  it.each([
    ['the next one was deferred', new BudgetDeferredError({ retryAt: new Date(0), ticket: 't', sent: 1 })],
    ['the budget failed', new Error('storage')],
  ])('do not hide that an earlier try may have been applied when %s', async (_, failure) => {
    const { transport } = setUp(server);
    let takes = 0;
    const take = async () => {
      takes += 1;
      if (takes === 2) throw failure;
    };
    server.play(gateway);

    const error = await failureOf(requests(transport, { take }).put());

    expect(error).toMatchObject({ status: 504, outcome: 'unknown' });
    expect(arrived()).toEqual(['PUT']);
  });

  it('are repeated when a page came instead of an answer, which may hide a change too', async () => {
    const { transport, allowance } = setUp(server);
    server.play(text(200, '<html><title>Maintenance</title></html>'), good);
    const late = setUp(server).transport;
    let takes = 0;
    const take = async () => {
      takes += 1;
      if (takes === 2) throw new BudgetDeferredError({ retryAt: new Date(0), ticket: 't', sent: 1 });
    };

    const answer = await requests(transport, allowance).put();
    server.play(text(200, '{"id":'));
    const error = await failureOf(requests(late, { take }).put());

    expect(answer.value.id).toBe('1');
    expect(error).toMatchObject({ name: 'MalformedResponseError', outcome: 'applied', reason: 'not-json' });
  });

  it('end with what was answered when the caller gives up between two tries', async () => {
    const timing = { ...testTiming(), delay: () => Promise.reject(new Error('aborted')) };
    const { transport, allowance } = setUp(server, { timing });
    server.play(gateway);

    const error = await failureOf(requests(transport, allowance).get());

    expect(error).toMatchObject({ status: 504 });
    expect(arrived()).toEqual(['GET']);
  });
});

describe('changes that are not repeatable', () => {
  it.each<[string, Step, Record<string, unknown>]>([
    ['a gateway gives up', gateway, { name: 'HttpStatusError', status: 504 }],
    ['the service fails', json(500, { code: 'InternalServerError' }), { name: 'HttpStatusError', status: 500 }],
    ['the service asks for a short wait', json(503, {}, { 'Retry-After': '1' }), { status: 503, retryAfterMs: 1000 }],
    ['the connection is cut', cut, { name: 'NoResponseError', reason: 'network', code: 'ECONNRESET' }],
    ['the answer is cut', cutInBody, { name: 'NoResponseError', reason: 'network' }],
  ])('are sent once, and unclear, when %s', async (_, step, expected) => {
    const { transport, allowance } = setUp(server);
    server.play(step);
    const { post, delete: remove } = requests(transport, allowance);

    const errors = [await failureOf(post()), await failureOf(remove())];

    for (const error of errors) expect(error).toMatchObject({ outcome: 'unknown', ...expected });
    expect(arrived()).toEqual(['POST', 'DELETE']);
  });

  it('are sent again when nothing was sent: no connection', async () => {
    const closed = await startScriptedServer();
    await closed.close();
    const { transport, allowance } = setUp(closed);

    const error = await failureOf(requests(transport, allowance).post());

    expect(error).toMatchObject({ name: 'NoResponseError', outcome: 'not-sent', code: 'ECONNREFUSED' });
    expect(allowance.taken()).toBe(4);
  });

  it('are not sent again to a server that is not trusted', async () => {
    const stranger = await startScriptedServer();
    const { transport, allowance } = setUp(server, { baseUrl: stranger.url });

    const error = await failureOf(requests(transport, allowance).post());

    expect(error).toMatchObject({ name: 'NoResponseError', outcome: 'not-sent' });
    expect(allowance.taken()).toBe(1);
    expect(stranger.arrived).toEqual([]);
    await stranger.close();
  });
});

describe('a 429', () => {
  it.each([
    ['seconds', () => '5', 5000],
    ['a date', () => new Date(Date.now() + 6000).toUTCString(), 6000],
  ])(
    'with a short Retry-After in %s is waited for, also by a POST, and the budget is told',
    async (_, value, expected) => {
      const { transport, allowance, timing, budget } = setUp(server);
      const start = timing.now().getTime();
      server.play(throttled(value()), good);

      const answer = await requests(transport, allowance).post();

      expect(answer.value.id).toBe('1');
      expect(timing.waited[0]).toBeGreaterThan(expected - 1500);
      expect(timing.waited[0]).toBeLessThanOrEqual(expected);
      expect(budget.blocks.map((until) => until.getTime())).toEqual([start + (timing.waited[0] ?? 0)]);
      expect(allowance.taken()).toBe(2);
    },
  );

  it.each([
    ['seconds', () => '45', 45_000],
    ['a date', () => new Date(Date.now() + 90_000).toUTCString(), 90_000],
    ['nothing, which means a minute', () => undefined, 60_000],
  ])('with a long one in %s is an error that says how long', async (_, value, expected) => {
    const { transport, allowance, timing, budget } = setUp(server);
    server.play(throttled(value()), good);

    const error = await failureOf(requests(transport, allowance).get());

    expect(error).toBeInstanceOf(HttpStatusError);
    const { retryAfterMs = 0, outcome } = error as HttpStatusError;
    expect(Math.abs(retryAfterMs - expected)).toBeLessThan(1500);
    expect(outcome).toBe('refused');
    expect(timing.waited).toEqual([]);
    expect(budget.blocks).toEqual([new Date(timing.now().getTime() + retryAfterMs)]);
    expect(arrived()).toEqual(['GET']);
  });
});

describe('time', () => {
  it('allows five minutes for an answer unless told otherwise', async () => {
    const timeout = jest.spyOn(AbortSignal, 'timeout');
    const { transport, allowance } = setUp(server);
    server.play(good);

    await requests(transport, allowance).get();

    expect(timeout).toHaveBeenCalledWith(300_000);
    timeout.mockRestore();
  });

  it('waits for a slow answer', async () => {
    const { transport, allowance } = setUp(server);
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    let reached: () => void = () => undefined;
    const reaching = new Promise<void>((resolve) => (reached = resolve));
    server.play(async (response, request) => {
      reached();
      await released;
      return good(response, request);
    });

    const sending = requests(transport, allowance).post();
    await reaching;
    release();

    expect((await sending).value.id).toBe('1');
    expect(arrived()).toEqual(['POST']);
  });

  it.each<[string, Step]>([
    ['does not come', () => undefined],
    ['does not end', (response) => void response.writeHead(200, { 'Content-Length': '10' }).write('{')],
  ])('ends with an unclear outcome when the answer %s', async (_, step) => {
    const { transport, allowance } = setUp(server, { timeouts: { requestMs: 500 } });
    server.play(step);

    const error = await failureOf(requests(transport, allowance).get());

    expect(error).toMatchObject({ name: 'TimeoutError', outcome: 'unknown', timeoutMs: 500 });
    expect(arrived()).toEqual(['GET']);
  });

  it('ends when the caller gives up', async () => {
    const { transport, allowance } = setUp(server);
    const stop = new AbortController();
    server.play(() => stop.abort());

    const error = await failureOf(requests(transport, allowance).get({ signal: stop.signal }));

    expect(error).toBeInstanceOf(NoResponseError);
    expect(error).toMatchObject({ outcome: 'unknown', reason: 'aborted' });
    expect(arrived()).toEqual(['GET']);
  });

  it('sends nothing for a caller who has given up already', async () => {
    const { transport } = setUp(server);
    server.play(good);
    const take = (signal?: AbortSignal) => Promise.resolve().then(() => signal?.throwIfAborted());

    const error = await failureOf(requests(transport, { take }).post({ signal: AbortSignal.abort() }));

    expect(error).toMatchObject({ outcome: 'not-sent', reason: 'aborted' });
    expect(arrived()).toEqual([]);
  });
});
