/** The emulator as a program of its own, for tests that kill it or that need it outside their process. */
import { transformFileSync } from '@swc/core';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { startProgram, type Program } from './embedded-process';

const root = join(__dirname, '../..');

/**
 * Compiles `emulator/` as it is now to a directory of its own, inside node_modules so that packages are found.
 *
 * @returns the path of `main.js`
 */
export function buildEmulator(): string {
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const target = mkdtempSync(join(cache, 'emulator-'));
  const source = join(root, 'emulator');
  for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    const output = join(target, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(output), { recursive: true });
    if (/\.(json|html|css|js)$/.test(file)) copyFileSync(join(source, file), output);
    if (!file.endsWith('.ts')) continue;
    writeFileSync(output, transformFileSync(join(source, file), { configFile: join(root, '.swcrc') }).code);
  }
  return join(target, 'main.js');
}

/** What the emulator prints first. */
export interface EmulatorReady {
  readonly https: string;
  readonly http?: string;
  readonly ca: string;
  readonly control: string;
  readonly account: { readonly tenantId: string; readonly clientId: string; readonly clientSecret: string };
  readonly vault: string;
}

/** Starts a compiled emulator and waits until it says where it is. */
export async function startEmulatorProgram(
  script: string,
  args: string[],
): Promise<Program & { ready: EmulatorReady }> {
  const program = await startProgram(script, args);
  // The first line of the emulator, whatever the helper takes it for.
  return program as unknown as Program & { ready: EmulatorReady };
}
