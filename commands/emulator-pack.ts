import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { emulatorPackage } from './emulator-package';
import { projectRoot } from './project-root';

/** Packs the emulator for npm: `partner-center-emulator-<version>.tgz`, in the project or where `--output` says. */
function main(): void {
  const { values } = parseArgs({ options: { output: { type: 'string' } } });
  const project = projectRoot();
  const output = resolve(values.output ?? project);
  const staging = mkdtempSync(join(tmpdir(), 'emulator-package-'));
  try {
    const files = emulatorPackage(project);
    for (const { name, content } of files) {
      mkdirSync(dirname(join(staging, name)), { recursive: true });
      writeFileSync(join(staging, name), content, { mode: name === 'main.js' ? 0o755 : 0o644 });
    }
    mkdirSync(output, { recursive: true });
    const tarball = join(output, pack(staging, output));
    process.stdout.write(`${tarball}: ${files.length} files, ${Math.ceil(statSync(tarball).size / 1024)} KB\n`);
  } finally {
    rmSync(staging, { recursive: true });
  }
}

/** npm makes the archive, so that it is what npm expects. */
function pack(folder: string, output: string): string {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', output, folder];
  // As a child of `npm run`, this knows which npm that is; its shell script cannot be run as a program on Windows.
  const npm = process.env['npm_execpath'];
  const told = npm?.endsWith('.js')
    ? execFileSync(process.execPath, [npm, ...args], { encoding: 'utf8' })
    : execFileSync('npm', args, { encoding: 'utf8' });
  // npm's documented answer: one entry for each package, here one.
  const packed = JSON.parse(told) as Record<string, { filename: string }>;
  const [first] = Object.values(packed);
  if (!first) throw new Error('npm packed nothing');
  return first.filename;
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
