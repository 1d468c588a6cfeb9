import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildEmbedded, eventually, type Program, startProgram } from '../support/embedded-process';

let directory: string;
let running: Program[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'stopping-'));
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

async function client(program: Program, method: string, ...args: unknown[]): Promise<unknown> {
  const request = { method: 'POST', body: JSON.stringify({ method, args }) };
  const { value } = (await (await fetch(`${program.ready['url']}/api/client`, request)).json()) as { value?: unknown };
  return value;
}

/** An instance whose activity runs until the test lets it end. */
async function startGated(program: Program): Promise<void> {
  await client(program, 'startNew', 'gate', { instanceId: 'one', input: { gate: join(directory, 'open') } });
  await eventually(() => (effects().includes('gated begins') ? true : undefined));
}

async function ended(program: Program): Promise<unknown> {
  return eventually(async () => {
    const status = await client(program, 'getStatus', 'one');
    return JSON.stringify(status).includes('"Completed"') ? status : undefined;
  });
}

test('a running activity gets its time: its result is kept, and it does not run again', async () => {
  const first = await start('--drain', '3600');
  await startGated(first);

  const code = first.end('SIGTERM');
  // It has begun to stop, and waits.
  await eventually(() => (effects().includes('appTerminate') ? true : undefined));
  writeFileSync(join(directory, 'open'), '');

  expect(await code).toBe(0);
  expect(await ended(await start())).toMatchObject({ output: { gate: join(directory, 'open') } });
  expect(effects()).toEqual(['gated begins', 'appTerminate', 'gated ends']);
  expect(first.stderr()).not.toContain('cut off');
});

test('an activity that takes longer than the limit is cut off, and runs again at the next start', async () => {
  const first = await start('--drain', '0.05');
  await startGated(first);

  const code = await first.end('SIGTERM');
  const second = await start();
  await eventually(() => (effects().filter((line) => line === 'gated begins').length === 2 ? true : undefined));
  writeFileSync(join(directory, 'open'), '');

  expect(code).toBe(0);
  expect(first.stderr()).toContain('What still runs after 0.05 s is cut off, and runs again at the next start.');
  expect(await ended(second)).toMatchObject({ output: { gate: join(directory, 'open') } });
  expect(effects()).toEqual(['gated begins', 'appTerminate', 'gated begins', 'gated ends']);
});

test('a second signal ends it at once', async () => {
  const program = await start('--drain', '3600');
  await startGated(program);
  program.process.kill('SIGTERM');
  await eventually(() => (effects().includes('appTerminate') ? true : undefined));

  expect(await program.end('SIGINT')).toBe(1);
});

test.each(['soon', '-1', ''])('a limit that is none (%s) is refused', async (seconds) => {
  await expect(start(`--drain=${seconds}`)).rejects.toThrow(`ended with 1: --drain must be seconds, not '${seconds}'.`);
});
