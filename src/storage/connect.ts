import type { TokenCredential } from '@azure/core-auth';
import type { PipelinePolicy } from '@azure/core-rest-pipeline';
import { TableClient } from '@azure/data-tables';
import { BlobServiceClient, newPipeline, type ContainerClient, type RequestPolicyFactory } from '@azure/storage-blob';
import { attempt } from './storage-error';

export type TableName =
  'releases' | 'timeline' | 'claims' | 'budgets' | 'idempotency' | 'published' | 'submissions' | 'plans';
export type ContainerName = 'documents' | 'uploads' | 'work' | 'audit' | 'offers';

/** Our storage account. Tables and containers are made when they are first asked for; later calls cost nothing. */
export interface Storage {
  /** Throws {@link StorageError} when the table can neither be found nor made. */
  table(name: TableName): Promise<TableClient>;
  /** Throws {@link StorageError} when the container can neither be found nor made. */
  container(name: ContainerName): Promise<ContainerClient>;
}

/** Sees every request once, whatever retries the SDK makes of it; what it throws ends the call. */
export interface RequestObserver {
  before?(request: ObservedRequest): void | Promise<void>;
  /** Of an answer that is no error. */
  after?(request: ObservedRequest, status: number): void | Promise<void>;
}

export interface ObservedRequest {
  readonly method: string;
  /** Holds a signature where the account is opened by one: not for logs. */
  readonly url: string;
}

/** Where the account is and what opens it. */
export type StorageLocation =
  | { readonly connectionString: string }
  | { readonly accountName: string; readonly endpointSuffix?: string; readonly credential: TokenCredential }
  | { readonly tableEndpoint: string; readonly blobEndpoint: string; readonly credential: TokenCredential };

export type StorageOptions = StorageLocation & { readonly observer?: RequestObserver };

/** A request without an answer is given up after this time, so that no activity sits on a dead connection. */
const tableTimeoutMs = 30_000;

/** Makes no request. Safe to call many times; what it returns shares nothing with another one but the account. */
export function connectStorage(options: StorageOptions): Storage {
  const tableOf = tableClients(options);
  const blobs = blobService(options);
  return {
    table: once((name: TableName) => {
      const client = tableOf(name);
      return attempt('create table', () => client.createTable()).then(() => client);
    }),
    container: once((name: ContainerName) => {
      const client = blobs.getContainerClient(name);
      return attempt('create container', () => client.createIfNotExists()).then(() => client);
    }),
  };
}

/** One answer per name; a failure is forgotten, so that the next call tries again. */
function once<N extends string, T>(make: (name: N) => Promise<T>): (name: N) => Promise<T> {
  const made = new Map<N, Promise<T>>();
  return (name) => {
    const known = made.get(name);
    if (known !== undefined) return known;
    const making = make(name).catch((error: unknown) => {
      made.delete(name);
      throw error;
    });
    made.set(name, making);
    return making;
  };
}

function tableClients(options: StorageOptions): (name: TableName) => TableClient {
  const policies = [timeoutPolicy, asciiPolicy, ...(options.observer ? [observerPolicy(options.observer)] : [])];
  const shared = { additionalPolicies: policies.map((policy) => ({ policy, position: 'perCall' as const })) };
  if ('connectionString' in options) {
    // Plain http only where the connection string itself says so: the local emulator.
    const settings = { ...shared, allowInsecureConnection: true };
    return (name) => TableClient.fromConnectionString(options.connectionString, name, settings);
  }
  const url = 'accountName' in options ? endpoint(options, 'table') : options.tableEndpoint;
  return (name) => new TableClient(url, name, options.credential, shared);
}

function blobService(options: StorageOptions): BlobServiceClient {
  const settings = { retryOptions: { maxTries: 4, retryDelayInMs: 500, maxRetryDelayInMs: 4_000 } };
  const service =
    'connectionString' in options
      ? BlobServiceClient.fromConnectionString(options.connectionString, settings)
      : new BlobServiceClient(
          'accountName' in options ? endpoint(options, 'blob') : options.blobEndpoint,
          options.credential,
          settings,
        );
  if (options.observer === undefined) return service;
  const pipeline = newPipeline(service.credential, settings);
  pipeline.factories.push(observerFactory(options.observer));
  return new BlobServiceClient(service.url, pipeline);
}

function endpoint(options: { accountName: string; endpointSuffix?: string }, service: 'table' | 'blob'): string {
  return `https://${options.accountName}.${service}.${options.endpointSuffix ?? 'core.windows.net'}`;
}

const timeoutPolicy: PipelinePolicy = {
  name: 'publisherTimeout',
  sendRequest: (request, next) => {
    if (request.timeout === 0) request.timeout = tableTimeoutMs;
    return next(request);
  },
};

/**
 * Sends JSON in ASCII, other characters as `\uXXXX`, which means the same: Azurite decodes a long body piece by piece and
 * breaks a character that lies across two of them. Only JSON can hold such characters, also in a batch.
 */
const asciiPolicy: PipelinePolicy = {
  name: 'publisherAscii',
  sendRequest: (request, next) => {
    if (typeof request.body === 'string') {
      request.body = request.body.replaceAll(
        /[\u0080-\uffff]/g,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
      );
    }
    return next(request);
  },
};

function observerPolicy(observer: RequestObserver): PipelinePolicy {
  return {
    name: 'publisherObserver',
    sendRequest: async (request, next) => {
      const seen = { method: request.method, url: request.url };
      await observer.before?.(seen);
      const response = await next(request);
      await observer.after?.(seen, response.status);
      return response;
    },
  };
}

/** The same for the blob client, which takes policies of its own earlier form only. */
function observerFactory(observer: RequestObserver): RequestPolicyFactory {
  return {
    create: (next) => ({
      sendRequest: async (request) => {
        const seen = { method: request.method, url: request.url };
        await observer.before?.(seen);
        const response = await next.sendRequest(request);
        await observer.after?.(seen, response.status);
        return response;
      },
    }),
  };
}
