// Log lines, and which of them host.json lets through (`logging.logLevel`, the longest category that matches).
import { logLine } from '../../embedded/host/log-lines';
import { eventually } from '../support/embedded-process';
import { type HttpProgram, startHttpApp } from './http-program';

let http: HttpProgram;

beforeAll(async () => {
  http = await startHttpApp();
});

afterAll(() => http.end());

/** Calls a function that answers its invocation id; the lines of that invocation, without their time. */
async function linesOf(path: string, last: RegExp): Promise<string[]> {
  const { body: id } = await http.raw(`/api/v1/${path}`);
  const lines = (): string[] =>
    http.program
      .stderr()
      .split('\n')
      .filter((line) => line.includes(id));
  await eventually(() => (lines().some((line) => last.test(line)) ? true : undefined));
  return lines().map((line) => line.replace(/^\S+Z /, '').replace(id, 'ID'));
}

test('an entry has its level, category and invocation; by default from Information up', async () => {
  expect(await linesOf('talks', /error says/)).toEqual([
    'information Function.talks.User [ID] info says { a: 1 }',
    'information Function.talks.User [ID] log says { a: 1 }',
    'warning Function.talks.User [ID] warn says { a: 1 }',
    'error Function.talks.User [ID] error says { a: 1 }',
  ]);
});

test('host.json opens and closes single functions', async () => {
  const verbose = await linesOf('verbose', /error says/);
  await http.raw('/api/v1/quiet');
  // A later entry is there: an earlier one would be, too.
  await linesOf('talks', /error says/);

  expect(verbose.filter((line) => line.includes('.User'))).toHaveLength(6);
  expect(verbose[0]).toBe('trace Function.verbose.User [ID] trace says { a: 1 }');
  expect(http.program.stderr()).not.toContain('Function.quiet');
});

test('keys and signatures are hidden, and an unhandled rejection is told of', async () => {
  const [line] = await linesOf('leaks', /AccountKey/);

  expect(line).toBe(
    'information Function.leaks.User [ID] GET /api?code=[hidden]&x=1 and https://a/b?sv=1&sig=[hidden]" AccountKey=[hidden];EndpointSuffix=e',
  );
  const told = /error Worker .*Unhandled rejection: Error: nobody waits/;
  await eventually(() => told.exec(http.program.stderr()) ?? undefined);
});

test('what a function throws is logged with its invocation, and the caller is told nothing of it', async () => {
  const { status, body } = await http.raw('/api/v1/answer/throws');

  await eventually(
    () => /error Function.answer \[[0-9a-f-]{36}\] .*the secret is 42/.exec(http.program.stderr()) ?? undefined,
  );
  expect([status, body]).toEqual([500, '']);
});

test('no request is logged with its query, where keys are', async () => {
  await http.raw('/api/v1/guarded?code=a-wrong-key');
  await http.raw('/api/v1/guarded?code=a-wrong-key', { headers: ['x-functions-key', 'another-wrong-key'] });
  await linesOf('talks', /error says/);

  expect(http.program.stderr()).not.toMatch(/a-wrong-key|another-wrong-key/);
});

test('an entry is one line, whatever is in it', () => {
  const entry = { level: 'error', category: 'Host', message: 'one\r\ntwo\nthree' } as const;

  expect(logLine(entry, new Date(0))).toBe('1970-01-01T00:00:00.000Z error Host [] one\\ntwo\\nthree');
});

// The last one: it takes the log away from the others.
test('a runtime whose log nobody reads any more goes on', async () => {
  http.program.process.stderr?.destroy();

  const statuses: number[] = [];
  for (let calls = 0; calls < 3; calls++) statuses.push((await http.raw('/api/v1/talks')).status);

  expect(statuses).toEqual([200, 200, 200]);
});
