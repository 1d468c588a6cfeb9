#!/usr/bin/env node
import { Console } from 'node:console';
import { parseArgs } from 'node:util';
import type { LogSink } from './engine/log';
import { logLine } from './host/log-lines';
import { parsePort } from './host/settings';
import { type Runtime, startRuntime } from './runtime';

const usage = 'Usage: main.js --app DIRECTORY --state DIRECTORY [--port N] [--host ADDRESS] [--drain SECONDS] [--json]';

const log: LogSink = (entry) => process.stderr.write(`${logLine(entry, new Date())}\n`);

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** The first signal stops gracefully, a second one at once. */
function stopOnSignal(runtime: Runtime): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    void runtime.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        fail(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

function announce(runtime: Runtime, asJson: boolean): void {
  const { url, keys } = runtime;
  const text = asJson
    ? JSON.stringify({ url, masterKey: keys.master, hostKey: keys.host })
    : `Listening on ${url}. The keys are in keys.json of the state directory.`;
  process.stdout.write(`${text}\n`);
}

function parse() {
  const options = {
    app: { type: 'string' },
    state: { type: 'string' },
    port: { type: 'string', default: '0' },
    host: { type: 'string', default: '127.0.0.1' },
    drain: { type: 'string', default: '10' },
    json: { type: 'boolean', default: false },
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
}

function parseSeconds(text: string): number {
  if (!/^\d{1,6}(\.\d+)?$/.test(text)) throw new Error(`--drain must be seconds, not '${text}'.\n${usage}`);
  return Number(text) * 1000;
}

async function main(): Promise<void> {
  const values = parse();
  if (values.app === undefined || values.state === undefined) throw new Error(usage);
  const port = parsePort(values.port);
  const drainMs = parseSeconds(values.drain);
  // State, keys and whatever the app writes are for their owner alone.
  process.umask(0o077);
  // Whoever read what this process says may be gone: that must not end the releases that are under way.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  // Standard output is for the announcement; what the app prints is log.
  globalThis.console = new Console(process.stderr, process.stderr);
  process.on('unhandledRejection', (reason) => {
    // A promise that nobody waits for must not take down every release that is under way.
    const message = `Unhandled rejection: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`;
    log({ level: 'error', category: 'Worker', message });
  });
  const { app: appDirectory, state: stateDirectory, host, json } = values;
  const runtime = await startRuntime({ appDirectory, stateDirectory, port, host, log, drainMs });
  stopOnSignal(runtime);
  announce(runtime, json);
}

main().catch((error: unknown) => {
  fail(error);
  process.exit(1);
});
