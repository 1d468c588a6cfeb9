import { join } from 'node:path';
import { projectRoot } from '../commands/project-root';
import { startRuntime } from '../embedded/runtime';

/** What a runtime takes in a process of its own, once it has started and has nothing to do. */
export interface RuntimeReport {
  /** From the start of the process until the runtime serves, milliseconds. */
  readonly startMs: number;
  /** Resident memory, and live objects of the JavaScript heap, bytes. */
  readonly rss: number;
  readonly heap: number;
  /** Instances that have not ended. */
  readonly instances: number;
}

/** `node --expose-gc runtime-probe.js STATE COUNT`: starts a runtime and COUNT instances that wait, and reports. */
async function main(stateDirectory: string, count: number): Promise<void> {
  const appDirectory = join(projectRoot(), 'bench/steps-app');
  const runtime = await startRuntime({ appDirectory, stateDirectory });
  const startMs = performance.now();
  for (let n = 0; n < count; n++) {
    const started = runtime.client.start({ name: 'Waits', input: JSON.stringify({ n }) });
    if (started.kind !== 'started') throw new Error(`An instance did not start: ${started.kind}.`);
  }
  await runtime.engine.whenIdle();
  globalThis.gc?.();
  const { rss, heapUsed: heap } = process.memoryUsage();
  const instances = runtime.client.query({ statuses: ['Running'] }).length;
  const report: RuntimeReport = { startMs, rss, heap, instances };
  await runtime.stop();
  process.stdout.write(JSON.stringify(report));
}

main(process.argv[2] ?? '', Number(process.argv[3])).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
