import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from '../commands/project-root';
import { median } from './median';
import type { RuntimeReport } from './runtime-probe';

const run = promisify(execFile);

/** What instances that wait cost, beside a runtime that has none. */
export interface WaitingResult {
  readonly instances: number;
  readonly rounds: number;
  /** A runtime started on a state directory without instances. */
  readonly empty: RuntimeReport;
  /** A runtime started on a state directory in which all of them wait. */
  readonly waiting: RuntimeReport;
  /** The runtime that started them: what its work has left in memory is in there as well. */
  readonly maker: RuntimeReport;
  /** Resident memory of `waiting` over `empty`. */
  readonly bytesPerInstance: number;
}

/** Starts so many instances in one process, then measures fresh processes with and without them in turn. */
export async function measureWaiting(instances = 10_000, rounds = 5): Promise<WaitingResult> {
  const parent = join(projectRoot(), '.local');
  mkdirSync(parent, { recursive: true, mode: 0o700 });
  const directory = mkdtempSync(join(parent, 'bench-'));
  const [none, all] = [join(directory, 'none'), join(directory, 'all')];
  try {
    await probe(none, 0);
    const maker = await probe(all, instances);
    const empty: RuntimeReport[] = [];
    const waiting: RuntimeReport[] = [];
    for (let round = 0; round < rounds; round++) {
      empty.push(await probe(none, 0));
      waiting.push(await probe(all, 0));
    }
    return result({ instances, rounds, maker }, middle(empty), middle(waiting));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function result(
  frame: Pick<WaitingResult, 'instances' | 'rounds' | 'maker'>,
  empty: RuntimeReport,
  waiting: RuntimeReport,
): WaitingResult {
  if (empty.instances !== 0 || waiting.instances !== frame.instances) throw new Error('The instances do not wait.');
  return { ...frame, empty, waiting, bytesPerInstance: (waiting.rss - empty.rss) / frame.instances };
}

function middle(reports: readonly RuntimeReport[]): RuntimeReport {
  const of = (member: keyof RuntimeReport): number => median(reports.map((report) => report[member]));
  return { startMs: of('startMs'), rss: of('rss'), heap: of('heap'), instances: of('instances') };
}

async function probe(stateDirectory: string, start: number): Promise<RuntimeReport> {
  const script = join(__dirname, 'runtime-probe.js');
  const { stdout } = await run(process.execPath, ['--expose-gc', script, stateDirectory, String(start)]);
  // The probe prints nothing else.
  return JSON.parse(stdout) as RuntimeReport;
}
