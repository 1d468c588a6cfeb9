import type { RunRef } from '../../src/contracts/activities';
import { blobNames } from '../../src/storage/blobs';
import { connectStorage, type Storage } from '../../src/storage/connect';
import type { CancelCommand, NewRelease } from '../../src/storage/release-record';
import { newReleaseId } from '../../src/storage/release-id';
import { releases as openReleases, type Releases } from '../../src/storage/releases';
import { storageAccount } from '../support/storage-account';
import { anEvent, aRelease, at, aView } from './samples';

const azurite = storageAccount();
let storage: Storage;
let releases: Releases;

beforeAll(async () => {
  storage = connectStorage({ connectionString: azurite.connectionString });
  releases = openReleases(storage);
});

const cancel: CancelCommand = { at, by: 'ada', reason: 'wrong build', abandon: false, code: 'requested' };

async function started(changes: Partial<NewRelease> = {}): Promise<RunRef> {
  const release = aRelease(changes);
  const releaseId = release.view.id;
  await releases.insert(release);
  await releases.claimRun(releaseId, 1, 'token-1');
  return { releaseId, run: 1, token: 'token-1' };
}

async function recordOf(id: string) {
  const found = await releases.read(id);
  if (found === undefined) throw new Error('no record');
  return found.record;
}

describe('a record', () => {
  test('is read as it was inserted, and inserting again changes nothing', async () => {
    const event = anEvent();
    const release = aRelease({ view: aView({ labels: { build: '1' } }), audit: event });

    const outcomes = [
      await releases.insert(release),
      await releases.insert(aRelease({ view: { ...release.view, rev: 9 } })),
    ];

    expect(outcomes).toEqual(['inserted', 'present']);
    const record = await recordOf(release.view.id);
    expect(record.view).toEqual(release.view);
    expect(record).toMatchObject({
      tenant: 'tenant-1',
      product: '9NBLGGH4R315',
      phase: 'open',
      seq: -1,
      runToken: null,
    });
    expect(record.pendingAudit).toEqual([event]);
  });

  test('is inserted once when two do it at once', async () => {
    const release = aRelease();

    const outcomes = await Promise.all([releases.insert(release), releases.insert(release)]);

    expect(outcomes.sort()).toEqual(['inserted', 'present']);
  });

  test('that is not there, or whose id is none, is not found', async () => {
    expect(await releases.read(newReleaseId())).toBeUndefined();
    expect(await releases.read('../r')).toBeUndefined();
    await expect(releases.update(newReleaseId(), () => undefined)).rejects.toMatchObject({
      code: 'release-not-found',
      retryable: false,
    });
  });

  test.each([
    ['of many pieces, in any script', 100_000, '漢😀x'],
    ['too long for a row', 400_000, 'x😀'],
  ])('keeps a view %s', async (_what, length, text) => {
    const long = text.repeat(Math.ceil(length / text.length));
    const release = aRelease({ view: aView({ requestedBy: long }) });

    await releases.insert(release);
    await releases.update(release.view.id, (record) => ({ ...record, view: { ...record.view, rev: 2 } }));

    const { view } = await recordOf(release.view.id);
    // Not compared by toBe: a difference would be printed whole.
    expect(view.requestedBy === long).toBe(true);
    expect(view.rev).toBe(2);
  });

  test('leaves no more than two blobs of a long view behind, however often it changes', async () => {
    const release = aRelease({ view: aView({ requestedBy: 'x'.repeat(300_000) }) });
    const { id } = release.view;
    await releases.insert(release);

    for (let rev = 2; rev < 7; rev += 1) {
      await releases.update(id, (record) => ({ ...record, view: { ...record.view, rev } }));
      await releases.update(id, (record) => ({ ...record, submissionId: `${rev}` }));
    }

    const names: string[] = [];
    for await (const name of blobNames(storage, 'documents', id)) names.push(name);
    expect(names).toHaveLength(2);
    expect((await recordOf(id)).view.rev).toBe(6);
    await releases.update(id, (record) => ({ ...record, view: { ...record.view, requestedBy: null } }));
    expect((await recordOf(id)).view.requestedBy).toBeNull();
  });

  test('refuses an intent that does not fit, and stays as it was', async () => {
    const ref = await started();

    await expect(releases.setIntent(ref, 'x'.repeat(40_000))).rejects.toMatchObject({ code: 'record-too-large' });

    expect((await recordOf(ref.releaseId)).intent).toBeNull();
  });

  test('loses no update of many at once', async () => {
    const { releaseId } = await started();
    const bump = () =>
      releases.update(releaseId, (record) => ({ ...record, view: { ...record.view, rev: record.view.rev + 1 } }));

    await Promise.all(Array.from({ length: 12 }, bump));

    expect((await recordOf(releaseId)).view.rev).toBe(13);
  });

  test('passes on what a change throws, with nothing written', async () => {
    const { releaseId } = await started();
    const refusal = new Error('refused');

    const update = releases.update(releaseId, () => {
      throw refusal;
    });

    await expect(update).rejects.toBe(refusal);
  });
});

