import { newReleaseView } from '../../src/domain/new-release';
import type { ReleaseView } from '../../src/domain/release';
import type { AuditEvent } from '../../src/storage/audit';
import { newReleaseId } from '../../src/storage/release-id';
import type { NewRelease } from '../../src/storage/release-record';

export const at = '2026-11-20T10:00:00.000Z';

export function aView(changes: Partial<ReleaseView> = {}): ReleaseView {
  const target = { kind: 'store-app', applicationId: '9NBLGGH4R315' } as const;
  return { ...newReleaseView(newReleaseId(), { account: 'contoso', target }, { by: null, at }), ...changes };
}

export function aRelease(changes: Partial<NewRelease> & { view?: ReleaseView } = {}): NewRelease {
  return {
    view: aView(),
    tenant: 'tenant-1',
    product: '9NBLGGH4R315',
    docHash: 'a'.repeat(64),
    idempotency: null,
    ...changes,
  };
}

export function anEvent(changes: Partial<AuditEvent> = {}): AuditEvent {
  return {
    eventId: newReleaseId(),
    at,
    action: 'release-requested',
    by: 'ada@contoso.com',
    account: 'contoso',
    product: '9NBLGGH4R315',
    releaseId: null,
    docHash: null,
    ...changes,
  };
}
