import type { operations } from '../contracts/operations';
import type { ReleaseRecord } from '../storage/release-record';
import { auditEvent, writeAudit } from './audit';
import { byOf } from './by';
import { ring } from './durable-run';
import type { Handler } from './http-route';
import { Problem } from './problem';
import { recordOf } from './read-release';
import { releaseResponse } from './release-response';
import type { FunctionServices } from './services';

/** `POST /releases/{id}/cancel`: the wish is stored before the commit, or refused after it; then whoever waits is woken. */
export function cancelRelease(services: FunctionServices): Handler<typeof operations.cancelRelease> {
  return {
    durable: true,
    handle: async (call) => {
      const { reason = null, abandon = false } = call.body;
      const by = byOf(call);
      const before = await recordOf(call.request, services);
      const at = services.now().toISOString();
      const part = `${before.view.run}:${abandon ? 'abandon' : 'stop'}`;
      const { outcome, record, bell } = await services.releases.requestCancel(
        before.view.id,
        { at, by, reason, abandon, code: 'requested' },
        { audit: auditEvent(before, { action: 'cancel-requested', by, at, part }) },
      );
      if (outcome === 'too-late') throw new Problem('too-late', { detail: `The release is at "${stepOf(record)}".` });
      if (outcome === 'ended') throw new Problem('already-ended', { detail: `The release has ${record.view.state}.` });
      await ring(call.durable, bell, call.log);
      await writeAudit(services, record, call.log);
      return releaseResponse(outcome === 'accepted' ? 202 : 200, record.view, services.now());
    },
  };
}

function stepOf({ view }: ReleaseRecord): string {
  return view.step ?? view.state;
}
