import { randomUUID } from 'node:crypto';
import { json, type Answer } from '../core/answer';
import type { Call } from '../core/call';
import type { Application, Submission } from '../core/model';
import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { findApplication } from './access';
import { readObject } from './body';
import { SubmissionContent } from './document/content';
import { readUpdate } from './document/read-update';
import { createConflict } from './errors';
import { renderSubmission } from './render/submission';
import { fileUploadUrl } from './upload-url';

/**
 * `POST applications/{id}/submissions` (R12–R15).
 *
 * - *Documented*: clones the last published submission; 409 while one is pending or a rollout is in progress.
 * - *Observed*: the 409 literal, 201, `isMinimalResponse`, a body is validated like an update.
 * - *Assumed*: a valid body is applied (switch `createBody`); the template of an application that was never published
 *   (switch `neverPublishedCreate`); the clone's rollout starts afresh.
 */
export function createSubmission(services: Services): Operation {
  return {
    name: 'createSubmission',
    surface: 'store',
    method: 'POST',
    path: '/v1.0/my/applications/:applicationId/submissions',
    run: (call) => create(services, call),
  };
}

async function create(services: Services, call: Call): Promise<Answer> {
  const application = findApplication(services, call);
  const body = readObject(call);
  const { world } = services;
  const { switches } = world.settings;
  const published = application.published === undefined ? undefined : world.submissions.get(application.published);
  if (application.pending !== undefined) throw createConflict();
  if (published?.rolloutStatus === 'PackageRolloutInProgress') throw createConflict();
  if (!published && switches.neverPublishedCreate === '409') throw createConflict();
  const submission = draftOf(services, application, published);
  if (body) {
    const update = readUpdate(body, submission, application, { switches, emptyListings: 'Listings' });
    if (switches.createBody === 'apply') Object.assign(submission, update);
  }
  world.submissions.set(submission.id, submission);
  application.pending = submission.id;
  call.facts.submission = submission.id;
  const minimal = call.query.get('isMinimalResponse')?.toLowerCase() === 'true';
  const url = await fileUploadUrl(services, call, submission);
  return json(201, renderSubmission(submission, { switches, minimal, fileUploadUrl: url }));
}

/** A new draft, with its place in the upload storage, cloned from `published` or empty. */
export function draftOf(services: Services, application: Application, published: Submission | undefined): Submission {
  const { counters } = services.world;
  const content = published ? structuredClone(published.content) : SubmissionContent.parse({});
  content.packageDeliveryOptions.packageRollout = { isPackageRollout: false, packageRolloutPercentage: 0 };
  const now = services.clock.now();
  return {
    id: String(1152921505700600000n + BigInt(++counters.submission)),
    application: application.id,
    friendlyName: `Submission ${++application.lastNumber}`,
    portal: false,
    status: 'PendingCommit',
    since: now,
    errors: [],
    reports: [],
    content,
    advancedPricing: published?.advancedPricing ?? true,
    rolloutStatus: 'PackageRolloutNotStarted',
    fallbackSubmissionId: '0',
    baseLanguages: Object.keys(content.listings),
    ...(published?.hiddenPrice !== undefined && { hiddenPrice: published.hiddenPrice }),
    upload: { blob: randomUUID(), ordinal: ++counters.upload, issued: now },
  };
}
