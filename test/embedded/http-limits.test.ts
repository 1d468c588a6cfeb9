// What takes too long, and what nobody expected. 230 seconds and 502: documentation of the HTTP trigger, "Limits". The
// time for headers is Kestrel's (dotnet/aspnetcore, KestrelServerLimits.cs).
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { app } from '@azure/functions';
import { listen, type RequestHandler } from '../../embedded/http/listener';
import { createDurableHost, type DurableHost } from '../support/durable-host';
import { VirtualClock } from '../support/virtual-clock';
import { raw } from './http-program';

let host: DurableHost | undefined;

afterEach(() => {
  host?.close();
  host = undefined;
});

/** Everything that a connection says until it ends. */
async function textOf(socket: Socket): Promise<string> {
  let text = '';
  socket.setEncoding('latin1').on('data', (part: string) => (text += part));
  await once(socket, 'close');
  return text;
}

test('after 230 seconds the caller is answered 502, and the function goes on to its end', async () => {
  let entered: () => void = () => undefined;
  let release: () => void = () => undefined;
  const inside = new Promise<void>((resolve) => (entered = resolve));
  const work = new Promise<void>((resolve) => (release = resolve));
  const done: string[] = [];
  host = await createDurableHost({
    register: () =>
      app.http('slow', {
        handler: async () => {
          entered();
          await work;
          done.push('done');
          return { body: 'too late' };
        },
      }),
  });
  const clock = new VirtualClock(0);
  const { url } = await host.serve('api', clock);
  let isAnswered = false;
  const answer = raw(url, '/api/slow').finally(() => (isAnswered = true));
  await inside;

  clock.step(229_999);
  await new Promise((resolve) => setImmediate(resolve));
  expect([isAnswered, clock.next]).toEqual([false, 230_000]);
  clock.step(230_000);
  const { status, body } = await answer;
  const doneBefore = [...done];
  release();
  await host.waitFor(() => done.length > 0);

  expect([status, body, doneBefore, done]).toEqual([502, '', [], ['done']]);
  expect(host.logs).toContainEqual(
    expect.objectContaining({
      level: 'warning',
      functionName: 'slow',
      message: expect.stringContaining('230 seconds'),
    }),
  );
});

test('an answer in time leaves nothing behind that would go off', async () => {
  host = await createDurableHost({ register: () => app.http('quick', { handler: () => ({ body: 'in time' }) }) });
  const clock = new VirtualClock(0);
  const { url } = await host.serve('api', clock);

  const { status } = await raw(url, '/api/quick');

  expect([status, clock.next]).toEqual([200, undefined]);
});

describe('a listener', () => {
  const errors: { error: unknown; id: string }[] = [];
  const rules = {
    bodyLimit: () => 10,
    onError: (error: unknown, id: string) => void errors.push({ error, id }),
    headersTimeoutMs: 50,
  };
  const broken = new Error('the database is at postgres://user:secret@host');

  test.each([
    [
      'when it looks at the head',
      () => {
        throw broken;
      },
    ],
    ['when it looks at the body', () => () => Promise.reject(broken)],
  ] satisfies [string, RequestHandler][])('answers 500 with an id that the log has, %s', async (_, handler) => {
    errors.length = 0;
    const listener = await listen({ host: '127.0.0.1', port: 0 }, rules, handler);

    const { status, body, headers } = await raw(listener.origin, '/', { method: 'POST', body: 'x' });

    expect([status, body]).toEqual([500, '']);
    expect(errors).toEqual([{ error: broken, id: headers['x-ms-request-id'] }]);
    await listener.close();
  });

  test('does not wait for a client that never ends its headers', async () => {
    const listener = await listen({ host: '127.0.0.1', port: 0 }, rules, () => ({ status: 204 }));
    const socket = connect(Number(new URL(listener.origin).port), '127.0.0.1');

    socket.write('GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ');

    expect(await textOf(socket)).toMatch(/^HTTP\/1.1 408 /);
    await listener.close();
  });

  test('that closes ends a kept connection with its answer, and takes nothing new on another', async () => {
    let entered: () => void = () => undefined;
    const inside = new Promise<void>((resolve) => (entered = resolve));
    let release: () => void = () => undefined;
    const work = new Promise<void>((resolve) => (release = resolve));
    const gated = async () => {
      entered();
      await work;
      return { status: 200 };
    };
    const handler: RequestHandler = ({ url }) => (url.pathname === '/gated' ? gated : () => ({ status: 204 }));
    const listener = await listen({ host: '127.0.0.1', port: 0 }, { ...rules, headersTimeoutMs: 30_000 }, handler);
    const port = Number(new URL(listener.origin).port);
    const [kept, late] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
    const texts = Promise.all([kept, late].map(textOf));
    kept.write('GET /gated HTTP/1.1\r\nHost: a\r\n\r\n');
    // In one piece: with the answer to the first, the beginning of the second has been read.
    late.write('GET /early HTTP/1.1\r\nHost: a\r\n\r\nGET /late HTTP/1.1\r\nHost: a\r\n');
    await Promise.all([inside, once(late, 'data')]);

    const closed = listener.close();
    late.write('\r\n');
    await once(late, 'close');
    release();
    await closed;

    const [answered = '', refused = ''] = await texts;
    expect(answered).toMatch(/^HTTP\/1.1 200 .*\r\nconnection: close\r\n/s);
    expect(refused).toMatch(/^HTTP\/1.1 204 .*HTTP\/1.1 503 .*\r\nconnection: close\r\n/s);
  });

  test('says nothing of a client that goes away while it sends', async () => {
    errors.length = 0;
    let taken: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (taken = resolve));
    const listener = await listen({ host: '127.0.0.1', port: 0 }, rules, () => {
      taken();
      return () => ({ status: 204 });
    });
    const socket = connect(Number(new URL(listener.origin).port), '127.0.0.1');

    socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nhalf');
    await begun;
    socket.destroy();
    await listener.close();

    expect(errors).toEqual([]);
  });
});
