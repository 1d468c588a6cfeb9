import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');

interface Finding {
  readonly ruleId: string | null;
  readonly message: string;
  readonly line: number;
}

interface Linted {
  readonly filePath: string;
  readonly messages: readonly Finding[];
}

function lint(texts: { filePath: string; code: string }[], files: string[]): Linted[] {
  const input = JSON.stringify({ texts, files });
  const run = spawnSync(process.execPath, [join(__dirname, 'lint.cjs')], { cwd: root, input, encoding: 'utf8' });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout) as Linted[];
}

const contracts = `
import type { Context } from './durable';
export function started(ctx: Context): string {
  return ctx.df.instanceId;
}
`;
const domain = `
export function age(since: Date): number {
  return Date.now() - since.getTime();
}
`;

let bad: readonly Finding[];
let elsewhere: readonly (readonly Finding[])[];
let ours: readonly Linted[];

// The text of a file that is there is replaced: the type-aware rules want to know the file.
beforeAll(() => {
  const code = readFileSync(join(root, 'test/fixtures/nondeterministic-orchestrator.ts.txt'), 'utf8');
  const texts = [
    { filePath: 'src/orchestrators/approve.ts', code },
    { filePath: 'src/contracts/names.ts', code: contracts },
    { filePath: 'src/domain/duration.ts', code: domain },
  ];
  const linted = lint(texts, ['src/orchestrators']);
  ours = linted.slice(0, -texts.length);
  const [inOrchestrators, inContracts, inDomain] = linted.slice(-texts.length).map(({ messages }) => messages);
  bad = inOrchestrators!;
  elsewhere = [inContracts!, inDomain!];
});

function count(findings: readonly Finding[], wanted: RegExp): number {
  return findings.filter(({ message }) => wanted.test(message)).length;
}

test.each([
  ['the clock', /use now\(ctx\)/, 3],
  ['randomness', /Math\.random/, 1],
  ['the environment', /The environment is read in src\/config/, 1],
  ['ctx.df', /never ctx\.df/, 2],
  ['async functions', /synchronous generators/, 1],
  ['await', /No await/, 2],
  ['promises', /No promises/, 1],
  ['dynamic import', /No dynamic import/, 1],
  ['an effect that is not run by yield*', /does nothing unless it is run with yield\*/, 3],
  ['a bare call, which may be a flow that is never run', /A call whose result nobody takes/, 6],
  ['for..in', /for\.\.in/, 1],
])('the linter finds %s in an orchestrator', (_what, message, times) => {
  expect(count(bad, message)).toBe(times);
});

test('the linter finds every global that differs from one replay to the next', () => {
  const globals = bad.filter(({ ruleId }) => ruleId === 'no-restricted-globals').map(({ message }) => message);

  const named = globals.map((message) => /'(\w+)'/.exec(message)?.[1]).sort();
  expect(named).toEqual(
    ['Buffer', 'WeakRef', 'console', 'crypto', 'fetch', 'performance', 'process', 'queueMicrotask']
      .concat(['setImmediate', 'setInterval', 'setTimeout'])
      .sort(),
  );
});

test('ctx.df is found in the contracts outside durable.ts, the clock in the domain', () => {
  expect(elsewhere[0]).toMatchObject([{ message: expect.stringMatching(/never ctx\.df/) as string }]);
  expect(elsewhere[1]).toMatchObject([{ message: expect.stringMatching(/use now\(ctx\)/) as string }]);
});

test('our orchestrators have none of it', () => {
  expect(ours.length).toBeGreaterThan(8);
  expect(ours.filter(({ messages }) => messages.length > 0)).toEqual([]);
});
