import type { z } from 'zod';
import type { Operation } from '../contracts/operation';
import type { RolloutRequest } from '../contracts/rollout-operations';
import type { RolloutChange } from '../domain/store/rollout-change';
import { byOf } from './by';
import { demandRole } from './caller';
import type { Call } from './http-route';

type Body = z.infer<typeof RolloutRequest>;
export type RollOutCall = Pick<Call<Operation>, 'request' | 'caller' | 'durable' | 'log'> & { readonly body: Body };

/** What is asked for, and who asks. */
export interface RollOutWish {
  readonly change: RolloutChange;
  readonly by: string | null;
}

/** @throws Problem `role-missing`: who only decides may stop a rollout, and nothing else */
export function wishOf(call: RollOutCall): RollOutWish {
  const { percentage, action } = call.body;
  const stops = action === 'hold' || action === 'halt';
  demandRole(call.caller, stops ? ['publisher', 'approver'] : ['publisher']);
  // The schema lets exactly one of them through.
  const change = percentage === undefined ? { action: action ?? 'hold' } : { percentage };
  return { change, by: byOf(call) };
}
