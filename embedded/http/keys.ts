import { randomBytes, timingSafeEqual, createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { isObject, type JsonObject, parseJson } from '../engine/json';
import { writeWhole } from '../store/whole-file';

/** The keys of a runtime. Whoever has one can call; the master key opens everything. */
export interface Keys {
  readonly master: string;
  /** Opens every function of level `function`. */
  readonly host: string;
  /** For the durable extension's management addresses. */
  readonly system: string;
  /** By lower-case function name. */
  readonly functions: Readonly<Record<string, string>>;
}

/** How well a caller must be known, as functions declare it. */
export type AuthLevel = 'anonymous' | 'function' | 'admin';

/**
 * Reads the keys from a file of mode 0600 and adds what is missing: keys stay the same over restarts, and a new function
 * gets one at the first start that knows it.
 *
 * @throws Error that names the file, when it holds something else.
 */
export function loadKeys(path: string, functionNames: readonly string[]): Keys {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '{}';
  const stored = parseKeys(path, before);
  const known = isObject(stored['functions']) ? stored['functions'] : {};
  const functions = Object.fromEntries([
    ...Object.keys(known).map((name) => [name, keyOf(known, name)]),
    ...functionNames.map((name) => [name.toLowerCase(), keyOf(known, name.toLowerCase())]),
  ]) as Record<string, string>; // Object.fromEntries loses the type of mixed entries.
  const keys: Keys = {
    master: keyOf(stored, 'master'),
    host: keyOf(stored, 'host'),
    system: keyOf(stored, 'system'),
    functions,
  };
  const text = JSON.stringify(keys, null, 2);
  if (text !== before) writeWhole(path, text);
  return keys;
}

function parseKeys(path: string, text: string): JsonObject {
  try {
    const stored = parseJson(text);
    if (isObject(stored)) return stored;
  } catch {
    // Told below, without the text: there may be keys in it.
  }
  throw new Error(`${path} holds no keys. Put back a backup of it, or move it away: new keys are made then.`);
}

function keyOf(object: Record<string, unknown>, name: string): string {
  const stored = object[name];
  return typeof stored === 'string' && stored !== '' ? stored : randomBytes(33).toString('base64url');
}

/** What a caller has shown, as a request carries it. */
export interface Credentials {
  /** `x-functions-key`. When it is there, the query is not looked at. */
  readonly header: string | undefined;
  /** `?code=`. */
  readonly query: string | undefined;
}

/** True when the credentials open a function of this level. */
export function isAuthorized(keys: Keys, level: AuthLevel, functionName: string, shown: Credentials): boolean {
  if (level === 'anonymous') return true;
  const key = shown.header ?? shown.query;
  if (key === undefined) return false;
  const accepted = [keys.master];
  if (level === 'function') accepted.push(keys.host, keys.functions[functionName.toLowerCase()] ?? keys.master);
  return accepted.some((candidate) => sameKey(candidate, key));
}

/** True when the credentials open the durable extension's management addresses. */
export function isManagement(keys: Keys, shown: Credentials): boolean {
  const key = shown.header ?? shown.query;
  return key !== undefined && (sameKey(keys.system, key) || sameKey(keys.master, key));
}

/** Compares in constant time, whatever the lengths. */
function sameKey(a: string, b: string): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(key: string): Buffer {
  return createHash('sha256').update(key).digest();
}
