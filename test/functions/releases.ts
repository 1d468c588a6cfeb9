import { newReleaseView } from '../../src/domain/new-release';
import type { ReleaseView } from '../../src/domain/release';
import { foreignIdOf } from '../../src/domain/product';
import type { ReleaseRecord } from '../../src/storage/release-record';
import type { FunctionServices } from '../../src/functions/services';

/** A release in the state a test wants, as its run would have brought it there. */
export async function put(
  { releases, newReleaseId }: FunctionServices,
  view: Partial<ReleaseView> = {},
  record: Partial<ReleaseRecord> = {},
): Promise<string> {
  const id = view.id ?? newReleaseId();
  const at = '2026-11-20T10:00:00.000Z';
  const target = { kind: 'store-app', applicationId: '9NBLGGH4R315' } as const;
  const whole: ReleaseView = {
    ...newReleaseView(id, { account: 'contoso', target }, { by: null, at }),
    state: 'running',
    step: 'approveCommit',
    rev: 7,
    ...view,
  };
  const product = foreignIdOf(whole.target);
  await releases.insert({ view: whole, tenant: 'tenant', product, docHash: 'a'.repeat(64), idempotency: null });
  await releases.update(id, (before) => ({ ...before, runToken: 'token', seq: 1, ...record }));
  return id;
}

/** The view and record of a release that waits at its gate, with a bell. */
export function waiting(gateId: string, instance: string): [Partial<ReleaseView>, Partial<ReleaseRecord>] {
  const since = '2026-11-20T10:00:00.000Z';
  return [
    {
      state: 'waiting',
      waitingFor: { kind: 'approval', gate: 'commit', gateId, since, expiresAt: '2026-11-23T10:00:00.000Z' },
    },
    { gate: { gateId, gate: 'commit', decision: null }, bell: { instance, name: 'wake:1.1' } },
  ];
}
