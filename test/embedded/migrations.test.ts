import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrate, newestSchema, schemaOf } from '../../embedded/store/schema';
import { Store } from '../../embedded/store/store';
import { buildEmbedded, eventually, type Program, startProgram } from '../support/embedded-process';

const fixtures = join(__dirname, '../fixtures');
const olderSchemas = Array.from({ length: newestSchema - 1 }, (_, index) => index + 1);
let directory: string;
let running: Program[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'migrations-'));
});

afterEach(async () => {
  await Promise.all(running.map((program) => program.end('SIGKILL')));
  running = [];
  rmSync(directory, { recursive: true, force: true });
});

/** Tables, indexes and what marks the file. */
function shape(path: string): unknown {
  const database = new DatabaseSync(path, { readOnly: true });
  const objects = database.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();
  const mark = database.prepare('PRAGMA application_id').get();
  const found = { schema: schemaOf(database), mark, objects };
  database.close();
  return found;
}

test.each(olderSchemas)('a file of schema %i gets the shape of a new one, what is in it stays', (schema) => {
  const old = new DatabaseSync(join(directory, 'old.db'));
  migrate(old, schema);
  old.exec(`INSERT INTO schedules (function_name, last, next, updated_at) VALUES ('tick', 1, 2, 3)`);
  expect(schemaOf(old)).toBe(schema);
  old.close();

  const store = new Store(join(directory, 'old.db'));
  const known = store.schedules.get('tick');
  store.close();
  new Store(join(directory, 'new.db')).close();

  expect(known).toEqual({ last: 1, next: 2, updatedAt: 3 });
  expect(shape(join(directory, 'old.db'))).toEqual(shape(join(directory, 'new.db')));
});

describe('a state file that an older version left when it was killed', () => {
  interface Status {
    readonly runtimeStatus: string;
    readonly output: unknown;
  }

  async function start(): Promise<Program> {
    const args = ['--app', join(fixtures, 'robust-app'), '--state', join(directory, 'state'), '--json'];
    const program = await startProgram(join(buildEmbedded(), 'main.js'), args, { EFFECTS_FILE: effectsFile() });
    running.push(program);
    return program;
  }

  function effectsFile(): string {
    return join(directory, 'effects.txt');
  }

  async function client(program: Program, method: string, ...args: unknown[]): Promise<Status | undefined> {
    const request = { method: 'POST', body: JSON.stringify({ method, args }) };
    const response = await fetch(`${program.ready['url']}/api/client`, request);
    const { value, error } = (await response.json()) as { value?: Status; error?: string };
    if (error !== undefined) throw new Error(error);
    return value;
  }

  async function completed(program: Program, id: string): Promise<unknown> {
    const status = await eventually(async () => {
      const found = await client(program, 'getStatus', id);
      return found?.runtimeStatus === 'Completed' ? found : undefined;
    });
    return status.output;
  }

  test.each(olderSchemas)(
    'schema %i: everything in flight goes on and nothing that was done is done again',
    async (schema) => {
      const sql = join(fixtures, `state-schema-${schema}.sql`);
      expect(existsSync(sql)).toBe(true);
      mkdirSync(join(directory, 'state'));
      const old = new DatabaseSync(join(directory, 'state/state.db'));
      old.exec(readFileSync(sql, 'utf8'));
      old.close();

      const program = await start();
      await client(program, 'raiseEvent', 'whole', 'go', { sent: 'after the update' });
      expect((await client(program, 'getStatus', 'held'))?.runtimeStatus).toBe('Suspended');
      await client(program, 'resume', 'held', 'why');
      await client(program, 'raiseEvent', 'held', 'go', { n: 2 });

      expect({
        done: await completed(program, 'done'),
        gate: await completed(program, 'gate'),
        held: await completed(program, 'held'),
        naps: await completed(program, 'naps'),
        rung: await completed(program, 'rung'),
        whole: await completed(program, 'whole'),
      }).toEqual({
        done: { woke: true },
        gate: { gate: '/dev/null' },
        held: { n: 2 },
        naps: { woke: true },
        rung: { n: 1 },
        whole: { steps: ['first', 'part', 'after the update', 'left', 'right', 'last'] },
      });
      const effects = readFileSync(effectsFile(), 'utf8').trim().split('\n').sort();
      expect(effects).toEqual(['gated begins', 'gated ends', 'whole last', 'whole left', 'whole right']);
      expect(shape(join(directory, 'state/state.db'))).toMatchObject({ schema: newestSchema });
    },
  );
});
