// The durable extension's HTTP API as its callers see it, below the SDK. Routes, statuses, headers and bodies are those
// of HttpApiHandler.cs (Azure/azure-functions-durable-extension); what a purge by filter takes is
// AzureTableTrackingStore.cs and OrchestrationInstanceStatusQueryCondition.cs (Azure/durabletask).
import * as df from 'durable-functions';
import { createDurableHost, type DurableHost } from '../support/durable-host';

const day = 86_400_000;
let host: DurableHost;
let publicUrl: string;
let binding: Record<string, unknown>;
let rpc: string;

beforeEach(async () => {
  host = await createDurableHost({
    register() {
      df.app.orchestration('waits', function* (ctx) {
        return { data: (yield ctx.df.waitForExternalEvent('go')) as unknown };
      });
      df.app.orchestration('fails', function* () {
        throw new Error('no');
      });
      df.app.orchestration('nothing', function* () {});
      df.app.orchestration('naps', function* (ctx) {
        yield ctx.df.createTimer(new Date(ctx.df.currentUtcDateTime.getTime() + 5000));
        return 'rested';
      });
    },
  });
  const served = await host.serve();
  publicUrl = served.url;
  binding = JSON.parse(served.clientBinding()) as Record<string, unknown>;
  rpc = String(binding['rpcBaseUrl']);
});

afterEach(() => host.close());

function send(method: string, path: string, body?: string, headers?: Record<string, string>): Promise<Response> {
  const json = { 'content-type': 'application/json', ...headers };
  return fetch(new URL(path, rpc), { method, headers: json, ...(body === undefined ? {} : { body }) });
}

function get(path: string, headers?: Record<string, string>): Promise<Response> {
  return send('GET', path, undefined, headers);
}

async function statusesOf(method: string, paths: readonly string[], body?: string): Promise<number[]> {
  const statuses: number[] = [];
  for (const path of paths) statuses.push((await send(method, path, body)).status);
  return statuses;
}

test('the durable client’s binding has every member that the SDK reads', () => {
  const base = `${publicUrl}/runtime/webhooks/durabletask`;
  const query = String(binding['requiredQueryStringParameters']);
  const instance = `${base}/instances/INSTANCEID`;

  expect(query).toMatch(/^taskHub=TestHub&connection=Storage&code=.{20,}$/);
  expect(rpc).toMatch(/\/$/);
  expect(binding).toEqual({
    taskHubName: 'TestHub',
    baseUrl: base,
    requiredQueryStringParameters: query,
    rpcBaseUrl: rpc,
    creationUrls: {
      createNewInstancePostUri: `${base}/orchestrators/{functionName}[/{instanceId}]?${query}`,
      createAndWaitOnNewInstancePostUri: `${base}/orchestrators/{functionName}[/{instanceId}]?timeout={timeoutInSeconds}&pollingInterval={intervalInSeconds}&${query}`,
    },
    managementUrls: {
      id: 'INSTANCEID',
      statusQueryGetUri: `${instance}?${query}`,
      sendEventPostUri: `${instance}/raiseEvent/{eventName}?${query}`,
      terminatePostUri: `${instance}/terminate?reason={text}&${query}`,
      rewindPostUri: `${instance}/rewind?reason={text}&${query}`,
      purgeHistoryDeleteUri: `${instance}?${query}`,
      restartPostUri: `${instance}/restart?${query}`,
      suspendPostUri: `${instance}/suspend?reason={text}&${query}`,
      resumePostUri: `${instance}/resume?reason={text}&${query}`,
    },
  });
});

