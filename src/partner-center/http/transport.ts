import type { TokenCredential } from '@azure/core-auth';
import type { z } from 'zod';
import type { Allowance } from './allowance';
import type { Body, ErrorWords } from './body';
import type { RequestBudget } from './budget';
import type { Timing } from './timing';

/** A credential that can be told that the service refused a token, so that the next one is not taken from a cache. */
export interface RenewableCredential extends TokenCredential {
  dropToken?(token: string): void;
}

/** Facts of a log line. Never a secret: URLs come without their query. */
export type LogFacts = Readonly<Record<string, string | number | boolean | undefined>>;

/** Receives static messages, with the facts as data. */
export type TransportLog = (level: 'debug' | 'warning', message: string, facts: LogFacts) => void;

/** Another way to read and write JSON. */
export interface JsonForm {
  /** Throws for what is not JSON. */
  readonly parse: (text: string) => unknown;
  readonly stringify: (value: unknown) => string;
}

export interface TransportOptions {
  /** E.g. `https://manage.devcenter.microsoft.com/v1.0/my/`. Nothing outside of it is ever called. */
  readonly baseUrl: string;
  readonly credential: RenewableCredential;
  /** E.g. `https://manage.devcenter.microsoft.com/.default`. */
  readonly scope: string;
  /** Of the tenant; told of every 429. */
  readonly budget: RequestBudget;
  /** The header that carries a fresh id per request; `MS-CorrelationId` unless the API has another. */
  readonly clientRequestHeader?: string;
  /** The headers in which the API says its own id of an exchange, the best first; those of the Store unless told otherwise. */
  readonly correlationHeaders?: readonly string[];
  /** How the API's error bodies are read; `readErrorBody` unless it has forms of its own. */
  readonly readError?: (body: Body) => ErrorWords;
  /** How bodies are read and written; as `JSON` does it unless the API has numbers that a double cannot hold. */
  readonly json?: JsonForm;
  readonly timeouts?: {
    /** Milliseconds for one request, its whole answer included; 300 000 unless told otherwise. */
    readonly requestMs?: number;
  };
  /** Certificates that are trusted instead of the system's. PEM. Not used behind a proxy: there set NODE_EXTRA_CA_CERTS. */
  readonly tls?: { readonly ca: string | readonly string[] };
  /** Name and version of the caller, for the `User-Agent`. */
  readonly userAgent?: string;
  readonly log?: TransportLog;
  readonly timing?: Timing;
}

/** What every call to a service carries from its activity. */
export interface Call {
  readonly allowance: Allowance;
  /** Ends waiting and sending. */
  readonly signal?: AbortSignal | undefined;
}

export interface Request<S extends z.ZodType> extends Call {
  readonly method: 'GET' | 'PUT' | 'POST' | 'PATCH' | 'DELETE' | 'HEAD';
  /**
   * Relative to the base, with or without a leading slash, its segments already encoded (see `segments`); may carry a
   * query of its own (a `@nextLink`).
   */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Headers that the API asks for besides; never `Authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What the answer must look like; members it does not know should be kept (`z.looseObject`). */
  readonly schema: S;
  /** The name for errors and logs, e.g. `createAppSubmission`. */
  readonly operation: string;
  /** Whether sending it twice is the same as sending it once: reads, and PUTs that replace. Never a POST or DELETE. */
  readonly repeatable: boolean;
}

/** A 2xx answer. */
export interface Answer<T> {
  readonly value: T;
  readonly status: number;
  /** The service's id of the exchange, for its support; the one that was sent, if it answered none. */
  readonly correlationId: string;
  /** Milliseconds, from `Retry-After`: services say here when to look again. */
  readonly retryAfterMs?: number | undefined;
  /** For a later `If-Match`. */
  readonly etag?: string | undefined;
  /**
   * Where the thing that was made, or the operation that was started, can be read: below the base, without a leading
   * slash, with its query. From `Location`, else `Operation-Location`; undefined also when it leads out of the service.
   */
  readonly location?: string | undefined;
}

/** HTTP to one service as one identity: tokens, time-outs, safe repeats, errors by what happened. Knows no API. */
export interface Transport {
  /**
   * Sends one request, and repeats it only where that is safe and short.
   * @throws ApiError, by what happened; and whatever the credential throws, in which case nothing was sent.
   */
  send<S extends z.ZodType>(request: Request<S>): Promise<Answer<z.output<S>>>;
}

/** Joins path segments, each encoded: an id can never become another path. */
export function segments(...parts: readonly string[]): string {
  return parts.map((part) => encodeURIComponent(part)).join('/');
}
