import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { projectRoot } from '../commands/project-root';
import { startRuntime } from '../embedded/runtime';
import type { Runtime } from '../embedded/runtime';
import { median } from './median';

/** How fast the embedded engine goes with full durability, beside SQLite alone on the same disk. */
export interface EpisodesResult {
  /** Rows inserted one by one, each in a transaction of its own, per second. */
  readonly insertsPerSecond: number;
  /** Episodes per second of one orchestration alone: nothing overlaps. */
  readonly alonePerSecond: number;
  readonly aloneRatio: number;
  /** Episodes per second of twenty orchestrations at once. */
  readonly togetherPerSecond: number;
  readonly togetherRatio: number;
}

const steps = 50;
const together = 20;

/** Measures all three in turn, on the disk that `npm start` uses, and takes the middle of each. */
export async function measureEpisodes(rounds = 3): Promise<EpisodesResult> {
  const parent = join(projectRoot(), '.local');
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  const directory = mkdtempSync(join(parent, 'bench-'));
  const app = join(projectRoot(), 'bench/steps-app');
  const runtime = await startRuntime({ appDirectory: app, stateDirectory: join(directory, 'runtime') });
  try {
    await episodesPerSecond(runtime, 1);
    const inserts: number[] = [];
    const alone: number[] = [];
    const at20: number[] = [];
    for (let round = 0; round < rounds; round++) {
      inserts.push(insertsPerSecond(join(directory, `inserts-${round}.db`)));
      alone.push(await episodesPerSecond(runtime, 1));
      at20.push(await episodesPerSecond(runtime, together));
    }
    return result(median(inserts), median(alone), median(at20));
  } finally {
    await runtime.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

function result(insertsPerSecond: number, alonePerSecond: number, togetherPerSecond: number): EpisodesResult {
  return {
    insertsPerSecond,
    alonePerSecond,
    aloneRatio: alonePerSecond / insertsPerSecond,
    togetherPerSecond,
    togetherRatio: togetherPerSecond / insertsPerSecond,
  };
}

async function episodesPerSecond({ client, engine }: Runtime, instances: number): Promise<number> {
  const before = engine.counters.episodes;
  const began = performance.now();
  for (let index = 0; index < instances; index++) {
    const started = client.start({ name: 'Steps', input: JSON.stringify({ steps }) });
    if (started.kind !== 'started') throw new Error(`The orchestration did not start: ${started.kind}.`);
  }
  await engine.whenIdle();
  const episodes = engine.counters.episodes - before;
  if (episodes < instances * steps) throw new Error(`Only ${episodes} episodes ran.`);
  return (episodes * 1000) / (performance.now() - began);
}

/** The engine's own settings (embedded/store/database.ts), a row of an event's size. */
function insertsPerSecond(path: string): number {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE rows (at INTEGER, event TEXT)');
  const insert = database.prepare('INSERT INTO rows VALUES (?, ?)');
  const event = 'x'.repeat(300);
  const count = 1000;
  const began = performance.now();
  for (let index = 0; index < count; index++) insert.run(index, event);
  const perSecond = (count * 1000) / (performance.now() - began);
  database.close();
  return perSecond;
}
