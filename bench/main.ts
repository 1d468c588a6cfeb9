import { parseArgs } from 'node:util';
import { measureEpisodes } from './episodes';
import type { EpisodesResult } from './episodes';
import { measureLoad } from './load';
import type { LoadResult } from './load';
import { measureWaiting } from './waiting';
import type { WaitingResult } from './waiting';

/**
 * Measures what may get slower unnoticed, each as a ratio to a baseline of the same run on the same machine.
 * `--json` prints one line of JSON.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
  const load = await measureLoad();
  const episodes = await measureEpisodes();
  const waiting = await measureWaiting();
  const text = values.json
    ? JSON.stringify({ load, episodes, waiting })
    : [loadLines(load), episodeLines(episodes), waitingLines(waiting)].join('\n\n');
  process.stdout.write(`${text}\n`);
}

function loadLines({ rounds, appMs, bareMs, ratio, own, packages, shared }: LoadResult): string {
  const list = (names: readonly string[]): string => names.map((name) => `${name} ${packages[name]}`).join(', ');
  const alone = Object.keys(packages).filter((name) => !shared.includes(name));
  return [
    `Load time, median of ${rounds} fresh processes`,
    `  ${times(ratio)} the bare app (one HTTP function, one orchestration): ${appMs.toFixed(0)} ms, bare ${bareMs.toFixed(0)} ms`,
    `  modules at start: ${own} of its own; beyond the bare app: ${list(alone) || 'none'}`,
    `  as the bare app: ${list(shared)}`,
  ].join('\n');
}

function episodeLines(result: EpisodesResult): string {
  const { insertsPerSecond, aloneRatio, alonePerSecond, togetherRatio, togetherPerSecond } = result;
  return [
    `Episodes on the embedded engine, beside SQLite inserts with the same durability (${insertsPerSecond.toFixed(0)} a second)`,
    `  ${times(aloneRatio)} for one orchestration alone: ${alonePerSecond.toFixed(0)} episodes a second, each with an activity`,
    `  ${times(togetherRatio)} for twenty at once: ${togetherPerSecond.toFixed(0)} episodes a second`,
  ].join('\n');
}

function waitingLines({ instances, rounds, empty, waiting, maker, bytesPerInstance }: WaitingResult): string {
  const mb = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MB`;
  return [
    `${instances} instances that wait on timers, beside an empty runtime (median of ${rounds} fresh processes each)`,
    `  ${times(waiting.rss / empty.rss)} the memory: ${mb(waiting.rss)}, empty ${mb(empty.rss)}, ${bytesPerInstance.toFixed(0)} bytes an instance`,
    `  ${times(waiting.startMs / empty.startMs)} the time to start: ${waiting.startMs.toFixed(0)} ms, empty ${empty.startMs.toFixed(0)} ms`,
    `  ${times(maker.rss / empty.rss)} the memory in the process that started them: ${mb(maker.rss)}, of its heap ${mb(maker.heap - empty.heap)} more than empty`,
  ].join('\n');
}

function times(ratio: number): string {
  return `${ratio.toFixed(2)} ×`;
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