describe('a run', () => {
  test('belongs to the first token, also when it asks again', async () => {
    const { view } = aRelease();
    await releases.insert(aRelease({ view }));

    const first = await Promise.all([releases.claimRun(view.id, 1, 'a'), releases.claimRun(view.id, 1, 'b')]);
    const winner = first[0] === 'mine' ? 'a' : 'b';

    expect(first.sort()).toEqual(['mine', 'not-mine']);
    expect(await releases.claimRun(view.id, 1, winner)).toBe('mine');
    expect(await releases.claimRun(view.id, 2, winner)).toBe('not-mine');
  });

  test('is not begun where the release is not queued', async () => {
    const release = aRelease({ view: aView({ state: 'canceled', endedAt: at }) });
    await releases.insert(release);

    expect(await releases.claimRun(release.view.id, 1, 'a')).toBe('not-mine');
  });

  test('is fenced off everywhere once another one has the release', async () => {
    const ref = await started();
    const stale = { ...ref, token: 'other' };
    const before = await releases.read(ref.releaseId);

    expect(await releases.checkpoint(stale, { seq: 1, apply: (view) => ({ ...view, rev: 99 }) })).toEqual({
      fenced: true,
    });
    expect(await releases.setIntent(stale, {})).toEqual({ kind: 'fenced' });
    expect(await releases.setPhaseCommitting({ ...ref, run: 2 })).toBe('fenced');
    expect(await releases.setPhaseCommitted(stale)).toBe('fenced');
    expect(await releases.setSubmission(stale, 's')).toBe('fenced');
    expect(await releases.openGate(stale, 'g', 'commit')).toBe('fenced');
    expect((await releases.read(ref.releaseId))?.etag).toBe(before?.etag);
  });

  test('is retried once, and the next one begins with what the last one left', async () => {
    const ref = await started();
    await releases.setIntent(ref, { what: 'submission' });
    await releases.update(ref.releaseId, (record) => ({
      ...record,
      view: { ...record.view, state: 'failed', endedAt: at },
    }));

    const outcomes = await Promise.all([releases.retryRun(ref.releaseId, at), releases.retryRun(ref.releaseId, at)]);

    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['already-queued', 'queued']);
    const record = await recordOf(ref.releaseId);
    expect(record.view).toMatchObject({ state: 'queued', run: 2, endedAt: null });
    expect(record.intent).toEqual({ what: 'submission' });
    expect(await releases.claimRun(ref.releaseId, 1, 'token-1')).toBe('not-mine');
    expect(await releases.claimRun(ref.releaseId, 2, 'token-2')).toBe('mine');
  });

  test('is not retried unless it failed', async () => {
    const { releaseId } = await started();

    expect((await releases.retryRun(releaseId, at)).outcome).toBe('not-failed');
  });
});

