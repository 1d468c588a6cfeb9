import type { TokenCredential } from '@azure/core-auth';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { PackageError } from './package-error';
import { errorCode, systemCode } from './storage-failure';
import { checkUrl, guardedLookup, showUrl, type UrlRules } from './url-rules';

/** How addresses are read. */
export interface UrlSettings extends UrlRules {
  /** For Azure Storage addresses without a signature: the app's own identity. */
  readonly credential?: TokenCredential;
  /** PEM of further certificate authorities to trust. */
  readonly ca?: string;
  /** Milliseconds without a byte after which an answer is given up; default 30 s. */
  readonly idleTimeoutMs?: number;
}

/** One GET of some bytes. */
export interface RangeRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
}

/** An answer whose body was not read yet, and the address that gave it. */
export interface Answer {
  readonly response: IncomingMessage;
  readonly url: URL;
}

/** Sends GETs and follows redirects. */
export interface Requester {
  /** Throws `source-not-allowed`, `source-unreachable` (retryable where it may pass), or the abort. */
  get(request: RangeRequest): Promise<Answer>;
}

const maxRedirects = 5;
const redirectStatus = new Set([301, 302, 303, 307, 308]);

/** Every connection goes through the guarded lookup; kept-alive ones go where they went before. */
export function createRequester(settings: UrlSettings): Requester {
  const lookup = guardedLookup(settings);
  const agents = {
    'https:': new HttpsAgent({ keepAlive: true, lookup, ...(settings.ca === undefined ? {} : { ca: settings.ca }) }),
    'http:': new HttpAgent({ keepAlive: true, lookup }),
  };
  const send = async (url: URL, request: RangeRequest): Promise<IncomingMessage> => {
    const headers = { ...request.headers, ...(await authorization(url, settings.credential)) };
    const plain = url.protocol === 'http:';
    return exchange(url, {
      headers,
      agent: plain ? agents['http:'] : agents['https:'],
      start: plain ? httpRequest : httpsRequest,
      idleTimeoutMs: settings.idleTimeoutMs ?? 30_000,
      signal: request.signal,
    });
  };
  return {
    get: async (request) => {
      let url = checkUrl(request.url, settings);
      for (let hop = 0; hop <= maxRedirects; hop++) {
        const response = await send(url, request);
        const next = redirectOf(response, url);
        if (next === undefined) return { response, url };
        response.destroy();
        url = checkUrl(next, settings, url);
      }
      throw new PackageError(
        'source-not-allowed',
        `${showUrl(request.url)} redirects more than ${maxRedirects} times. Give the address where the bytes are.`,
      );
    },
  };
}

function redirectOf(response: IncomingMessage, from: URL): URL | undefined {
  const { location } = response.headers;
  if (!redirectStatus.has(response.statusCode ?? 0) || location === undefined) return undefined;
  const next = URL.parse(location, from.href);
  if (next) return next;
  response.destroy();
  throw new PackageError(
    'source-unreachable',
    `${showUrl(from)} redirects to something that is no address. Mend the server.`,
  );
}

const azureStorage = /\.blob\.(core\.(windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)|storage\.azure\.net)$/;

/** The app's token, only to Azure Storage itself over TLS, and anew at each hop: no redirect carries it elsewhere. */
async function authorization(url: URL, credential: TokenCredential | undefined): Promise<Record<string, string>> {
  if (!credential || url.protocol !== 'https:' || !azureStorage.test(url.hostname)) return {};
  if (url.searchParams.has('sig')) return {};
  const token = await credential.getToken('https://storage.azure.com/.default').catch(() => null);
  if (token) return { authorization: `Bearer ${token.token}`, 'x-ms-version': '2023-11-03' };
  throw new PackageError(
    'source-forbidden',
    `No token for ${showUrl(url)} could be had with the identity of this app. Check its identity, or give an address with a signature.`,
  );
}

interface Exchange {
  readonly headers: Readonly<Record<string, string>>;
  readonly agent: HttpAgent;
  readonly start: typeof httpRequest;
  readonly idleTimeoutMs: number;
  readonly signal: AbortSignal | undefined;
}

function exchange(url: URL, { headers, agent, start, idleTimeoutMs, signal }: Exchange): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const options = { headers: { ...headers }, agent, timeout: idleTimeoutMs, ...(signal ? { signal } : {}) };
    const request = start(url, options, resolve);
    request.on('timeout', () => request.destroy(Object.assign(new Error('No byte came'), { code: 'ETIMEDOUT' })));
    request.on('error', (error) => reject(translate(error, url)));
    request.end();
  });
}

/** What a broken exchange means; the error of the system is not kept, for it may name more than it should. */
export function translate(error: unknown, url: URL): Error {
  if (error instanceof PackageError) return error;
  if (isAbort(error)) return error;
  const reason = systemCode(error) ?? certificateCode(error);
  if (reason === undefined)
    return new PackageError('source-unreachable', `${showUrl(url)} gave no proper HTTP answer. Check the address.`);
  // A resolver that is away says EAI_AGAIN; ENOTFOUND is its word that there is no such name.
  const retryable = systemCode(error) !== undefined && reason !== 'EPROTO' && reason !== 'ENOTFOUND';
  const advice = adviceOn(reason, retryable);
  return new PackageError('source-unreachable', `${showUrl(url)} could not be reached (${reason}). ${advice}`, {
    retryable,
    detail: { reason },
  });
}

function adviceOn(reason: string, retryable: boolean): string {
  if (retryable) return 'Check that the address answers from where this service runs, then try again.';
  if (reason === 'ENOTFOUND') return 'There is no such host: check the name.';
  return 'Its certificate or TLS is not acceptable: mend the server.';
}

function isAbort(error: unknown): error is Error {
  return typeof error === 'object' && error !== null && 'name' in error && error.name === 'AbortError';
}

function certificateCode(error: unknown): string | undefined {
  const code = errorCode(error);
  return code !== undefined && /CERT|SIGNATURE|ERR_TLS|ERR_SSL/.test(code) ? code : undefined;
}
