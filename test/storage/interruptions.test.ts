import type { RunRef } from '../../src/contracts/activities';
import { audit } from '../../src/storage/audit';
import { writePendingAudit } from '../../src/storage/audit-pending';
import { blobNames } from '../../src/storage/blobs';
import { claims } from '../../src/storage/claims';
import { connectStorage, type Storage } from '../../src/storage/connect';
import { documents, hashOfDocument } from '../../src/storage/documents';
import { idempotency } from '../../src/storage/idempotency';
import { purge } from '../../src/storage/purge';
import { newReleaseId } from '../../src/storage/release-id';
import type { IdempotencyRef } from '../../src/storage/release-record';
import { releases } from '../../src/storage/releases';
import { timeline } from '../../src/storage/timeline';
import { work } from '../../src/storage/work';
import { storageAccount } from '../support/storage-account';
import { atEveryInterruption } from './interruptions';
import { anEvent, aRelease, at, aView } from './samples';

const azurite = storageAccount();

beforeAll(async () => {
  // The tables and containers are there: what is counted below are the operations' own writes.
  const storage = connectStorage({ connectionString: azurite.connectionString });
  await Promise.all([
    ...(['releases', 'timeline', 'claims', 'idempotency'] as const).map((name) => storage.table(name)),
    ...(['documents', 'work', 'audit'] as const).map((name) => storage.container(name)),
  ]);
});

const document = { account: 'contoso', packages: [{ source: { url: 'https://host/a?sig=1' } }] };

/** What a request does; killed anywhere and repeated, it comes to one release. */
async function submit(storage: Storage, key: string): Promise<string> {
  const docHash = hashOfDocument(document);
  const answer = await idempotency(storage).reserve('ada', key, { releaseId: newReleaseId(), docHash });
  if (answer.kind !== 'reserved' && answer.kind !== 'same') throw new Error(answer.kind);
  const { releaseId, ref } = answer;
  await documents(storage).insert(releaseId, document);
  const audited = anEvent({ eventId: `${releaseId}-requested`, releaseId, product: key });
  await releases(storage).insert(
    aRelease({ view: aView({ id: releaseId }), product: key, docHash, idempotency: ref, audit: audited }),
  );
  await writePendingAudit(releases(storage), audit(storage), releaseId);
  return releaseId;
}

test('a request that dies anywhere and is repeated makes one release, one document, one audit event', async () => {
  const deaths = await atEveryInterruption(azurite.connectionString, {
    arrange: async () => newReleaseId(),
    act: submit,
    assert: async (storage, key) => {
      const { value } = await releases(storage).list({ product: key });
      expect(value).toHaveLength(1);
      expect(await documents(storage).readWhole(value[0]!.id)).toEqual(document);
      expect((await audit(storage).list({ product: key })).value).toHaveLength(1);
      expect((await releases(storage).read(value[0]!.id))?.record.pendingAudit).toEqual([]);
    },
  });

  expect(deaths).toBeGreaterThanOrEqual(12);
});

async function startedRun(storage: Storage): Promise<RunRef> {
  const release = aRelease();
  await releases(storage).insert(release);
  await releases(storage).claimRun(release.view.id, 1, 'token');
  return { releaseId: release.view.id, run: 1, token: 'token' };
}

test('a run that begins twice because it died has the release', async () => {
  const deaths = await atEveryInterruption(azurite.connectionString, {
    arrange: async (storage) => {
      const release = aRelease();
      await releases(storage).insert(release);
      return release.view.id;
    },
    act: async (storage, id) => expect(await releases(storage).claimRun(id, 1, 'token')).toBe('mine'),
    assert: async (storage, id) => expect(await releases(storage).claimRun(id, 1, 'other')).toBe('not-mine'),
  });

  expect(deaths).toBeGreaterThanOrEqual(2);
});

