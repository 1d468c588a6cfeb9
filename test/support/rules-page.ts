/** Reads `docs/emulator-rules.md`: which rules it tells, and which tests it names for them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../..');
/** The text of a file of the project. */
export const read = (file: string) => readFileSync(join(root, file), 'utf8');
const page = read('docs/emulator-rules.md');

/** Cells of the rows below a heading, without the head of the table. */
export function rowsOf(heading: string): string[][] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** The tests that a cell names. */
export function testsIn(cell: string): { file: string; title: string }[] {
  return cell.split(/; (?=`test\/)/).flatMap((entry) => {
    const [, file, title] = /^`(test\/[^`]+)` › (.+)$/.exec(entry) ?? [];
    return file !== undefined && title !== undefined ? [{ file, title }] : [];
  });
}

/** Whether a `test` or a `describe` of the file has this title. */
export function isThere({ file, title }: { file: string; title: string }): boolean {
  const text = read(file);
  return ["'", '`', '"'].some((quote) => text.includes(`(${quote}${title}${quote},`));
}