describe('a checkpoint', () => {
  const bell = (name: string) => ({ instance: 'i-1', name });

  test('is applied once, also when a late copy of an earlier one comes after it', async () => {
    const ref = await started();
    const apply = (view: ReturnType<typeof aView>) => ({ ...view, rev: view.rev + 1 });

    const first = await releases.checkpoint(ref, { seq: 1, apply, bell: bell('wake:1.1') });
    const again = await releases.checkpoint(ref, { seq: 1, apply, bell: bell('wake:1.1') });
    await releases.checkpoint(ref, { seq: 2, apply, bell: bell('wake:1.2') });
    await releases.checkpoint(ref, { seq: 3, apply });
    const late = await releases.checkpoint(ref, { seq: 1, apply, bell: bell('wake:1.1') });

    expect([first, again, late].map((result) => !result.fenced && result.applied)).toEqual([true, false, false]);
    const record = await recordOf(ref.releaseId);
    expect(record.view.rev).toBe(4);
    expect(record.bell).toEqual(bell('wake:1.2'));
  });

  test('and a command at once: the command is answered, or finds the bell', async () => {
    for (let round = 0; round < 10; round += 1) {
      const ref = await started();

      const [checked, canceled] = await Promise.all([
        releases.publishBell(ref, 1, bell('wake:1.1')),
        releases.requestCancel(ref.releaseId, cancel),
      ]);

      const answered = !checked.fenced && checked.commands.cancel !== undefined;
      const rings = canceled.bell?.name === 'wake:1.1';
      expect(answered || rings).toBe(true);
    }
  });

  test('opens a gate and does not close or reopen it when repeated', async () => {
    const ref = await started();
    const gate = { gateId: 'g1', gate: 'commit' } as const;
    await releases.checkpoint(ref, { seq: 1, gate });
    await releases.decideGate(ref.releaseId, { gateId: 'g1', decision: 'approved', by: 'ada', comment: null, at });

    const result = await releases.checkpoint(ref, { seq: 2, gate });

    expect(result).toMatchObject({ commands: { decision: { gateId: 'g1', decision: 'approved', by: 'ada' } } });
  });
});

describe('a gate', () => {
  async function atGate(): Promise<RunRef> {
    const ref = await started();
    await releases.openGate(ref, 'g1', 'commit');
    return ref;
  }
  const decide = (ref: RunRef, decision: 'approved' | 'rejected', gateId = 'g1') =>
    releases.decideGate(ref.releaseId, { gateId, decision, by: 'ada', comment: null, at });

  test('is closed by one of approval, rejection and expiry, whoever comes first', async () => {
    for (let round = 0; round < 8; round += 1) {
      const ref = await atGate();

      const [approved, rejected, expired] = await Promise.all([
        decide(ref, 'approved'),
        decide(ref, 'rejected'),
        releases.closeGateExpired(ref.releaseId, 'g1', at),
      ]);

      const { gate } = await recordOf(ref.releaseId);
      const wins = [
        approved.outcome === 'accepted',
        rejected.outcome === 'accepted',
        expired.kind === 'closed' && expired.decision.decision === 'expired',
      ];
      expect(wins.filter(Boolean)).toHaveLength(1);
      expect(gate?.decision?.decision).toBe(['approved', 'rejected', 'expired'][wins.indexOf(true)]);
    }
  });

  test('takes the same decision again, and no other', async () => {
    const ref = await atGate();

    const outcomes = [
      (await decide(ref, 'approved', 'g0')).outcome,
      (await decide(ref, 'approved')).outcome,
      (await decide(ref, 'approved')).outcome,
      (await decide(ref, 'rejected')).outcome,
    ];

    expect(outcomes).toEqual(['other-gate', 'accepted', 'already-same', 'gate-closed']);
    expect(await releases.closeGateExpired(ref.releaseId, 'g1', at)).toMatchObject({
      decision: { decision: 'approved' },
    });
    expect(await releases.closeGateExpired(ref.releaseId, 'g0', at)).toEqual({ kind: 'other-gate' });
  });

  test('that is open or expired lets no commit through, one that was rejected cancels', async () => {
    const open = await atGate();
    const expired = await atGate();
    const rejected = await atGate();
    await releases.closeGateExpired(expired.releaseId, 'g1', at);
    await decide(rejected, 'rejected');

    await expect(releases.setPhaseCommitting(open)).rejects.toMatchObject({ code: 'gate-not-approved' });
    await expect(releases.setPhaseCommitting(expired)).rejects.toMatchObject({ code: 'gate-not-approved' });
    expect(await releases.setPhaseCommitting(rejected)).toBe('canceled');
  });

  test('is not approved once the release stops, and the decision carries its audit event', async () => {
    const stopping = await atGate();
    await releases.requestCancel(stopping.releaseId, cancel);
    const ref = await atGate();
    const event = anEvent();
    const decision = { gateId: 'g1', decision: 'approved', by: 'ada', comment: null, at } as const;

    await releases.decideGate(ref.releaseId, decision, event);
    await releases.decideGate(ref.releaseId, decision, anEvent());

    expect((await decide(stopping, 'approved')).outcome).toBe('gate-closed');
    expect((await recordOf(ref.releaseId)).pendingAudit).toEqual([event]);
  });
});

