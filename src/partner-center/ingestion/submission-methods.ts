import type { Answer, Call } from '../http';
import { productPath, quoted, withOptions } from './addresses';
import type { SubmissionState } from './enums';
import { IngestionOperation } from './operations';
import type { ListCall } from './pages';
import type { IngestionRequests } from './requests';
import {
  CertificationReport,
  Submission,
  ValidationItem,
  WorkflowDetail,
  type NewSubmission,
} from './submission-schema';

export interface SubmissionAddress {
  readonly productId: string;
  readonly submissionId: string;
}

export interface SubmissionOptions {
  /** Shows `publishOption`, which reads leave out otherwise. */
  readonly withPublishOption?: boolean;
}

export interface SubmissionListOptions extends SubmissionOptions {
  readonly state?: SubmissionState;
}

/** What is frozen and published: B32–B39. A submission keeps its id from the preview to customers. */
export interface SubmissionMethods {
  /**
   * B32, GET /products/{p}/submissions. A read, oldest first: the last one is the one that counts (`latestSubmission`).
   * Unverified: how a filter by targets is written, so there is none.
   */
  listSubmissions(productId: string, call: ListCall, options?: SubmissionListOptions): AsyncGenerator<Submission>;

  /**
   * B33, POST /products/{p}/submissions. Freezes the drafts and begins the preview; 201 or 202, both with the submission.
   * Not repeatable: after an unclear answer list the submissions; one whose `releaseNumber` is higher than before is new.
   * Works without a submission before, after one that `Failed`, is `ReadyToPublish` or `InStore`, else
   * `submission-conflict`. A module that is missing (as the resellers') does not refuse it: the submission fails
   * afterwards, and `listValidations` says why. An update of the drafts afterwards is no part of it.
   */
  createSubmission(productId: string, submission: NewSubmission, call: Call): Promise<Answer<Submission>>;

  /** B34, GET /products/{p}/submissions/{s}. A read. `state` and `substate` together say where it stands. */
  getSubmission(address: SubmissionAddress, call: Call, options?: SubmissionOptions): Promise<Answer<Submission>>;

  /**
   * B35, DELETE /products/{p}/submissions/{s}. Cancels it; 204, only while `InProgress`, else `submission-not-deletable`.
   * Not repeatable: after an unclear answer read it.
   */
  deleteSubmission(address: SubmissionAddress, call: Call): Promise<Answer<unknown>>;

  /**
   * B36, POST /products/{p}/submissions/{s}/promote. Publishes the preview to customers; 200 with the workflow to `Live`.
   * There is no way back: neither cancel nor another submission until it is live. Only from `ReadyToPublish`, else
   * `submission-not-promotable`. Not repeatable: after an unclear answer read the submission, which is `Publishing` or
   * further if it was taken. Sent without a body. Unverified: the words of its conflicts.
   */
  promoteSubmission(address: SubmissionAddress, call: Call): Promise<Answer<WorkflowDetail>>;

  /** B37, GET /products/{p}/submissions/{s}/reports. A read. */
  listCertificationReports(address: SubmissionAddress, call: ListCall): AsyncGenerator<CertificationReport>;

  /** B38, GET /products/{p}/submissions/{s}/validations. A read. */
  listValidations(address: SubmissionAddress, call: ListCall): AsyncGenerator<ValidationItem>;

  /**
   * B39, GET /products/{p}/submissions/{s}/workflowdetails. A read, of two rows: to `Preview` and to `Live`.
   * Unverified: the names of steps of anything but Dynamics 365 Business Central, and which step is in which row.
   */
  listWorkflowDetails(address: SubmissionAddress, call: ListCall): AsyncGenerator<WorkflowDetail>;
}

const preview = [{ type: 'Scope', value: 'preview' }];

export function submissionMethods(requests: IngestionRequests): SubmissionMethods {
  return { ...ofSubmissions(requests), ...ofProgress(requests) };
}

type Progress = 'promoteSubmission' | 'listCertificationReports' | 'listValidations' | 'listWorkflowDetails';

function ofSubmissions(requests: IngestionRequests): Omit<SubmissionMethods, Progress> {
  const schema = Submission;
  return {
    listSubmissions: (productId, call, options = {}) => {
      const filter = options.state === undefined ? undefined : `State eq ${quoted(options.state)}`;
      const path = withOptions(productPath(productId, 'submissions'), { filter, expand: expandOf(options) });
      return requests.list({ schema, operation: IngestionOperation.listSubmissions, path }, call);
    },
    createSubmission: (productId, submission, call) => {
      const path = productPath(productId, 'submissions');
      const body = { resourceType: 'SubmissionCreationRequest', targets: preview, ...submission };
      return requests.post({ schema, operation: IngestionOperation.createSubmission, path, body }, call);
    },
    getSubmission: (address, call, options = {}) => {
      const path = withOptions(submissionPath(address), { expand: expandOf(options) });
      return requests.read({ schema, operation: IngestionOperation.getSubmission, path }, call);
    },
    deleteSubmission: (address, call) =>
      requests.delete({ operation: IngestionOperation.deleteSubmission, path: submissionPath(address) }, call),
  };
}

function ofProgress(requests: IngestionRequests): Pick<SubmissionMethods, Progress> {
  return {
    promoteSubmission: (address, call) => {
      const path = submissionPath(address, 'promote');
      return requests.post({ schema: WorkflowDetail, operation: IngestionOperation.promoteSubmission, path }, call);
    },
    listCertificationReports: (address, call) => {
      const [operation, path] = [IngestionOperation.listCertificationReports, submissionPath(address, 'reports')];
      return requests.list({ schema: CertificationReport, operation, path }, call);
    },
    listValidations: (address, call) => {
      const path = submissionPath(address, 'validations');
      return requests.list({ schema: ValidationItem, operation: IngestionOperation.listValidations, path }, call);
    },
    listWorkflowDetails: (address, call) => {
      const path = submissionPath(address, 'workflowdetails');
      return requests.list({ schema: WorkflowDetail, operation: IngestionOperation.listWorkflowDetails, path }, call);
    },
  };
}

function submissionPath({ productId, submissionId }: SubmissionAddress, ...rest: readonly string[]): string {
  return productPath(productId, 'submissions', submissionId, ...rest);
}

function expandOf({ withPublishOption = false }: SubmissionOptions): string | undefined {
  return withPublishOption ? 'PublishOption' : undefined;
}

/** The submission that counts: the last one of the list, by which the service tells what may be done. */
export async function latestSubmission(
  client: Pick<SubmissionMethods, 'listSubmissions'>,
  productId: string,
  call: Call,
): Promise<Submission | undefined> {
  let latest: Submission | undefined;
  for await (const submission of client.listSubmissions(productId, call)) latest = submission;
  return latest;
}
