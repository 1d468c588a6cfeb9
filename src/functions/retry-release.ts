import type { operations } from '../contracts/operations';
import { auditEvent, writeAudit } from './audit';
import { byOf } from './by';
import { queuedRun, startRun } from './durable-run';
import type { Handler } from './http-route';
import { Problem } from './problem';
import { recordOf } from './read-release';
import { releaseResponse } from './release-response';
import type { FunctionServices } from './services';

/** `POST /releases/{id}/retry`: a failed release is queued as its next run, which is then started. */
export function retryRelease(services: FunctionServices): Handler<typeof operations.retryRelease> {
  return {
    durable: true,
    handle: async (call) => {
      const by = byOf(call);
      const before = await recordOf(call.request, services);
      const at = services.now().toISOString();
      const part = String(before.view.run + 1);
      const audit = auditEvent(before, { action: 'retry-requested', by, at, part });
      const { outcome, record } = await services.releases.retryRun(before.view.id, at, audit);
      if (outcome === 'not-failed') throw new Problem('not-failed', { detail: `The release is ${record.view.state}.` });
      const isNew = outcome === 'queued';
      if (record.view.state === 'queued' && record.runToken === null) {
        await startRun(call.durable, queuedRun(record.view), { mayBeThere: !isNew, log: call.log });
      }
      await writeAudit(services, record, call.log);
      return releaseResponse(isNew ? 202 : 200, record.view, services.now());
    },
  };
}
