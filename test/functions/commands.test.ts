import { connectStorage } from '../../src/storage/connect';
import { audit } from '../../src/storage/audit';
import { storageAccount } from '../support/storage-account';
import { FunctionName } from '../../src/contracts/names';
import type { FunctionServices } from '../../src/functions/services';
import { createHttpHost, type HttpHost } from './http-host';
import { put, waiting } from './releases';
import { servicesOn } from './services';

const azurite = storageAccount();
let services: FunctionServices;
let host: HttpHost;

beforeAll(async () => {
  services = servicesOn(connectStorage({ connectionString: azurite.connectionString }));
  host = await createHttpHost(services);
});

afterAll(async () => {
  host.close();
});

/** A release at its gate, and the instance that waits there. */
async function atGate(): Promise<{ id: string; instance: string }> {
  const id = services.newReleaseId();
  const instance = host.durable.start(FunctionName.publishToStore, { releaseId: id, run: 1 }, `${id}-1`);
  await host.durable.settle();
  const [view, record] = waiting('gate-1', instance);
  await put(services, { id, ...view }, record);
  return { id, instance };
}

const verbs: Record<string, string> = { approve: 'approved', reject: 'rejected' };

describe('approve and reject', () => {
  test.each(['approve', 'reject'])('%s stores the decision, wakes the run, and is safe to repeat', async (verb) => {
    const { id, instance } = await atGate();
    const body = { gateId: 'gate-1', comment: 'seen', by: 'Ada' };

    const first = await host.send('POST', `/releases/${id}/${verb}`, { body });
    const second = await host.send('POST', `/releases/${id}/${verb}`, { body });

    await host.durable.settle();
    const record = (await services.releases.read(id))?.record;
    expect([first.status, second.status]).toEqual([202, 200]);
    expect(first.headers.get('retry-after')).toBe('5');
    expect(record?.gate?.decision).toMatchObject({ decision: verbs[verb], by: 'Ada', comment: 'seen' });
    expect(host.durable.status(instance)).toMatchObject({ runtimeStatus: 'Completed', output: 'rung' });
  });

  test('answers what is so when the decision contradicts it', async () => {
    const { id } = await atGate();
    const running = await put(services);
    await host.send('POST', `/releases/${id}/approve`, { body: { gateId: 'gate-1' } });

    const otherGate = await host.send('POST', `/releases/${id}/approve`, { body: { gateId: 'gate-0' } });
    const decided = await host.send('POST', `/releases/${id}/reject`, { body: { gateId: 'gate-1' } });
    const notWaiting = await host.send('POST', `/releases/${running}/approve`, { body: { gateId: 'gate-1' } });

    expect(otherGate).toMatchObject({ status: 409, body: { code: 'other-gate' } });
    expect(otherGate.body.detail).toContain('gate-1');
    expect(decided).toMatchObject({ status: 409, body: { code: 'not-waiting' } });
    expect(notWaiting).toMatchObject({ status: 409, body: { code: 'not-waiting', remedy: expect.any(String) } });
    expect(decided.body.detail).toBe('The gate "commit" was approved.');
  });

  test('takes a comment of several lines, and no other control characters', async () => {
    const { id } = await atGate();
    const decide = (comment: string) =>
      host.send('POST', `/releases/${id}/approve`, { body: { gateId: 'gate-1', comment } });

    const refused = await decide('seen\u0000\u001b[2J');
    const taken = await decide('Seen.\n\tBy both of us.');

    expect(refused).toMatchObject({ status: 400, body: { errors: [{ pointer: '/comment', code: 'invalid-text' }] } });
    expect(taken.status).toBe(202);
  });

  test('says that the release is being canceled although it still shows the gate', async () => {
    const { id } = await atGate();
    await host.send('POST', `/releases/${id}/cancel`, { body: {} });

    const late = await host.send('POST', `/releases/${id}/approve`, { body: { gateId: 'gate-1' } });

    expect(late).toMatchObject({ status: 409, body: { detail: 'The release is being canceled.' } });
  });

  test('needs no instance to ring', async () => {
    const [view, record] = waiting('gate-1', 'nobody-1');
    const id = await put(services, view, record);

    const answer = await host.send('POST', `/releases/${id}/approve`, { body: { gateId: 'gate-1' } });

    expect(answer.status).toBe(202);
  });

  test('wants a gate', async () => {
    const { id } = await atGate();

    const answer = await host.send('POST', `/releases/${id}/approve`, { body: { gate: 'commit', comment: 1 } });

    expect(answer.body).toMatchObject({
      code: 'invalid-request',
      errors: [
        { pointer: '/gateId', code: 'missing-member' },
        { pointer: '/comment', code: 'wrong-type' },
        { pointer: '/gate', code: 'unknown-member' },
      ],
    });
  });
});

