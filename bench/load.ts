import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LoadReport } from '../commands/load-probe';
import { projectRoot } from '../commands/project-root';
import { median } from './median';

const run = promisify(execFile);

/** How long the app takes to load, beside the smallest app on the same packages. */
export interface LoadResult {
  readonly rounds: number;
  readonly appMs: number;
  readonly bareMs: number;
  readonly ratio: number;
  /** What the app loads at its start: modules of its own, and of each package. */
  readonly own: number;
  readonly packages: Readonly<Record<string, number>>;
  /** Of these, the packages that the smallest app loads as well. */
  readonly shared: readonly string[];
}

/** Loads both apps in turn, each time in a fresh process; the first of each fills the disk's cache and is not counted. */
export async function measureLoad(rounds = 9): Promise<LoadResult> {
  const project = projectRoot();
  const [app, bare] = [project, join(project, 'bench/bare-app')];
  const first = { app: await load(app), bare: await load(bare) };
  const times = { app: [] as number[], bare: [] as number[] };
  for (let round = 0; round < rounds; round++) {
    times.app.push((await load(app)).loadMs);
    times.bare.push((await load(bare)).loadMs);
  }
  const appMs = median(times.app);
  const bareMs = median(times.bare);
  return {
    rounds,
    appMs,
    bareMs,
    ratio: appMs / bareMs,
    own: first.app.own.length,
    packages: first.app.packages,
    shared: Object.keys(first.app.packages).filter((name) => name in first.bare.packages),
  };
}

async function load(directory: string): Promise<LoadReport> {
  const { stdout } = await run(process.execPath, [join(__dirname, '../commands/load-probe.js'), directory], {
    env: { ...process.env, AzureWebJobsStorage: 'UseDevelopmentStorage=true' },
  });
  // The probe prints nothing else.
  return JSON.parse(stdout) as LoadReport;
}
