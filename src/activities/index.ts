import type { everyActivity } from '../contracts/every-activity';
import type { ActivityRef } from '../contracts/durable';
import { createAcquireClaim } from './acquire-claim';
import { createBeginRun } from './begin-run';
import { createCheckAssets } from './check-assets';
import { createCheckToken } from './check-token';
import { createChangeRollout } from './change-rollout';
import { createCheckpoint } from './checkpoint';
import { createClearStoreSubmission } from './clear-store-submission';
import { createCloseGate } from './close-gate';
import { createCommitStoreSubmission } from './commit-store-submission';
import { createCreateStoreSubmission } from './create-store-submission';
import type { Activity, ActivityDeps, Invocation } from './deps';
import { createEndPlan } from './end-plan';
import { createFindStoreProduct } from './find-store-product';
import { createFollowReferences } from './follow-references';
import { createInspectPackage } from './inspect-package';
import { createJudgePlan } from './judge-plan';
import { createLookAtStoreProduct } from './look-at-store-product';
import { createMakeStoreProduct } from './make-store-product';
import { createFindOffer } from './offers/find-offer';
import { createLookAtOffer } from './offers/look-at-offer';
import { createMakeOffer } from './offers/make-offer';
import { createPollOffer } from './offers/poll-offer';
import { createPromoteOffer } from './offers/promote-offer';
import { createPublishOffer } from './offers/publish-offer';
import { createSettleOffer } from './offers/settle-offer';
import { createVerifyOffer } from './offers/verify-offer';
import { createWithdrawOffer } from './offers/withdraw-offer';
import { createUploadOfferFiles, createWriteOfferDraft } from './offers/write-offer-draft';
import { createPollStoreSubmission } from './poll-store-submission';
import { createReadPlanBytes } from './read-plan-bytes';
import { createReadRollout } from './read-rollout';
import { createReleaseClaim } from './release-claim';
import { createRememberPublished } from './remember-published';
import { createSupersede } from './supersede';
import { createUpdateStoreSubmission } from './update-store-submission';
import { createUploadStorePackages } from './upload-store-packages';
import { createVerifyStoreSubmission } from './verify-store-submission';
import { createWithdrawStoreSubmission } from './withdraw-store-submission';

/** What each activity of the contract is done by; a handler that does not fit its ref does not compile. */
export type Activities = {
  readonly [Name in keyof typeof everyActivity]: (typeof everyActivity)[Name] extends ActivityRef<infer I, infer O>
    ? Activity<I, O>
    : never;
};

/** Makes every activity for one invocation. */
export function createActivities(deps: ActivityDeps, invocation: Invocation): Activities {
  const { ring, log } = invocation;
  return {
    beginRun: createBeginRun(deps),
    checkpoint: createCheckpoint(deps, log),
    closeGate: createCloseGate(deps),
    checkToken: createCheckToken(deps),
    inspectPackage: createInspectPackage(deps),
    followReferences: createFollowReferences(deps),
    checkAssets: createCheckAssets(deps),
    findStoreProduct: createFindStoreProduct(deps),
    makeStoreProduct: createMakeStoreProduct(deps),
    acquireClaim: createAcquireClaim(deps),
    supersede: createSupersede(deps, invocation),
    releaseClaim: createReleaseClaim(deps, ring),
    lookAtStoreProduct: createLookAtStoreProduct(deps),
    clearStoreSubmission: createClearStoreSubmission(deps),
    createStoreSubmission: createCreateStoreSubmission(deps),
    updateStoreSubmission: createUpdateStoreSubmission(deps),
    verifyStoreSubmission: createVerifyStoreSubmission(deps),
    uploadStorePackages: createUploadStorePackages(deps),
    commitStoreSubmission: createCommitStoreSubmission(deps),
    pollStoreSubmission: createPollStoreSubmission(deps),
    withdrawStoreSubmission: createWithdrawStoreSubmission(deps),
    readRollout: createReadRollout(deps),
    changeRollout: createChangeRollout(deps),
    rememberPublished: createRememberPublished(deps),
    findOffer: createFindOffer(deps),
    makeOffer: createMakeOffer(deps),
    lookAtOffer: createLookAtOffer(deps),
    writeOfferDraft: createWriteOfferDraft(deps),
    uploadOfferFiles: createUploadOfferFiles(deps),
    verifyOffer: createVerifyOffer(deps),
    publishOffer: createPublishOffer(deps),
    pollOffer: createPollOffer(deps),
    promoteOffer: createPromoteOffer(deps),
    withdrawOffer: createWithdrawOffer(deps),
    settleOffer: createSettleOffer(deps),
    readPlanBytes: createReadPlanBytes(deps),
    judgePlan: createJudgePlan(deps),
    endPlan: createEndPlan(deps),
  };
}
