import { spawn, type ChildProcess } from 'node:child_process';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

/** Account and key that Azurite has built in; they protect nothing. */
const ACCOUNT = 'devstoreaccount1';
const KEY = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';

/** The account of a connection string; without one, Azurite's own. */
export function accountOf(connectionString: string | undefined): string {
  return /AccountName=([^;]+)/i.exec(connectionString ?? '')?.[1] ?? ACCOUNT;
}

/** A blob server of its own. */
export interface Azurite {
  readonly connectionString: string;
  readonly stop: () => Promise<void>;
}

/**
 * Runs in Azurite's process: when the pipe to its standard input closes, which the system does however the emulator
 * ends, it closes in good order, so that everything is saved. Nobody reads what it prints then.
 */
const END_WITH_PARENT = `
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  process.stdin.on('close', () => process.emit('SIGTERM')).resume().unref();
`;

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
    { stdio: ['pipe', 'pipe', 'pipe'], env: environment, cwd: tmpdir() },
  );
  const endpoint = await listening(child);
  child.unref();
  return {
    connectionString: `DefaultEndpointsProtocol=http;AccountName=${ACCOUNT};AccountKey=${KEY};BlobEndpoint=${endpoint}/${ACCOUNT};`,
    // Only what is on disk needs the slow, orderly end.
    stop: () => stop(child, directory === undefined ? 'SIGKILL' : 'SIGTERM'),
  };
}

async function listening(child: ChildProcess): Promise<string> {
  const { stdin, stdout, stderr } = child;
  if (!stdin || !stdout || !stderr) throw new Error('Azurite was started without pipes');
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
  stdout.resume();
  stderr.resume();
  for (const stream of [stdin, stdout, stderr]) {
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
