import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TableClient } from '@azure/data-tables';
import { BlobServiceClient, type ContainerClient } from '@azure/storage-blob';
import type { Storage } from '../../embedded/storage/launcher';
import { buildEmbedded, eventually } from '../support/embedded-process';
import { startTestStorage } from '../support/storage';

let directory: string;
let running: Storage[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'storage-'));
});

afterEach(async () => {
  await Promise.all(running.map((storage) => storage.stop()));
  running = [];
  rmSync(directory, { recursive: true, force: true });
});

async function start(): Promise<Storage> {
  const storage = await startTestStorage(join(directory, 'storage'));
  running.push(storage);
  return storage;
}

async function kill(storage: Storage): Promise<void> {
  process.kill(storage.pid, 'SIGKILL');
  await storage.ended;
}

function container(storage: Storage): ContainerClient {
  // No retries: an answer that was lost must count as lost.
  const options = { retryOptions: { maxTries: 1 } };
  return BlobServiceClient.fromConnectionString(storage.connectionString, options).getContainerClient('things');
}

function table(storage: Storage): TableClient {
  const options = { allowInsecureConnection: true, retryOptions: { maxRetries: 0 } };
  return TableClient.fromConnectionString(storage.connectionString, 'things', options);
}

test('kill -9 under concurrent load loses no acknowledged write, and addresses and key stay', async () => {
  const first = await start();
  await container(first).create();
  await table(first).createTable();
  const blobs: string[] = [];
  const rows: string[] = [];
  let isAlive = true;
  const writers = Array.from({ length: 8 }, async (_, writer) => {
    for (let n = 0; isAlive; n++) {
      const name = `${writer}-${n}`;
      try {
        await container(first).getBlockBlobClient(name).upload(name, name.length);
        blobs.push(name);
        await table(first).createEntity({ partitionKey: 'p', rowKey: name, text: name });
        rows.push(name);
        await table(first).updateEntity({ partitionKey: 'p', rowKey: name, text: `${name}!` }, 'Replace');
        rows[rows.indexOf(name)] = `${name}!`;
      } catch {
        return;
        return;
      }
    }
  });
  await eventually(() => (rows.length > 150 ? true : undefined));

  await kill(first);
  isAlive = false;
  await Promise.all(writers);
  const second = await start();

  const stored = new Map<string, string>();
  for await (const row of table(second).listEntities<{ text: string }>()) stored.set(String(row.rowKey), row.text);
  const lostRows = rows.filter((text) => {
    const found = stored.get(text.replace('!', ''));
    // An update that was not acknowledged may have been applied.
    return found !== text && found !== `${text}!`;
  });
  const lostBlobs: string[] = [];
  for (const name of blobs) {
    const content = await container(second)
      .getBlobClient(name)
      .downloadToBuffer()
      .catch(() => undefined);
    if (content?.toString() !== name) lostBlobs.push(name);
  }
  expect(second.connectionString).toBe(first.connectionString);
  expect({ lostRows, lostBlobs }).toEqual({ lostRows: [], lostBlobs: [] });
  expect(blobs.length).toBeGreaterThan(150);
});

test('a full disk: what is not saved is not acknowledged, nor told to readers, and goes with the next save', async () => {
  const storage = await start();
  await table(storage).createTable();
  await table(storage).createEntity({ partitionKey: 'p', rowKey: 'before' });
  // A limit of the operating system for the process: as on a full disk, no file gets longer.
  const setRoom = (bytes: number | 'unlimited'): unknown =>
    execFileSync('prlimit', ['--pid', String(storage.pid), `--fsize=${bytes}:`]);
  setRoom(10);

  await expect(table(storage).createEntity({ partitionKey: 'p', rowKey: 'full' })).rejects.toThrow();
  await expect(table(storage).getEntity('p', 'full')).rejects.toThrow(/socket hang up|ECONNRESET|aborted/);
  setRoom('unlimited');
  const told = await table(storage).getEntity('p', 'full');
  await kill(storage);
  const again = await start();

  expect(told.rowKey).toBe('full');
  expect((await table(again).getEntity('p', 'full')).rowKey).toBe('full');
  expect((await table(again).getEntity('p', 'before')).rowKey).toBe('before');
});

test('a port that is taken by somebody else meanwhile is replaced', async () => {
  const first = await start();
  await kill(first);
  const thief = createServer();
  await new Promise<void>((resolve) => thief.listen(Number(new URL(first.blobEndpoint).port), '127.0.0.1', resolve));

  const second = await start();
  thief.close();

  expect(second.blobEndpoint).not.toBe(first.blobEndpoint);
  expect(second.tableEndpoint).toBe(first.tableEndpoint);
});

test('a running storage: large bodies, its own key, one process, and what Ctrl-C does', async () => {
  const storage = await start();
  const wellKnown = 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==';
  const bytes = Buffer.alloc(5_000_000, 'abcdefg');

  await container(storage).create();
  await container(storage)
    .getBlockBlobClient('large')
    .uploadData(bytes, { blockSize: 1_000_000, maxSingleShotSize: 1 });
  expect((await container(storage).getBlobClient('large').downloadToBuffer()).equals(bytes)).toBe(true);

  expect(storage.connectionString).not.toContain(wellKnown);
  expect(statSync(join(directory, 'storage')).mode & 0o777).toBe(0o700);
  expect(statSync(join(directory, 'storage/account.json')).mode & 0o777).toBe(0o600);

  await expect(start()).rejects.toThrow(`process ${storage.pid}`);

  // Ctrl-C reaches every process of a terminal: storage is needed until its parent stops it.
  process.kill(storage.pid, 'SIGINT');
  expect(await container(storage).exists()).toBe(true);
  await storage.stop();
  expect(await storage.ended).toBe(0);
});

test('it ends when its parent is gone, killed or not', async () => {
  const launcher = JSON.stringify(join(buildEmbedded(), 'storage/launcher.js'));
  const script = `require(${launcher}).startStorage({ directory: process.argv[1] }).then((s) => console.log(s.pid))`;
  const parent = spawn(process.execPath, ['-e', script, join(directory, 'storage')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (text) => resolve(Number(text))));

  parent.kill('SIGKILL');

  await eventually(() => (isRunning(pid) ? undefined : true));
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
