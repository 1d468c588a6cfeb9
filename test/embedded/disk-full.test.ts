import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { app } from '@azure/functions';
import * as df from 'durable-functions';
import { TimerRunner } from '../../embedded/timers/timer-runner';
import { createDurableHost, type DurableHost } from '../support/durable-host';
import { buildEmbedded, eventually, type Program, startProgram } from '../support/embedded-process';

describe('a program whose files cannot grow', () => {
  let directory: string;
  let running: Program[] = [];

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'disk-full-'));
  });

  afterEach(async () => {
    await Promise.all(running.map((program) => program.end('SIGKILL')));
    running = [];
    rmSync(directory, { recursive: true, force: true });
  });

  async function start(...options: string[]): Promise<Program> {
    const app = join(__dirname, '../fixtures/robust-app');
    const args = ['--app', app, '--state', join(directory, 'state'), '--json', ...options];
    const program = await startProgram(join(buildEmbedded(), 'main.js'), args, { EFFECTS_FILE: effectsFile() });
    running.push(program);
    return program;
  }

  function effectsFile(): string {
    return join(directory, 'effects.txt');
  }

  function effects(): string[] {
    return existsSync(effectsFile()) ? readFileSync(effectsFile(), 'utf8').trim().split('\n') : [];
  }

  interface Answer {
    readonly value?: { readonly runtimeStatus: string; readonly output: unknown };
    readonly error?: string;
  }

  async function client(program: Program, method: string, ...args: unknown[]): Promise<Answer> {
    const request = { method: 'POST', body: JSON.stringify({ method, args }) };
    return (await (await fetch(`${program.ready['url']}/api/client`, request)).json()) as Answer;
  }

  async function completed(program: Program, id: string): Promise<unknown> {
    const { output } = await eventually(async () => {
      const { value } = await client(program, 'getStatus', id);
      return value?.runtimeStatus === 'Completed' ? value : undefined;
    });
    return output;
  }

  async function hostStatus(program: Program, key = program.ready['masterKey'] ?? ''): Promise<unknown> {
    const headers = { 'x-functions-key': key };
    const response = await fetch(`${program.ready['url']}/Admin/Host/Status`, { headers });
    return { status: response.status, body: await response.text() };
  }

  /** A limit of the operating system for the process: as on a full disk, no file gets longer. */
  function setRoom(program: Program, bytes: number | 'unlimited'): void {
    execFileSync('prlimit', ['--pid', String(program.process.pid), `--fsize=${bytes}:`]);
  }

  /** An instance whose activity is done while nothing can be written any more, one that sleeps, one that waits. */
  async function fillUp(program: Program): Promise<void> {
    await client(program, 'startNew', 'waits', { instanceId: 'waits' });
    await client(program, 'startNew', 'naps', { instanceId: 'naps', input: { ms: 200 } });
    await client(program, 'startNew', 'gate', { instanceId: 'gate', input: { gate: join(directory, 'open') } });
    await eventually(() => (effects().includes('gated begins') ? true : undefined));
    setRoom(program, 4096);
    writeFileSync(join(directory, 'open'), '');
    await eventually(() => (program.stderr().includes('Nothing new is accepted') ? true : undefined));
  }

  test('refuses new work with the reason, reads on, repeats nothing, and goes on by itself when there is room', async () => {
    const program = await start();
    await fillUp(program);

    const refused = await Promise.all([
      client(program, 'startNew', 'naps', { instanceId: 'late', input: { ms: 1 } }),
      client(program, 'raiseEvent', 'waits', 'go', { n: 1 }),
      client(program, 'terminate', 'waits', 'why'),
    ]);
    const read = await client(program, 'getStatus', 'gate');
    const [withoutKey, full] = [await hostStatus(program, ''), await hostStatus(program)];
    setRoom(program, 'unlimited');

    for (const { error } of refused) expect(error).toMatch(/503.*The state cannot be written: disk I\/O error/);
    expect(read.value?.runtimeStatus).toBe('Running');
    expect(withoutKey).toEqual({ status: 401, body: '' });
    expect(full).toMatchObject({
      status: 200,
      body: expect.stringMatching(/"state":"Error".*The state cannot be written/),
    });
    expect(await completed(program, 'gate')).toEqual({ gate: join(directory, 'open') });
    expect(await completed(program, 'naps')).toEqual({ woke: true });
    expect(effects()).toEqual(['gated begins', 'gated ends']);
    expect(await client(program, 'getStatus', 'late')).toMatchObject({ error: expect.stringContaining('404') });
    expect(await client(program, 'raiseEvent', 'waits', 'go', { n: 2 })).toEqual({ value: null });
    expect(await completed(program, 'waits')).toEqual({ n: 2 });
    expect(program.stderr()).toContain('The state can be written again');
    expect(await hostStatus(program)).toEqual({ status: 200, body: '{"state":"Running"}' });
  });

  test('says so where hosts tell how they are, although nothing that is done waits to be written', async () => {
    const program = await start();
    setRoom(program, 4096);

    const refused = await client(program, 'startNew', 'naps', { instanceId: 'late', input: { ms: 1 } });

    expect(refused.error).toMatch(/503.*The state cannot be written: disk I\/O error/);
    expect(await hostStatus(program)).toMatchObject({ body: expect.stringContaining('"state":"Error"') });
    setRoom(program, 'unlimited');
    expect(await hostStatus(program)).toMatchObject({ body: expect.stringContaining('"state":"Running"') });
  });

  test('ends on SIGTERM all the same; what could not be written runs again at the next start', async () => {
    const first = await start('--drain', '0.05');
    await fillUp(first);

    const code = await first.end('SIGTERM');
    const second = await start();

    expect(code).toBe(0);
    expect(await completed(second, 'gate')).toEqual({ gate: join(directory, 'open') });
    expect(await completed(second, 'naps')).toEqual({ woke: true });
    expect(effects().filter((line) => line === 'gated ends')).toHaveLength(2);
  });
});

