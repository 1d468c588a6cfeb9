import type { IncomingMessage } from 'node:http';
import { PackageError } from './package-error';
import { parseRetryAfter } from './retry-after';
import { changed, type SourcePin } from './source';

/** Bytes that were asked for, and of which file, once that is known. */
export interface Range {
  readonly offset: number;
  /** At least 1. */
  readonly length: number;
  readonly pin?: SourcePin;
}

/** The headers that ask for a range. A strong ETag goes along, so that a server may refuse by itself what changed. */
export function rangeHeaders({ offset, length, pin }: Range): Record<string, string> {
  return {
    range: `bytes=${offset}-${offset + length - 1}`,
    'accept-encoding': 'identity',
    'user-agent': 'partner-center-publisher',
    ...(pin?.etag?.startsWith('"') === true ? { 'if-match': pin.etag } : {}),
  };
}

/**
 * Reads what an answer says about the file, and makes sure that exactly the range comes (RFC 9110, 14.4).
 * Throws {@link PackageError} for every answer that is not that range; `what` names the source for people.
 */
export function readPartHeaders(response: IncomingMessage, range: Range, what: string): SourcePin {
  const { headers, statusCode } = response;
  if (statusCode !== 206) throw refusal(response, range, what);
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '');
  if (!match) throw noRanges(what, 'it does not say which bytes of how many it sends');
  const [first, last, size] = match.slice(1).map(Number);
  if (range.pin && size !== range.pin.size) throw changed(what, 'size');
  if (first !== range.offset || last !== range.offset + range.length - 1) {
    throw noRanges(what, 'it sends other bytes than asked for');
  }
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw noRanges(what, 'it compresses what it sends');
  return { ...validators(response), size: Number(size) };
}

function validators({ headers }: IncomingMessage): { etag?: string; lastModified?: string } {
  const lastModified = headers['last-modified'];
  return {
    ...(headers.etag === undefined ? {} : { etag: headers.etag }),
    ...(lastModified === undefined ? {} : { lastModified }),
  };
}

function refusal(response: IncomingMessage, range: Range, what: string): PackageError {
  const status = response.statusCode ?? 0;
  if (status === 412) return changed(what, 'etag');
  if (status === 416 || (status === 200 && response.headers['content-length'] === '0')) {
    if (range.pin) return changed(what, 'size');
    return new PackageError('package-empty', `${what} is empty. Check the build that made it.`);
  }
  if (status === 200) return noRanges(what, 'it sends the whole file');
  return statusError(status, what, response.headers['retry-after']);
}

function statusError(status: number, what: string, retryAfter: string | undefined): PackageError {
  const detail = { status };
  if (status === 404 || status === 410) {
    const message = `${what} is not there (HTTP ${status}). Check the address.`;
    return new PackageError('source-not-found', message, { detail });
  }
  if (status === 401 || status === 403) {
    const advice = 'Check that its signature is still valid and that it answers without sign-in';
    const message = `${what} may not be read (HTTP ${status}). ${advice}, or upload the bytes with POST /uploads.`;
    return new PackageError('source-forbidden', message, { detail });
  }
  const retryable = status === 408 || status === 429 || status >= 500;
  const message = `${what} answered HTTP ${status}. ${retryable ? 'Try again later.' : 'Check the address.'}`;
  return new PackageError('source-unreachable', message, {
    retryable,
    retryAfterMs: parseRetryAfter(retryAfter),
    detail,
  });
}

/** The error for a server that does not keep to ranges; `why` completes a sentence that begins with "it". */
export function noRanges(what: string, why: string): PackageError {
  const advice = 'Put the file on a server that does (any blob storage does), or upload it with POST /uploads.';
  const message = `The server of ${what} does not answer range requests: ${why}. ${advice}`;
  return new PackageError('source-no-ranges', message);
}
