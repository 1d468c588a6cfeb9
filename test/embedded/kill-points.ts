import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { buildEmbedded, type Program, startProgram } from '../support/embedded-process';
import { Story } from './kill-story';

const killable = join(__dirname, '../fixtures/killable/main.js');
const appDirectory = join(__dirname, '../fixtures/robust-app');

/** Where a process died: at which write, of what. */
export interface Death {
  readonly point: string;
  readonly purpose: string;
}

/**
 * One state directory on which process after process is killed. Every process first ends what its predecessor was in the
 * middle of, then begins a story of its own, to be killed in it.
 */
export class KillChain {
  readonly #directory = mkdtempSync(join(tmpdir(), 'kill-points-'));
  #program: Program | undefined;
  #stories = 0;

  /**
   * Lets a process die at the n-th write of a story, or at the n-th of those that `where` names, and another one end it.
   * Undefined when the story has no n-th.
   */
  async killAt(nth: number, where: Partial<Death> = {}): Promise<Death | undefined> {
    const story = new Story(`story-${this.#stories++}`, (method, args) => this.#client(method, args));
    const program = await this.#running();
    const kills = this.deaths().length;
    await order(program, { nth, ...where });
    const told = story.tell().then(
      () => true,
      (error: unknown) => {
        // A connection that breaks off is what a kill looks like; anything else is a finding.
        if (!String(error).startsWith('TypeError')) throw error;
        return false;
      },
    );
    if (await Promise.race([told, program.ended.then(() => false)])) {
      await order(program, { nth: 0 });
      return undefined;
    }
    expect(await program.ended).toBe('SIGKILL');
    await told;
    expect(this.deaths()).toHaveLength(kills + 1);

    this.#program = undefined;
    const before = this.#effects(story.id);
    const queued = this.#queued();
    await this.#running();
    await story.tell();

    expect(this.#effects(story.id)).toEqual(expectedEffects(story, before, queued));
    return this.deaths().at(-1);
  }

  /** Lets a process die at the n-th write of its start; the next one must start. Undefined when it did not die. */
  async killStartAt(nth: number): Promise<Death | undefined> {
    const started = await this.#start({ KILL_AT: String(nth) }).catch((error: unknown) => {
      expect(String(error)).toContain('ended with SIGKILL');
    });
    await started?.end('SIGKILL');
    this.#program = await this.#start();
    return started === undefined ? this.deaths().at(-1) : undefined;
  }

  /** Every death so far. */
  deaths(): Death[] {
    return this.#lines('deaths.jsonl').map((line) => JSON.parse(line) as Death);
  }

  /** How often each activity of a story has had its effect. */
  #effects(id: string): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const line of this.#lines('effects.txt')) {
      if (line.startsWith(`${id} `) || line.startsWith(`${id}-part `)) counts[line] = (counts[line] ?? 0) + 1;
    }
    return counts;
  }

  /** Instances whose history says of one thing twice that it has ended; read while nobody writes. */
  async completedTwice(): Promise<unknown[]> {
    await this.#program?.end('SIGKILL');
    this.#program = undefined;
    return this.#read(`
      SELECT instance_id, event ->> 'EventType' AS type, coalesce(event ->> 'TaskScheduledId', event ->> 'TimerId') AS task
      FROM history WHERE task IS NOT NULL GROUP BY 1, 2, 3 HAVING count(*) > 1`);
  }

  async end(): Promise<void> {
    await this.#program?.end('SIGKILL');
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /** Names of the activities that are queued: their completion is not written. Read while nobody writes. */
  #queued(): string[] {
    const rows = this.#read(`SELECT instance_id || ' ' || (input ->> 'step') AS name FROM activities`);
    return rows.map((row) => String(row['name']));
  }

  #read(sql: string): Record<string, unknown>[] {
    const database = new DatabaseSync(join(this.#directory, 'state/state.db'), { readOnly: true });
    try {
      return database.prepare(sql).all();
    } finally {
      database.close();
    }
  }

  #lines(name: string): string[] {
    const path = join(this.#directory, name);
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
  }

  async #running(): Promise<Program> {
    return (this.#program ??= await this.#start());
  }

  #start(env: Record<string, string> = {}): Promise<Program> {
    const main = join(buildEmbedded(), 'main.js');
    return startProgram(killable, [main, '--app', appDirectory, '--state', join(this.#directory, 'state'), '--json'], {
      EFFECTS_FILE: join(this.#directory, 'effects.txt'),
      KILL_LOG: join(this.#directory, 'deaths.jsonl'),
      ...env,
    });
  }

  async #client(method: string, args: readonly unknown[]): Promise<unknown> {
    const url = `${(await this.#running()).ready['url']}/api/client`;
    const response = await fetch(url, { method: 'POST', body: JSON.stringify({ method, args }) });
    const { value, error } = (await response.json()) as { value?: unknown; error?: string };
    if (error !== undefined) throw new Error(error);
    return value;
  }
}

async function order(program: Program, what: { readonly nth: number } & Partial<Death>): Promise<void> {
  program.process.stdin?.write(`${JSON.stringify(what)}\n`);
  if (program.process.stdout !== null) await once(program.process.stdout, 'data');
}

/** What was queued when the process died runs again, whether it had run or not; everything else happens once. */
function expectedEffects(
  story: Story,
  before: Record<string, number>,
  queued: readonly string[],
): Record<string, number> {
  const times = (name: string): number => (queued.includes(name) ? (before[name] ?? 0) + 1 : 1);
  return Object.fromEntries(story.activities.map((name) => [name, times(name)]));
}
