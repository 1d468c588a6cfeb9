/**
 * A real Azurite (blobs and tables) in a process of its own, on free loopback ports, in memory.
 *
 * - Starting takes one to two seconds. A test that needs no more than a storage account takes one of the Azurite that all
 *   files share: `storage-account.ts`.
 * - The process ends with `stop()`, and by itself when the test process dies: it listens on a pipe that we hold.
 * - It never keeps the test process alive, so a forgotten `stop()` does not hang jest.
 * - `folder` keeps the data on disk; stop it and start it again with the same folder and ports to go through an outage.
 *   (Azurite saves its metadata every five seconds: after `kill()` acknowledged writes may be gone. `stop()` keeps them.)
 * - `https` serves TLS with a fresh certificate (trust `azurite.ca`) and takes any well-formed bearer token
 *   (`--oauth basic`): needed for user delegation keys, which Azurite refuses over http.
 */
import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import { selfSignedCertificate } from './certificate';

/** The account that every Azurite knows; its key is published in Azurite's own documentation. */
const builtIn: AccountKey = {
  name: 'devstoreaccount1',
  key: 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==',
};

/** The name of an account, and what its requests are signed with. */
export interface AccountKey {
  readonly name: string;
  /** Base64. */
  readonly key: string;
}

/** How Azurite is started; everything may be left out. */
export interface AzuriteOptions {
  /** Keeps the data in this folder; absent = in memory. */
  readonly folder?: string;
  /** Absent = a free port. */
  readonly blobPort?: number;
  readonly tablePort?: number;
  /** TLS and bearer tokens. */
  readonly https?: boolean;
  /** In place of the account that it has by itself. */
  readonly accounts?: readonly AccountKey[];
}

/** A storage account of an Azurite. */
export interface StorageAccount {
  /** For blobs and tables. */
  readonly connectionString: string;
  readonly account: string;
  readonly accountKey: string;
  /** `http://127.0.0.1:<port>/<account>` */
  readonly blobUrl: string;
  readonly tableUrl: string;
}

/** A running Azurite, with the account that it has by itself. */
export interface Azurite extends StorageAccount {
  readonly blobPort: number;
  readonly tablePort: number;
  /** PEM of the certificate to trust, with `https` only. */
  readonly ca: string | undefined;
  /** Ends it in good order; may be called twice. */
  stop(): Promise<void>;
  /** Ends it as a crash would. */
  kill(): Promise<void>;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** Starts Azurite and waits until it listens. Throws with what it printed when it does not start. */
export async function startAzurite(options: AzuriteOptions = {}): Promise<Azurite> {
  const tls = options.https ? await writeCertificate() : undefined;
  try {
    const child = launch(options, tls?.folder);
    const ports = await whenListening(child);
    return describe(child, ports, { ca: tls?.certificate, onDisk: options.folder !== undefined });
  } finally {
    if (tls) await rm(tls.folder, { recursive: true, force: true });
  }
}

async function writeCertificate(): Promise<{ folder: string; certificate: string }> {
  const { certificate, privateKey } = await selfSignedCertificate();
  const folder = await mkdtemp(join(tmpdir(), 'azurite-tls-'));
  await writeFile(join(folder, 'certificate.pem'), certificate);
  await writeFile(join(folder, 'key.pem'), privateKey, { mode: 0o600 });
  return { folder, certificate };
}

/** Ends the child when the pipe to its stdin closes, which the system does for us however this process dies. */
const endWithParent = 'data:text/javascript,process.stdin.on("close",()=>process.exit(0)).resume().unref()';

function launch(options: AzuriteOptions, tlsFolder: string | undefined): Child {
  const script = join(dirname(require.resolve('azurite/package.json')), 'dist/src/azurite.js');
  const ports = ['--blobPort', options.blobPort ?? 0, '--queuePort', 0, '--tablePort', options.tablePort ?? 0];
  const data = options.folder === undefined ? ['--inMemoryPersistence'] : ['--location', options.folder];
  const tls =
    tlsFolder === undefined
      ? []
      : ['--oauth', 'basic', '--cert', join(tlsFolder, 'certificate.pem'), '--key', join(tlsFolder, 'key.pem')];
  const flags = ['--silent', '--skipApiVersionCheck', '--disableTelemetry'];
  const environment = { ...process.env };
  delete environment['AZURITE_DB'];
  delete environment['AZURITE_ACCOUNTS'];
  if (options.accounts) {
    environment['AZURITE_ACCOUNTS'] = options.accounts.map(({ name, key }) => `${name}:${key}`).join(';');
  }
  delete environment['NODE_OPTIONS'];
  return spawn(process.execPath, ['--import', endWithParent, script, ...flags, ...ports.map(String), ...data, ...tls], {
    cwd: tmpdir(),
    env: environment,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Where its services listen. */
export interface Ports {
  readonly blob: number;
  readonly table: number;
}

function whenListening(child: Child): Promise<Ports> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const fail = (why: string): void => reject(new Error(`Azurite did not start: ${why}\n${printed}`));
    child.once('error', (error) => fail(error.message));
    child.once('exit', (code) => fail(`it ended with code ${code}`));
    child.stderr.on('data', (chunk) => (printed += String(chunk)));
    child.stdout.on('data', (chunk) => {
      printed += String(chunk);
      const blob = /Blob service is successfully listening at \S+:(\d+)/.exec(printed)?.[1];
      const table = /Table service is successfully listening at \S+:(\d+)/.exec(printed)?.[1];
      if (blob === undefined || table === undefined) return;
      child.removeAllListeners('exit');
      child.stdout.removeAllListeners('data').resume();
      child.stderr.removeAllListeners('data').resume();
      letGo(child);
      resolve({ blob: Number(blob), table: Number(table) });
    });
  });
}

/** Nothing of the child keeps this process alive from now on. */
function letGo(child: Child): void {
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) {
    // The streams of a child are sockets; their declared types say less.
    (stream as unknown as { unref(): void }).unref();
  }
}

interface Described {
  readonly ca: string | undefined;
  readonly onDisk: boolean;
}

function describe(child: Child, ports: Ports, { ca, onDisk }: Described): Azurite {
  const end = (signal: 'SIGTERM' | 'SIGKILL') => (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
    child.ref();
    return new Promise((resolve) => {
      // Waits for the exit; the clock only bounds a process that does not heed its signal.
      const patience = setTimeout(() => child.kill('SIGKILL'), 10_000);
      child.once('exit', () => {
        clearTimeout(patience);
        resolve();
      });
      child.kill(signal);
    });
  };
  return {
    ...accountAt(ca === undefined ? 'http' : 'https', ports, builtIn),
    blobPort: ports.blob,
    tablePort: ports.table,
    ca,
    // Only data on disk needs the slow, orderly end.
    stop: end(onDisk ? 'SIGTERM' : 'SIGKILL'),
    kill: end('SIGKILL'),
  };
}

/** What a test needs to know of an account. */
export function accountAt(protocol: 'http' | 'https', ports: Ports, { name, key }: AccountKey): StorageAccount {
  const blobUrl = `${protocol}://127.0.0.1:${ports.blob}/${name}`;
  const tableUrl = `${protocol}://127.0.0.1:${ports.table}/${name}`;
  return {
    connectionString: [
      `DefaultEndpointsProtocol=${protocol}`,
      `AccountName=${name}`,
      `AccountKey=${key}`,
      `BlobEndpoint=${blobUrl}`,
      `TableEndpoint=${tableUrl}`,
      '',
    ].join(';'),
    account: name,
    accountKey: key,
    blobUrl,
    tableUrl,
  };
}
