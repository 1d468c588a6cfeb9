import { cloudPartnerOperations } from '../../emulator/cloud-partner/operations';
import type { Services } from '../../emulator/core/services';
import { ingestionOperations } from '../../emulator/ingestion/operations';
import { storeOperations } from '../../emulator/store/operations';
import { createCloudPartnerClient } from '../../src/partner-center/cloud-partner-portal';
import type { Transport } from '../../src/partner-center/http';
import { createIngestionClient } from '../../src/partner-center/ingestion';
import { createStoreClient } from '../../src/partner-center/store';
import { METHODS } from '../emulator/ingestion-method-table';
import { endpoints as cloudPartnerEndpoints } from '../partner-center/cloud-partner-portal/endpoint-table';
import { endpoints as ingestionEndpoints } from '../partner-center/ingestion/endpoint-table';
import { endpoints as storeEndpoints } from '../partner-center/store/endpoint-table';
import { isThere, rowsOf, shortTestsIn, testsIn, type NamedTest } from '../support/rules-page';

/** `docs/foreign-apis.md` says what each side has of each API, and which tests show it: it must be so, and be all. */
const page = 'docs/foreign-apis.md';

// Nothing is sent, and nothing is asked of the services, before a method or an operation runs.
const transport = {} as Transport;
const services = {} as Services;

const apis = [
  {
    name: 'Store submission API',
    onEmulatorPage: 'Methods',
    letter: '',
    numbers: 37,
    client: Object.keys(createStoreClient(transport)),
    clientRows: labels(storeEndpoints),
    operations: storeOperations(services),
    emulatorRows: [],
  },
  {
    name: 'Partner Center submission API',
    onEmulatorPage: 'Methods of the Partner Center submission API',
    letter: 'B',
    numbers: 49,
    client: Object.keys(createIngestionClient(transport)),
    clientRows: labels(ingestionEndpoints),
    operations: ingestionOperations(services),
    emulatorRows: METHODS.map(({ row, operation }) => `${row} ${operation}`),
  },
  {
    name: 'Cloud Partner Portal API',
    onEmulatorPage: 'Cloud Partner Portal methods',
    letter: 'A',
    numbers: 14,
    client: Object.keys(createCloudPartnerClient(transport)),
    clientRows: labels(cloudPartnerEndpoints),
    operations: cloudPartnerOperations(services),
    emulatorRows: [],
  },
];

describe.each(apis)('$name', ({ name, onEmulatorPage, letter, numbers, ...sides }) => {
  const rows = rowsOf(name, page);
  const known = [...sides.clientRows, ...sides.emulatorRows];

  test('has a row for each operation of the emulator, with the path that its own page has', () => {
    const served = sides.operations.map((operation) => operation.name).filter((each) => !each.startsWith('unknown'));
    const onItsPage = rowsOf(onEmulatorPage).map(([number = '', ...cells]) => [
      /^\d/.test(number) ? letter + number : number,
      ...cells.slice(0, 2),
    ]);

    expect(rows.flatMap(([, , operation = '']) => codesIn(operation)).toSorted()).toEqual(served.toSorted());
    expect(rows.map((cells) => cells.slice(0, 3))).toEqual(onItsPage);
    expect(new Set(rows.map(([number]) => number)).size).toBe(numbers);
  });

  test('has a row for each method of the client', () => {
    const named = new Set(rows.flatMap(([, , , methods = '']) => codesIn(methods)));

    expect([...named].toSorted()).toEqual(sides.client.toSorted());
  });

  test.each(rows)('%s: %s has a test on either side that is there', (number, _method, operation, ...cells) => {
    const [methods = '', ofClient = '', ofEmulator = ''] = cells;
    const [client, emulator] = [shortTestsIn(ofClient), shortTestsIn(ofEmulator)];
    const [own = ''] = codesIn(methods);
    const ownRow = new RegExp(`: ${number} (\\w+ )?${own}$`);

    expect(notThere([...client, ...emulator], known)).toEqual([]);
    expect(client.filter(({ file, title }) => isOf('partner-center', file) && ownRow.test(title))).not.toEqual([]);
    expect(emulator.filter(({ file }) => isOf('emulator', file))).toEqual(emulator);
    expect(emulator).not.toEqual([]);
    // Those of the tables are run with this very row; others are the ones that the emulator's page has for it.
    const its = rowsOf(onEmulatorPage).filter((each) => each[2] === operation);
    const onItsPage = its.flatMap(([, , , tests = '']) => testsIn(tests));
    const run = `: ${number} ${codesIn(operation ?? '').join()}`;
    expect(emulator.filter((each) => !each.title.endsWith(run) && !includes(onItsPage, each))).toEqual([]);
  });
});

