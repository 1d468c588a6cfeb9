/** `npm start` where nothing can be written: one sentence that says what is so and what to do. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startFailure } from '../../commands/start-failure';

const script = join(__dirname, '../../dist/commands/start.js');
let state: string;

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'full-'));
});

afterEach(() => rmSync(state, { recursive: true, force: true }));

/** A limit of the operating system: as on a full disk, no file gets longer. */
test.each([
  ['before anything was made', 0],
  ['in the middle', 40_960],
])('a disk that is full %s', (_when, bytes) => {
  const command = [`--fsize=${bytes}`, process.execPath, script, '--port', '0', '--state', state];
  const { NODE_ENV: _, ...env } = process.env;

  const run = spawnSync('prlimit', command, { encoding: 'utf8', timeout: 60_000, env });

  expect([run.signal, run.status, run.stdout]).toEqual([null, 1, '']);
  expect(run.stderr.trim().split('\n')).toEqual([
    expect.stringMatching(/^The service cannot start: nothing can be written to .*Make room there, or .*--state\.$/),
  ]);
  expect(run.stderr).toContain(state);
});

test.each([
  'ENOSPC: no space left on device, write',
  'Storage could not start: EDQUOT: disk quota exceeded',
  'The state cannot be written: database or disk is full.',
])('"%s" is told with the place and the remedy', (message) => {
  const told = startFailure(new Error(message), '/var/contoso').message;

  expect(told).toMatch(/nothing can be written to \/var\/contoso/);
  expect(told).toContain(message);
});

test('any other reason is told as it is', () => {
  const error = new Error('The port 7071 is taken.');

  expect(startFailure(error, '/var/contoso')).toBe(error);
});
