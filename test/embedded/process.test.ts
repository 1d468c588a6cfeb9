import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildEmbedded, eventually, type Program, startProgram } from '../support/embedded-process';

const appDirectory = join(__dirname, '../fixtures/embedded-app');
let build: string;
let directory: string;
let running: Program[] = [];

/** Ends what a describe block or a test has started, and forgets its directory. */
async function cleanUp(): Promise<void> {
  await Promise.all(running.map((program) => program.end('SIGKILL')));
  running = [];
  rmSync(directory, { recursive: true, force: true });
}

function makeDirectory(): void {
  directory = mkdtempSync(join(tmpdir(), 'embedded-'));
}

beforeAll(() => {
  build = buildEmbedded();
});

async function start(env: Record<string, string> = {}): Promise<Program> {
  const args = ['--app', appDirectory, '--state', join(directory, 'state'), '--json'];
  const program = await startProgram(join(build, 'main.js'), args, { EFFECTS_FILE: effectsFile(), ...env });
  running.push(program);
  return program;
}

function effectsFile(): string {
  return join(directory, 'effects.txt');
}

function effects(): string[] {
  return existsSync(effectsFile()) ? readFileSync(effectsFile(), 'utf8').trim().split('\n') : [];
}

function get(program: Program, path: string, init?: RequestInit): Promise<Response> {
  return fetch(`${program.ready['url']}/api/${path}`, init);
}

/** What the fixture app answers for a client call: a status, or for a start the new id. */
type Status = string | { runtimeStatus: string; output: unknown };

async function client(
  program: Program,
  method: string,
  ...args: unknown[]
): Promise<{ value?: Status; error?: string }> {
  const response = await get(program, 'client', { method: 'POST', body: JSON.stringify({ method, args }) });
  return (await response.json()) as { value?: Status; error?: string };
}

async function completed(program: Program, id: string): Promise<Exclude<Status, string>> {
  return eventually(async () => {
    const { value } = await client(program, 'getStatus', id);
    return typeof value === 'object' && value.runtimeStatus === 'Completed' ? value : undefined;
  });
}

describe('state', () => {
  beforeEach(makeDirectory);
  afterEach(cleanUp);

  test.each(['before', 'after'])('kill -9 %s an activity’s effect: the orchestration goes on and ends', async (die) => {
    const first = await start();
    // Its answer may be lost with the process: the start is durable or it is not, and is repeated then.
    await client(first, 'startNew', 'steps', { instanceId: 'one', input: { count: 4, die, dieAt: 2 } }).catch(
      () => undefined,
    );
    await first.ended;

    const second = await start();
    const status = await completed(second, 'one');

    expect(status.output).toEqual({ done: [0, 1, 2, 3] });
    const steps = effects().filter((line) => line.startsWith('effect'));
    const repeated = die === 'after' ? ['effect one 2'] : [];
    expect(steps).toEqual(['effect one 0', 'effect one 1', ...repeated, 'effect one 2', 'effect one 3']);
  });

  test('kill -9 under load at any moment: every accepted orchestration completes', async () => {
    const accepted: string[] = [];
    for (let round = 0; round < 4; round++) {
      const program = await start();
      const starts = Array.from({ length: 6 }, async (_, index) => {
        const id = `r${round}-${index}`;
        const { value } = await client(program, 'startNew', 'fanOut', { instanceId: id, input: { count: 5 } });
        if (value === id) accepted.push(id);
        return undefined;
      });
      await Promise.race(starts);
      await program.end('SIGKILL');
      await Promise.allSettled(starts);
    }

    const last = await start();

    expect(accepted.length).toBeGreaterThan(3);
    for (const id of accepted) expect((await completed(last, id)).output).toEqual({ sum: 10 });
  });

  test('a timer and a buffered event survive kill -9', async () => {
    const first = await start();
    await client(first, 'startNew', 'naps', { instanceId: 'nap', input: { ms: 300 } });
    await client(first, 'startNew', 'waits', { instanceId: 'wait' });
    await client(first, 'raiseEvent', 'wait', 'go', { n: 1 });
    await first.end('SIGKILL');

    const second = await start();

    expect((await completed(second, 'nap')).output).toEqual({ woke: true });
    expect((await completed(second, 'wait')).output).toEqual({ got: { n: 1 }, version: '7' });
  });

  test('a second runtime on the same state refuses and names the first; after kill -9 it starts', async () => {
    const first = await start();

    await expect(start()).rejects.toThrow(`process ${first.process.pid}`);
    await first.end('SIGKILL');

    await expect(start()).resolves.toBeDefined();
  });

  test('keys stay the same over restarts and are for their owner alone', async () => {
    const first = await start();
    await first.end('SIGKILL');
    const second = await start();

    expect(second.ready).toMatchObject({ masterKey: first.ready['masterKey'], hostKey: first.ready['hostKey'] });
    expect(statSync(join(directory, 'state')).mode & 0o777).toBe(0o700);
    expect(statSync(join(directory, 'state/keys.json')).mode & 0o777).toBe(0o600);
  });

  test('SIGTERM runs appTerminate, waits for what is running and exits with 0', async () => {
    const program = await start();
    await client(program, 'startNew', 'slowly', { instanceId: 'slow', input: { ms: 200 } });
    await eventually(() => (effects().includes('slow begins') ? true : undefined));

    const code = await program.end('SIGTERM');

    expect(code).toBe(0);
    expect(effects()).toEqual(['appStart', 'slow begins', 'appTerminate', 'slow ends']);
  });
});

