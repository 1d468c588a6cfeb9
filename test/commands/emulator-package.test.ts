import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { USAGE } from '../../emulator/options';
import { startEmulator } from '../../emulator/start';
import type { SeedInput } from '../../emulator/seed/schema';
import { blocks, pipelineSteps, promises, readme } from './emulator-readme';

const root = join(__dirname, '../..');

test('every seed of the README starts an emulator', async () => {
  const seeds = blocks('json').map((text) => JSON.parse(text) as SeedInput);

  const applications = await Promise.all(
    seeds.map(async (seed) => {
      const emulator = await startEmulator({ seed });
      const state = await emulator.actions.state();
      await emulator.stop();
      return Object.keys(state['applications'] as object);
    }),
  );

  expect(applications).toEqual([['9NADVENTURE1']]);
});

test('README and help name the same options', () => {
  const inTable = [...readme.matchAll(/^\| `(--[^|]*)\|/gm)].flatMap(([, cell = '']) => cell.match(/--[a-z-]+/g) ?? []);
  const inHelp = [...USAGE.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, name]) => name);

  expect(inHelp.length).toBeGreaterThan(5);
  expect([...new Set(inTable)].sort()).toEqual([...inHelp].sort());
});

test('the README has recipes that say what they print, and pipelines of which every step is found', () => {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  const tarballs = new Set(readme.match(/partner-center-emulator-[\d.]+\.tgz/g));

  expect(promises()).toBeGreaterThan(10);
  expect(blocks('yaml').map((yaml) => pipelineSteps(yaml).length)).toEqual([3, 2]);
  expect([...tarballs]).toEqual([`partner-center-emulator-${version}.tgz`]);
});