describe('a start', () => {
  test('answers 202 with a place to look, ten seconds, the id and seven addresses', async () => {
    const response = await send('POST', 'orchestrators/waits/one', '{"a":1}');
    const body = (await response.json()) as Record<string, string>;

    expect([response.status, response.headers.get('retry-after')]).toEqual([202, '10']);
    expect(response.headers.get('location')).toBe(body['statusQueryGetUri']);
    expect(Object.keys(body).sort()).toEqual([
      'id',
      'purgeHistoryDeleteUri',
      'restartPostUri',
      'resumePostUri',
      'sendEventPostUri',
      'statusQueryGetUri',
      'suspendPostUri',
      'terminatePostUri',
    ]);
    expect(body['id']).toBe('one');
    expect((await fetch(body['statusQueryGetUri'] ?? '')).status).toBe(202);
    expect(host.status('one')?.input).toEqual({ a: 1 });
  });

  test('without a body has no input, with null has null', async () => {
    await send('POST', 'orchestrators/waits/none');
    await send('POST', 'orchestrators/waits/null', 'null');

    expect([host.status('none')?.input, host.status('null')?.input]).toEqual([undefined, null]);
  });

  test('is refused 400 for what is no JSON, no function, no id, and 500 for an id in use', async () => {
    await send('POST', 'orchestrators/waits/one');

    expect(await statusesOf('POST', ['orchestrators/waits/two'], '{')).toEqual([400]);
    expect(
      await statusesOf('POST', ['orchestrators/absent', 'orchestrators/waits/%40x', 'orchestrators/waits/one']),
    ).toEqual([400, 400, 500]);
    expect(host.instances()).toEqual(['one']);
  });

  test('that waits answers the output as soon as the instance has completed', async () => {
    const answer = send('POST', 'orchestrators/naps/one?timeout=30&pollingInterval=2');
    await host.waitFor(() => host.status('one') !== undefined);
    await host.run('one');
    await host.advance(2000);
    const response = await answer;

    expect([response.status, await response.json()]).toEqual([200, 'rested']);
  });

  test('that waits answers the status of an instance that fails, and 202 when the time is over', async () => {
    const failing = send('POST', 'orchestrators/fails/one?timeout=30&pollingInterval=2');
    await host.waitFor(() => host.status('one') !== undefined);
    await host.run('one');
    await host.advance(2000);
    const waiting = send('POST', 'orchestrators/waits/two?timeout=30&pollingInterval=2');
    await host.waitFor(() => host.status('two') !== undefined);
    await host.advance(30_000);

    expect(await (await failing).json()).toMatchObject({ instanceId: 'one', runtimeStatus: 'Failed' });
    const late = await waiting;
    expect([late.status, await late.json()]).toEqual([202, expect.objectContaining({ id: 'two' })]);
  });

  test('that waits shorter than its polling interval is answered 400', async () => {
    expect(await statusesOf('POST', ['orchestrators/waits?timeout=1&pollingInterval=2'])).toEqual([400]);
  });
});

describe('a status', () => {
  test('is 202 with Location and five seconds while it can go on, 200 once it has ended, 404 when absent', async () => {
    let release: () => void = () => undefined;
    const off = host.at('episode-loaded', () => new Promise((resolve) => (release = resolve)));
    host.start('waits', undefined, 'one');
    const seen: unknown[] = [];
    const look = async (): Promise<void> => {
      const response = await get('instances/one');
      const { runtimeStatus } = (await response.json()) as { runtimeStatus: string };
      const { headers } = response;
      seen.push([runtimeStatus, response.status, headers.get('retry-after'), headers.has('location')]);
    };
    await look();
    off();
    release();
    await host.settle();
    await look();
    host.suspend('one');
    await host.settle();
    await look();
    host.terminate('one');
    await host.settle();
    await look();

    expect(seen).toEqual([
      ['Pending', 202, '5', true],
      ['Running', 202, '5', true],
      ['Suspended', 202, '5', true],
      ['Terminated', 200, null, false],
    ]);
    expect(await statusesOf('GET', ['instances/absent'])).toEqual([404]);
  });

  test('has input and output even when there are none, and times in whole seconds', async () => {
    await host.advance(1234);
    host.start('nothing', undefined, 'one');
    await host.settle();

    expect(await (await get('instances/one')).json()).toEqual({
      name: 'nothing',
      instanceId: 'one',
      runtimeStatus: 'Completed',
      input: null,
      customStatus: null,
      output: null,
      createdTime: '2026-01-01T00:00:01Z',
      lastUpdatedTime: '2026-01-01T00:00:01Z',
    });
  });

  test('leaves the input out when told so, and answers 500 for a failure only when told so', async () => {
    host.start('fails', 'secret', 'one');
    await host.settle();

    expect(await (await get('instances/one?showInput=false')).json()).toMatchObject({ input: null });
    expect(await statusesOf('GET', ['instances/one', 'instances/one?returnInternalServerErrorOnFailure=true'])).toEqual(
      [200, 500],
    );
  });
});