describe('HTTP', () => {
  let program: Program;

  beforeAll(async () => {
    makeDirectory();
    // Port 9 of loopback: whoever goes through this proxy gets nowhere.
    const proxy = { HTTP_PROXY: 'http://127.0.0.1:9', http_proxy: 'http://127.0.0.1:9' };
    program = await start({ FROM_BOTH: 'environment', FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: '1000', ...proxy });
  });

  afterAll(cleanUp);

  test('a request reaches its function whole, and its answer the caller', async () => {
    const path = 'ECHO/5/a%20b%2Fc?x=1&x=2&empty=';
    const response = await get(program, path, { method: 'POST', headers: { 'X-Test': 'h' }, body: 'text' });

    expect(response.status).toBe(201);
    expect(response.headers.get('x-seen')).toBe('yes');
    expect(response.headers.get('content-type')).toBe('application/json');
    expect(response.headers.get('set-cookie')).toBe('a=b; path=/; samesite=strict; httponly');
    expect(await response.json()).toMatchObject({
      method: 'POST',
      url: `${program.ready['url']}/api/${path}`,
      params: { id: '5', part: 'a b%2Fc' },
      query: { x: '1,2', empty: '' },
      header: 'h',
      body: 'text',
    });
  });

  test('routes: literal before parameter, constraints, absent optional, rest, wrong method 404 without body', async () => {
    const bodyOf = async (path: string): Promise<unknown> => (await get(program, path)).text();

    expect(await bodyOf('echo/new')).toBe('the literal');
    expect(JSON.parse(String(await bodyOf('echo/7')))).toMatchObject({ params: { id: '7' } });
    expect(await bodyOf('files/a/b/c')).toBe('{"path":"a/b/c"}');
    for (const [path, method] of [
      ['echo/x', 'GET'],
      ['echo/7', 'DELETE'],
      ['absent', 'GET'],
      ['../echo/new', 'GET'],
    ] as const) {
      const response = await get(program, path, { method });
      expect([path, response.status, await response.text()]).toEqual([path, 404, '']);
    }
  });

  test('keys: 401 without body; the header goes before the query; each level takes its keys', async () => {
    const { masterKey = '', hostKey = '' } = program.ready;
    const stored = JSON.parse(readFileSync(join(directory, 'state/keys.json'), 'utf8'));
    const status = async (path: string, key?: string): Promise<number> =>
      (await get(program, path, key === undefined ? {} : { headers: { 'x-functions-key': key } })).status;

    expect([await status('guarded'), await status('guarded', 'wrong')]).toEqual([401, 401]);
    expect(await (await get(program, 'guarded')).text()).toBe('');
    expect(
      await Promise.all([masterKey, hostKey, stored.functions.guarded].map((key) => status('guarded', key))),
    ).toEqual([200, 200, 200]);
    expect(await status('guarded', stored.functions.other)).toBe(401);
    expect(await status(`guarded?code=${hostKey}`)).toBe(200);
    expect(await status(`guarded?code=${hostKey}`, 'wrong')).toBe(401);
    expect([await status('of-admin', hostKey), await status('of-admin', masterKey)]).toEqual([401, 200]);
  });

  test('bodies: bytes go through unchanged, and over the limit is 413', async () => {
    const bytes = new Uint8Array([0, 255, 128, 10]);
    const response = await get(program, 'bytes', { method: 'POST', body: bytes });
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes);

    const refused = await get(program, 'bytes', { method: 'POST', body: 'x'.repeat(1001) });
    expect([refused.status, await refused.text()]).toEqual([413, '']);
  });

  test('what functions do wrong: a throw and a text are 500 without body, nothing is 204', async () => {
    const seen = await Promise.all(
      ['throws', 'text', 'nothing', 'noContent'].map(async (path) => {
        const response = await get(program, path);
        return [path, response.status, await response.text()];
      }),
    );

    expect(seen).toEqual([
      ['throws', 500, ''],
      ['text', 500, ''],
      ['nothing', 204, ''],
      ['noContent', 204, ''],
    ]);
  });

  test('hooks may replace inputs and results; settings come from the environment first', async () => {
    expect(await (await get(program, 'hooked')).json()).toEqual({ input: { replaced: true }, before: 'pre' });
    expect(await (await get(program, 'settings')).json()).toEqual({
      file: 'file',
      both: 'environment',
      host: new URL(program.ready['url'] ?? '').host,
    });
  });

  test('the durable client reaches the runtime past a proxy that the environment names', async () => {
    expect(await client(program, 'startNew', 'waits', { instanceId: 'one' })).toEqual({ value: 'one' });
  });

  test('a log entry is one line with its invocation id, from Information up', async () => {
    const invocationId = await (await get(program, 'logs')).text();

    const lines = await eventually(() => {
      const found = program
        .stderr()
        .split('\n')
        .filter((line) => line.includes(invocationId));
      return found.length > 0 ? found : undefined;
    });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(`information Function.logs.User [${invocationId}] one\\ntwo`);
    expect(program.stderr()).not.toContain('hidden');
  });
});
