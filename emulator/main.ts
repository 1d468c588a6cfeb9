#!/usr/bin/env node
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseOptions, USAGE } from './options';
import { startEmulator } from './start';

/** Runs the emulator until it is asked to end; its first line says where it is. */
async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (typeof options === 'string') {
    process.stdout.write(options === 'help' ? USAGE : `${version()}\n`);
    return;
  }
  const emulator = await startEmulator(options);
  await emulator.startStorage().catch(async (error: unknown) => {
    // What listens already would keep the program from ending.
    await emulator.stop();
    throw error;
  });
  const { https, http, ca, control, account } = emulator;
  process.stdout.write(`${JSON.stringify({ https, http, ca, control, account, vault: https })}\n`);
  const stop = (): void => {
    void emulator.stop().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  whenOrphaned(stop);
}

/** That of the package, or of the project, that this program is part of. */
function version(folder = __dirname): string {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return version(dirname(folder));
  // npm's own format.
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

const parent = process.ppid;

/** npm runs this in a shell that dies of a signal without passing it on: without its shell, the emulator ends as well. */
function whenOrphaned(stop: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, 500);
  watch.unref();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
