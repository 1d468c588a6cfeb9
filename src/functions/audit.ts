import type { AuditEvent } from '../storage/audit';
import type { ReleaseRecord } from '../storage/release-record';
import type { Log } from './http-route';
import type { FunctionServices } from './services';

interface Act {
  readonly action: string;
  readonly by: string | null;
  readonly at: string;
  /** Tells acts of the same kind on one release apart. */
  readonly part: string;
}

/** A line of the audit log; its id is the same for the same act, however often it is asked for. */
export function auditEvent(subject: Pick<ReleaseRecord, 'view' | 'product' | 'docHash'>, act: Act): AuditEvent {
  const { view, product, docHash } = subject;
  const eventId = [view.id, act.action, act.part].filter((part) => part !== '').join(':');
  const { action, by, at } = act;
  return { eventId, at, action, by, account: view.account, product, releaseId: view.id, docHash };
}

/** Brings what waits in the record into the audit log. Where that fails, the sweep does it. */
export async function writeAudit(
  services: Pick<FunctionServices, 'audit'>,
  record: ReleaseRecord,
  log: Log,
): Promise<void> {
  if (record.pendingAudit.length === 0) return;
  try {
    await services.audit.writePending(record.view.id);
  } catch (error) {
    const name = error instanceof Error ? error.name : typeof error;
    log('An audit line was not written; the sweep writes it', { releaseId: record.view.id, error: name });
  }
}
