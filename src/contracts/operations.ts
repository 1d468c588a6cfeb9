import { z } from 'zod';
import { AccountCheck, AccountList, Health, ReleaseList, TimelineList, Upload } from './answers';
import { cloudPartnerLists, cloudPartnerReads } from './cloud-partner-operations';
import { marketplaceLists, marketplaceReads } from './marketplace-operations';
import { FunctionName } from './names';
import type { Answer, Operation } from './operation';
import { CheckQuery, ExportQuery, ListQuery, NoQuery, ReadQuery, TimelineQuery } from './parameters';
import { PendingPlan, Plan } from './plan';
import { Release } from './release';
import { ReleaseDocument } from './release-document';
import { CancelRequest, DecisionRequest, RetryRequest, UploadRequest } from './requests';
import { RolloutDocument, rolloutOperations } from './rollout-operations';
import { storeDeletions, storeLists, storeProblems, storeReads } from './store-operations';

/** Every operation of the HTTP surface. */

const KiB = 1024;
const smallBody = 64 * KiB;
/** Of a release document, bytes. */
const documentLimit = 4 * KiB * KiB;

const accepted: Answer = {
  description: 'Accepted: the release as it is now.',
  schema: Release,
  headers: ['Location', 'Retry-After', 'ETag'],
};
const alreadySo: Answer = {
  description: 'It was so already: the release as it is now.',
  schema: Release,
  headers: ['Location', 'Retry-After', 'ETag'],
};

