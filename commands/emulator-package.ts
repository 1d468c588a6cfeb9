import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { basename, join, posix, relative, sep } from 'node:path';
import ts from 'typescript';
import { z } from 'zod';
import { Seed } from '../emulator/seed/schema';

const NAME = 'partner-center-emulator';

/**
 * Packages that those required ask for by a range, held to the version of the lock file: on 2026-11-20 the newest
 * applicationinsights, which Azurite brings, asks for a version of another package that the registry does not have.
 */
const HELD = ['applicationinsights'];

/** A file of the package, with its path there. */
interface PackedFile {
  readonly name: string;
  readonly content: string | Buffer;
}

interface ProjectManifest {
  readonly version: string;
  readonly license: string;
  readonly engines: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/**
 * The emulator as a package of its own: what was compiled, with types, the page, the seed and its schema, the README, and
 * a manifest that names what the code really requires, in the versions that the project is tested with.
 *
 * @throws Error when the project is not built, or code requires what package.json does not have.
 */
export function emulatorPackage(project: string): PackedFile[] {
  const root = read<ProjectManifest>(project, 'package.json');
  const code = compiledFiles(project);
  const types = declarations(project);
  const required = new Set([...code, ...types].flatMap(({ name, content }) => packagesOf(name, String(content))));
  return [
    ...code,
    ...types,
    { name: 'package.json', content: pretty(manifest(root, dependencies(project, root, required))) },
    { name: 'seed/schema.json', content: pretty(z.toJSONSchema(Seed, { io: 'input', unrepresentable: 'any' })) },
    { name: 'README.md', content: standingAlone(readFileSync(join(project, 'emulator/README.md'), 'utf8')) },
    { name: 'LICENSE', content: readFileSync(join(project, 'LICENSE')) },
  ];
}

/** Without links to what is not in the package. */
function standingAlone(readme: string): string {
  return readme.replace(/\[([^\]]+)\]\(\.\.\/[^)]*\)/g, '$1');
}

/** Compiled code of sources that are there, and what lies beside it, without source maps. */
function compiledFiles(project: string): PackedFile[] {
  const folder = join(project, 'dist/emulator');
  const isOurs = (name: string): boolean =>
    [name, name.replace(/\.js$/, '.ts')].some((source) => existsSync(join(project, 'emulator', source)));
  const names = filesBelow(folder).filter((name) => !/\.(map|d\.ts)$/.test(name) && isOurs(name));
  for (const needed of ['main.js', 'start.js', 'page/browser/index.html', 'seed/default.json']) {
    if (!names.includes(needed)) throw new Error(`dist/emulator/${needed} is missing: run \`npm run build\`.`);
  }
  return names.map((name) => ({ name, content: readFileSync(join(folder, name)) }));
}

/** Declarations of what `start.ts` exports and of all that these mention. */
function declarations(project: string): PackedFile[] {
  const { config } = ts.readConfigFile(join(project, 'tsconfig.json'), (file) => ts.sys.readFile(file)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, project);
  const outDir = join(project, 'dist/emulator');
  const program = ts.createProgram([join(project, 'emulator/start.ts')], {
    ...options,
    types: ['node'],
    noEmit: false,
    incremental: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: join(project, 'emulator'),
    outDir,
  });
  const files: PackedFile[] = [];
  program.emit(undefined, (path, content) => files.push({ name: slashed(relative(outDir, path)), content }));
  return files;
}

/** Names of the packages that a compiled file or a declaration asks for. */
function packagesOf(name: string, text: string): string[] {
  const asked = name.endsWith('.d.ts')
    ? /(?:from |import\()['"]([^'"]+)['"]/g
    : /\brequire(?:\.resolve)?\(['"]([^'"]+)['"]\)/g;
  return [...text.matchAll(asked)]
    .map(([, module = '']) => module)
    .filter((module) => !module.startsWith('.') && !module.startsWith('node:') && !builtinModules.includes(module))
    .map((module) =>
      module
        .split('/')
        .slice(0, module.startsWith('@') ? 2 : 1)
        .join('/'),
    );
}

function dependencies(project: string, root: ProjectManifest, required: ReadonlySet<string>): Record<string, string> {
  const versions = { ...root.devDependencies, ...root.dependencies };
  const { packages } = read<{ packages: Record<string, { version: string }> }>(project, 'package-lock.json');
  const all = [
    ...[...required].map((name) => [name, versions[name] ?? missing(name)] as const),
    ...HELD.map((name) => [name, packages[`node_modules/${name}`]?.version ?? missing(name)] as const),
  ];
  return Object.fromEntries(all.sort(([a], [b]) => (a < b ? -1 : 1)));
}

function manifest(root: ProjectManifest, dependencies: Record<string, string>): object {
  return {
    name: NAME,
    version: root.version,
    description: 'Emulator of Microsoft Partner Center (Store submission API), Entra ID and Key Vault for tests',
    license: root.license,
    keywords: ['partner-center', 'microsoft-store', 'emulator', 'testing'],
    engines: root.engines,
    bin: { [NAME]: 'main.js' },
    main: 'start.js',
    types: 'start.d.ts',
    exports: {
      '.': { types: './start.d.ts', default: './start.js' },
      './seed/*.json': './seed/*.json',
      './package.json': './package.json',
    },
    dependencies,
  };
}

function missing(name: string): never {
  throw new Error(`The emulator requires ${name}, which package.json does not have.`);
}

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !basename(entry.name).startsWith('.'))
    .map((entry) => slashed(relative(folder, join(entry.parentPath, entry.name))))
    .sort();
}

function slashed(path: string): string {
  return path.split(sep).join(posix.sep);
}

function read<T>(project: string, name: string): T {
  // npm wrote it, or `npm run check` keeps it in shape.
  return JSON.parse(readFileSync(join(project, name), 'utf8')) as T;
}

function pretty(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
