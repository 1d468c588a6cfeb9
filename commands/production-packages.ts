import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

/** A package of a lock file, as far as it matters here. */
interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly hasInstallScript?: boolean;
  readonly [member: string]: unknown;
}

interface LockFile {
  readonly packages: Readonly<Record<string, LockedPackage>>;
  readonly [member: string]: unknown;
}

/** The manifest and lock of the app as it is deployed, and the folders of the packages that it needs. */
export interface Production {
  readonly manifest: object;
  readonly lock: object;
  /** As `node_modules/zod`, relative to the project. */
  readonly folders: readonly string[];
}

/** Members of package.json that say how the app is developed. */
const ofDevelopment = ['devDependencies', 'scripts', 'allowScripts'];

/**
 * What remains of the project without development: computed from the lock file, so that nothing is downloaded or
 * changed.
 *
 * @throws Error when what is installed is not what is locked, or a package runs on some machines only.
 */
export function productionOf(project: string): Production {
  const manifest = withoutDevelopment(read<Record<string, unknown>>(join(project, 'package.json')));
  const lock = read<LockFile>(join(project, 'package-lock.json'));
  const packages = Object.entries(lock.packages).filter(([path, { dev }]) => path !== '' && dev !== true);
  const faults = [...unlike(project, packages), ...packages.flatMap(unportable)];
  if (faults.length > 0) throw new Error(faults.join('\n'));
  const root = withoutDevelopment(lock.packages[''] ?? {});
  return {
    manifest,
    lock: { ...lock, packages: { '': root, ...Object.fromEntries(packages) } },
    folders: packages.map(([path]) => path),
  };
}

/** npm notes in `node_modules` what it has put there. */
function unlike(project: string, packages: readonly (readonly [string, LockedPackage])[]): string[] {
  const noted = join(project, 'node_modules/.package-lock.json');
  if (!existsSync(noted)) return ['Nothing is installed: run `npm ci`.'];
  const installed = read<LockFile>(noted).packages;
  return packages
    .filter(([path, { version, integrity }]) => {
      const found = installed[path];
      return !isDeepStrictEqual([found?.version, found?.integrity], [version, integrity]);
    })
    .map(([path]) => `${path} is not installed as package-lock.json has it: run \`npm ci\`.`);
}

/** The zip is made on one machine and runs on another. */
function unportable([path, { os, cpu, hasInstallScript }]: readonly [string, LockedPackage]): string[] {
  if (os === undefined && cpu === undefined && hasInstallScript !== true) return [];
  return [`${path} is made for this machine: a deployable zip cannot hold it.`];
}

function withoutDevelopment(manifest: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(manifest).filter(([name]) => !ofDevelopment.includes(name)));
}

function read<T>(path: string): T {
  // npm wrote it; what is read here has kept its shape since lock file version 2.
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
