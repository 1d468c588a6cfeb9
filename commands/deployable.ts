import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { ZipFile } from 'yazl';
import { productionOf } from './production-packages';

/** A file of the zip. */
export interface DeployableFile {
  readonly name: string;
  readonly content: () => Buffer;
}

/** Types and source maps: nothing reads them at run time, and they are most of what packages bring. */
const neverRun = /\.(map|[cm]?ts|tsbuildinfo)$/;

/** zip knows no time before 1980, and no time zone: noon is this day everywhere. */
const fixedTime = new Date('2000-01-01T12:00:00Z');

/**
 * Everything that a function app needs and nothing else: compiled code, host.json, manifest and lock without
 * development, production packages. Sorted by name.
 *
 * @throws Error when the project is not built or not installed as locked.
 */
export function deployableFiles(project: string): DeployableFile[] {
  const production = productionOf(project);
  const compiled = compiledFiles(project);
  const packages = production.folders.flatMap((folder) => filesBelow(project, folder, ['node_modules']));
  const files = [...compiled, 'host.json', ...packages].filter((name) => !neverRun.test(name));
  return [
    ...files.map((name) => ({ name, content: () => readFileSync(join(project, name)) })),
    made('package.json', production.manifest),
    made('package-lock.json', production.lock),
  ].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The same files always give the same bytes on the same version of Node. */
export function zipOf(files: readonly DeployableFile[]): Readable {
  const zip = new ZipFile();
  for (const { name, content } of files) {
    zip.addBuffer(content(), name, { mtime: fixedTime, forceDosTimestamp: true, mode: 0o100644 });
  }
  zip.end();
  // The declaration is wider than what yazl makes: a PassThrough.
  return zip.outputStream as Readable;
}

/** The output of sources that are there: the compiler leaves behind what it made of others. */
function compiledFiles(project: string): string[] {
  const files = filesBelow(project, 'dist/src').filter((name) => name.endsWith('.js'));
  const compiled = files.filter((name) => existsSync(join(project, name.replace(/^dist\/(.*)\.js$/, '$1.ts'))));
  if (!compiled.includes('dist/src/main.js')) throw new Error('The app is not built: run `npm run build`.');
  return compiled;
}

function filesBelow(project: string, folder: string, except: readonly string[] = []): string[] {
  if (!existsSync(join(project, folder))) return [];
  return readdirSync(join(project, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(project.length + 1))
    .map((path) => path.split(sep).join(posix.sep))
    .filter((name) => !except.some((part) => name.slice(folder.length).includes(`/${part}/`)));
}

function made(name: string, content: object): DeployableFile {
  return { name, content: () => Buffer.from(`${JSON.stringify(content, undefined, 2)}\n`) };
}
