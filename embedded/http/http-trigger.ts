import { isObject, type JsonObject, stringMember } from '../engine/json';
import type { TypedData } from '../host/core-types';
import type { HttpAnswer, HttpRequest } from './messages';

/**
 * What only Azure's own authentication may say. It is not here, and on Azure it takes these headers off whatever comes
 * from outside: whoever sends one claims to be somebody.
 */
const identityHeader = /^x-ms-(client-principal|token-)/;

/**
 * A request as the host hands it to the worker and the worker to the programming model. A body of unknown length is
 * left out, as the host leaves it out.
 */
export function requestData(request: HttpRequest, parameters: Readonly<Record<string, string>>): TypedData {
  const headers = Object.entries(request.headers).filter(([name]) => !identityHeader.test(name));
  return {
    http: {
      method: request.method,
      url: request.url.href,
      nullableHeaders: nullable(headers),
      nullableQuery: nullable(joinedQuery(request.url.searchParams)),
      nullableParams: nullable(Object.entries(parameters)),
      ...(Number(request.headers['content-length'] ?? 0) > 0 ? { body: { bytes: request.body } } : {}),
    },
  };
}

/** True when a request has a body that the function will not see: it came without a length. */
export function losesBody({ headers, body }: HttpRequest): boolean {
  return body.length > 0 && headers['content-length'] === undefined;
}

function nullable(entries: Iterable<readonly [string, string]>): Record<string, { value: string }> {
  return Object.fromEntries([...entries].map(([name, value]) => [name, { value }]));
}

/** A repeated key, also in other letter case, is one value, joined by commas. */
function joinedQuery(query: URLSearchParams): Iterable<[string, string]> {
  const joined = new Map<string, [string, string]>();
  for (const [key, value] of query) {
    const before = joined.get(key.toLowerCase());
    joined.set(key.toLowerCase(), before === undefined ? [key, value] : [before[0], `${before[1]},${value}`]);
  }
  return joined.values();
}

/** An answer as a function gave it, or undefined when it gave none. Throws TypeError for anything that is no answer. */
export function answerOf(data: TypedData | null | undefined): HttpAnswer | undefined {
  if (data === null || data === undefined) return undefined;
  const { http } = data;
  if (!isObject(http)) throw new TypeError('An HTTP function must answer a response.');
  const status = Number(stringMember(http, 'statusCode') ?? 200);
  const headers: Record<string, string | string[]> = {};
  if (isObject(http['headers'])) {
    for (const [name, value] of Object.entries(http['headers'])) headers[name] = String(value);
  }
  const cookies: unknown[] = Array.isArray(http['cookies']) ? http['cookies'] : [];
  if (cookies.length > 0) {
    headers['set-cookie'] = [headers['set-cookie'] ?? [], cookies.filter(isObject).map(cookieText)].flat();
  }
  const body = isObject(http['body']) ? http['body']['bytes'] : undefined;
  return { status, headers, ...(body instanceof Uint8Array ? { body } : {}) };
}

/** A cookie as ASP.NET writes it: its path is `/` unless it has another. */
function cookieText(cookie: JsonObject): string {
  const value = (name: string): unknown => (isObject(cookie[name]) ? cookie[name]['value'] : undefined);
  const expires = value('expires');
  const parts = [
    `${String(cookie['name'])}=${encodeURIComponent(String(cookie['value']))}`,
    isObject(expires) ? `expires=${new Date(Number(expires['seconds']) * 1000).toUTCString()}` : '',
    value('maxAge') === undefined ? '' : `max-age=${Math.trunc(Number(value('maxAge')))}`,
    typeof value('domain') === 'string' ? `domain=${String(value('domain'))}` : '',
    `path=${typeof value('path') === 'string' ? String(value('path')) : '/'}`,
    value('secure') === true ? 'secure' : '',
    sameSiteText(cookie['sameSite']),
    value('httpOnly') === true ? 'httponly' : '',
  ];
  return parts.filter((part) => part !== '').join('; ');
}

/** The library says `none` for a cookie that says nothing, and `explicitNone` for one that says None. */
function sameSiteText(sameSite: unknown): string {
  const names: Readonly<Record<string, string>> = { lax: 'lax', strict: 'strict', explicitNone: 'none' };
  const name = names[String(sameSite)];
  return name === undefined ? '' : `samesite=${name}`;
}
