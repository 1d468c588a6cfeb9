import type { DurableHost } from '../support/durable-host';
import { continueAsNew, finishAtOnce, nonDeterministic, races, timers } from './torture';

let host: DurableHost;

afterEach(() => host.close());

test('1,000 rounds of continue-as-new: the last costs what the tenth does', async () => {
  host = await continueAsNew(1_000);
});

test('10,000 instances wait on timers: each wakes once, at its time, and the last costs what the first does', async () => {
  host = await timers(10_000);
}, 300_000);

test('1,000 instances finish at once, each with what it was given', async () => {
  host = await finishAtOnce(1_000);
});

test('1,000 races of a timer with an event: one winner each, and no event lost', async () => {
  host = await races(1_000);
});

test('an orchestrator that is not deterministic is stopped and named among 100 that go on', async () => {
  host = await nonDeterministic(100);
});
