import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

/** Account and key that Azurite has built in; they protect nothing. */
const ACCOUNT = 'devstoreaccount1';
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** Runs in Azurite's process: ends it, with everything saved, when the emulator is gone. */
const END_WITH_PARENT = "process.on('disconnect', () => process.kill(process.pid, 'SIGTERM'))";

/** A blob server of its own. */
export interface Azurite {
  readonly connectionString: string;
  readonly stop: () => Promise<void>;
}

/** Variables that would give this Azurite another database, other accounts or other flags. */
const FOREIGN_SETTINGS = ['AZURITE_DB', 'AZURITE_ACCOUNTS', 'NODE_OPTIONS'];

/**
 * Starts Azurite's blob server on a free loopback port, in a process of its own.
 *
 * @param directory where it keeps its blobs; absent = in memory
 */
export async function startAzurite(directory: string | undefined): Promise<Azurite> {
  const script = join(dirname(require.resolve('azurite/package.json')), 'dist/src/blob/main.js');
  const environment = { ...process.env };
  for (const name of FOREIGN_SETTINGS) delete environment[name];
  const child = spawn(
    process.execPath,
    [
      '--disable-warning=DEP0169',
      '--import',
      `data:text/javascript,${encodeURIComponent(END_WITH_PARENT)}`,
      script,
      '--blobHost',
      '127.0.0.1',
      '--blobPort',
      '0',
      ...(directory === undefined ? ['--inMemoryPersistence'] : ['--location', directory]),
      '--silent',
      '--disableTelemetry',
      '--skipApiVersionCheck',
    ],
    { stdio: ['ignore', 'pipe', 'pipe', 'ipc'], env: environment, cwd: tmpdir() },
  );
  const endpoint = await listening(child);
  child.unref();
  child.channel?.unref();
  return {
    connectionString: `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${KEY};BlobEndpoint=${endpoint}/${ACCOUNT};`,
    // Only what is on disk needs the slow, orderly end.
    stop: () => stop(child, directory === undefined ? 'SIGKILL' : 'SIGTERM'),
  };
}

async function listening(child: ChildProcess): Promise<string> {
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error('Azurite was started without pipes');
  let errors = '';
  stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
  const endpoint = await new Promise<string>((resolve, reject) => {
    createInterface({ input: stdout }).on('line', (line) => {
      const match = /successfully listens on (http:\/\/\S+)/.exec(line);
      if (match?.[1]) resolve(match[1]);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`Azurite ended with ${code}: ${errors}`)));
  });
  for (const stream of [stdout, stderr]) {
    stream.resume();
    // Pipes of a child are sockets; they must not keep the emulator's process alive.
    (stream as unknown as { unref?: () => void }).unref?.();
  }
  return endpoint;
}

async function stop(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  child.ref();
  child.kill(signal);
  await ended;
}
