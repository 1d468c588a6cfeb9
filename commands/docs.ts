import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'prettier';
import { openApiDocument } from '../src/contracts/openapi';
import { failuresPage, problemsPage } from './docs-pages';
import { sampleSettings, settingsPage } from './docs-settings';

/**
 * Writes everything under `docs/` that is made from the code, and the sample of local settings.
 * `--check` writes nothing and fails where a file is not as it would be written.
 */
const root = join(__dirname, '../..');

const files: readonly (readonly [string, () => string])[] = [
  ['docs/openapi.json', () => JSON.stringify(openApiDocument())],
  ['docs/problems.md', problemsPage],
  ['docs/failures.md', failuresPage],
  ['docs/settings.md', settingsPage],
  ['local.settings.sample.json', () => JSON.stringify(sampleSettings())],
];

async function main(check: boolean): Promise<void> {
  const stale: string[] = [];
  for (const [name, make] of files) {
    const path = join(root, name);
    const text = await format(make(), { filepath: path, singleQuote: true, printWidth: 120 });
    const before = await readFile(path, 'utf8').catch(() => '');
    if (text === before) continue;
    stale.push(name);
    if (!check) await writeFile(path, text);
  }
  if (stale.length === 0) return console.log('The generated documents are up to date.');
  console.log(`${check ? 'Stale' : 'Written'}: ${stale.join(', ')}`);
  if (check) process.exitCode = 1;
}

void main(process.argv.includes('--check'));
