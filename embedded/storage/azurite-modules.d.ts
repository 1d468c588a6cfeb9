/**
 * The parts of Azurite that the launcher uses, from `azurite/dist/src` (3.37, pinned): the package has no types and no
 * API to start a server from code. What is declared here was read there; the kill test is what notices a change.
 */
declare module 'azurite/dist/src/blob/BlobServer' {
  import type { Server } from 'node:http';
  import type BlobConfiguration from 'azurite/dist/src/blob/BlobConfiguration';
  export default class BlobServer {
    constructor(configuration: BlobConfiguration);
    readonly httpServer: Server;
    readonly metadataStore: LokiStore;
    readonly extentMetadataStore: LokiStore;
    start(): Promise<void>;
    close(): Promise<void>;
  }
  /** Keeps its records in a database that is saved whole. */
  export interface LokiStore {
    readonly db: LokiDatabase;
  }
  /** The parts of a LokiJS database that saving it needs. */
  export interface LokiDatabase {
    readonly filename: string;
    /** True when something has changed since the last save began. */
    autosaveDirty(): boolean;
    /** Saves what the database holds now; while a save runs, one more is queued for all callers. */
    saveDatabase(done: (error?: unknown) => void): void;
    readonly persistenceAdapter: {
      saveDatabase(name: string, text: string, done: (error?: unknown) => void): void;
    };
  }
}

declare module 'azurite/dist/src/blob/BlobConfiguration' {
  export default class BlobConfiguration {
    constructor(
      host: string,
      port: number,
      keepAliveTimeout: number,
      metadataDBPath: string,
      extentDBPath: string,
      persistencePathArray: readonly { locationId: string; locationPath: string; maxConcurrency: number }[],
      enableAccessLog: boolean,
      accessLogWriteStream: undefined,
      enableDebugLog: boolean,
      debugLogFilePath: undefined,
      loose: boolean,
      skipApiVersionCheck: boolean,
    );
  }
}

declare module 'azurite/dist/src/table/TableServer' {
  import type { Server } from 'node:http';
  import type { LokiStore } from 'azurite/dist/src/blob/BlobServer';
  import type TableConfiguration from 'azurite/dist/src/table/TableConfiguration';
  export default class TableServer {
    constructor(configuration: TableConfiguration);
    readonly httpServer: Server;
    readonly metadataStore: LokiStore;
    start(): Promise<void>;
    close(): Promise<void>;
  }
}

declare module 'azurite/dist/src/table/TableConfiguration' {
  export default class TableConfiguration {
    constructor(
      host: string,
      port: number,
      keepAliveTimeout: number,
      metadataDBPath: string,
      enableDebugLog: boolean,
      enableAccessLog: boolean,
      accessLogWriteStream: undefined,
      debugLogFilePath: undefined,
      loose: boolean,
      skipApiVersionCheck: boolean,
    );
  }
}

declare module 'azurite/dist/src/common/Telemetry' {
  export const AzuriteTelemetryClient: { enableTelemetry: boolean };
}
