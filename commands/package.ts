import { createWriteStream, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { deployableFiles, zipOf } from './deployable';
import { projectRoot } from './project-root';

/** Makes the zip that a function app runs: `publisher.zip`, or the file that `--output` names. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { output: { type: 'string' } } });
  const project = projectRoot();
  const output = resolve(values.output ?? join(project, 'publisher.zip'));
  const files = deployableFiles(project);
  await pipeline(zipOf(files), createWriteStream(output));
  const megabytes = (statSync(output).size / 1024 ** 2).toFixed(1);
  process.stdout.write(`${output}: ${files.length} files, ${megabytes} MB\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
