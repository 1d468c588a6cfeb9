import { fork } from 'node:child_process';
import { join } from 'node:path';
import { connectStorage } from '../../src/storage/connect';
import { storageAccount } from '../support/storage-account';

interface Report {
  readonly sent: readonly number[];
  readonly tickets: number;
}

const azurite = storageAccount();

beforeAll(async () => {
  await connectStorage({ connectionString: azurite.connectionString }).table('budgets');
});

function runProcess(task: object): Promise<Report> {
  const child = fork(join(__dirname, 'budget-process.cjs'), { execArgv: [] });
  return new Promise((resolve, reject) => {
    child.once('message', (report) => resolve(report as Report));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`a process ended with ${code}`)));
    child.send(task);
  });
}

test('six processes at one budget never send more than the limit in any window', async () => {
  // A window of two seconds instead of a minute; what is added to it for the clock is the real thing.
  const rules = { limit: 20, windowMs: 2_000, haltRoom: 1 };
  const task = { connectionString: azurite.connectionString, tenant: 'tenant-1', requests: 8, rules };

  const reports = await Promise.all(
    [0, 0, 100, 20_000, 20_000, 20_000].map((maxWaitMs) => runProcess({ ...task, maxWaitMs })),
  );

  const sent = reports.flatMap((report) => report.sent).sort((a, b) => a - b);
  const inWindow = sent.map((from) => sent.filter((at) => at >= from && at < from + rules.windowMs).length);
  expect(sent).toHaveLength(48);
  expect(Math.max(...inWindow)).toBeLessThanOrEqual(rules.limit);
  // It is a budget, not a queue of one: a window is really used.
  expect(Math.max(...inWindow)).toBeGreaterThan(reports.length);
  expect(reports.reduce((sum, report) => sum + report.tickets, 0)).toBeGreaterThan(0);
});