describe('cancel', () => {
  test('stores the wish before the commit, wakes the run, and is safe to repeat', async () => {
    const { id, instance } = await atGate();

    const first = await host.send('POST', `/releases/${id}/cancel`, { body: { reason: 'wrong build', by: 'Ada' } });
    const second = await host.send('POST', `/releases/${id}/cancel`);

    await host.durable.settle();
    const record = (await services.releases.read(id))?.record;
    expect([first.status, second.status]).toEqual([202, 200]);
    expect(record?.cancel).toMatchObject({ reason: 'wrong build', by: 'Ada', abandon: false, code: 'requested' });
    expect(host.durable.status(instance)?.runtimeStatus).toBe('Completed');
  });

  test('comes too late after the commit, unless it only stops watching', async () => {
    const id = await put(services, { step: 'certify' }, { phase: 'committed' });

    const late = await host.send('POST', `/releases/${id}/cancel`, { body: {} });
    const abandoned = await host.send('POST', `/releases/${id}/cancel`, { body: { abandon: true } });

    expect(late).toMatchObject({ status: 409, body: { code: 'too-late' } });
    expect(late.body.detail).toContain('certify');
    expect(abandoned.status).toBe(202);
  });

  test('answers 200 for a canceled release and 409 for one that ended otherwise', async () => {
    const endedAt = '2026-11-20T11:00:00.000Z';
    const canceled = await put(services, { state: 'canceled', endedAt });
    const succeeded = await put(services, { state: 'succeeded', endedAt });

    const again = await host.send('POST', `/releases/${canceled}/cancel`, { body: {} });
    const refused = await host.send('POST', `/releases/${succeeded}/cancel`, { body: {} });

    expect(again.status).toBe(200);
    expect(refused).toMatchObject({ status: 409, body: { code: 'already-ended' } });
  });
});

describe('retry', () => {
  test('queues a failed release as its next run, starts it, and is safe to repeat', async () => {
    const id = await put(services, { state: 'failed', endedAt: '2026-11-20T11:00:00.000Z' });

    const first = await host.send('POST', `/releases/${id}/retry`, { body: { by: 'Ada' } });
    const second = await host.send('POST', `/releases/${id}/retry`);

    await host.durable.settle();
    expect([first.status, second.status]).toEqual([202, 200]);
    expect(first.body).toMatchObject({ state: 'queued', run: 2, endedAt: null });
    expect(host.runs.filter((run) => run.releaseId === id)).toEqual([{ releaseId: id, run: 2 }]);
    expect(host.durable.status(`${id}-2`)?.runtimeStatus).toBe('Running');
  });

  test('is for failed releases only', async () => {
    const id = await put(services, { state: 'succeeded', endedAt: '2026-11-20T11:00:00.000Z' });

    const answer = await host.send('POST', `/releases/${id}/retry`, { body: {} });

    expect(answer).toMatchObject({ status: 409, body: { code: 'not-failed' } });
  });
});

test('commands on a release that is not there are 404', async () => {
  const answers = await Promise.all(
    ['cancel', 'retry', 'approve', 'reject'].flatMap((verb) =>
      ['rel_01JD5Z6M0V8K3T4Q2N7XW9YBCF', "rel_' or true", '..%2f..%2fadmin'].map((id) =>
        host.send('POST', `/releases/${id}/${verb}`, { body: /rove|rej/.test(verb) ? { gateId: 'g' } : {} }),
      ),
    ),
  );

  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
});

test('every command is in the audit log once', async () => {
  const { id } = await atGate();
  await host.send('POST', `/releases/${id}/approve`, { body: { gateId: 'gate-1', by: 'Ada' } });
  await host.send('POST', `/releases/${id}/approve`, { body: { gateId: 'gate-1', by: 'Eve' } });
  await host.send('POST', `/releases/${id}/cancel`, { body: { by: 'Bob' } });

  const log = audit(connectStorage({ connectionString: azurite.connectionString }));
  const lines = (await log.list({ top: 200 })).value.filter((line) => line.releaseId === id);

  expect(lines.map(({ action, by }) => [action, by]).sort()).toEqual([
    ['cancel-requested', 'Bob'],
    ['gate-approved', 'Ada'],
  ]);
});
