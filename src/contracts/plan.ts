import { z } from 'zod';
import { planActionNames } from '../domain/store/plan-actions';
import type { ReleasePlan } from '../domain/store/release-plan';
import type { Agree, Mutable } from './agree';
import { Timestamp } from './forms';
import { ReleaseTarget } from './release-target';

/** What a release would do, as it is answered. */

const Pointer = z.string().meta({ description: 'JSON pointer into the release document.' }).optional();

const PlannedPackage = z
  .strictObject({
    fileName: z.string(),
    identity: z.string().optional(),
    version: z.string().nullable(),
    architecture: z.string().nullable(),
    size: z.int().meta({ description: 'Bytes.' }).optional(),
    sha256: z.string().optional(),
    fate: z.enum(['added', 'kept', 'removed']),
  })
  .meta({ id: 'PlannedPackage', description: 'A package of the product as the release would leave it.' });

const FieldChange = z
  .strictObject({ path: z.string(), from: z.unknown(), to: z.unknown() })
  .meta({ id: 'FieldChange', description: 'One place that changes, as an export shows it; long texts are cut.' });

const PlanWarning = z
  .strictObject({ code: z.string(), message: z.string(), pointer: Pointer })
  .meta({ id: 'PlanWarning', description: 'Inherited and easily overlooked; stops nothing.' });

const PlanBlocker = z
  .strictObject({ code: z.string(), message: z.string(), pointer: Pointer })
  .meta({ id: 'PlanBlocker', description: 'Why the release would fail before it writes anything.' });

export const Plan = z
  .strictObject({
    target: ReleaseTarget,
    actions: z.array(z.enum(planActionNames)).meta({ description: 'In this order; names grow by addition.' }),
    diff: z.array(FieldChange).meta({ description: 'Against what is live; packages are apart.' }),
    packages: z.array(PlannedPackage),
    warnings: z.array(PlanWarning),
    blockers: z.array(PlanBlocker),
  })
  .meta({ id: 'Plan', description: 'What a release would do.' });
export type Plan = z.infer<typeof Plan>;

export const PendingPlan = z
  .strictObject({
    id: z.string(),
    state: z.literal('running'),
    createdAt: Timestamp,
    links: z.strictObject({ self: z.string().meta({ description: 'Where the plan will be, for a day.' }) }),
  })
  .meta({ id: 'PendingPlan', description: 'A plan that takes longer than a request, while it is made.' });

type _Agreement = Agree<Omit<Plan, 'warnings'>, Omit<Mutable<ReleasePlan>, 'warnings'>>;
const _agreement: _Agreement = true;
