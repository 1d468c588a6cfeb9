import type { PublishInput, SubmissionCall } from '../contracts/activities';
import { inputOf } from '../contracts/durable';
import type { Context, Flow } from '../contracts/durable';
import { begin, end } from './run-lifecycle';
import { checkpoint } from './run';
import type { Run } from './run';
import { approve } from './approve';
import { acquireToken, checkPackages, commit, createSubmission, updateSubmission, uploadPackages } from './store-steps';
import { takeProduct } from './take-product';
import { settleProduct } from './settle-product';
import type { OpenProduct } from './settle-product';
import { confirm, watch } from './watch-store-submission';

/**
 * Publishes a Store app: checks the token and the packages, takes the product, looks at it and clears the way, makes
 * a submission with the packages and texts of the release, uploads, waits for approval, commits, and watches it to
 * the wanted end. Every step looks before it acts, so a run may be replayed, repeated or taken up by a later one.
 */
export function* publishStoreApp(ctx: Context): Flow<void> {
  const run = yield* begin(ctx, inputOf<PublishInput>(ctx));
  if (run !== undefined) yield* end(run, publish(run));
}

function* publish(run: Run): Flow<void> {
  yield* checkpoint(run, [{ type: 'run-started' }]);
  yield* acquireToken(run);
  yield* checkPackages(run);
  yield* takeProduct(run);
  const product = yield* settleProduct(run);
  if (product.kind === 'nothing-to-do') return;
  const submission = product.kind === 'committed' ? product.submission : yield* submit(run, product);
  yield* watch(run, submission);
  yield* confirm(run, submission);
}

function* submit(run: Run, product: OpenProduct): Flow<SubmissionCall> {
  const submission = yield* createSubmission(run, product.adopt);
  yield* updateSubmission(run, submission);
  yield* uploadPackages(run, submission, product.hasFiles);
  if (run.plan.approvals.includes('commit')) yield* approve(run, 'commit');
  yield* commit(run, submission);
  return submission;
}
