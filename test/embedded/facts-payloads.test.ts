/* eslint-disable @typescript-eslint/no-unsafe-return -- the SDK types what a yield gives as any */
// What values become on their way, and what names and ids are refused.
import * as df from 'durable-functions';
import { EventType } from '../../embedded/engine/history';
import { createDurableHost, type DurableHost } from '../support/durable-host';

let host: DurableHost;

afterEach(() => host.close());

describe('an activity’s input', () => {
  test.each([
    ['an object', { a: [1, null] }, { a: [1, null] }],
    ['a text', 's', 's'],
    ['a text that looks like JSON', '{"a":1}', '{"a":1}'],
    ['a number', 1.5, 1.5],
    ['true, which arrives as text', true, 'True'],
    ['false, which arrives as text', false, 'False'],
    ['null, which arrives as nothing', null, 'nothing'],
    ['none, which arrives as nothing', undefined, 'nothing'],
    ['a member called Timestamp, a text like any other here', { Timestamp: '2026-01-01' }, { Timestamp: '2026-01-01' }],
  ])('arrives as the host hands it on: %s', async (_, input, expected) => {
    host = await createDurableHost({
      register() {
        df.app.activity('same', { handler: (value) => (value === undefined ? 'nothing' : value) as unknown });
        df.app.orchestration('o', function* (ctx) {
          return yield ctx.df.callActivity('same', input);
        });
      },
    });

    const id = host.start('o');
    await host.settle();

    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: expected });
  });

  test('stands in the history as an array of one', async () => {
    host = await createDurableHost({
      register() {
        df.app.activity('a', { handler: () => ({}) });
        df.app.orchestration('o', function* (ctx) {
          yield ctx.df.callActivity('a', { x: 1 });
        });
      },
    });

    const id = host.start('o');
    await host.settle();

    const scheduled = host.history(id).find((event) => event.EventType === EventType.TaskScheduled);
    expect(scheduled?.Input).toBe('[{"x":1}]');
  });
});

describe('an activity’s result', () => {
  test.each([
    ['nothing', undefined, 'null', null],
    ['null', null, 'null', null],
    ['an empty text', '', '""', ''],
    ['a text that looks like JSON', '{"a":1}', String.raw`"{\"a\":1}"`, '{"a":1}'],
    ['false', false, 'false', false],
    ['0', 0, '0', 0],
    ['a fraction', 0.5, '0.5', 0.5],
    ['NaN', NaN, 'null', null],
    ['an array', [1, 'a'], '[1,"a"]', [1, 'a']],
    ['bytes', Buffer.from('hi'), '"aGk="', 'aGk='],
    ['a Date', new Date(0), '"1970-01-01T00:00:00.000Z"', '1970-01-01T00:00:00.000Z'],
  ])('%s is never absent from the history and never empty', async (_, result, text, expected) => {
    host = await createDurableHost({
      register() {
        df.app.activity('a', { handler: () => result as unknown });
        df.app.orchestration('o', function* (ctx) {
          return yield ctx.df.callActivity('a', {});
        });
      },
    });

    const id = host.start('o');
    await host.settle();

    expect(host.history(id).find((event) => event.EventType === EventType.TaskCompleted)?.Result).toBe(text);
    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: expected });
  });

  test.each([
    ['an Error', new Error('no'), 'no'],
    ['a text', 'no', 'no'],
    ['an Error without a message', new Error(), ''],
  ])('a throw of %s arrives as a failure with reason and details', async (_, thrown, message) => {
    host = await createDurableHost({
      register() {
        df.app.activity('a', {
          handler() {
            // eslint-disable-next-line @typescript-eslint/only-throw-error -- people throw anything
            throw thrown;
          },
        });
        df.app.orchestration('o', function* (ctx) {
          try {
            yield ctx.df.callActivity('a', {});
          } catch (error) {
            return (error as Error).message;
          }
          return undefined;
        });
      },
    });

    const id = host.start('o');
    await host.settle();

    const failed = host.history(id).find((event) => event.EventType === EventType.TaskFailed);
    expect(failed).toMatchObject({ Reason: `Activity function 'a' failed: ${message}`, TaskScheduledId: 0 });
    expect(typeof failed?.Details).toBe('string');
    expect(String(host.status(id)?.output)).toContain(`Activity function 'a' failed: ${message} \n `);
  });

  test('a function that is not there is a failed activity', async () => {
    host = await createDurableHost({
      register() {
        df.app.orchestration('o', function* (ctx) {
          yield ctx.df.callActivity('absent', {});
        });
      },
    });

    const id = host.start('o');
    await host.settle();

    expect(host.status(id)?.output).toMatch(/Activity function 'absent' failed: The function 'absent' doesn't exist/);
  });
});

