import { BlobServiceClient, RestError, type ContainerClient } from '@azure/storage-blob';
import { Readable } from 'node:stream';
import { accountOf, startAzurite, type Azurite } from './azurite';
import type { ByteSource } from './byte-source';
import { signedUrl } from './sas';

const CONTAINER = 'ingestion';
/** Short: while the storage is asked, other requests wait. */
const RETRY = { maxTries: 2, retryDelayInMs: 100, maxRetryDelayInMs: 100 };

/** Whether an error says that the storage does not answer, rather than that what was uploaded is bad. */
export function isStorageFailure(error: unknown): boolean {
  return error instanceof RestError;
}

interface Connection {
  readonly container: ContainerClient;
  readonly account: string;
  readonly key: string;
}

/**
 * Where uploads are kept: in a given storage account, or in an Azurite of the emulator's own, started when first needed.
 * Clients reach it through the emulator.
 */
export class UploadStorage {
  private connection: Promise<Connection> | undefined;
  private azurite: Azurite | undefined;

  /** @param directory where an own Azurite keeps its blobs; absent = in memory */
  constructor(
    private readonly directory: string | undefined,
    private readonly connectionString?: string,
  ) {}

  /** Starts the storage if that has not happened yet. */
  async start(): Promise<void> {
    await this.connect();
  }

  /** Of all uploads, below the emulator's origin. */
  get path(): string {
    return `/${accountOf(this.connectionString)}/${CONTAINER}`;
  }

  /** A URL for uploading to `blob` through the emulator at `origin`; see `signedUrl`. */
  async uploadUrl(origin: string, blob: string, expires: number, barePlus: boolean): Promise<string> {
    const { account, key } = await this.connect();
    const blobUrl = `${origin}${this.path}/${blob}`;
    return signedUrl({ account, key, blobUrl, container: CONTAINER, blob }, expires, barePlus);
  }

  /** A URL for a single file: to write it and read it, or only to read it. */
  async fileUrl(origin: string, blob: string, expires: number, permissions: 'rwl' | 'rl'): Promise<string> {
    const { account, key } = await this.connect();
    const blobUrl = `${origin}${this.path}/${blob}`;
    return signedUrl({ account, key, blobUrl, container: CONTAINER, blob, permissions }, expires, false);
  }

  /** Where the storage itself has the blob. */
  async upstream(blob: string): Promise<URL> {
    const { container } = await this.connect();
    return new URL(container.getBlobClient(blob).url);
  }

  /** The uploaded bytes, for reading ranges; undefined when nothing was uploaded. */
  async open(blob: string): Promise<ByteSource | undefined> {
    const { container } = await this.connect();
    const client = container.getBlobClient(blob);
    try {
      const { contentLength = 0 } = await client.getProperties();
      return {
        size: contentLength,
        stream: (start, end) =>
          Readable.from(
            (async function* () {
              if (end <= start) return;
              const { readableStreamBody } = await client.download(start, end - start);
              if (readableStreamBody) yield* readableStreamBody as AsyncIterable<Buffer>;
            })(),
            { objectMode: false },
          ),
      };
    } catch (error) {
      if (error instanceof RestError && error.statusCode === 404) return undefined;
      throw error;
    }
  }

  /** How many bytes were uploaded; undefined when nothing was, or when the storage has not been needed yet. */
  async size(blob: string): Promise<number | undefined> {
    return this.connection && (await this.open(blob))?.size;
  }

  /** Stops an Azurite of the emulator's own. */
  async stop(): Promise<void> {
    await this.connection?.catch(() => undefined);
    await this.azurite?.stop();
  }

  private connect(): Promise<Connection> {
    this.connection ??= this.openConnection();
    return this.connection;
  }

  private async openConnection(): Promise<Connection> {
    if (this.connectionString === undefined) this.azurite = await startAzurite(this.directory);
    const text = this.connectionString ?? this.azurite?.connectionString ?? '';
    const service = BlobServiceClient.fromConnectionString(text, { retryOptions: RETRY });
    const container = service.getContainerClient(CONTAINER);
    await container.createIfNotExists();
    const key = /AccountKey=([^;]+)/i.exec(text)?.[1];
    if (key === undefined) throw new Error('--storage needs a connection string with AccountKey');
    return { container, account: service.accountName, key };
  }
}
