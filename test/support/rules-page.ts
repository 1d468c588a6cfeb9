/** Reads pages that name tests: `docs/emulator-rules.md` and `docs/foreign-apis.md`. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
/** The text of a file of the project. */
export const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** Cells of the rows below a heading, without the head of the table. */
export function rowsOf(heading: string, page = 'docs/emulator-rules.md'): string[][] {
  const sections = read(page).split(/^## /m);
  const section = sections.find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** A test that a page names. */
export interface NamedTest {
  readonly file: string;
  readonly title: string;
}

/** The tests that a cell names, each as a path of code and its title. */
export function testsIn(cell: string): NamedTest[] {
  return cell.split(/; (?=`test\/)/).flatMap((entry) => {
    const [, file, title] = /^`(test\/[^`]+)` › (.+)$/.exec(entry) ?? [];
    return file !== undefined && title !== undefined ? [{ file, title }] : [];
  });
}

/**
 * The tests that a cell names in short, each as one code: `file › title`, the file below `test` and without its ending. It
 * holds tests, or rules that several files of tests keep to.
 */
export function shortTestsIn(cell: string): NamedTest[] {
  return [...cell.matchAll(/`([\w/-]+) › ([^`]+)`/g)].map(([, short = '', title = '']) => {
    const [file = short] = [`test/${short}.test.ts`, `test/${short}.slow.ts`, `test/${short}.ts`].filter(isFile);
    return { file, title };
  });
}

/** Whether a `test` or a `describe` of the file has this title. */
export function isThere({ file, title }: NamedTest): boolean {
  if (!isFile(file)) return false;
  const text = read(file).replaceAll(/\(\n\s+(?=['`"])/g, '(');
  return ["'", '`', '"'].some((quote) => text.includes(`(${quote}${title}${quote},`));
}

function isFile(file: string): boolean {
  return existsSync(join(root, file));
}
