import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { isObject, type JsonObject, numberMember, parseJson, stringMember } from '../engine/json';

/** What this runtime reads of an app's `host.json`; everything else in it is left alone. */
export interface HostConfig {
  /** Without slashes at its ends; may be empty. Default `api`. */
  readonly routePrefix: string;
  readonly taskHub: string;
  readonly defaultVersion: string | undefined;
  readonly maxActivities: number;
  readonly maxOrchestrators: number;
  /** How long a function may take before it counts as failed, milliseconds; undefined for no limit. */
  readonly functionTimeoutMs: number | undefined;
  /** Lowest level to log, by category prefix; `default` for the rest. */
  readonly logLevels: Readonly<Record<string, string>>;
}

/**
 * Reads `host.json` of an app.
 *
 * @throws Error when the file is absent, is not JSON, or holds a value that cannot be used, naming the member.
 */
export function readHostConfig(appDirectory: string): HostConfig {
  const path = join(appDirectory, 'host.json');
  const root = parseFile(path);
  const extensions = objectMember(root, 'extensions');
  const durable = objectMember(extensions, 'durableTask');
  const concurrency = 10 * availableParallelism();
  return {
    routePrefix: (stringMember(objectMember(extensions, 'http'), 'routePrefix') ?? 'api').replace(/^\/+|\/+$/g, ''),
    taskHub: stringMember(durable, 'hubName') ?? 'TestHubName',
    defaultVersion: stringMember(durable, 'defaultVersion'),
    maxActivities: positive(durable, 'maxConcurrentActivityFunctions') ?? concurrency,
    maxOrchestrators: positive(durable, 'maxConcurrentOrchestratorFunctions') ?? concurrency,
    functionTimeoutMs: timeSpan(root, 'functionTimeout'),
    logLevels: logLevels(objectMember(objectMember(root, 'logging'), 'logLevel')),
  };
}

/** Reads a JSON file that must hold an object. Throws an Error that names the file. */
export function parseFile(path: string): JsonObject {
  let value: unknown;
  try {
    value = parseJson(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isObject(value)) throw new Error(`${path} holds no JSON object.`);
  return value;
}

function objectMember(object: JsonObject, name: string): JsonObject {
  const value = object[name];
  return isObject(value) ? value : {};
}

function positive(object: JsonObject, name: string): number | undefined {
  if (object[name] === undefined) return undefined;
  const value = numberMember(object, name);
  if (value === undefined || !Number.isInteger(value) || value < 1) {
    throw new Error(`host.json: ${name} must be a whole number of at least 1.`);
  }
  return value;
}

function timeSpan(object: JsonObject, name: string): number | undefined {
  const text = stringMember(object, name);
  if (text === undefined || text === '-1') return undefined;
  const match = /^(?:(\d+)\.)?(\d{1,2}):(\d{2}):(\d{2})$/.exec(text);
  if (match === null) throw new Error(`host.json: ${name} must be a time span such as 00:10:00.`);
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0));
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}

function logLevels(object: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(object).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
}
