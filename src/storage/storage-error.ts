import { isRestError } from '@azure/core-rest-pipeline';

/** What can go wrong with our own tables and blobs. */
export type StorageErrorCode =
  /** No answer, throttled, or a fault of the service; a change may have been applied all the same. */
  | 'storage-unavailable'
  /** Others kept changing the same row for longer than we try. */
  | 'storage-conflict'
  /** The credential is not good for this. */
  | 'storage-denied'
  /** The service does not take the request: a bug of ours or a wrong setting. */
  | 'storage-refused'
  /** What is stored is not what we write. */
  | 'storage-corrupt'
  | 'record-too-large'
  | 'release-not-found'
  /** The release has not ended, so it may not be purged. */
  | 'release-not-ended'
  | 'continuation-invalid'
  /** A commit was asked for while its gate was not approved. */
  | 'gate-not-approved'
  /** More request slots were asked for at once than the limit has. */
  | 'budget-exceeded';

const retryableCodes: ReadonlySet<StorageErrorCode> = new Set(['storage-unavailable', 'storage-conflict']);

/**
 * The one error of this folder. Its message is made of our own words, a status and the service's error code: the SDK's
 * messages hold addresses and headers, and with them signatures, so neither they nor the error itself are kept.
 */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  /** Whether the same operation may succeed later; every operation here may be repeated. */
  readonly retryable: boolean;

  constructor(
    readonly code: StorageErrorCode,
    message: string,
    /** HTTP status of the service's answer, where there was one. */
    readonly status?: number,
    /** The service's own error code, as `EntityAlreadyExists`. */
    readonly serviceCode?: string,
  ) {
    super(message);
    this.retryable = retryableCodes.has(code);
  }
}

/**
 * Runs one call of the SDK and makes a {@link StorageError} of what it throws, also where there was no token for it. Other
 * errors, an abort among them, pass.
 *
 * @param operation what is being done, static text for the message
 */
export async function attempt<T>(operation: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (isRestError(error)) throw fromRestError(operation, error);
    throw isTokenError(error) ? new StorageError('storage-unavailable', `${operation} failed: no token`) : error;
  }
}

const tokenErrors = ['AuthenticationError', 'AggregateAuthenticationError', 'CredentialUnavailableError'];

/** The identity of this app cannot sign in at present; told by names, for the library is loaded late. */
function isTokenError(error: unknown): boolean {
  return error instanceof Error && tokenErrors.includes(error.name);
}

/** Whether the service answered with this status. */
export function hasStatus(error: unknown, status: number): error is StorageError {
  return error instanceof StorageError && error.status === status;
}

interface ServiceAnswer {
  readonly statusCode?: number;
  readonly code?: string;
  readonly details?: unknown;
}

function fromRestError(operation: string, error: ServiceAnswer): StorageError {
  const serviceCode = serviceCodeOf(error);
  const facts = [error.statusCode, serviceCode].filter((fact) => fact !== undefined).join(' ');
  const message = `${operation} failed: ${facts === '' ? 'no answer' : facts}`;
  return new StorageError(codeOf(error.statusCode), message, error.statusCode, serviceCode);
}

function codeOf(status: number | undefined): StorageErrorCode {
  if (status === undefined || status === 408 || status === 429 || status >= 500) return 'storage-unavailable';
  if (status === 401 || status === 403) return 'storage-denied';
  if (status === 409 || status === 412) return 'storage-conflict';
  return 'storage-refused';
}

/** Tables and blobs put their code in different places; only a plain word is taken. */
function serviceCodeOf(error: ServiceAnswer): string | undefined {
  const candidates = [
    member(member(error.details, 'odataError'), 'code'),
    member(error.details, 'errorCode'),
    error.code,
  ];
  return candidates.find((code): code is string => typeof code === 'string' && /^[A-Za-z_]{1,64}$/.test(code));
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
