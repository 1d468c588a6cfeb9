import { z } from 'zod';
import { failureCatalogue, type FailureCode } from '../domain/failure-catalogue';
import { releaseStates, type ReleaseView } from '../domain/release';
import type { Agree, Mutable } from './agree';
import { ReleaseId, Timestamp } from './forms';
import { Fault } from './problem';
import {
  CancellationView,
  DecisionView,
  PackageView,
  RemoteView,
  RolloutView,
  StepName,
  StepView,
  Unrestored,
  WaitingFor,
} from './release-parts';
import { TargetView } from './release-target';

/** The release as it is answered. */

// The catalogue is not empty, and its keys are its codes.
const failureCodes = Object.keys(failureCatalogue) as [FailureCode, ...FailureCode[]];

const FailureView = z
  .strictObject({
    code: z.enum(failureCodes).meta({ description: 'Grows by addition.' }),
    title: z.string(),
    detail: z.string(),
    remedy: z.string().meta({ description: 'What to do next.' }),
    retryable: z.boolean().meta({ description: 'Whether trying again may help by itself; retry is always allowed.' }),
    step: StepName.nullable(),
    errors: z.array(Fault),
    correlationId: z.string().nullable().meta({ description: "Partner Center's id of the exchange." }),
    docs: z.string(),
  })
  .meta({ id: 'Failure' });

const Links = z
  .strictObject({ self: z.string(), plan: z.string(), document: z.string(), timeline: z.string() })
  .meta({ id: 'Links', description: 'Paths on this host.' });

/** Everything but the steps, which lists leave out. */
export const ReleaseSummary = z
  .strictObject({
    id: ReleaseId,
    account: z.string(),
    target: TargetView,
    labels: z.record(z.string(), z.string()),
    batch: z.null(),
    requestedBy: z.string().nullable(),
    run: z.int().meta({ description: 'Grows with each retry.' }),
    state: z.enum(releaseStates).meta({ description: 'Ended = succeeded, failed or canceled = endedAt is set.' }),
    step: StepName.nullable(),
    waitingFor: WaitingFor.nullable(),
    packages: z.array(PackageView),
    remote: RemoteView.nullable(),
    rollout: RolloutView.nullable(),
    decisions: z.array(DecisionView),
    failure: FailureView.nullable(),
    cancellation: CancellationView.nullable(),
    left: z
      .array(z.enum(['draft', 'preview', 'publication', 'rollout']))
      .meta({ description: 'Ours, still in Partner Center after the end.' }),
    unrestored: z
      .array(Unrestored)
      .meta({ description: 'What a canceled release wrote and nobody can put back; absent = nothing.' })
      .optional(),
    stalledSince: Timestamp.nullable().meta({
      description:
        'Since when it has been in this remote status, where that is longer than is usual; null while it waits for a person, or for the date that it was given.',
    }),
    nextCheckAt: Timestamp.nullable(),
    createdAt: Timestamp,
    updatedAt: Timestamp,
    endedAt: Timestamp.nullable(),
    links: Links,
  })
  .meta({ id: 'ReleaseSummary', description: 'A release without its steps.' });
export type ReleaseSummary = z.infer<typeof ReleaseSummary>;

export const Release = ReleaseSummary.extend({ steps: z.array(StepView) }).meta({
  id: 'Release',
  description: 'One release document on its way to Partner Center.',
});
export type Release = z.infer<typeof Release>;

/** Every view of the domain is a release of the wire, and both have the same members. */
type _Agreement = Agree<Mutable<Omit<ReleaseView, 'rev'>>, Mutable<Omit<Release, 'links'>>>;
const _agreement: _Agreement = true;
