#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { lockState } from '../host/state-lock';
import { loadAccount, saveAccount, type StorageAccount } from './account';
import { startBlobs, startOnUsualPort, startTables, type StorageServer } from './servers';

const usage = 'Usage: main.js --directory DIRECTORY [--blob-port N] [--table-port N] [--stay]';

/** What the program says in its first line. */
function announcement(account: StorageAccount, blob: StorageServer, table: StorageServer): Record<string, unknown> {
  const blobEndpoint = `http://127.0.0.1:${blob.port}/${account.name}`;
  const tableEndpoint = `http://127.0.0.1:${table.port}/${account.name}`;
  const connectionString = [
    'DefaultEndpointsProtocol=http',
    `AccountName=${account.name}`,
    `AccountKey=${account.key}`,
    `BlobEndpoint=${blobEndpoint}`,
    `TableEndpoint=${tableEndpoint}`,
  ].join(';');
  return { connectionString, blobEndpoint, tableEndpoint, pid: process.pid };
}

function port(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new Error(usage);
  return value;
}

function stopWith(servers: readonly StorageServer[], stay: boolean): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) process.exit(1);
    isStopping = true;
    void Promise.allSettled(servers.map((server) => server.close())).then((ends) => {
      process.exit(ends.every(({ status }) => status === 'fulfilled') ? 0 : 1);
    });
  };
  process.on('SIGTERM', stop);
  // Ctrl-C reaches everything that runs in the terminal at once. A runtime still needs its storage to end in good order,
  // and stops it last: only without a parent is it meant for this process.
  const isAlone = stay || process.stdin.isTTY;
  process.on('SIGINT', isAlone ? stop : () => undefined);
  // The parent holds the other end: it closes when the parent is gone, however that came about.
  if (!stay) process.stdin.on('close', stop).on('error', stop).resume();
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      directory: { type: 'string' },
      'blob-port': { type: 'string' },
      'table-port': { type: 'string' },
      stay: { type: 'boolean', default: false },
    },
  });
  const { directory } = values;
  if (directory === undefined) throw new Error(usage);
  // Whoever read what this process says may be gone: that must not end it in the middle of a save.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  // What people upload and keep in tables is for their owner alone.
  process.umask(0o077);
  lockState(directory);
  const account = loadAccount(directory);
  process.env['AZURITE_ACCOUNTS'] = `${account.name}:${account.key}`;
  saveAccount(directory, account);
  const blob = await startOnUsualPort(
    (at) => startBlobs(directory, at),
    port(values['blob-port']),
    account.ports?.blob,
  );
  const table = await startOnUsualPort(
    (at) => startTables(directory, at),
    port(values['table-port']),
    account.ports?.table,
  );
  saveAccount(directory, { ...account, ports: { blob: blob.port, table: table.port } });
  stopWith([blob, table], values.stay);
  process.stdout.write(`${JSON.stringify(announcement(account, blob, table))}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
