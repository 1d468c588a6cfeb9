import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const root = join(__dirname, '../..');
const config = join(root, '.dependency-cruiser.cjs');

interface Violation {
  readonly from: string;
  readonly to: string;
  readonly rule: { readonly name: string };
}

/** A tree of files in which every rule is broken at least once: file → what it imports. */
const violatingTree: Readonly<Record<string, readonly string[]>> = {
  'src/domain/circle-a.ts': ['./circle-b'],
  'src/domain/circle-b.ts': ['./circle-a'],
  'src/domain/orphan.ts': [],
  'src/domain/asks-storage.ts': ['../storage/rows'],
  'src/contracts/asks-storage.ts': ['../storage/rows'],
  'src/contracts/asks-node.ts': ['node:fs'],
  'src/orchestrators/reaches-far.ts': ['../contracts/asks-storage'],
  'src/orchestrators/asks-package.ts': ['fast-check'],
  'src/functions/asks-storage.ts': ['../storage/rows'],
  'src/activities/asks-trigger.ts': ['../functions/asks-storage'],
  'src/activities/asks-durable.ts': ['durable-functions'],
  'src/activities/asks-tests.ts': ['fast-check'],
  'src/queries/asks-trigger.ts': ['../functions/asks-storage'],
  'src/partner-center/store/asks-domain.ts': ['../../domain/orphan-free'],
  'src/partner-center/store/asks-another.ts': ['../ingestion/client'],
  'src/partner-center/ingestion/client.ts': [],
  'src/domain/orphan-free.ts': [],
  'src/storage/rows.ts': [],
  'src/storage/asks-activity.ts': ['../activities/asks-durable'],
  'src/storage/asks-embedded.ts': ['../../embedded/thing'],
  'embedded/thing.ts': [],
  'embedded/asks-app.ts': ['../src/storage/rows'],
  'emulator/asks-app.ts': ['../src/storage/rows'],
};

function cruise(cwd: string, ...folders: string[]): Violation[] {
  const bin = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [bin, '--config', config, '--output-type', 'json', ...folders];
  const run = spawnSync(process.execPath, args, { cwd, encoding: 'utf8', maxBuffer: 256 * 1024 * 1024 });
  const answer = JSON.parse(run.stdout) as { summary: { violations: Violation[] } };
  return answer.summary.violations;
}

function writeTree(folder: string): void {
  for (const [file, imports] of Object.entries(violatingTree)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    const lines = imports.map(
      (name, index) => `import * as thing${index} from '${name}';\nexport { thing${index} };\n`,
    );
    writeFileSync(join(folder, file), lines.join('') || 'export const thing = 1;\n');
  }
  const manifest = { dependencies: { 'durable-functions': '*', zod: '*' }, devDependencies: { 'fast-check': '*' } };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { module: 'node16' } }));
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
}

describe('in a tree that breaks every rule', () => {
  let folder: string;
  let found: Violation[];

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'imports-'));
    writeTree(folder);
    found = cruise(folder, 'src', 'embedded', 'emulator');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('each rule finds its breach', async () => {
    const { forbidden } = (await import(config)) as { forbidden: { name: string }[] };

    const broken = [...new Set(found.map(({ rule }) => rule.name))].sort();
    expect(broken).toEqual(forbidden.map(({ name }) => name).sort());
  });

  test('what an orchestrator reaches through others is found as well', () => {
    const reached = found.filter(({ rule }) => rule.name === 'orchestrators-reach-only-pure-code');

    expect(reached).toContainEqual(
      expect.objectContaining({ from: 'src/orchestrators/reaches-far.ts', to: 'src/storage/rows.ts' }),
    );
  });
});

test('our own imports break no rule', () => {
  const violations = cruise(root, 'src', 'embedded', 'emulator');

  expect(violations.map(({ from, to, rule }) => `${rule.name}: ${from} -> ${to}`)).toEqual([]);
});
