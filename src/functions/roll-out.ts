import { randomUUID } from 'node:crypto';
import type { HttpResponseInit } from '@azure/functions';
import type { rolloutOperations } from '../contracts/rollout-operations';
import { hasEnded } from '../domain/release';
import type { RolloutChange } from '../domain/store/rollout-change';
import type { ReleaseRecord } from '../storage/release-record';
import { auditEvent, writeAudit } from './audit';
import { ring } from './durable-run';
import type { Handler } from './http-route';
import { Problem } from './problem';
import { recordOf } from './read-release';
import { releaseResponse } from './release-response';
import { rollOutAfterwards } from './roll-out-afterwards';
import { wishOf } from './roll-out-wish';
import type { RollOutCall, RollOutWish } from './roll-out-wish';
import type { FunctionServices } from './services';

/** `POST /releases/{id}/rollout`: a command to the run, or after its end a release that does only this. */
export function rollOutRelease(services: FunctionServices): Handler<typeof rolloutOperations.rollOutRelease> {
  return {
    durable: true,
    handle: async (call) => {
      const wish = wishOf(call);
      return command(call, await recordOf(call.request, services), wish, services);
    },
  };
}

/** One compare-and-swap decides; then whoever waits is woken. */
export async function command(
  call: RollOutCall,
  before: ReleaseRecord,
  { change, by }: RollOutWish,
  services: FunctionServices,
): Promise<HttpResponseInit> {
  const at = services.now().toISOString();
  const id = randomUUID();
  const { outcome, record, bell } = await services.releases.requestRollout(
    before.view.id,
    { id, at, by, change },
    auditEvent(before, { action: `rollout-${nameOf(change)}-requested`, by, at, part: id }),
  );
  if (outcome === 'settling') throw new Problem('rollout-settling');
  if (outcome === 'over' || (outcome === 'not-running' && hasEnded(record.view.state))) {
    return rollOutAfterwards(call, record, { change, by }, services);
  }
  if (outcome === 'not-running') {
    const { step, state } = record.view;
    throw new Problem('rollout-not-running', { detail: `The release is at "${step ?? state}": no stages run.` });
  }
  await ring(call.durable, bell, call.log);
  await writeAudit(services, record, call.log);
  return releaseResponse(outcome === 'accepted' ? 202 : 200, record.view, services.now());
}

function nameOf(change: RolloutChange): string {
  return 'percentage' in change ? 'percentage' : change.action;
}
