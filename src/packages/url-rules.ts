import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { isAllowedHost } from '../domain/allowed-host';
import { PackageError } from './package-error';
import { isLoopback, isPublicAddress } from './public-address';

/** Which addresses may be read. */
export interface UrlRules {
  /** `packages.contoso.com` (exactly) or `*.contoso.com` (every name below, not itself), each with `:port` unless 443. */
  readonly allowedHosts: readonly string[];
  /** For development and tests only: loopback addresses, there also plain http and any port. Default false. */
  readonly allowLoopback?: boolean;
  /** Resolves names; default the system's. What it answers is checked. */
  readonly resolve?: (host: string) => Promise<readonly LookupAddress[]>;
}

/** An address without its query: the only form in which one may be shown or logged. */
export function showUrl(url: URL): string {
  // Not `origin`: of what is neither http nor https, that is the word null.
  return `${url.protocol}//${url.host}${url.pathname}`;
}

/** Reads an address. Throws `source-not-allowed`. */
export function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url) return url;
  throw new PackageError('source-not-allowed', 'The source is no address. Give an https address of an allowed host.');
}

/**
 * Checks an address by the rules, without resolving it, and returns it. Throws `source-not-allowed`, saying what is wrong
 * and never showing the query. Pure.
 *
 * @param from the address that redirects here
 */
export function checkUrl(url: URL, rules: UrlRules, from?: URL): URL {
  const loopback = rules.allowLoopback === true && namesLoopback(url);
  if (url.protocol !== 'https:' && !(loopback && url.protocol === 'http:')) {
    throw refused('It must be an https address.', url, from);
  }
  if (url.username !== '' || url.password !== '') {
    throw refused('It may not hold a user name or password.', url, from);
  }
  const host = bareHost(url);
  if (isIP(host) !== 0 && !isAllowedAddress(host, rules)) throw refused('It leads to a private network.', url, from);
  if (!rules.allowedHosts.some((entry) => isAllowedHost(entry, url, rules.allowLoopback === true))) {
    throw refused(
      `The host "${url.host}" is not in the list of allowed hosts: add it to the settings, or upload the bytes with POST /uploads.`,
      url,
      from,
    );
  }
  return url;
}

const bareHost = (url: URL): string => url.hostname.replace(/^\[(.*)\]$/, '$1');

const namesLoopback = (url: URL): boolean => url.hostname === 'localhost' || isLoopback(bareHost(url));

function refused(why: string, url: URL, from: URL | undefined): PackageError {
  const shown = showUrl(url);
  const what = from === undefined ? `The address ${shown}` : `${showUrl(from)} redirects to ${shown}, which`;
  return new PackageError('source-not-allowed', `${what} may not be read. ${why}`, { detail: { host: url.host } });
}

const isAllowedAddress = (address: string, rules: UrlRules): boolean =>
  isPublicAddress(address) || (rules.allowLoopback === true && isLoopback(address));

/**
 * A `lookup` for sockets that resolves a name and refuses it with `source-not-allowed` when any of its addresses is not
 * public. The socket connects to what was checked, so a name that changes its mind in between gains nothing.
 */
export function guardedLookup(rules: UrlRules): LookupFunction {
  const resolve = rules.resolve ?? resolveBySystem;
  return (host, options, done) => {
    resolve(host).then(
      (addresses) => {
        const error = judge(host, addresses, rules);
        if (error) return done(error, [], 0);
        if (options.all === true) return done(null, [...addresses]);
        const first = addresses[0];
        return first ? done(null, first.address, first.family) : done(notFound(host), [], 0);
      },
      (error: unknown) => done(error instanceof Error ? error : notFound(host), [], 0),
    );
  };
}

function judge(host: string, addresses: readonly LookupAddress[], rules: UrlRules): Error | undefined {
  if (addresses.length === 0) return notFound(host);
  if (addresses.every(({ address }) => isAllowedAddress(address, rules))) return undefined;
  return new PackageError('source-not-allowed', `The host "${host}" may not be read: it leads to a private network.`, {
    detail: { host },
  });
}

function notFound(host: string): Error {
  return Object.assign(new Error(`The name ${host} has no address`), { code: 'ENOTFOUND' });
}

function resolveBySystem(host: string): Promise<readonly LookupAddress[]> {
  return new Promise((resolve, reject) => {
    systemLookup(host, { all: true }, (error, addresses) => (error ? reject(error) : resolve(addresses)));
  });
}
