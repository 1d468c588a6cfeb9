// What can be hosted, and where requests go.
import { app, input, output, trigger } from '@azure/functions';
import * as df from 'durable-functions';
import { listen } from '../../embedded/http/listener';
import { parseTemplate } from '../../embedded/http/route-template';
import { bypassProxyForLoopback } from '../../embedded/host/settings';
import { filterLevels } from '../../embedded/host/log-lines';
import type { LogEntry } from '../../embedded/engine/log';
import { createDurableHost } from '../support/durable-host';

describe('an app is refused at the start, naming the function,', () => {
  const handler = (): void => undefined;

  test.each([
    ['an entity', () => df.app.entity('bad', handler), /'bad' has a entityTrigger/],
    ['a queue trigger', () => app.storageQueue('bad', { queueName: 'q', connection: 'c', handler }), /queueTrigger/],
    ['any other trigger', () => app.generic('bad', { trigger: trigger.generic({ type: 'x' }), handler }), /xTrigger/],
    [
      'an output other than HTTP',
      () => app.timer('bad', { schedule: '0 0 0 * * *', handler, extraOutputs: [output.generic({ type: 'blob' })] }),
      /output .* of type blob/,
    ],
    [
      'an input other than durableClient',
      () => app.timer('bad', { schedule: '0 0 0 * * *', handler, extraInputs: [input.generic({ type: 'blob' })] }),
      /input .* of type blob/,
    ],
    ['a bad name', () => app.http('1bad', { handler: () => ({}) }), /'1bad' is no valid function name/],
    ['the name host', () => app.http('Host', { handler: () => ({}) }), /'Host' is no valid function name/],
  ])('for %s', async (_, register, message) => {
    await expect(createDurableHost({ register })).rejects.toThrow(message);
  });

  test('for two names that differ in case only', async () => {
    const register = (): void => ['one', 'ONE'].forEach((name) => app.http(name, { handler: () => ({}) }));

    await expect(createDurableHost({ register })).rejects.toThrow(/'ONE' is registered twice/);
  });
});

describe('a route template', () => {
  test.each([
    ['a/{id}', 'a/5', { id: '5' }],
    ['A/{id}', 'a/5', { id: '5' }],
    ['a/{id}', 'a', undefined],
    ['a/{id}', 'a/5/6', undefined],
    ['a/{id?}', 'a', {}],
    ['a/{id=7}', 'a', { id: '7' }],
    ['a/{id:int}', 'a/x', undefined],
    ['a/{id:int:min(3)}', 'a/2', undefined],
    ['a/{id:length(2,3)}', 'a/xyz', { id: 'xyz' }],
    ['a/{id:guid}', 'a/3f2504e0-4f89-11d3-9a0c-0305e82c3301', { id: '3f2504e0-4f89-11d3-9a0c-0305e82c3301' }],
    ['a/{*rest}', 'a/b/c', { rest: 'b/c' }],
    ['a/{*rest}', 'a', {}],
    ['a/v{n}.{m}', 'a/v1.2', { n: '1', m: '2' }],
    ['', '', {}],
  ])('%j on %j', (template, path, expected) => {
    const segments = path.split('/').filter(Boolean);

    expect(parseTemplate(template).match(segments)).toEqual(expected);
  });

  test.each(['a/{id:never}', 'a/{id', 'a/id}'])('%j is refused', (template) => {
    expect(() => parseTemplate(template)).toThrow();
  });
});

describe('an address that cannot be listened on is explained:', () => {
  const never = (): { status: number } => ({ status: 204 });
  const rules = { bodyLimit: () => 0, onError: () => undefined };

  test('a port that is taken', async () => {
    const first = await listen({ host: '127.0.0.1', port: 0 }, rules, never);
    const port = Number(new URL(first.origin).port);

    const second = listen({ host: '127.0.0.1', port }, rules, never);

    await expect(second).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken.`);
    await first.close();
  });

  test('a host that is another machine', async () => {
    await expect(listen({ host: '192.0.2.1', port: 0 }, rules, never)).rejects.toThrow(
      '192.0.2.1 is no address of this',
    );
  });
});

test('loopback bypasses a proxy, and what was there stays', () => {
  const environment = { NO_PROXY: 'example.com', no_proxy: '127.0.0.1' };

  bypassProxyForLoopback(environment);

  expect(environment).toEqual({
    NO_PROXY: 'example.com,127.0.0.1,localhost,[::1]',
    no_proxy: '127.0.0.1,localhost,[::1]',
  });
});

test('the log lets through what host.json asks for, by the longest category', () => {
  const seen: string[] = [];
  const sink = filterLevels({ default: 'Warning', Function: 'None', 'Function.a': 'Debug' }, ({ message }) =>
    seen.push(message),
  );
  const entry = (category: string, level: LogEntry['level']): LogEntry => ({
    category,
    level,
    message: `${category} ${level}`,
  });

  for (const category of ['Host', 'Function.b', 'Function.a.User']) {
    for (const level of ['trace', 'debug', 'warning', 'critical'] as const) sink(entry(category, level));
  }

  expect(seen).toEqual([
    'Host warning',
    'Host critical',
    'Function.a.User debug',
    'Function.a.User warning',
    'Function.a.User critical',
  ]);
});
