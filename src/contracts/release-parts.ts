import { z } from 'zod';
import { offerSteps, storeSteps } from '../domain/release';
import { ReleaseId, Timestamp } from './forms';

/** Parts of a release as it is answered. */

export const StepName = z
  .enum([...storeSteps, ...offerSteps])
  .meta({ id: 'StepName', description: 'Grows by addition.' });

export const StepView = z
  .strictObject({
    name: StepName,
    state: z.enum(['running', 'waiting', 'succeeded', 'failed', 'canceled', 'skipped']),
    startedAt: Timestamp,
    endedAt: Timestamp.nullable(),
    attempts: z.int(),
    progress: z.strictObject({ done: z.number(), total: z.number(), unit: z.literal('bytes') }).optional(),
  })
  .meta({ id: 'Step' });

const Gate = z.enum(['commit', 'go-live']);

export const WaitingFor = z
  .union([
    z.strictObject({ kind: z.literal('release'), release: ReleaseId, since: Timestamp }),
    z.strictObject({ kind: z.literal('publication'), since: Timestamp }),
    z.strictObject({
      kind: z.literal('approval'),
      gate: Gate,
      gateId: z.string(),
      since: Timestamp,
      expiresAt: Timestamp,
    }),
    z.strictObject({ kind: z.literal('publisher'), since: Timestamp }),
    z.strictObject({ kind: z.literal('time'), until: Timestamp, since: Timestamp }),
    z.strictObject({ kind: z.literal('rollout'), since: Timestamp }),
  ])
  .meta({
    id: 'WaitingFor',
    description: 'What it waits for: another release, a publication of anyone, a time, a person.',
  });

export const PackageView = z
  .strictObject({
    fileName: z.string(),
    identity: z.string(),
    version: z.string(),
    architecture: z.string(),
    size: z.number().meta({ description: 'Bytes.' }),
    sha256: z.string(),
  })
  .meta({ id: 'Package', description: 'A package as it was found when it was opened.' });

const RemoteMessage = z.strictObject({ code: z.string(), details: z.string() });

export const RemoteView = z
  .strictObject({
    submissionId: z.string(),
    status: z.string(),
    errors: z.array(RemoteMessage),
    warnings: z.array(RemoteMessage),
    reports: z.array(z.strictObject({ date: z.string(), href: z.string() })),
    links: z.array(z.strictObject({ title: z.string(), href: z.string() })),
  })
  .meta({ id: 'Remote', description: 'The submission in Partner Center as last seen.' });

export const RolloutView = z
  .strictObject({
    percentage: z.number(),
    status: z.string(),
    held: z.boolean(),
    nextStageAt: Timestamp.nullable(),
  })
  .meta({ id: 'Rollout', description: 'The gradual rollout of what was published, as last seen.' });

export const DecisionView = z
  .strictObject({
    gate: Gate,
    decision: z.enum(['approved', 'rejected', 'expired']),
    by: z.string().nullable(),
    at: Timestamp,
    comment: z.string().nullable(),
  })
  .meta({ id: 'Decision' });

export const CancellationView = z
  .strictObject({
    code: z.enum(['requested', 'rejected', 'superseded', 'rollout-halted', 'canceled-in-portal']),
    by: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: 'Cancellation' });

export const Unrestored = z
  .strictObject({
    pointer: z.string().meta({ description: 'JSON pointer into the release document.' }),
    code: z.string(),
    message: z.string(),
    remedy: z.string().meta({ description: 'What to do about it.' }),
  })
  .meta({ id: 'Unrestored', description: 'A member of a draft that could not be put back as it was found.' });
