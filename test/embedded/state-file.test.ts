import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { lockState } from '../../embedded/host/state-lock';
import { StateFileError } from '../../embedded/store/state-errors';
import { Store } from '../../embedded/store/store';
import { buildEmbedded, type Program, startProgram } from '../support/embedded-process';

/** The page size of SQLite since 3.12. */
const pageSize = 4096;
let directory: string;
let path: string;
let running: Program[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'state-file-'));
  path = join(directory, 'state.db');
});

afterEach(async () => {
  await Promise.all(running.map((program) => program.end('SIGKILL')));
  running = [];
  rmSync(directory, { recursive: true, force: true });
});

/** Instances enough for tables and indexes of several pages. */
function fill(store: Store): void {
  store.transaction(() => {
    for (let n = 0; n < 60; n++) {
      const instanceId = `instance-${n}`;
      const input = JSON.stringify({ text: 'x'.repeat(300) });
      store.instances.insert({ instanceId, executionId: `e${n}`, name: 'some', version: undefined, input }, n);
      store.instances.appendHistory(instanceId, 0, [input, input]);
      store.work.addTimer({ instanceId, executionId: `e${n}`, timerId: 0, fireAt: n });
      store.work.addActivity({ instanceId, executionId: `e${n}`, taskId: 1, name: 'act', input });
    }
  });
}

function writeState(): void {
  const store = new Store(path);
  fill(store);
  store.close();
}

/** Everything in the directory but the shared memory of SQLite, which holds no data. */
function bytes(): Record<string, string> {
  const names = readdirSync(directory).filter((name) => !name.endsWith('-shm') && statSync(join(directory, name)).size);
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(directory, name), 'base64')]));
}

/** Opens the state, which must be refused, and says why; what is on disk must be as before. */
function refusal(): string {
  const before = bytes();
  let message = 'It was opened.';
  try {
    new Store(path).close();
  } catch (error) {
    expect(error).toBeInstanceOf(StateFileError);
    message = error instanceof Error ? error.message : String(error);
  }
  expect(bytes()).toEqual(before);
  return message;
}

test('a truncated file is refused with a remedy, wherever it ends', () => {
  writeState();
  const { size } = statSync(path);

  for (const length of [size - 1, size - pageSize, Math.floor(size / 2), pageSize, 100, 10, 0]) {
    truncateSync(path, length);

    const message = refusal();

    expect({ length, message }).toEqual({ length, message: expect.stringContaining(`${path} cannot be used: `) });
    expect(message).toContain('Nothing was changed. Either put back a backup');
  }
});

test('a file with a garbage header, or that is something else, is refused', () => {
  writeState();
  const whole = readFileSync(path);

  writeFileSync(path, Buffer.concat([Buffer.alloc(100, 'garbage'), whole.subarray(100)]));
  expect(refusal()).toContain('cannot be used: file is not a database');

  writeFileSync(path, 'just a text\n'.repeat(1000));
  expect(refusal()).toContain('cannot be used: file is not a database');

  rmSync(path);
  const other = new DatabaseSync(path);
  other.exec('CREATE TABLE addresses (name TEXT); PRAGMA user_version = 2');
  other.close();
  expect(refusal()).toContain('cannot be used: it is a database of something else');
});

test('whichever page is overwritten, the file is refused', () => {
  writeState();
  const whole = readFileSync(path);
  const pages = whole.length / pageSize;
  expect(pages).toBeGreaterThan(20);

  for (let page = 0; page < pages; page++) {
    const damaged = Buffer.from(whole);
    damaged.fill(0xa5, page * pageSize, (page + 1) * pageSize);
    writeFileSync(path, damaged);

    expect({ page, message: refusal() }).toEqual({ page, message: expect.stringContaining('cannot be used: ') });
  }
});

test('a damaged file that was not closed is left as it is, its write-ahead log as well', () => {
  const store = new Store(path);
  fill(store);
  const copy = join(directory, 'copy');
  cpSync(path, join(copy, 'state.db'));
  cpSync(`${path}-wal`, join(copy, 'state.db-wal'));
  store.close();
  [directory, path] = [copy, join(copy, 'state.db')];
  writeFileSync(path, Buffer.alloc(pageSize, 'garbage'));

  try {
    expect(refusal()).toContain('cannot be used: ');
    rmSync(path);
    expect(refusal()).toContain(`cannot be used: it is missing, although ${path}-wal is there.`);
  } finally {
    directory = join(copy, '..');
  }
});

test('a file of a newer version is refused with another remedy', () => {
  writeState();
  const database = new DatabaseSync(path);
  database.exec('PRAGMA user_version = 99');
  database.close();

  expect(refusal()).toMatch(
    /was written by a newer version \(schema 99, this one knows \d+\)\. Nothing was changed\. Start the version that/,
  );
});

test('what a kill leaves of a file that is being made is no hindrance', () => {
  writeFileSync(`${path}.new`, Buffer.alloc(pageSize, 'half'));
  writeFileSync(`${path}.new-journal`, Buffer.alloc(pageSize, 'half'));

  writeState();

  expect(readdirSync(directory)).toEqual(['state.db']);
});

test('the program says what to do on its standard error, ends with 1, and gives the directory free', async () => {
  const state = join(directory, 'state');
  const args = ['--app', join(__dirname, '../fixtures/embedded-app'), '--state', state, '--json'];
  const start = async (): Promise<Program> => {
    const program = await startProgram(join(buildEmbedded(), 'main.js'), args);
    running.push(program);
    return program;
  };
  await (await start()).end('SIGTERM');
  const whole = readFileSync(join(state, 'state.db'));
  truncateSync(join(state, 'state.db'), whole.length / 2);

  await expect(start()).rejects.toThrow(
    /ended with 1: The state file .*state\.db cannot be used: .*Nothing was changed/,
  );

  writeFileSync(join(state, 'state.db'), whole);
  await expect(start()).resolves.toBeDefined();
});

test('a directory has one owner, who is named with pid and time until it gives the directory free', () => {
  const began = Date.now();
  const lock = lockState(directory);

  const refused = /Another runtime has .*: process (\d+), started (\S+)\. Stop it first\./;
  let said: RegExpExecArray | null = null;
  try {
    lockState(directory).release();
  } catch (error) {
    said = refused.exec(String(error));
  }

  expect(said?.[1]).toBe(String(process.pid));
  expect(Date.parse(said?.[2] ?? '')).toBeGreaterThanOrEqual(began);
  expect(Date.parse(said?.[2] ?? '')).toBeLessThanOrEqual(Date.now());
  lock.release();
  lockState(directory).release();
});
