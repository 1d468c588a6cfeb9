import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { eventually, startProgram } from '../support/embedded-process';

const script = join(__dirname, '../../dist/commands/start.js');
let state: string;

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'start-'));
});

afterEach(() => rmSync(state, { recursive: true, force: true }));

test('the service starts with everything it needs, takes a release, and ends when it is asked to', async () => {
  const service = await startProgram(script, ['--port', '0', '--json', '--state', state]);
  const { url = '', key = '' } = service.ready;

  const response = await fetch(`${url}/releases`, {
    method: 'POST',
    headers: { 'x-functions-key': key, 'content-type': 'application/json' },
    body: JSON.stringify({
      account: 'contoso',
      target: { kind: 'store-app', applicationId: '9NCONTOSO003' },
      changes: { listings: { 'en-us': { baseListing: { releaseNotes: 'Starts faster.' } } } },
    }),
  });
  const code = await service.end('SIGTERM');

  expect(response.status).toBe(202);
  expect(code).toBe(0);
});

test('the service ends with the shell that npm runs it in', async () => {
  // The second command keeps the shell from giving its process to the first.
  const command = `"${process.execPath}" "${script}" --port 0 --json --state "${state}"; true`;
  const { NODE_ENV: _, ...env } = process.env;
  const shell = spawn('sh', ['-c', command], {
    env: { ...env, npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: shell.stdout });
  const [line] = (await once(lines, 'line')) as [string];
  const { url } = JSON.parse(line) as { url: string };

  shell.kill('SIGTERM');

  await eventually(async () => ((await isUp(url)) ? undefined : true)).finally(() => shell.stdout.destroy());
});

async function isUp(url: string): Promise<boolean> {
  return fetch(`${url}/health`).then(
    () => true,
    () => false,
  );
}
