import { isObject, type JsonObject, stringMember } from '../engine/json';
import type { TypedData } from '../host/core-types';
import type { HttpAnswer, HttpRequest } from './messages';

/** A request as the worker hands it to the programming model. */
export function requestData(request: HttpRequest, parameters: Readonly<Record<string, string>>): TypedData {
  return {
    http: {
      method: request.method,
      url: request.url.href,
      nullableHeaders: nullable(Object.entries(request.headers)),
      nullableQuery: nullable(joinedQuery(request.url.searchParams)),
      nullableParams: nullable(Object.entries(parameters)),
      body: { bytes: request.body },
    },
  };
}

function nullable(entries: Iterable<readonly [string, string]>): Record<string, { value: string }> {
  return Object.fromEntries([...entries].map(([name, value]) => [name, { value }]));
}

/** A repeated key is one value, joined by commas. */
function joinedQuery(query: URLSearchParams): [string, string][] {
  return [...new Set(query.keys())].map((key) => [key, query.getAll(key).join(',')]);
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
  if (cookies.length > 0) headers['set-cookie'] = cookies.filter(isObject).map(cookieText);
  const body = isObject(http['body']) ? http['body']['bytes'] : undefined;
  return { status, headers, ...(body instanceof Uint8Array ? { body } : {}) };
}

function cookieText(cookie: JsonObject): string {
  const parts = [`${String(cookie['name'])}=${encodeURIComponent(String(cookie['value']))}`];
  const value = (name: string): unknown => (isObject(cookie[name]) ? cookie[name]['value'] : undefined);
  if (value('maxAge') !== undefined) parts.push(`Max-Age=${String(value('maxAge'))}`);
  const expires = value('expires');
  if (isObject(expires)) parts.push(`Expires=${new Date(Number(expires['seconds']) * 1000).toUTCString()}`);
  if (typeof value('domain') === 'string') parts.push(`Domain=${String(value('domain'))}`);
  if (typeof value('path') === 'string') parts.push(`Path=${String(value('path'))}`);
  if (value('secure') === true) parts.push('Secure');
  if (value('httpOnly') === true) parts.push('HttpOnly');
  const sameSite = { lax: 'Lax', strict: 'Strict', explicitNone: 'None' }[String(cookie['sameSite'])];
  if (sameSite !== undefined) parts.push(`SameSite=${sameSite}`);
  return parts.join('; ');
}