describe('a database that takes nothing', () => {
  let host: DurableHost;

  afterEach(() => host.close());

  test('a timer function goes on with its schedule, although its last run could not be written down', async () => {
    const opened = jest.spyOn(DatabaseSync.prototype, 'exec');
    const runs: Date[] = [];
    host = await createDurableHost({
      register: () => app.timer('hourly', { schedule: '0 0 * * * *', handler: () => void runs.push(host.now) }),
    });
    const database = opened.mock.contexts.at(-1) as DatabaseSync | undefined; // `this` of the store's own connection.
    opened.mockRestore();
    const target = host.app.registry.find('timer', 'hourly');
    if (target === undefined) throw new Error('There is no timer.');
    const reports: string[] = [];
    const parts = { store: host.store, clock: host.clock, invoker: host.app.invoker };
    const timer = new TimerRunner(target, { ...parts, log: ({ message }) => reports.push(message) }, {});
    timer.start();

    database?.exec('PRAGMA query_only = 1');
    host.clock.step(host.clock.next ?? 0);
    await host.waitFor(() => reports.length === 1 && host.clock.next !== undefined);
    database?.exec('PRAGMA query_only = 0');
    host.clock.step(host.clock.next ?? 0);
    await host.waitFor(() => runs.length === 2 && host.clock.next !== undefined);
    await timer.stop();

    expect(runs).toEqual([new Date('2026-01-01T01:00:00Z'), new Date('2026-01-01T02:00:00Z')]);
    expect(host.store.schedules.get('hourly')?.last).toBe(runs[1]?.getTime());
  });

  test('a batch that fails in its middle is written whole when there is room: every activity once', async () => {
    const runs: number[] = [];
    const opened = jest.spyOn(DatabaseSync.prototype, 'exec');
    host = await createDurableHost({
      onDisk: true,
      register() {
        df.app.activity('big', {
          handler: ({ n }: { n: number }) => {
            runs.push(n);
            return { n, text: 'x'.repeat(4000) };
          },
        });
        df.app.orchestration('many', function* (ctx) {
          const tasks = Array.from({ length: 20 }, (_, n) => ctx.df.callActivity('big', { n }));
          const results: { n: number }[] = yield ctx.df.Task.all(tasks);
          return results.map(({ n }) => n);
        });
      },
    });
    const database = opened.mock.contexts.at(-1) as DatabaseSync | undefined; // `this` of the store's own connection.
    opened.mockRestore();
    const pages = Number(database?.prepare('PRAGMA page_count').get()?.['page_count']);
    database?.exec(`PRAGMA max_page_count = ${pages + 12}`);
    const id = host.start('many');

    await host.waitFor(() => host.store.refusal !== undefined);
    expect(() => host.start('many')).toThrow('The state cannot be written: database or disk is full.');
    host.clock.step(host.clock.now() + 1_000);
    expect(host.store.refusal).toContain('Nothing new is accepted until it can; is the disk full?');
    database?.exec('PRAGMA max_page_count = 100000');
    host.clock.step(host.clock.now() + 1_000);
    await host.run(id);

    expect(host.status(id)).toMatchObject({
      runtimeStatus: 'Completed',
      output: Array.from({ length: 20 }, (_, n) => n),
    });
    expect([...runs].sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n));
    expect(host.logs.filter(({ level }) => level === 'critical')).toHaveLength(1);
  });
});
