import type { Services } from '../../emulator/core/services';
import { ingestionOperations } from '../../emulator/ingestion/operations';
import { INGESTION_SWITCHES } from '../../emulator/ingestion/switches';
import { isThere, read, rowsOf, testsIn } from '../support/rules-page';

/** What `docs/emulator-rules.md` says of the Partner Center submission API must be so, and have the test that it names. */
const rules = rowsOf('Rules of the Partner Center submission API');
const numbered = Array.from({ length: 15 }, (_, index) => `B-R${index + 1}`);

test('the rules are all told, once each and in their order', () => {
  expect(rules.map(([name]) => name)).toEqual(numbered);
});

test.each(rules)('%s has tests of its number that are there', (rule = '', _does = '', tests = '') => {
  const named = testsIn(tests);

  const titled = new RegExp(`^(B-R\\d+, )*${rule}(, B-R\\d+)*: `);
  expect(named).toHaveLength(tests.split('› ').length - 1);
  expect(named.filter((entry) => !isThere(entry))).toEqual([]);
  expect(named.filter(({ title }) => titled.test(title))).not.toEqual([]);
});

test('the methods are those that the emulator serves, and all of them', () => {
  const rows = rowsOf('Methods of the Partner Center submission API');

  // Nothing is asked of the services before an operation runs.
  const served = ingestionOperations({} as Services).filter(({ name }) => name !== 'unknownIngestionOperation');

  const told = served.map(({ method, path, name }) => {
    const documented = path
      .replace('/v1.0/ingestion/', '')
      .replaceAll(/:(\w+)/g, '{$1}')
      .replace('getByModule(*', 'getByModule(module={module})')
      .replace('InstanceID(*', 'InstanceID(instanceID={instanceID})');
    return [`\`${method} ${documented}\``, `\`${name}\``];
  });
  const numbers = new Set(rows.map(([number = '']) => Number(number.slice(1))));
  expect(rows.map(([, ...cells]) => cells).toSorted()).toEqual(told.toSorted());
  expect([...numbers]).toEqual(Array.from({ length: 49 }, (_, index) => index + 1));
});

describe('switches', () => {
  const rows = rowsOf('Switches of the Partner Center submission API').map(([name = '']) => name.replaceAll('`', ''));

  test('are all on the page and in the README', () => {
    const readme = read('emulator/README.md');

    expect(rows.toSorted()).toEqual(Object.keys(INGESTION_SWITCHES).toSorted());
    expect(rows.filter((name) => !readme.includes(`| \`${name}\` `))).toEqual([]);
  });

  test.each(rows)('%s has a test', (name) => {
    expect(read('test/emulator/ingestion-switches.test.ts')).toMatch(new RegExp(`^test\\('${name}[':]`, 'm'));
  });
});