describe('an orchestration’s input and events', () => {
  test('input is the value itself; none is null; a member called Timestamp becomes a Date', async () => {
    host = await createDurableHost({
      register() {
        df.app.orchestration('o', function* (ctx) {
          const input = ctx.df.getInput<{ Timestamp?: unknown } | null>();
          return { input, isDate: input?.Timestamp instanceof Date };
        });
      },
    });

    const ids = [host.start('o'), host.start('o', { a: 1 }), host.start('o', { Timestamp: '2026-01-01T00:00:00Z' })];
    await host.settle();

    expect(ids.map((id) => host.status(id)?.output)).toEqual([
      { input: null, isDate: false },
      { input: { a: 1 }, isDate: false },
      { input: { Timestamp: '2026-01-01T00:00:00.000Z' }, isDate: true },
    ]);
  });

  test('events before any waiter are served in order of arrival; names are exact', async () => {
    host = await createDurableHost({
      register() {
        df.app.orchestration('o', function* (ctx) {
          const first: unknown = yield ctx.df.waitForExternalEvent('e');
          const second: unknown = yield ctx.df.waitForExternalEvent('e');
          return [first, second];
        });
      },
    });

    const id = host.start('o');
    for (const [name, data] of [
      ['E', 0],
      ['e', 1],
      ['e', null],
    ] as const)
      host.raise(id, name, data);
    await host.settle();

    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Completed', output: [1, null] });
  });

  test('a custom status over 16 KB of UTF-16 fails the instance; a falsy one changes nothing', async () => {
    host = await createDurableHost({
      register() {
        df.app.orchestration('o', function* (ctx) {
          ctx.df.setCustomStatus('kept');
          yield ctx.df.waitForExternalEvent('go');
          ctx.df.setCustomStatus('');
          yield ctx.df.waitForExternalEvent('go');
          ctx.df.setCustomStatus('x'.repeat(8191));
        });
      },
    });
    const id = host.start('o');
    await host.settle();
    host.raise(id, 'go');
    await host.settle();
    expect(host.status(id)?.customStatus).toBe('kept');

    host.raise(id, 'go');
    await host.settle();

    expect(host.status(id)).toMatchObject({ runtimeStatus: 'Failed', customStatus: 'kept' });
  });
});

test.each([
  ['a/b', /must not contain/],
  ['a#b', /must not contain/],
  ['a\tb', /must not contain/],
  ['@a', /must not start/],
  ['a'.repeat(257), /not be longer/],
])('the instance id %j is refused', async (id, message) => {
  host = await createDurableHost({ register: () => df.app.orchestration('o', function* () {}) });

  expect(() => host.start('o', undefined, id)).toThrow(message);
});

test.each(['me', 'top', 'ME'])(
  'a child must not have the id of its parent or of that one’s parent (%s)',
  async (childId) => {
    host = await createDurableHost({
      register() {
        df.app.orchestration('leaf', function* () {});
        df.app.orchestration('middle', function* (ctx) {
          yield ctx.df.callSubOrchestrator('leaf', {}, childId);
        });
        df.app.orchestration('top', function* (ctx) {
          yield ctx.df.callSubOrchestrator('middle', {}, 'me');
        });
      },
    });

    host.start('top', undefined, 'top');
    await host.settle();

    expect(host.status('me')?.output).toMatch(/must not have the instance ID/);
    expect(host.status('top')?.runtimeStatus).toBe('Failed');
  },
);
