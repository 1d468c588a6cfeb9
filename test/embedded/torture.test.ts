import type { DurableHost } from '../support/durable-host';
import { continueAsNew, fanOut, finishAtOnce, nonDeterministic, races, timers } from './torture';

let host: DurableHost;

afterEach(() => host.close());

/** The slow tests have the large numbers. */
test('a fan-out of 200 activities: each once, results in order', async () => {
  host = await fanOut(200);
});

test('40 rounds of continue-as-new: the last costs what the tenth does', async () => {
  host = await continueAsNew(40);
});

test('250 instances wait on timers: each wakes once, at its time, and the last costs what the first does', async () => {
  host = await timers(250);
});

test('50 instances finish at once, each with what it was given', async () => {
  host = await finishAtOnce(50);
});

test('60 races of a timer with an event: one winner each, and no event lost', async () => {
  host = await races(60);
});

test('an orchestrator that is not deterministic is stopped and named among others that go on', async () => {
  host = await nonDeterministic(10);
});