test('a checkpoint that dies anywhere is in record and timeline once', async () => {
  const event = { type: 'run-started' } as const;
  const deaths = await atEveryInterruption(azurite.connectionString, {
    arrange: startedRun,
    act: async (storage, ref) => {
      await timeline(storage).insert(ref.releaseId, { run: 1, seq: 1, at, events: [event] });
      await releases(storage).checkpoint(ref, {
        seq: 1,
        apply: (view) => ({ ...view, rev: view.rev + 1 }),
        bell: { instance: 'i', name: 'wake:1.1' },
      });
    },
    assert: async (storage, { releaseId }) => {
      const record = (await releases(storage).read(releaseId))?.record;
      expect(record?.view.rev).toBe(2);
      expect(record?.bell?.name).toBe('wake:1.1');
      expect((await timeline(storage).list(releaseId, 10)).value).toHaveLength(1);
    },
  });

  expect(deaths).toBeGreaterThanOrEqual(4);
});

test('a retry that dies and is repeated adds one run', async () => {
  await atEveryInterruption(azurite.connectionString, {
    arrange: async (storage) => {
      const release = aRelease({ view: aView({ state: 'failed', endedAt: at }) });
      await releases(storage).insert(release);
      return release.view.id;
    },
    act: (storage, id) => releases(storage).retryRun(id, at),
    assert: async (storage, id) => expect((await releases(storage).read(id))?.record.view.run).toBe(2),
  });
});

test('commit, cancel and decision die at any point and keep to what was written first', async () => {
  const deaths = await atEveryInterruption(azurite.connectionString, {
    arrange: async (storage) => {
      const ref = await startedRun(storage);
      await releases(storage).openGate(ref, 'g', 'commit');
      return ref;
    },
    act: async (storage, ref) => {
      const decision = { gateId: 'g', decision: 'approved', by: 'ada', comment: null, at } as const;
      await releases(storage).decideGate(ref.releaseId, decision, anEvent({ eventId: 'e' }));
      expect(await releases(storage).setPhaseCommitting(ref)).toBe('committing');
    },
    assert: async (storage, { releaseId }) => {
      const cancel = { at, by: null, reason: null, abandon: false, code: 'requested' } as const;
      expect((await releases(storage).requestCancel(releaseId, cancel)).outcome).toBe('too-late');
      expect((await releases(storage).read(releaseId))?.record.pendingAudit).toHaveLength(1);
    },
  });

  expect(deaths).toBeGreaterThanOrEqual(4);
});

test('acquiring and releasing a claim dies anywhere: it is held by the next, once', async () => {
  const deaths = await atEveryInterruption(azurite.connectionString, {
    arrange: async () => newReleaseId(),
    act: async (storage, product) => {
      await claims(storage).acquire(product, 'rel_a');
      await claims(storage).acquire(product, 'rel_b');
      expect(await claims(storage).release(product, 'rel_a')).toBe('rel_b');
      await claims(storage).leaveQueue(product, 'rel_a');
    },
    assert: async (storage, product) =>
      expect(await claims(storage).read(product)).toMatchObject({ holder: 'rel_b', queue: [] }),
  });

  expect(deaths).toBeGreaterThanOrEqual(6);
});

interface Purged {
  readonly id: string;
  readonly product: string;
  readonly ref: IdempotencyRef;
}

async function endedRelease(storage: Storage, key = newReleaseId()): Promise<Purged> {
  const id = await submit(storage, key);
  await timeline(storage).insert(id, { run: 1, seq: 1, at, events: [{ type: 'run-started' }] });
  await timeline(storage).insert(id, { run: 1, seq: 2, at, events: [{ type: 'resumed' }] });
  await work(storage).put(id, 'plan', {});
  const long = 'x'.repeat(250_000);
  const { idempotency: ref } = await releases(storage).update(id, (record) => ({
    ...record,
    view: { ...record.view, state: 'succeeded', endedAt: '2026-01-01T00:00:00.000Z', requestedBy: long },
  }));
  return { id, product: key, ref: ref ?? { partitionKey: '', rowKey: '' } };
}