describe.each([
  { name: 'Store rules', onEmulatorPage: 'Rules', api: 0 },
  { name: 'Partner Center submission API rules', onEmulatorPage: 'Rules of the Partner Center submission API', api: 1 },
  { name: 'Cloud Partner Portal API rules', onEmulatorPage: 'Cloud Partner Portal rules', api: 2 },
])('$name', ({ name, onEmulatorPage, api }) => {
  const rows = rowsOf(name, page);
  const rules = rowsOf(onEmulatorPage).filter(([, does = '']) => !does.startsWith('MSI and EXE apps only'));
  const { client = [], clientRows: known = [] } = apis[api] ?? {};

  test('are all there, once each and in their order', () => {
    expect(rows.map(([rule]) => rule)).toEqual(rules.map(([rule]) => rule));
    expect(rows.length).toBeGreaterThan(10);
  });

  test.each(rows)('%s: %s has tests of both sides that are there', (...cells) => {
    const [rule, says, where = '', ofClient = '', ofEmulator = ''] = cells;
    const [ours, theirs] = [shortTestsIn(ofClient), shortTestsIn(ofEmulator)];

    expect(says).not.toBe('');
    expect(notThere([...ours, ...theirs], known)).toEqual([]);
    expect(ours.filter(({ file }) => isOf('partner-center', file) || isOf('accounts', file))).toEqual(ours);
    expect(ours).not.toEqual([]);
    expect(codesIn(where).filter((code) => !client.includes(code) && !code.startsWith('src/'))).toEqual([]);
    expect(codesIn(where)).not.toEqual([]);
    const onItsPage = testsIn(rules.find(([each]) => each === rule)?.[2] ?? '');
    expect(theirs.filter((each) => !includes(onItsPage, each))).toEqual([]);
    expect(theirs).not.toEqual([]);
  });

  test.each(rows)('%s: %s has a test of our app, or the reason why not', (...cells) => {
    const ofApp = cells[5] ?? '';
    const named = shortTestsIn(ofApp);

    expect(notThere(named, [])).toEqual([]);
    expect(named.filter(({ file }) => isOf('partner-center', file) || isOf('emulator', file))).toEqual([]);
    expect(named.length > 0).toBe(!/^No test: ./.test(ofApp));
  });
});

test('every name of a test on the page is one of those above', () => {
  const tables = [...apis, ...['Store rules', 'Partner Center submission API rules', 'Cloud Partner Portal API rules']];
  const cells = tables.flatMap((table) => rowsOf(typeof table === 'string' ? table : table.name, page)).flat();

  // A name that is written otherwise than it is read here would be checked by nobody.
  const arrows = cells.join('').split('›').length - 1;
  expect(cells.flatMap(shortTestsIn)).toHaveLength(arrows);
  expect(arrows).toBeGreaterThan(300);
});

/** As the tests of an endpoint table are named. */
function labels(endpoints: readonly { readonly row: number | string; readonly method: string }[]): string[] {
  return endpoints.map(({ row, method }) => `${row} ${method}`);
}

function codesIn(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

/** Those that no file has: as they are, or as tests that are run with a row of a table. */
function notThere(named: readonly NamedTest[], labelled: readonly string[]): NamedTest[] {
  return named.filter(({ file, title }) => {
    if (isThere({ file, title })) return false;
    const label = labelled.find((each) => title.endsWith(`: ${each}`));
    return label === undefined || !isThere({ file, title: title.slice(0, -label.length) + '%s' });
  });
}

function isOf(folder: string, file: string): boolean {
  return file.startsWith(`test/${folder}/`);
}

function includes(tests: readonly NamedTest[], { file, title }: NamedTest): boolean {
  return tests.some((each) => each.file === file && each.title === title);
}