export const operations = {
  startRelease: {
    name: FunctionName.startRelease,
    method: 'POST',
    path: '/releases',
    access: 'publish',
    summary: 'Starts a release',
    description:
      'Checks the release document, stores it and starts the release. Safe to repeat: the same request leads to the same release.',
    query: NoQuery,
    headers: ['Idempotency-Key'],
    body: { schema: ReleaseDocument, limit: documentLimit, problem: 'invalid-document' },
    answers: {
      202: accepted,
      200: { ...alreadySo, description: 'The same request was seen before: its release as it is now.' },
    },
    problems: ['release-purged', 'idempotency-key-reused', 'queue-full'],
  },
  planRelease: {
    name: FunctionName.planRelease,
    method: 'POST',
    path: '/releases/plan',
    access: 'read',
    summary: 'Says what a release would do, and does nothing',
    description:
      'Checks the release document, reads its packages and the product, and judges them as the release would. Writes nothing in Partner Center. The same document, asked for again while its plan is made, is the same plan.',
    query: NoQuery,
    body: { schema: ReleaseDocument, limit: documentLimit, problem: 'invalid-document' },
    answers: {
      200: { description: 'The plan; with blockers the release would fail.', schema: Plan },
      202: {
        description: 'It takes longer than a request, and is made in the background.',
        schema: PendingPlan,
        headers: ['Location', 'Retry-After'],
      },
    },
    problems: ['account-unusable', 'partner-center-unavailable'],
  },
  getPlan: {
    name: FunctionName.getPlan,
    method: 'GET',
    path: '/plans/{id}',
    access: 'read',
    summary: 'Reads a plan that took longer than its request',
    description:
      'For a day after it was made. One that could not be made answers the problem that kept it from being made.',
    query: NoQuery,
    answers: {
      200: { description: 'The plan; with blockers the release would fail.', schema: Plan },
      202: { description: 'It is being made.', schema: PendingPlan, headers: ['Retry-After'] },
    },
    problems: ['plan-expired', 'account-unusable', 'budget-spent', 'partner-center-unavailable'],
  },
  listReleases: {
    name: FunctionName.listReleases,
    method: 'GET',
    path: '/releases',
    access: 'read',
    summary: 'Lists releases, newest first',
    query: ListQuery,
    answers: { 200: { description: 'One page.', schema: ReleaseList } },
    problems: [],
  },
  getRelease: {
    name: FunctionName.getRelease,
    method: 'GET',
    path: '/releases/{id}',
    access: 'read',
    summary: 'Reads a release, or waits for its next change',
    query: ReadQuery,
    headers: ['If-None-Match'],
    answers: {
      200: { description: 'The release.', schema: Release, headers: ['ETag', 'Retry-After'] },
      304: { description: 'It is as If-None-Match says.', headers: ['ETag', 'Retry-After'] },
    },
    problems: ['release-not-found'],
  },
  getReleaseDocument: {
    name: FunctionName.getReleaseDocument,
    method: 'GET',
    path: '/releases/{id}/document',
    access: 'read',
    summary: 'Reads the release document as it was sent, the queries of addresses cut',
    query: NoQuery,
    answers: { 200: { description: 'The document.', schema: z.union([ReleaseDocument, RolloutDocument]) } },
    problems: ['release-not-found', 'document-not-found'],
  },
  getReleasePlan: {
    name: FunctionName.getReleasePlan,
    method: 'GET',
    path: '/releases/{id}/plan',
    access: 'read',
    summary: 'Reads the plan that a release works by, once it has one',
    query: NoQuery,
    answers: { 200: { description: 'The plan.', schema: Plan } },
    problems: ['release-not-found', 'plan-not-found'],
  },
  getReleaseReport: {
    name: FunctionName.getReleaseReport,
    method: 'GET',
    path: '/releases/{id}/reports/{n}',
    access: 'read',
    summary: 'Leads to a certification report of the release',
    description:
      'By an address that is asked for at that moment and kept nowhere: whoever has it can read the report. The first report is 1.',
    query: NoQuery,
    answers: { 302: { description: 'The report is there.', headers: ['Location'] } },
    problems: ['release-not-found', 'report-not-found', ...storeProblems],
  },
  getReleaseTimeline: {
    name: FunctionName.getReleaseTimeline,
    method: 'GET',
    path: '/releases/{id}/timeline',
    access: 'read',
    summary: 'Lists what happened, oldest first',
    query: TimelineQuery,
    answers: { 200: { description: 'One page.', schema: TimelineList } },
    problems: ['release-not-found'],
  },
  approveRelease: {
    name: FunctionName.approveRelease,
    method: 'POST',
    path: '/releases/{id}/approve',
    access: 'decide',
    summary: 'Approves what the release waits for',
    query: NoQuery,
    body: { schema: DecisionRequest, limit: smallBody, problem: 'invalid-request' },
    answers: { 202: accepted, 200: alreadySo },
    problems: ['release-not-found', 'not-waiting', 'other-gate', 'same-person'],
  },
  rejectRelease: {
    name: FunctionName.rejectRelease,
    method: 'POST',
    path: '/releases/{id}/reject',
    access: 'decide',
    summary: 'Rejects what the release waits for, which cancels it',
    query: NoQuery,
    body: { schema: DecisionRequest, limit: smallBody, problem: 'invalid-request' },
    answers: { 202: accepted, 200: alreadySo },
    problems: ['release-not-found', 'not-waiting', 'other-gate'],
  },
  cancelRelease: {
    name: FunctionName.cancelRelease,
    method: 'POST',
    path: '/releases/{id}/cancel',
    access: 'publish',
    summary: 'Stops the release and undoes what can be undone',
    query: NoQuery,
    body: { schema: CancelRequest, limit: smallBody, problem: 'invalid-request', optional: true },
    answers: { 202: accepted, 200: alreadySo },
    problems: ['release-not-found', 'too-late', 'already-ended'],
  },
  retryRelease: {
    name: FunctionName.retryRelease,
    method: 'POST',
    path: '/releases/{id}/retry',
    access: 'publish',
    summary: 'Lets a failed release go on, with the same document and bytes',
    query: NoQuery,
    body: { schema: RetryRequest, limit: smallBody, problem: 'invalid-request', optional: true },
    answers: { 202: accepted, 200: alreadySo },
    problems: ['release-not-found', 'not-failed'],
  },
  ...rolloutOperations,
  createUpload: {
    name: FunctionName.createUpload,
    method: 'POST',
    path: '/uploads',
    access: 'publish',
    summary: 'Makes a place for bytes, named by their SHA-256',
    query: NoQuery,
    body: { schema: UploadRequest, limit: smallBody, problem: 'invalid-request' },
    answers: {
      201: { description: 'PUT the bytes to `uploadUrl`.', schema: Upload },
      200: { description: 'The bytes are there already.', schema: Upload },
    },
    problems: [],
  },
  listAccounts: {
    name: FunctionName.listAccounts,
    method: 'GET',
    path: '/accounts',
    access: 'read',
    summary: 'Lists the configured accounts',
    query: NoQuery,
    answers: { 200: { description: 'All of them.', schema: AccountList } },
    problems: [],
  },
  checkAccount: {
    name: FunctionName.checkAccount,
    method: 'GET',
    path: '/accounts/{account}/check',
    access: 'read',
    summary: 'Checks the credential of an account, and what it can see in each API of Partner Center',
    query: CheckQuery,
    answers: { 200: { description: 'What is well and what to mend.', schema: AccountCheck } },
    problems: ['account-not-found'],
  },
  exportProduct: {
    name: FunctionName.exportProduct,
    method: 'GET',
    path: '/accounts/{account}/export',
    access: 'read',
    summary: 'Reads the live product as a release document',
    description:
      'What is live, else the pending submission of a product that was never published. Sent as it is, it changes nothing.',
    query: ExportQuery,
    answers: { 200: { description: 'The release document.', schema: ReleaseDocument } },
    problems: ['account-not-found', 'nothing-to-export', ...storeProblems],
  },
  ...storeLists,
  ...storeReads,
  ...storeDeletions,
  ...marketplaceLists,
  ...marketplaceReads,
  ...cloudPartnerLists,
  ...cloudPartnerReads,
  getHealth: {
    name: FunctionName.getHealth,
    method: 'GET',
    path: '/health',
    access: 'open',
    summary: 'Says whether the service can work',
    query: NoQuery,
    answers: {
      200: { description: 'It can.', schema: Health },
      503: { description: 'It cannot.', schema: Health, headers: ['Retry-After'] },
    },
    problems: [],
  },
  getOpenApi: {
    name: FunctionName.getOpenApi,
    method: 'GET',
    path: '/openapi.json',
    access: 'open',
    summary: 'This document',
    query: NoQuery,
    answers: { 200: { description: 'OpenAPI 3.1.', schema: z.looseObject({}) } },
    problems: [],
  },
  getSchema: {
    name: FunctionName.getSchema,
    method: 'GET',
    path: '/schemas/{name}',
    access: 'open',
    summary: 'JSON Schemas for editors: release.json',
    query: NoQuery,
    answers: {
      200: { description: 'JSON Schema 2020-12.', schema: z.looseObject({}), mediaType: 'application/schema+json' },
    },
    problems: ['schema-not-found'],
  },
} as const satisfies Record<string, Operation>;
