import { empty, json, type Answer } from '../../core/answer';
import { param, type Call } from '../../core/call';
import type { Operation } from '../../core/operation';
import type { Services } from '../../core/services';
import { findProduct } from '../access';
import { conflict, invalid, notFound } from '../errors';
import { parseFilter, type Test } from '../filter';
import type { IngestionProduct, ProductSubmission } from '../model';
import { operation } from '../operation';
import { pageOf, queryOf, wholeList } from '../page';
import { BELOW_PRODUCT, BELOW_SUBMISSION } from '../paths';
import { createSubmission } from './create-submission';
import { renderSubmission, stateOf } from './render-submission';
import { workflowDetails } from './workflow';

/**
 * Submissions (B32–B39, B-R10 to B-R13).
 *
 * - *Documented*: only what is `InProgress` can be deleted; `promote` answers the workflow of the way to the store.
 * - *Observed*: oldest first; promote takes no body or `{}` (switch `promoteBody`); two rows of `workflowdetails`.
 * - *Assumed*: only the newest submission can be promoted; what is deleted is gone; 409 for what the state forbids.
 */
export function submissionOperations(services: Services): Operation[] {
  const detail = `${BELOW_SUBMISSION}`;
  const show = (call: Call): Answer => {
    const { product, submission } = find(services, call);
    return json(200, renderSubmission(services, call, product, submission));
  };
  return [
    operation('listProductSubmissions', 'GET', `${BELOW_PRODUCT}/submissions`, (call) => list(services, call)),
    operation('createProductSubmission', 'POST', `${BELOW_PRODUCT}/submissions`, (call) =>
      createSubmission(services, call),
    ),
    operation('getProductSubmission', 'GET', detail, show),
    operation('deleteProductSubmission', 'DELETE', detail, (call) => remove(services, call)),
    operation('promoteProductSubmission', 'POST', `${detail}/promote`, (call) => promote(services, call)),
    operation('listCertificationReports', 'GET', `${detail}/reports`, (call) =>
      pageOf(services, call, find(services, call).submission.reports),
    ),
    operation('listValidations', 'GET', `${detail}/validations`, (call) => {
      const { substate, validations } = find(services, call).submission;
      return pageOf(services, call, substate === 'Submitted' ? [] : validations);
    }),
    operation('getWorkflowDetails', 'GET', `${detail}/workflowdetails`, (call) =>
      wholeList(workflowDetails(find(services, call).submission, services.clock.now())),
    ),
  ];
}

function find(services: Services, call: Call): { product: IngestionProduct; submission: ProductSubmission } {
  const product = findProduct(services, call);
  const submission = product.submissions.find(({ id }) => id === param(call, 'submissionId'));
  if (!submission) throw notFound(call, 'Submission');
  return { product, submission };
}

function list(services: Services, call: Call): Answer {
  const product = findProduct(services, call);
  const isWanted = parseFilter(call, queryOf(call, '$filter') ?? '', termOf);
  const latest = services.clock.now() - services.world.settings.switches.listDelay;
  const rows = product.submissions.filter((submission) => submission.created <= latest && isWanted(submission));
  return pageOf(
    services,
    call,
    rows.map((submission) => renderSubmission(services, call, product, submission)),
  );
}

/** *Documented*: state and targets can be asked for. How targets are written is *assumed*. */
function termOf(term: string): Test<ProductSubmission> | undefined {
  const state = /^state\s+eq\s+'([^']*)'$/i.exec(term)?.[1];
  if (state !== undefined) return (submission) => stateOf(submission).toLowerCase() === state.toLowerCase();
  const target = /^targets(?:\/any\(.*value)?\s+eq\s+'([^']*)'\s*\)?$/i.exec(term)?.[1];
  return target === undefined ? undefined : () => target.toLowerCase() === 'preview';
}

function remove(services: Services, call: Call): Answer {
  const { product, submission } = find(services, call);
  if (stateOf(submission) !== 'InProgress') {
    throw conflict(call, 'Submission', 'Only a submission in progress can be deleted.');
  }
  product.submissions = product.submissions.filter((other) => other !== submission);
  return empty(204);
}

function promote(services: Services, call: Call): Answer {
  const { product, submission } = find(services, call);
  if (services.world.settings.switches.promoteBody === 'empty' && call.body.length > 0) {
    throw invalid(call, 'Body', 'The request body must be empty.');
  }
  if (product.submissions.at(-1) !== submission || submission.substate !== 'ReadyToPublish') {
    throw conflict(call, 'Submission', 'Only a submission that is ready to publish can be promoted.');
  }
  promoteNow(services, submission);
  return json(200, workflowDetails(submission, services.clock.now())[1]);
}

/** Sends a submission to the store. */
export function promoteNow(services: Services, submission: ProductSubmission): void {
  submission.substate = 'Publishing';
  submission.since = services.clock.now();
  submission.promoted = submission.since;
}
