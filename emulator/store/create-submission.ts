import { json, type Answer } from '../core/answer';
import type { Call } from '../core/call';
import type { Operation } from '../core/operation';
import type { Services } from '../core/services';
import { readObject } from './body';
import { addDraft, draftOf } from './draft';
import { createConflict } from './errors';
import type { ProductKind } from './products/product-kind';
import { render } from './render/render';
import { submissionsPath } from './submission-paths';
import { fileUploadUrl } from './upload-url';

/**
 * `POST …/submissions` (R12–R15).
 *
 * - *Documented*: clones the last published submission; 409 while one is pending or a rollout is in progress.
 * - *Observed*: the 409 literal, 201, `isMinimalResponse`, a body is validated like an update.
 * - *Assumed*: a valid body is applied (switch `createBody`); the template of an application that was never published
 *   (switch `neverPublishedCreate`).
 */
export function createSubmission(services: Services, kind: ProductKind): Operation {
  return {
    name: `create${kind.name}Submission`,
    surface: 'store',
    method: 'POST',
    path: submissionsPath(kind),
    run: (call) => create(services, call, kind),
  };
}

async function create(services: Services, call: Call, kind: ProductKind): Promise<Answer> {
  const { application, product } = kind.find(services, call);
  const body = readObject(call);
  const { world } = services;
  const { switches } = world.settings;
  const published = world.submissions.get(product.published ?? '');
  if (product.pending !== undefined) throw createConflict();
  if (published?.rolloutStatus === 'PackageRolloutInProgress') throw createConflict();
  if (!published) kind.refuseTemplate(switches);
  const submission = draftOf(services, kind, { application, product });
  if (body) {
    const { content, hiddenPrice } = submission;
    const update = kind.read(body, { stored: { content, hiddenPrice }, application, switches, isCreate: true });
    if (switches.createBody === 'apply') Object.assign(submission, update);
  }
  addDraft(services, product, submission);
  call.facts.submission = submission.id;
  const url = await fileUploadUrl(services, call, submission);
  const rendered = render(kind, submission, { switches, fileUploadUrl: url });
  if (call.query.get('isMinimalResponse')?.toLowerCase() === 'true') {
    for (const name of kind.minimalLeavesOut) delete rendered[name];
  }
  return json(201, rendered);
}
