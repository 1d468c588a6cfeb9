// The page about the embedded runtime names a test for each fact of the host: each of them is there.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'docs/embedded-runtime.md'), 'utf8');

interface NamedTest {
  readonly file: string;
  readonly title: string;
}

/** Every `file › title` of the page; a title may go over the end of a line. */
const named: readonly NamedTest[] = [...page.matchAll(/`([\w-]+) › ([^`]+)`/g)].map(([, file = '', title = '']) => ({
  file,
  title: title.replace(/\s+/g, ' '),
}));

/** The titles of the tests in a file, as they are written there. */
function titlesIn(file: string): readonly string[] {
  const path = ['test', 'slow'].map((run) => join(root, 'test/embedded', `${file}.${run}.ts`)).find(existsSync);
  if (path === undefined) return [];
  const source = readFileSync(path, 'utf8');
  return [...source.matchAll(/(?:\btest|\))\(\s*'([^'\n]+)',\s*(?:async\s*)?\(/g)].map(([, title = '']) => title);
}

test('every test that the page names is there', () => {
  const titles = new Map([...new Set(named.map(({ file }) => file))].map((file) => [file, titlesIn(file)]));

  const missing = named.filter(({ file, title }) => titles.get(file)?.includes(title) !== true);

  expect(missing).toEqual([]);
  expect(named.length).toBeGreaterThan(100);
});

test('every fact has a test, or stands under those without one', () => {
  const [, facts = ''] = /## The host's facts[^\n]*\n([\s\S]*?)\n### Without a test/.exec(page) ?? [];
  const lines = facts.split(/\n(?=- |#|\n)/).filter((line) => line.startsWith('- '));

  expect(lines.filter((line) => !line.includes(' › '))).toEqual([]);
  expect(lines.length).toBeGreaterThan(50);
});

test('every test of the facts is named on the page', () => {
  const files = [...new Set(named.map(({ file }) => file))].filter((file) => file.startsWith('facts-'));

  const unnamed = files.flatMap((file) =>
    titlesIn(file)
      .filter((title) => !named.some((known) => known.file === file && known.title === title))
      .map((title) => `${file} › ${title}`),
  );

  expect(unnamed).toEqual([]);
});
