import { connectStorage, type Storage } from '../../src/storage/connect';
import { mortalStorage } from '../storage/interruptions';
import { storageAccount } from '../support/storage-account';
import { createHttpHost, type Answer, type HttpHost } from './http-host';
import { aDocument, servicesOn } from './services';

const azurite = storageAccount();
let whole: Storage;
let current: Storage;
let host: HttpHost;

beforeAll(async () => {
  whole = current = connectStorage({ connectionString: azurite.connectionString });
  // The functions stay; what they reach can die.
  host = await createHttpHost(
    servicesOn({ table: (name) => current.table(name), container: (name) => current.container(name) }),
  );
});

afterAll(async () => {
  host.close();
});

type Request = { readonly body: object; readonly headers: Record<string, string> };

function aRequest(name: string): Request {
  const url = 'https://packages.contoso.com/app.msix?sig=secret';
  const body = aDocument({ packages: [{ fileName: 'app.msix', source: { url } }], labels: { name } });
  return { body, headers: { 'Idempotency-Key': name } };
}

async function sendOn(storage: Storage, request: Request): Promise<Answer> {
  current = storage;
  const answer = await host.send('POST', '/releases', request);
  current = whole;
  return answer;
}

test('a request that is killed at any write and repeated makes one release and one run', async () => {
  const counted = mortalStorage(azurite.connectionString);
  await sendOn(counted.storage, aRequest('counted'));
  const writes = counted.writes();
  const names: string[] = [];
  const unanswered: string[] = [];

  for (let write = 1; write <= writes; write += 1) {
    for (const when of ['before', 'after'] as const) {
      const name = `killed ${when} ${write}`;
      const request = aRequest(name);
      const killed = await sendOn(mortalStorage(azurite.connectionString, { write, when }).storage, request);
      const repeated = await sendOn(whole, request);
      names.push(name);
      if (killed.status === 500) unanswered.push(name);
      expect([200, 202]).toContain(repeated.status);
      expect(repeated.body.state).toBe('queued');
    }
  }

  await host.durable.settle();
  const { body } = await host.send('GET', '/releases?top=200');
  const found = new Map<string, string[]>();
  for (const { id, labels } of body.value) {
    const name = labels['name'] ?? '';
    found.set(name, [...(found.get(name) ?? []), id]);
  }
  const ids = names.map((name) => found.get(name) ?? []);
  expect(writes).toBeGreaterThan(4);
  expect(unanswered.length).toBeGreaterThan(4);
  expect(ids.map((one) => one.length)).toEqual(names.map(() => 1));
  expect(ids.map(([id]) => host.runs.filter((run) => run.releaseId === id).length)).toEqual(names.map(() => 1));
});
