import type { PublishInput, RemoteCall, SubmissionCall } from '../contracts/activities';
import { inputOf } from '../contracts/durable';
import type { Context, Flow } from '../contracts/durable';
import { productOf } from '../domain/store/product';
import { begin, end } from './run-lifecycle';
import { changeRollout } from './change-rollout';
import { checkpoint } from './run';
import type { Run, StoreRun } from './run';
import { storeAftermath } from './store-aftermath';
import { approve } from './approve';
import { acquireToken, checkPackages } from './prepare';
import { commit, createSubmission, updateSubmission, uploadPackages } from './store-steps';
import { takeProduct } from './take-product';
import { settleProduct } from './settle-product';
import type { OpenProduct } from './settle-product';
import { rollOut } from './roll-out';
import { waitForStart } from './wait-for-start';
import { confirm, watch } from './watch-store-submission';

/**
 * Publishes to the Store: checks the token and the packages, takes the product, looks at it and clears the way, makes
 * a submission with the packages and texts of the release, uploads, waits for approval, commits, watches it to the
 * wanted end, and takes its rollout through the stages. Every step looks before it acts, so a run may be replayed, repeated or taken up by a later one.
 */
export function* publishToStore(ctx: Context): Flow<void> {
  const begun = yield* begin(ctx, inputOf<PublishInput>(ctx));
  if (begun === undefined) return;
  const run: StoreRun = { ...begun, call: callOf(begun), submission: null };
  yield* end(run, publish(run), storeAftermath(run));
}

/** The product where the document has its id: a cancel that comes early looks there for what an earlier run made. */
function callOf({ fence, plan: { account, target } }: Run): RemoteCall | null {
  const product = productOf(target);
  return product === null ? null : { ...fence, account, product };
}

function* publish(run: StoreRun): Flow<void> {
  yield* checkpoint(run, [{ type: 'run-started' }]);
  if (run.plan.order !== undefined) return yield* changeRollout(run, run.plan.order);
  yield* waitForStart(run);
  yield* acquireToken(run);
  yield* checkPackages(run);
  const product = yield* takeProduct(run);
  const settled = yield* settleProduct(run, product);
  if (settled.kind === 'nothing-to-do') return;
  const submission = settled.kind === 'committed' ? settled.submission : yield* submit(run, product, settled);
  yield* watch(run, submission);
  yield* confirm(run, submission);
  yield* rollOut(run, submission);
}

function* submit(run: StoreRun, product: RemoteCall, { adopt, hasFiles }: OpenProduct): Flow<SubmissionCall> {
  const submission = yield* createSubmission(run, product, adopt);
  yield* updateSubmission(run, submission);
  yield* uploadPackages(run, submission, hasFiles);
  if (run.plan.approvals.includes('commit')) yield* approve(run, 'commit');
  yield* commit(run, submission);
  return submission;
}
