import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { LoadReport } from '../../commands/load-probe';

const run = promisify(execFile);
const dist = join(__dirname, '../../dist');

/**
 * Loads a compiled app in a process of its own, with the one setting that the app cannot do without. `alone`: the
 * process may read no file but those of the app and of the probe.
 */
export async function loadReport(appDirectory: string, { alone = false } = {}): Promise<LoadReport> {
  const { PATH = '' } = process.env;
  const env = { PATH, AzureWebJobsStorage: 'UseDevelopmentStorage=true' };
  const limits = alone ? ['--permission', `--allow-fs-read=${appDirectory}`, `--allow-fs-read=${dist}`] : [];
  const probe = join(dist, 'commands/load-probe.js');
  const { stdout } = await run(process.execPath, [...limits, probe, appDirectory], { env, maxBuffer: 16 * 1024 ** 2 });
  return JSON.parse(stdout) as LoadReport;
}