async function leftovers(storage: Storage, { id }: Purged): Promise<string[]> {
  const names: string[] = [];
  for await (const name of blobNames(storage, 'documents', id)) names.push(name);
  for await (const name of blobNames(storage, 'work', id)) names.push(name);
  return [...names, ...(await timeline(storage).list(id, 10)).value.map(({ event }) => event.type)];
}

test('a purge that dies anywhere is finished by the next sweep, and nothing is left but the key', async () => {
  const now = new Date('2026-11-20T00:00:00.000Z');
  const deaths = await atEveryInterruption(azurite.connectionString, {
    arrange: (storage) => endedRelease(storage),
    act: (storage) => purge(storage).sweep({ endedBefore: new Date('2026-06-01'), now }),
    assert: async (storage, world) => {
      expect(await leftovers(storage, world)).toEqual([]);
      expect(await releases(storage).read(world.id)).toBeUndefined();
      expect((await releases(storage).list({ product: world.product })).value).toEqual([]);
      await expect(submit(storage, world.product)).rejects.toThrow('purged');
    },
  });

  expect(deaths).toBeGreaterThanOrEqual(14);
});

describe('the purge', () => {
  let storage: Storage;
  beforeAll(() => {
    storage = connectStorage({ connectionString: azurite.connectionString });
  });

  test('removes the key seven days later, and the request may be made anew', async () => {
    const world = await endedRelease(storage);
    const sweep = (now: string) => purge(storage).sweep({ endedBefore: new Date('2026-06-01'), now: new Date(now) });

    const report = await sweep('2026-11-01T00:00:00.000Z');
    await sweep('2026-11-07T23:00:00.000Z');
    await expect(submit(storage, world.product)).rejects.toThrow('purged');
    const later = await sweep('2026-11-08T01:00:00.000Z');

    expect(report.releases).toEqual([{ id: world.id, runs: 1 }]);
    expect(later.idempotencyRows).toBeGreaterThanOrEqual(1);
    expect(await submit(storage, world.product)).not.toBe(world.id);
  });

  test('writes the audit log first, and leaves alone what goes on or ended lately', async () => {
    const running = await submit(storage, newReleaseId());
    const world = await endedRelease(storage);
    const event = anEvent({ product: world.product });
    await releases(storage).update(world.id, (record) => ({ ...record, pendingAudit: [event] }));

    const early = await purge(storage).sweep({ endedBefore: new Date('2025-06-01'), now: new Date(at) });
    const outcome = await Promise.all([
      purge(storage).release(world.id, new Date(at)),
      purge(storage).release(world.id, new Date(at)),
    ]);

    expect(early.releases).toEqual([]);
    expect(outcome).toContain('purged');
    expect(await purge(storage).release(world.id, new Date(at))).toBe('gone');
    expect((await audit(storage).list({ product: world.product })).value).toContainEqual(event);
    await expect(purge(storage).release(running, new Date(at))).rejects.toMatchObject({ code: 'release-not-ended' });
  });

  test('removes the key of a request that died before it wrote its release, and no other', async () => {
    const keys = idempotency(storage);
    const [written, unwritten] = [newReleaseId(), newReleaseId()];
    await submit(storage, written);
    await keys.reserve('ada', unwritten, { releaseId: newReleaseId(), docHash: hashOfDocument(document) });
    const afterwards = new Date(Date.now() + 60_000);

    await purge(storage).sweep({ endedBefore: afterwards, now: new Date(at), limit: 0 });

    const again = { releaseId: newReleaseId(), docHash: hashOfDocument(document) };
    expect(await keys.reserve('ada', unwritten, again)).toMatchObject({ kind: 'reserved' });
    expect(await keys.reserve('ada', written, again)).toMatchObject({ kind: 'same' });
  });

  test('takes no more than it may in one sweep, and says so', async () => {
    for (let index = 0; index < 3; index += 1) await endedRelease(storage);
    const sweep = () => purge(storage).sweep({ endedBefore: new Date('2026-06-01'), now: new Date(at), limit: 2 });

    const [first, second] = [await sweep(), await sweep()];

    expect([first.releases.length, first.more, second.releases.length, second.more]).toEqual([2, true, 1, false]);
  });
});
