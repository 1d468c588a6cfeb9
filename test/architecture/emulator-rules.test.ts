import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Services } from '../../emulator/core/services';
import { Switches } from '../../emulator/core/settings';
import { ingestionOperations } from '../../emulator/ingestion/operations';
import { storeOperations } from '../../emulator/store/operations';

/** `docs/emulator-rules.md` says which test shows which rule: it must not say so of tests that are not there. */
const root = join(__dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const page = read('docs/emulator-rules.md');

/** Cells of the rows below a heading, without the head of the table. */
function rowsOf(heading: string): string[][] {
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

function testsIn(cell: string): { file: string; title: string }[] {
  return cell.split(/; (?=`test\/)/).flatMap((entry) => {
    const [, file, title] = /^`(test\/[^`]+)` › (.+)$/.exec(entry) ?? [];
    return file !== undefined && title !== undefined ? [{ file, title }] : [];
  });
}

/** Whether a `test` or a `describe` of the file has this title. */
function isThere({ file, title }: { file: string; title: string }): boolean {
  const text = read(file);
  return ["'", '`', '"'].some((quote) => text.includes(`(${quote}${title}${quote},`));
}

const rules = [...rowsOf('Rules'), ...rowsOf('Rules of the Partner Center submission API')];
const numbered = [
  ...Array.from({ length: 45 }, (_, index) => `R${index + 1}`),
  ...Array.from({ length: 15 }, (_, index) => `B-R${index + 1}`),
];

test.each(numbered)('%s is told once', (rule) => {
  expect(rules.filter(([name]) => name === rule)).toHaveLength(1);
});

describe.each(rules)('%s', (rule = '', does = '', tests = '') => {
  const named = testsIn(tests);

  test('has a test, or is about what is not emulated', () => {
    const isElsewhere = /^MSI and EXE apps only/.test(does);

    expect(named.length > 0).toBe(!isElsewhere);
    expect(named).toHaveLength(tests === '' ? 0 : tests.split('› ').length - 1);
  });

  test('names tests that are there, by its number', () => {
    expect(named.filter((entry) => !isThere(entry))).toEqual([]);
    // `R37: %s` and the like begin with the rule; several rules may share one title.
    const titled = new RegExp(`^(R\\d+, )*${rule}(, R\\d+)*: `);
    const own = named.filter(({ title }) => titled.test(title));
    expect(own.length > 0).toBe(named.length > 0);
  });
});

test.each(rowsOf('Literals'))('the literal %s is in its test', (message = '', _when = '', tests = '') => {
  const named = testsIn(tests);

  expect(named).toHaveLength(1);
  for (const { file, title } of named) {
    expect(isThere({ file, title })).toBe(true);
    expect(read(file).replaceAll(/\\(.)/g, '$1')).toContain(message.replaceAll('`', '').trim());
  }
});

describe('methods', () => {
  const rows = rowsOf('Methods');

  test('are those that the emulator serves, and all of them', () => {
    // Nothing is asked of the services before an operation runs.
    const served = storeOperations({} as Services).filter(({ name }) => name !== 'unknownOperation');
    const told = served.map(({ method, path, name }) => {
      const documented = path.replace('/v1.0/my/', '').replaceAll(/:(\w+)/g, '{$1}');
      return [`\`${method} ${documented}\``, `\`${name}\``];
    });

    expect(rows.map(([, ...cells]) => cells.slice(0, 2)).toSorted()).toEqual(told.toSorted());
    expect(rows.map(([number]) => Number(number))).toEqual(Array.from({ length: 37 }, (_, index) => index + 1));
  });

  test.each(rows)('%s: %s has a test', (_number, _method, _operation, tests = '') => {
    const named = testsIn(tests);

    expect(named).not.toEqual([]);
    expect(named.filter((entry) => !isThere(entry))).toEqual([]);
  });
});

describe('methods of the Partner Center submission API', () => {
  const rows = rowsOf('Methods of the Partner Center submission API');

  test('are those that the emulator serves, and all of them', () => {
    const served = ingestionOperations({} as Services).filter(({ name }) => name !== 'unknownIngestionOperation');
    const told = served.map(({ method, path, name }) => {
      const documented = path
        .replace('/v1.0/ingestion/', '')
        .replaceAll(/:(\w+)/g, '{$1}')
        .replace('getByModule(*', 'getByModule(module={module})')
        .replace('InstanceID(*', 'InstanceID(instanceID={instanceID})');
      return [`\`${method} ${documented}\``, `\`${name}\``];
    });

    expect(rows.map(([, ...cells]) => cells).toSorted()).toEqual(told.toSorted());
    const numbers = new Set(rows.map(([number = '']) => Number(number.slice(1))));
    expect([...numbers]).toEqual(Array.from({ length: 49 }, (_, index) => index + 1));
  });
});

describe('switches', () => {
  const sections = ['Switches', 'Switches of the Partner Center submission API'];
  const rows = sections.flatMap(rowsOf).map(([name = '']) => name.replaceAll('`', ''));
  const files = ['switches', 'key-vault', 'ingestion-switches'];
  const tests = files.map((name) => read(`test/emulator/${name}.test.ts`)).join('\n');

  test('are all on the page', () => {
    expect(rows.toSorted()).toEqual(Object.keys(Switches.shape).toSorted());
  });

  test.each(rows)('%s has a test', (name) => {
    const titled = new RegExp(`^ *(test|describe)\\('(\\w+ and )?${name}\\b`, 'm');
    expect(titled.test(tests) || tests.includes(`setSwitches({ ${name} })`)).toBe(true);
  });

  test('are all in the README', () => {
    const readme = read('emulator/README.md');

    expect(rows.filter((name) => !readme.includes(`| \`${name}\` `))).toEqual([]);
  });
});
