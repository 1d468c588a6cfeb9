import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { transformFileSync } from '@swc/core';

const root = join(__dirname, '../..');

const source = join(root, 'embedded');

/**
 * Compiles `embedded/` as it is now, inside node_modules so that packages are found. The same sources are compiled once,
 * whichever test asks first.
 *
 * @returns the directory that holds `main.js`.
 */
export function buildEmbedded(): string {
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))
    .sort();
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file}\0`).update(readFileSync(join(source, file)));
  const target = join(root, 'node_modules/.cache/embedded', hash.digest('hex').slice(0, 16));
  if (!existsSync(target)) compile(files, target);
  return target;
}

/** Compiles beside and renames: two tests may do it at once. */
function compile(files: readonly string[], target: string): void {
  const beside = `${target}.${process.pid}`;
  for (const file of files) {
    const { code } = transformFileSync(join(source, file), { configFile: join(root, '.swcrc') });
    const output = join(beside, file.replace(/\.ts$/, '.js'));
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(output, code);
  }
  try {
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
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
    ready: announced(child, first),
    stderr: () => errors,
    ended,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** What a program says first. Whatever says something else does not go on running without anybody to end it. */
function announced(child: ChildProcess, line: string): Record<string, string> {
  try {
    // Which members there are is for the caller to know.
    return JSON.parse(line) as Record<string, string>;
  } catch {
    child.kill('SIGKILL');
    throw new Error(`The program said: ${line}`);
  }
}

/** jest's own variables must not reach a program: NODE_ENV=test changes what packages do. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const { NODE_ENV: _, JEST_WORKER_ID: __, ...rest } = process.env;
  return rest;
}

/** Asks again and again until the answer is there; the pause leaves the processor to whoever works on it. */
export async function eventually<T>(ask: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await setTimeout(5);
  }
}