describe('a cancel', () => {
  test('and a commit at once: one of them wins', async () => {
    for (let round = 0; round < 8; round += 1) {
      const ref = await started();

      const [canceled, commit] = await Promise.all([
        releases.requestCancel(ref.releaseId, cancel),
        releases.setPhaseCommitting(ref),
      ]);

      expect([canceled.outcome, commit]).toEqual(
        commit === 'canceled' ? ['accepted', 'canceled'] : ['too-late', 'committing'],
      );
      expect(await releases.setPhaseCommitting(ref)).toBe(commit);
    }
  });

  test('is too late after the commit unless it abandons or the caller says it can be undone', async () => {
    const ref = await started();
    await releases.setPhaseCommitting(ref);
    await releases.setPhaseCommitted(ref);
    const request = async (abandon: boolean, mayCancel?: () => boolean) =>
      (await releases.requestCancel(ref.releaseId, { ...cancel, abandon }, mayCancel ? { mayCancel } : {})).outcome;

    expect(await request(false)).toBe('too-late');
    expect(await request(false, () => true)).toBe('accepted');
    expect(await request(false)).toBe('already-same');
    expect(await request(true)).toBe('accepted');
    expect(await request(true)).toBe('already-same');
  });

  test('finds a release that has ended', async () => {
    const ended = async (state: 'succeeded' | 'canceled') => {
      const release = aRelease({ view: aView({ state, endedAt: at }) });
      await releases.insert(release);
      return (await releases.requestCancel(release.view.id, cancel)).outcome;
    };

    expect([await ended('succeeded'), await ended('canceled')]).toEqual(['ended', 'already-same']);
  });

  test('may come again once the commit was refused', async () => {
    const ref = await started();
    await releases.setPhaseCommitting(ref);
    await releases.setPhaseOpen(ref);

    expect((await releases.requestCancel(ref.releaseId, cancel)).outcome).toBe('accepted');
  });
});

test('the first intent counts until it is replaced, and naming the submission clears it', async () => {
  const ref = await started();

  expect(await releases.setIntent(ref, { n: 1 })).toEqual({ kind: 'set' });
  expect(await releases.setIntent(ref, { n: 2 })).toEqual({ kind: 'present', intent: { n: 1 } });
  await releases.replaceIntent(ref, { n: 3 });
  expect((await recordOf(ref.releaseId)).intent).toEqual({ n: 3 });
  await releases.setSubmission(ref, 'sub-1');
  await releases.setClaim(ref, 'p');

  expect(await recordOf(ref.releaseId)).toMatchObject({ intent: null, submissionId: 'sub-1', claim: 'p' });
});
