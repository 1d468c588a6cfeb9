import type { HttpResponseInit } from '@azure/functions';
import type { Operation } from '../contracts/operation';
import type { operations } from '../contracts/operations';
import type { DecisionRequest } from '../contracts/requests';
import { hasEnded, type ReleaseView } from '../domain/release';
import type { DecideOutcome } from '../storage/release-commands';
import type { ReleaseRecord } from '../storage/release-record';
import { auditEvent, writeAudit } from './audit';
import { byOf } from './by';
import { ring } from './durable-run';
import type { Call, Handler } from './http-route';
import { Problem } from './problem';
import { recordOf } from './read-release';
import { releaseResponse } from './release-response';
import type { FunctionServices } from './services';

type Decision = 'approved' | 'rejected';
type DecideOperation = typeof operations.approveRelease | typeof operations.rejectRelease;
type DecideCall = Pick<Call<Operation>, 'request' | 'caller' | 'durable' | 'log'> & { readonly body: DecisionRequest };

/** `POST /releases/{id}/approve` */
export function approveRelease(services: FunctionServices): Handler<DecideOperation> {
  return { durable: true, handle: (call) => decide(call, 'approved', services) };
}

/** `POST /releases/{id}/reject` */
export function rejectRelease(services: FunctionServices): Handler<DecideOperation> {
  return { durable: true, handle: (call) => decide(call, 'rejected', services) };
}

/** One compare-and-swap decides; then whoever waits is woken. */
async function decide(call: DecideCall, decision: Decision, services: FunctionServices): Promise<HttpResponseInit> {
  const { gateId, comment = null } = call.body;
  const by = byOf(call);
  const before = await recordOf(call.request, services);
  if (decision === 'approved') demandAnother(call, before.view, services);
  const at = services.now().toISOString();
  const { outcome, record, bell } = await services.releases.decideGate(
    before.view.id,
    { gateId, decision, by, comment, at },
    auditEvent(before, { action: `gate-${decision}`, by, at, part: gateId }),
  );
  if (outcome === 'gate-closed' || outcome === 'other-gate') throw contradiction(outcome, record);
  await ring(call.durable, bell, call.log);
  await writeAudit(services, record, call.log);
  return releaseResponse(outcome === 'accepted' ? 202 : 200, record.view, services.now());
}

function demandAnother(call: DecideCall, view: ReleaseView, services: FunctionServices): void {
  const isSame = call.caller.name !== null && call.caller.name === view.requestedBy;
  if (services.settings.fourEyes && isSame) throw new Problem('same-person');
}

function contradiction(outcome: Extract<DecideOutcome, 'gate-closed' | 'other-gate'>, record: ReleaseRecord): Problem {
  const { waitingFor } = record.view;
  if (outcome === 'other-gate' && waitingFor?.kind === 'approval') {
    return new Problem('other-gate', { detail: `It waits at the gate "${waitingFor.gate}" (${waitingFor.gateId}).` });
  }
  return new Problem('not-waiting', { detail: standing(record) });
}

/** Where the release stands; what was asked for counts although the run has not acted on it yet. */
function standing({ view, gate, cancel }: ReleaseRecord): string {
  const last = gate?.decision ?? view.decisions.at(-1);
  const decided = last === undefined ? '' : ` The gate "${last.gate}" was ${last.decision}.`;
  if (hasEnded(view.state)) return `The release has ended: it is ${view.state}.${decided}`;
  if (cancel !== null) return `The release is being canceled.${decided}`;
  return last === undefined ? `The release is ${view.state}.` : decided.trimStart();
}
