/** `npm start` and `npm run demo` as the programs that people run. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram, type Program } from '../support/embedded-process';
import { trustAuthority } from '../support/emulator';
import { notes, Pipeline, releaseOf } from '../support/e2e-pipeline';

const dist = join(__dirname, '../../dist');
const applicationId = '9NCONTOSO003';
let state: string;
const programs: Program[] = [];

beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'publisher-start-'));
});
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.end('SIGKILL')));
  rmSync(state, { recursive: true, force: true });
});

/** The one line of `--json`. */
interface Announcement {
  readonly url: string;
  readonly key: string;
  readonly emulator: { readonly control: string; readonly ca: string };
}

async function start(): Promise<Program & { said: Announcement }> {
  const args = ['--port', '0', '--state', state, '--certification', '500ms', '--json'];
  // A generous budget: polls are spread over it.
  const program = await startProgram(join(dist, 'commands/start.js'), args, { PUBLISHER_REQUESTS_PER_MINUTE: '1000' });
  programs.push(program);
  // The members of this program's line.
  return { ...program, said: program.ready as unknown as Announcement };
}

function pipelineOf({ said }: { said: Announcement }): Pipeline {
  return new Pipeline(() => ({ url: said.url.replace(/\/api$/, ''), hostKey: said.key }));
}

test('Ctrl-C ends it in good order; the next start goes on with what was in flight', async () => {
  const first = await start();
  const before = pipelineOf(first);
  const health = await before.send('GET', '/health');
  const { id } = await before.start(
    releaseOf(applicationId, { ...notes('over a restart'), options: { approvals: ['commit'] } }),
  );
  const gateId = await before.atGate(id);
  const code = await first.end('SIGINT');
  const second = await start();
  const after = pipelineOf(second);
  const forget = trustAuthority(second.said.emulator.ca);
  await after.command(id, 'approve', { gateId });
  const release = await after.ended(id);
  const store = await fetch(`${second.said.emulator.control}/state`);
  const { applications } = (await store.json()) as { applications: Record<string, { published: string }> };
  forget();

  expect(health).toMatchObject({ status: 200, body: { status: 'ok' } });
  expect([code, first.stderr()]).toEqual([0, expect.not.stringMatching(/ error |Unhandled/)]);
  expect(second.said.key).toBe(first.said.key);
  expect(release.state).toBe('succeeded');
  expect(applications[applicationId]?.published).toBe(release.remote?.submissionId);
});

test('a second one on the same state refuses, names who has it, and leaves it alone', async () => {
  const first = await start();

  const owner = new RegExp(`ended with 1: .*Another runtime has ${state}: process ${first.process.pid}, started`, 's');
  await expect(start()).rejects.toThrow(owner);

  expect((await pipelineOf(first).send('GET', '/health')).status).toBe(200);
});

test('without the emulator and without settings it says which are missing', async () => {
  const args = ['--no-emulator', '--port', '0', '--state', state];

  await expect(startProgram(join(dist, 'commands/start.js'), args)).rejects.toThrow(
    /ended with 1: .*PUBLISHER_ACCOUNTS.*PUBLISHER_KEY_VAULT_URL/s,
  );
});

test('the demo ends with an error when it cannot publish', async () => {
  const demo = startProgram(join(dist, 'commands/demo.js'), [], { PUBLISHER_SLICE_TIME: 'soon' });

  await expect(demo).rejects.toThrow(/ended with 1: .*PUBLISHER_SLICE_TIME must be/s);
});
