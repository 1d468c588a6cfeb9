import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { transformFileSync } from '@swc/core';

const root = join(__dirname, '../..');

/**
 * Compiles `embedded/` as it is now to a directory of its own, inside node_modules so that packages are found.
 *
 * @returns the directory that holds `main.js`.
 */
export function buildEmbedded(): string {
  const cache = join(root, 'node_modules/.cache');
  mkdirSync(cache, { recursive: true });
  const target = mkdtempSync(join(cache, 'embedded-'));
  const source = join(root, 'embedded');
  for (const file of readdirSync(source, { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.ts')) continue;
    const { code } = transformFileSync(join(source, file), { configFile: join(root, '.swcrc') });
    const output = join(target, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(output, code);
  }
  return target;
}

/** A program of ours in a process of its own. */
export interface Program {
  readonly process: ChildProcess;
  /** The JSON object of its first line. */
  readonly ready: Record<string, string>;
  /** What it has written to standard error so far. */
  stderr(): string;
  /** Sends a signal and resolves with the exit code, or the signal's name, when it has ended. */
  end(signal: NodeJS.Signals): Promise<number | NodeJS.Signals | null>;
  /** Resolves when it has ended by itself. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/** Starts a program and waits for its first line. Rejects with its standard error when it ends before. */
export async function startProgram(script: string, args: string[], env: Record<string, string> = {}): Promise<Program> {
  const child = spawn(process.execPath, [script, ...args], {
    env: { ...cleanEnvironment(), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    cwd: root,
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | NodeJS.Signals | null);
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([
    once(lines, 'line').then(([line]) => line as string),
    ended.then((code) => {
      throw new Error(`${relative(root, script)} ended with ${code}: ${errors}`);
    }),
  ]);
  return {
    process: child,
    ready: JSON.parse(first) as Record<string, string>,
    stderr: () => errors,
    ended,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** jest's own variables must not reach a program: NODE_ENV=test changes what packages do. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const { NODE_ENV: _, JEST_WORKER_ID: __, ...rest } = process.env;
  return rest;
}

/** Asks again and again, giving way to everything else in between, until the answer is there. */
export async function eventually<T>(ask: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
