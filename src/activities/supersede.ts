import { ok } from '../domain/failure';
import type { ClaimCall } from '../contracts/activities';
import type { AuditEvent } from '../storage/audit';
import { writePendingAudit } from '../storage/audit-pending';
import type { ReleaseRecord } from '../storage/release-record';
import type { Activity, ActivityDeps, Invocation } from './deps';
import { recordOf } from './fence';
import { guarded } from './to-failure';

/** A release that goes before those ahead of it, and when it asked for that. */
interface Superseding {
  readonly releaseId: string;
  /** Who asked for it. */
  readonly by: string | null;
  readonly at: string;
}

/**
 * Asks the releases that are ahead in the queue of the product to stop, the holder too; one that is committed goes on.
 * Safe to repeat: a wish that is there is not stored twice, nor is its line for the audit log, which is stored in the
 * same write. Whoever waits is woken; each ends by itself.
 */
export function createSupersede(deps: ActivityDeps, { ring, log }: Invocation): Activity<ClaimCall, object> {
  return (call) =>
    guarded<object>(async () => {
      const mine = await recordOf(deps, call);
      if (!mine.ok) return mine;
      const by = mine.value.view.requestedBy;
      const superseding = { releaseId: call.releaseId, by, at: deps.now().toISOString() };
      for (const ahead of await releasesAhead(deps, call)) {
        const bell = await stop(deps, ahead, superseding);
        if (bell !== null) await ring(bell);
        await writeAudit(deps, log, ahead);
      }
      return ok({});
    });
}

async function stop(deps: ActivityDeps, ahead: string, superseding: Superseding): Promise<ReleaseRecord['bell']> {
  const found = await deps.releases.read(ahead);
  // A deletion holds the product without a record, and ends by itself.
  if (found === undefined) return null;
  const { by, at, releaseId } = superseding;
  const wish = { at, by, reason: `Superseded by ${releaseId}.`, abandon: false, code: 'superseded' } as const;
  const { bell } = await deps.releases.requestCancel(ahead, wish, { audit: lineOf(found.record, superseding) });
  return bell;
}

/** A run is superseded once; by whom is a fact of that. */
function lineOf({ view, product, docHash }: ReleaseRecord, { by, at, releaseId }: Superseding): AuditEvent {
  const action = 'release-superseded';
  const eventId = `${view.id}:${action}:${view.run}`;
  const facts = { supersededBy: releaseId };
  return { eventId, at, action, by, account: view.account, product, releaseId: view.id, docHash, facts };
}

/** The line waits in the record: where it cannot be written now, the sweep writes it, and nothing is held up. */
async function writeAudit({ releases, audit }: ActivityDeps, log: Invocation['log'], releaseId: string): Promise<void> {
  try {
    await writePendingAudit(releases, audit, releaseId);
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    log('warn', 'An audit line was not written; the sweep writes it', { releaseId, error: name });
  }
}

async function releasesAhead(deps: ActivityDeps, { claim, releaseId }: ClaimCall): Promise<readonly string[]> {
  const found = await deps.claims.read(claim);
  const place = found?.queue.indexOf(releaseId) ?? -1;
  if (found === undefined || place < 0) return [];
  const ahead = found.queue.slice(0, place);
  return found.holder === null || found.holder === releaseId ? ahead : [found.holder, ...ahead];
}
