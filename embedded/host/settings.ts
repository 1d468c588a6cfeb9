import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../engine/json';
import { parseFile } from './host-json';

/** Settings by name. */
export type Settings = Record<string, string>;

/**
 * The `Values` of an app's `local.settings.json`; none when there is no such file.
 *
 * @throws Error when the file is not JSON or is encrypted, which only the Azure Functions Core Tools can read.
 */
export function readLocalSettings(appDirectory: string): Settings {
  const path = join(appDirectory, 'local.settings.json');
  if (!existsSync(path)) return {};
  const file = parseFile(path);
  if (file['IsEncrypted'] === true) throw new Error(`${path} is encrypted: run func settings decrypt.`);
  const values = isObject(file['Values']) ? file['Values'] : {};
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

/**
 * Puts settings into an environment: given ones win over the environment, which wins over `local.settings.json`, as
 * with the Azure Functions Core Tools.
 */
export function applySettings(environment: NodeJS.ProcessEnv, local: Settings, given: Settings): void {
  for (const [name, value] of Object.entries(local)) environment[name] ??= value;
  Object.assign(environment, given);
}

/** Addresses of this machine that must not go through a proxy: the app reaches the durable API over them. */
const loopback = ['127.0.0.1', 'localhost', '[::1]'];

/** Keeps loopback traffic away from a proxy that the environment names. */
export function bypassProxyForLoopback(environment: NodeJS.ProcessEnv): void {
  for (const name of ['NO_PROXY', 'no_proxy']) {
    const current = environment[name];
    // On Windows both names are one variable: adding twice is harmless.
    if (name === 'no_proxy' && current === undefined) continue;
    const parts = new Set((current ?? '').split(',').map((part) => part.trim()));
    environment[name] = [...parts, ...loopback.filter((host) => !parts.has(host))].filter(Boolean).join(',');
  }
}

/** Replaces `%NAME%` by the setting of that name. Throws an Error that names a setting that is not there. */
export function resolveSettings(text: string, environment: NodeJS.ProcessEnv): string {
  return text.replace(/%([^%]+)%/g, (_, name: string) => {
    const value = environment[name];
    if (value === undefined) throw new Error(`The setting ${name} is not set, and '${text}' needs it.`);
    return value;
  });
}

/** A port from a command line. Throws an Error that says what one is when it is none. */
export function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port <= 65_535) return port;
  throw new Error(`--port ${text} is no port: give a whole number from 1 to 65535, or 0 for any free one.`);
}
