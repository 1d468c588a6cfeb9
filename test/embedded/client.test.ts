// The SDK's durable client against the runtime's API, over real HTTP.
import { InvocationContext } from '@azure/functions';
import * as df from 'durable-functions';
import { createDurableHost, type DurableHost, type Served } from '../support/durable-host';

const day = 86_400_000;
let host: DurableHost;
let served: Served;
let client: df.DurableClient;

beforeEach(async () => {
  host = await createDurableHost({
    defaultVersion: '1',
    register() {
      df.app.orchestration('waits', function* (ctx) {
        ctx.df.setCustomStatus({ at: 'go' });
        const data: unknown = yield ctx.df.waitForExternalEvent('go');
        return { data, version: ctx.df.version };
      });
      df.app.orchestration('fails', function* () {
        throw new Error('no');
      });
    },
  });
  served = await host.serve();
  client = clientOf(served.clientBinding());
});

afterEach(() => host.close());

/** The client as a function gets it from its durableClient input. */
function clientOf(binding: string): df.DurableClient {
  const input = df.input.durableClient();
  const context = new InvocationContext({ options: { extraInputs: [input] } });
  context.extraInputs.set(input, JSON.parse(binding));
  return df.getClient(context);
}

test('startNew takes an id or makes one, and a version', async () => {
  const made = await client.startNew('waits');
  const given = await client.startNew('WAITS', { instanceId: 'mine', input: { a: 1 }, version: '2' });
  await client.raiseEvent('mine', 'go', 'now');
  await host.settle();

  expect(made).toMatch(/^[0-9a-f]{32}$/);
  expect(given).toBe('mine');
  expect(host.status('mine')).toMatchObject({ name: 'waits', input: { a: 1 }, output: { data: 'now', version: '2' } });
  // The SDK's HTTP client turns the empty body of a start without input into an empty JSON text, on Azure, too.
  expect(host.status(made)).toMatchObject({ input: '', version: '1' });
});