describe('a list', () => {
  beforeEach(async () => {
    for (let n = 0; n < 205; n++) host.start(n < 5 ? 'fails' : 'nothing', n, `i${String(n).padStart(3, '0')}`);
    await host.settle();
  });

  test('comes in pages of 100 with a token, which is empty on the last one', async () => {
    const sizes: number[] = [];
    let token = '';
    do {
      const response = await get('instances/', token === '' ? {} : { 'x-ms-continuation-token': token });
      sizes.push(((await response.json()) as unknown[]).length);
      token = response.headers.get('x-ms-continuation-token') ?? 'the header is missing';
    } while (token !== '');

    expect(sizes).toEqual([100, 100, 5]);
  });

  test('may be cut by page size, time, status and prefix', async () => {
    await host.advance(day);
    host.start('waits', undefined, 'late');
    await host.settle();
    const ids = async (query: string): Promise<string[]> => {
      const page = (await (await get(`instances/?${query}`)).json()) as { instanceId: string }[];
      return page.map(({ instanceId }) => instanceId);
    };

    expect(await ids('top=2')).toEqual(['i000', 'i001']);
    expect(await ids('createdTimeFrom=2026-01-01T12:00:00Z')).toEqual(['late']);
    expect(await ids('createdTimeTo=2026-01-01T12:00:00Z&runtimeStatus=Failed')).toHaveLength(5);
    expect(await ids('runtimeStatus=Running,Pending,Suspended')).toEqual(['late']);
    expect(await ids('runtimeStatus=ContinuedAsNew')).toEqual([]);
    expect(await ids('instanceIdPrefix=i20')).toEqual(['i200', 'i201', 'i202', 'i203', 'i204']);
  });

  test('is refused 400 for a time or a status that is none', async () => {
    expect(await statusesOf('GET', ['instances/?createdTimeFrom=soon', 'instances/?runtimeStatus=Done'])).toEqual([
      400, 400,
    ]);
  });
});

describe('an event', () => {
  test('needs an instance, then a type, then a payload: 404, 410, 400, 400, 202', async () => {
    host.start('waits', undefined, 'one');
    host.start('nothing', undefined, 'ended');
    await host.settle();
    const raise = async (path: string, body?: string, type = 'application/json'): Promise<number> =>
      (await send('POST', `instances/${path}`, body, { 'content-type': type })).status;

    expect(await raise('absent/raiseEvent/go')).toBe(404);
    expect(await raise('ended/raiseEvent/go')).toBe(410);
    expect(await raise('one/raiseEvent/go', '{}', 'application/json-patch+json')).toBe(400);
    expect([await raise('one/raiseEvent/go'), await raise('one/raiseEvent/go', '{')]).toEqual([400, 400]);
    expect(await raise('one/RAISEEVENT/go', '7', 'application/json; charset=utf-8')).toBe(202);
    await host.settle();

    expect(host.status('one')?.output).toEqual({ data: 7 });
  });
});

describe('a purge by filter', () => {
  test('needs a beginning, answers 404 when it finds nothing, and takes what has ended in its time', async () => {
    host.start('nothing', undefined, 'early');
    await host.advance(day);
    host.start('nothing', undefined, 'late');
    await host.settle();

    expect(await statusesOf('DELETE', ['instances/', 'instances/?createdTimeFrom=2027-01-01'])).toEqual([400, 404]);
    const response = await send('DELETE', 'instances/?createdTimeFrom=2025-01-01&createdTimeTo=2026-01-01T12:00:00Z');

    expect([response.status, await response.json()]).toEqual([200, { instancesDeleted: 1 }]);
    expect(host.instances()).toEqual(['late']);
  });

  test.each([
    ['runtimeStatus=Failed,Running', 'of the statuses those of ended instances count', ['ended', 'running']],
    ['runtimeStatus=Canceled', 'a status that only Azure has finds nothing', ['ended', 'failed', 'running']],
    ['runtimeStatus=Running', 'without any such status running instances go, too', []],
    ['', 'without any status running instances go, too', []],
  ])('is narrowed by ended statuses alone: %s (%s)', async (query, _, left) => {
    host.start('nothing', undefined, 'ended');
    host.start('fails', undefined, 'failed');
    host.start('waits', undefined, 'running');
    await host.settle();

    await send('DELETE', `instances/?createdTimeFrom=2025-01-01&${query}`);

    expect(host.instances()).toEqual(left);
  });
});

test('what there is no route for is 404, and what this runtime does not have is 501 by name', async () => {
  host.start('waits', undefined, 'one');
  await host.settle();

  expect(await statusesOf('POST', ['instances/one/dance', 'instances/one', 'other'])).toEqual([404, 404, 404]);
  expect(await statusesOf('GET', ['orchestrators/waits', 'instances/one/terminate'])).toEqual([404, 404]);
  for (const [path, name] of [
    ['instances/one/rewind?reason=r', 'Rewind'],
    ['instances/one/restart', 'Restart'],
    ['entities/e/k?op=add', 'Entities'],
  ] as const) {
    const response = await send('POST', path);
    expect([response.status, await response.json()]).toEqual([501, expect.stringContaining(name)]);
  }
});
