import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { isObject, parseJson, stringMember } from '../engine/json';

/** How storage is started. */
export interface StorageOptions {
  /** Holds everything; made (mode 0700) when absent. One storage process at a time. */
  readonly directory: string;
  /** 0 takes any free port; absent: the one of the last run when it is free, else any. */
  readonly blobPort?: number;
  readonly tablePort?: number;
  /** Lets it live on when this process ends. Default: it ends, too. */
  readonly stay?: boolean;
  /** The compiled program; default: `main.js` beside this module. */
  readonly program?: string;
}

/** Running blob and table storage. */
export interface Storage {
  /** With the account key: for the Azure SDKs (`AzureWebJobsStorage`). */
  readonly connectionString: string;
  readonly blobEndpoint: string;
  readonly tableEndpoint: string;
  readonly pid: number;
  /** Resolves when the process has ended, for whatever reason, with its code or the signal's name. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
  /** Answers what is under way, saves, and ends the process. */
  stop(): Promise<void>;
}

/**
 * Starts Azurite (blobs and tables, on loopback) in a process of its own, with a key of its own, and such that a write
 * that was acknowledged is on disk.
 *
 * @throws Error with what the process said when it could not start: the directory is another process's, a port is taken.
 */
export async function startStorage(options: StorageOptions): Promise<Storage> {
  const child = spawn(process.execPath, [options.program ?? join(__dirname, 'main.js'), ...programArguments(options)], {
    // Its standard input is the string by which it notices that this process is gone.
    stdio: [options.stay ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    detached: options.stay ?? false,
  });
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals | null);
  const ready = await firstLine(child, ended);
  if (options.stay) release(child);
  return {
    connectionString: stringMember(ready, 'connectionString') ?? '',
    blobEndpoint: stringMember(ready, 'blobEndpoint') ?? '',
    tableEndpoint: stringMember(ready, 'tableEndpoint') ?? '',
    pid: child.pid ?? 0,
    ended,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function programArguments(options: StorageOptions): string[] {
  return [
    ...['--directory', resolve(options.directory)],
    ...(options.blobPort === undefined ? [] : ['--blob-port', String(options.blobPort)]),
    ...(options.tablePort === undefined ? [] : ['--table-port', String(options.tablePort)]),
    ...(options.stay ? ['--stay'] : []),
  ];
}

async function firstLine(child: ChildProcess, ended: Promise<unknown>): Promise<Record<string, unknown>> {
  let errors = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text));
  if (child.stdout === null) throw new Error('The storage process has no standard output.');
  const lines = createInterface({ input: child.stdout });
  const line = await Promise.race([
    once(lines, 'line').then(([text]) => String(text)),
    ended.then(() => {
      throw new Error(`Storage could not start: ${errors.trim()}`);
    }),
  ]);
  child.stderr?.removeAllListeners('data').pipe(process.stderr);
  const ready = parseJson(line);
  if (!isObject(ready)) throw new Error(`Storage said something else than where it is: ${line}`);
  return ready;
}

/** Lets this process end while the child lives on. */
function release(child: ChildProcess): void {
  child.stdout?.destroy();
  child.stderr?.destroy();
  child.unref();
}