test('a start is refused for an unknown function, a bad id, and an id in use', async () => {
  await client.startNew('waits', { instanceId: 'mine' });

  await expect(client.startNew('absent')).rejects.toThrow(/400.*doesn't exist/);
  await expect(client.startNew('waits', { instanceId: '@x' })).rejects.toThrow(/400/);
  await expect(client.startNew('waits', { instanceId: 'mine' })).rejects.toThrow(/500.*already exists/);
});

test('getStatus tells everything, also of an instance that was replaced', async () => {
  await client.startNew('waits', { instanceId: 'one', input: 'first' });
  await host.settle();
  const running = await client.getStatus('one');
  await client.raiseEvent('one', 'go', null);
  await host.settle();
  const ended = await client.getStatus('one');
  await host.advance(day);
  await client.startNew('waits', { instanceId: 'one', input: 'second' });
  const replaced = await client.getStatus('one');

  expect(running).toMatchObject({ name: 'waits', runtimeStatus: 'Running', input: 'first', output: null });
  expect(running.customStatus).toEqual({ at: 'go' });
  expect(ended).toMatchObject({ runtimeStatus: 'Completed', output: { data: null, version: '1' } });
  expect(replaced).toMatchObject({ input: 'second', output: null });
  expect(replaced.createdTime).toEqual(new Date('2026-01-02T00:00:00Z'));
  await expect(client.getStatus('absent')).rejects.toThrow(/404/);
});

test('an event needs a payload; one for an ended instance vanishes silently, one for none does not', async () => {
  await client.startNew('waits', { instanceId: 'one' });

  await expect(client.raiseEvent('one', 'go', undefined)).rejects.toThrow(/400/);
  await client.raiseEvent('one', 'go', {});
  await host.settle();

  await expect(client.raiseEvent('one', 'go', {})).resolves.toBeUndefined();
  await expect(client.raiseEvent('absent', 'go', {})).rejects.toThrow(/No instance/);
});

test('terminate, suspend and resume: done, silently fine when ended, an error when absent or in that state', async () => {
  await client.startNew('waits', { instanceId: 'one' });
  await host.settle();

  await expect(client.resume('one', 'r')).rejects.toThrow(/500/);
  await client.suspend('one', 'r');
  await host.settle();
  expect((await client.getStatus('one')).runtimeStatus).toBe('Suspended');
  await expect(client.suspend('one', 'r')).rejects.toThrow(/500/);
  await client.resume('one', 'r');
  await host.settle();
  await client.terminate('one', 'too late');
  await host.settle();

  expect(await client.getStatus('one')).toMatchObject({ runtimeStatus: 'Terminated', output: 'too late' });
  for (const verb of ['terminate', 'suspend', 'resume'] as const) {
    await expect(client[verb]('one', 'r')).resolves.toBeUndefined();
    await expect(client[verb]('absent', 'r')).rejects.toThrow(/No instance/);
  }
});

test('getStatusAll walks all pages and stops; getStatusBy filters', async () => {
  for (let n = 0; n < 230; n++) host.start(n % 10 === 0 ? 'fails' : 'waits', n, `i${n}`);
  await host.settle();
  await host.advance(day);
  host.start('waits', 0, 'late');

  const all = await client.getStatusAll();
  const failed = await client.getStatusBy({ runtimeStatus: [df.OrchestrationRuntimeStatus.Failed] });
  const late = await client.getStatusBy({ createdTimeFrom: new Date('2026-01-01T12:00:00Z') });

  expect(new Set(all.map(({ instanceId }) => instanceId)).size).toBe(231);
  expect(all).toHaveLength(231);
  expect(failed).toHaveLength(23);
  expect(late.map(({ instanceId }) => instanceId)).toEqual(['late']);
});

test('purge: one of any state, many by status, a filter without a beginning is refused', async () => {
  for (const id of ['a', 'b']) host.start('fails', undefined, id);
  for (const id of ['c', 'd']) host.start('waits', undefined, id);
  await host.settle();

  expect(await client.purgeInstanceHistory('c')).toEqual({ instancesDeleted: 1 });
  expect(await client.purgeInstanceHistory('absent')).toEqual({ instancesDeleted: 0 });
  await expect(client.purgeInstanceHistoryBy({ createdTimeTo: new Date() })).rejects.toThrow(/400/);
  const createdTimeFrom = new Date('2025-01-01T00:00:00Z');
  const failed = { createdTimeFrom, runtimeStatus: [df.OrchestrationRuntimeStatus.Failed] };
  expect(await client.purgeInstanceHistoryBy(failed)).toEqual({ instancesDeleted: 2 });
  expect(await client.purgeInstanceHistoryBy(failed)).toEqual({ instancesDeleted: 0 });
  expect(host.instances()).toEqual(['d']);
});

test('what this runtime does not have is answered 501 by name', async () => {
  await expect(client.rewind('one', 'r')).rejects.toThrow(/Rewind: the embedded runtime does not have it/);
  await expect(client.signalEntity(new df.EntityId('e', 'k'), 'op')).rejects.toThrow(/501.*Entities/);
  await expect(client.readEntityState(new df.EntityId('e', 'k'))).rejects.toThrow(/501.*Entities/);
});

test('the management addresses work with the system key and with no other caller', async () => {
  const urls = client.createHttpManagementPayload('one');
  await client.startNew('waits', { instanceId: 'one' });
  await host.settle();
  const url = new URL(urls.statusQueryGetUri);
  url.host = new URL(served.url).host;

  const open = await fetch(url);
  url.searchParams.set('code', 'wrong');
  const refused = await fetch(url);

  expect([open.status, open.headers.get('retry-after')]).toEqual([202, '5']);
  expect(await open.json()).toMatchObject({ instanceId: 'one', createdTime: '2026-01-01T00:00:00Z' });
  expect([refused.status, await refused.text()]).toEqual([401, '']);
});

test('the loopback API answers nobody who does not know its address', async () => {
  const { rpcBaseUrl } = JSON.parse(served.clientBinding()) as { rpcBaseUrl: string };
  const guessed = new URL('/durabletask/instances/', rpcBaseUrl);

  expect(rpcBaseUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/.*\/$/);
  expect((await fetch(guessed)).status).toBe(404);
});

test('showHistory tells what happened, outputs only when asked', async () => {
  await client.startNew('waits', { instanceId: 'one' });
  await client.raiseEvent('one', 'go', 1);
  await host.settle();
  const { rpcBaseUrl } = JSON.parse(served.clientBinding()) as { rpcBaseUrl: string };
  const read = async (query: string): Promise<{ historyEvents: { EventType: string; Result?: unknown }[] }> =>
    (await (await fetch(`${rpcBaseUrl}instances/one?${query}`)).json()) as never;

  const plain = await read('showHistory=true');
  const full = await read('showHistory=true&showHistoryOutput=true');

  expect(plain.historyEvents.map(({ EventType }) => EventType)).toEqual([
    'ExecutionStarted',
    'EventRaised',
    'ExecutionCompleted',
  ]);
  expect(plain.historyEvents.at(-1)).not.toHaveProperty('Result');
  expect(full.historyEvents.at(-1)).toHaveProperty('Result', { data: 1, version: '1' });
  // The SDK looks for another member: an app never sees a history.
  expect((await client.getStatus('one', { showHistory: true })).history).toBeUndefined();
});

test('the SDK’s check-status response hands out the system key', async () => {
  const response = client.createCheckStatusResponse(undefined, 'one');
  const { statusQueryGetUri } = (await response.json()) as { statusQueryGetUri: string };

  expect(new URL(statusQueryGetUri).searchParams.get('code')).toBe(served.keys.system);
});
