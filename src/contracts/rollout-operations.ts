import { z } from 'zod';
import { rolloutActions } from '../domain/store/rollout-change';
import type { RolloutDocument as DomainDocument } from '../domain/release-document';
import type { Agree } from './agree';
import { AccountName, Line, StoreId } from './forms';
import { FunctionName } from './names';
import type { Answer, Operation } from './operation';
import { NoQuery } from './parameters';
import { Release } from './release';
import { By } from './requests';
import { FlightId } from './release-target';
import { fault } from './rule';

/** Gradual rollouts of what was published: by release, and by product. */

const Percentage = z
  .number()
  .min(0)
  .max(100)
  .meta({ description: 'Of the people who get the new packages. Skips the stages below it; 100 does not finalize.' });

const Action = z.enum(rolloutActions).meta({
  description:
    '`hold` stops the clock of the stages, `resume` lets it go on, or ends a stage that waits for a person; `halt` takes the packages back from everyone, `finalize` gives them to everyone: both for good.',
});

export const RolloutRequest = z
  .strictObject({ percentage: Percentage.optional(), action: Action.optional(), by: By.optional() })
  .refine(
    ({ percentage, action }) => (percentage === undefined) !== (action === undefined),
    fault('invalid-value', 'Give exactly one of "percentage" and "action".'),
  )
  .meta({ id: 'RolloutRequest' });

const Target = z.union([
  z.strictObject({ kind: z.literal('store-app'), applicationId: StoreId }),
  z.strictObject({ kind: z.literal('store-flight'), applicationId: StoreId, flightId: FlightId }),
]);

const SubmissionId = Line(40)
  .meta({ description: 'The submission whose rollout it is; absent = that of the one that is live.' })
  .optional();

/** The document of a release that only changes a rollout. No request sends it: it is made of one. */
export const RolloutDocument = z
  .strictObject({
    account: AccountName,
    target: Target,
    rollout: z.union([
      z.strictObject({ percentage: Percentage, submissionId: SubmissionId }),
      z.strictObject({ action: Action, submissionId: SubmissionId }),
    ]),
  })
  .meta({ id: 'RolloutDocument', description: 'Of a release that changes a running rollout and does nothing else.' });

type _Agreement = Agree<z.infer<typeof RolloutDocument>['rollout'], DomainDocument['rollout']>;
const _agreement: _Agreement = true;

const body = { schema: RolloutRequest, limit: 64 * 1024, problem: 'invalid-request' } as const;
const headers = ['Location', 'Retry-After', 'ETag'] as const;
const begun: Answer = { description: 'Accepted: a release that does only this.', schema: Release, headers };

function byProduct<N extends FunctionName, P extends string>(name: N, path: `/${P}`, summary: string) {
  return {
    name,
    method: 'POST',
    path,
    access: 'roll-out',
    summary,
    description:
      'For a rollout that no release here began, or whose release nobody knows. Waits in no lane; a halt goes before everything else. `hold` and `resume` are passed on to the release whose stages run.',
    query: NoQuery,
    headers: ['Idempotency-Key'],
    body,
    answers: {
      202: begun,
      200: { description: 'The same request was seen before: its release as it is now.', schema: Release, headers },
    },
    problems: [
      'account-not-found',
      'product-not-found',
      'rollout-not-running',
      'rollout-settling',
      'release-purged',
      'idempotency-key-reused',
    ],
  } as const satisfies Operation;
}

const app = '/accounts/{account}/store/apps/{applicationId}';

export const rolloutOperations = {
  rollOutRelease: {
    name: FunctionName.rollOutRelease,
    method: 'POST',
    path: '/releases/{id}/rollout',
    access: 'roll-out',
    summary: 'Changes the rollout of what the release published',
    description:
      'Also after the release has ended, as long as its rollout runs: then `Location` leads to a release that does only this. Takes the app role publisher; an approver may hold and halt.',
    query: NoQuery,
    headers: ['Idempotency-Key'],
    body,
    answers: {
      202: { description: 'Accepted: the release as it is now.', schema: Release, headers },
      200: { description: 'It was so already: the release as it is now.', schema: Release, headers },
    },
    problems: [
      'release-not-found',
      'rollout-not-running',
      'rollout-settling',
      'release-purged',
      'idempotency-key-reused',
    ],
  },
  rollOutApp: byProduct(FunctionName.rollOutApp, `${app}/rollout`, 'Changes the rollout of an app'),
  rollOutFlight: byProduct(
    FunctionName.rollOutFlight,
    `${app}/flights/{flightId}/rollout`,
    'Changes the rollout of a flight',
  ),
} as const satisfies Record<string, Operation>;
