/**
 * What can go wrong between "where the package lies" and "bytes in the upload blob". Closed: add, never rename.
 *
 * - `source-not-found` · `source-forbidden` · `source-unreachable`: the bytes cannot be had (404/410, 401/403, the rest)
 * - `source-not-allowed`: the address is outside of what the settings allow, or leads to a private network
 * - `source-no-ranges`: the server does not answer range requests as RFC 9110 says
 * - `package-changed`: the bytes are not those that were opened or checked first
 * - `package-too-large` · `package-empty` · `package-unreadable` · `package-unsupported` · `package-invalid`: what the bytes are
 * - `hash-mismatch`: they do not have the SHA-256 that was promised
 * - `archive-invalid`: the entries cannot be one ZIP (names, count, size)
 * - `archive-unusable`: a ZIP that was sent along cannot be unpacked (damaged, encrypted, names, too many)
 * - `upload-url-expired`: the upload address is refused; a fresh one may work
 * - `upload-url-invalid`: the upload address is none
 * - `upload-failed`: the upload blob's storage does not take the bytes
 * - `storage-unavailable`: our own storage does not answer
 */
export type PackageErrorCode =
  | 'source-not-found'
  | 'source-forbidden'
  | 'source-unreachable'
  | 'source-not-allowed'
  | 'source-no-ranges'
  | 'package-changed'
  | 'package-too-large'
  | 'package-empty'
  | 'package-unreadable'
  | 'package-unsupported'
  | 'package-invalid'
  | 'hash-mismatch'
  | 'archive-invalid'
  | 'archive-unusable'
  | 'upload-url-expired'
  | 'upload-url-invalid'
  | 'upload-failed'
  | 'storage-unavailable';

/** Facts for the log and for the failure: small, and never a secret. */
export type PackageErrorDetail = Readonly<Record<string, string | number | boolean>>;

/** What goes with the message. */
export interface PackageErrorOptions {
  /** Whether the same call may succeed later, by itself. Default false. */
  readonly retryable?: boolean;
  /** Milliseconds that the other side asked us to wait. */
  readonly retryAfterMs?: number | undefined;
  readonly detail?: PackageErrorDetail;
}

/**
 * The only error that this folder throws on purpose; an abort comes through as it is.
 * Its message says what happened and what to do. It never has a `cause`: errors of HTTP clients carry whole requests,
 * and addresses here are credentials.
 */
export class PackageError extends Error {
  override readonly name = 'PackageError';
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly detail: PackageErrorDetail;

  constructor(
    readonly code: PackageErrorCode,
    message: string,
    options: PackageErrorOptions = {},
  ) {
    super(message);
    this.retryable = options.retryable ?? false;
    this.retryAfterMs = options.retryAfterMs;
    this.detail = options.detail ?? {};
  }
}
