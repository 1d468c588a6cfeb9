import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Server } from 'node:http';
import BlobConfiguration from 'azurite/dist/src/blob/BlobConfiguration';
import BlobServer, { type LokiStore } from 'azurite/dist/src/blob/BlobServer';
import { AzuriteTelemetryClient } from 'azurite/dist/src/common/Telemetry';
import TableConfiguration from 'azurite/dist/src/table/TableConfiguration';
import TableServer from 'azurite/dist/src/table/TableServer';
import { holdAnswer } from './answer-gate';
import { DurableSaves } from './durable-saves';

const host = '127.0.0.1';
const keepAliveSeconds = 60;

/** A running Azurite service. */
export interface StorageServer {
  readonly port: number;
  /** Answers what is under way, saves, and ends. */
  close(): Promise<void>;
}

/** Starts one service on a port; 0 takes any free one. */
type Start = (port: number) => Promise<StorageServer>;

/** Starts the blob service over a directory. Rejects when the port is taken. */
export async function startBlobs(directory: string, port: number): Promise<StorageServer> {
  const locations = [{ locationId: 'Default', locationPath: join(directory, 'blobs'), maxConcurrency: 50 }];
  const configuration = new BlobConfiguration(
    host,
    port,
    keepAliveSeconds,
    join(directory, 'blob-records.json'),
    join(directory, 'blob-extents.json'),
    locations,
    false,
    undefined,
    false,
    undefined,
    false,
    true,
  );
  const server = new BlobServer(configuration);
  return run(server, [server.extentMetadataStore, server.metadataStore]);
}

/** Starts the table service over a directory. Rejects when the port is taken. */
export async function startTables(directory: string, port: number): Promise<StorageServer> {
  const records = join(directory, 'table-records.json');
  const configuration = new TableConfiguration(
    host,
    port,
    keepAliveSeconds,
    records,
    false,
    false,
    undefined,
    undefined,
    false,
    true,
  );
  const server = new TableServer(configuration);
  return run(server, [server.metadataStore]);
}

/** Starts a service on the port of the last run when that one is free, on any other when not. */
export async function startOnUsualPort(
  start: Start,
  wanted: number | undefined,
  usual: number | undefined,
): Promise<StorageServer> {
  if (wanted !== undefined || usual === undefined) return start(wanted ?? 0);
  try {
    return await start(usual);
  } catch {
    return start(0);
  }
}

async function run(server: BlobServer | TableServer, stores: readonly LokiStore[]): Promise<StorageServer> {
  // It is on by default, in a static member that only Azurite's own command line turns off.
  AzuriteTelemetryClient.enableTelemetry = false;
  const saves = stores.map(({ db }) => new DurableSaves(db));
  holdAnswers(server.httpServer, saves);
  await server.start();
  // A TCP server has an AddressInfo once it listens.
  const { port } = server.httpServer.address() as AddressInfo;
  return { port, close: () => server.close() };
}

function holdAnswers(httpServer: Server, saves: readonly DurableSaves[]): void {
  const wait = (): Promise<void> | undefined => {
    const pending = saves.map((save) => save.pending()).filter((save) => save !== undefined);
    return pending.length === 0 ? undefined : Promise.all(pending).then(() => undefined);
  };
  const report = (error: unknown): void => {
    process.stderr.write(`A write could not be saved: ${error instanceof Error ? error.message : String(error)}\n`);
  };
  // Before Azurite's own listener, so that it only ever sees an answer that is held.
  httpServer.prependListener('request', (_, response) => holdAnswer(response, wait, report));
}
