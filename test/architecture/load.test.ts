import { join } from 'node:path';
import type { LoadReport } from '../../commands/load-probe';
import { FunctionName } from '../../src/contracts/names';
import { loadReport } from '../support/load-report';

const root = join(__dirname, '../..');
let app: LoadReport;

beforeAll(async () => {
  app = await loadReport(root);
});

test('the compiled app registers every function by its name, once', () => {
  expect(app.functions).toEqual(Object.values(FunctionName).sort());
});

test('starting loads no package beyond those of the smallest app but zod', async () => {
  const bare = await loadReport(join(root, 'bench/bare-app'));

  const beyond = Object.keys(app.packages).filter((name) => !(name in bare.packages));

  expect(beyond).toEqual(['zod']);
});

test('starting loads no room: clients, storage, accounts and packages wait for the first call that needs them', () => {
  const rooms = /^dist\/src\/(accounts|activities|packages|partner-center\/[^h][^/]*|storage)\/|^dist\/src\/rooms\.js$/;

  const loaded = app.own.filter((path) => rooms.test(path));

  // The form of accounts, by which the settings are read.
  expect(loaded).toEqual(['dist/src/accounts/account.js']);
});
