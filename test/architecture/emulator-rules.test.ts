import type { Services } from '../../emulator/core/services';
import { Switches } from '../../emulator/core/settings';
import { storeOperations } from '../../emulator/store/operations';
import { isThere, read, rowsOf, testsIn } from '../support/rules-page';

/** `docs/emulator-rules.md` says which test shows which rule: it must not say so of tests that are not there. */
const rules = rowsOf('Rules');
const numbered = Array.from({ length: 45 }, (_, index) => `R${index + 1}`);

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

describe('switches', () => {
  const rows = rowsOf('Switches').map(([name = '']) => name.replaceAll('`', ''));
  const tests = read('test/emulator/switches.test.ts') + read('test/emulator/key-vault.test.ts');

  test('are all on the page', () => {
    // Those of other services than the Store have its name before them.
    const own = Object.keys(Switches.shape).filter((name) => !name.includes('.'));
    expect(rows.toSorted()).toEqual(own.toSorted());
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
