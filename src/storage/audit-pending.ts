import type { Audit } from './audit';
import type { Releases } from './releases';

/**
 * Appends what a record still has for the audit log, then takes it off the record. Killed in between, it is appended
 * once more by the next call: readers drop the double.
 */
export async function writePendingAudit(
  releases: Pick<Releases, 'read' | 'auditWritten'>,
  audit: Pick<Audit, 'append'>,
  releaseId: string,
): Promise<void> {
  const pending = (await releases.read(releaseId))?.record.pendingAudit ?? [];
  if (pending.length === 0) return;
  await audit.append(pending);
  await releases.auditWritten(
    releaseId,
    pending.map((event) => event.eventId),
  );
}

/**
 * The sweep: the same for every record that has something left.
 *
 * @returns how many records had
 */
export async function writeAllPendingAudit(
  releases: Pick<Releases, 'read' | 'auditWritten' | 'auditPending'>,
  audit: Pick<Audit, 'append'>,
): Promise<number> {
  const ids: string[] = [];
  for await (const id of releases.auditPending()) ids.push(id);
  for (const id of ids) await writePendingAudit(releases, audit, id);
  return ids.length;
}
