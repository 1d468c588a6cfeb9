import { z } from 'zod';
import { segments, type Answer, type Call, type Transport } from '../http';
import { StoreOperation } from './operations';
import { AppSubmission, CommitAnswer, CreatedSubmission, SubmissionState, UploadUrlHolder } from './schema';
import { UploadUrl } from './upload-url';
import { writable, type WritableSubmission } from './writable';

/** Rows 5–10 of the endpoint table; documented at `StoreClient`. */
export class StoreSubmissions {
  constructor(private readonly transport: Transport) {}

  create(applicationId: string, call: Call): Promise<Answer<CreatedSubmission>> {
    return this.transport.send({
      ...call,
      method: 'POST',
      path: segments('applications', applicationId, 'submissions'),
      query: { isMinimalResponse: true },
      schema: CreatedSubmission,
      operation: StoreOperation.createAppSubmission,
      repeatable: false,
    });
  }

  get(applicationId: string, submissionId: string, call: Call): Promise<Answer<AppSubmission>> {
    return this.read(StoreOperation.getAppSubmission, pathOf(applicationId, submissionId), AppSubmission, call);
  }

  update(
    applicationId: string,
    submissionId: string,
    document: WritableSubmission,
    call: Call,
  ): Promise<Answer<AppSubmission>> {
    return this.transport.send({
      ...call,
      method: 'PUT',
      path: pathOf(applicationId, submissionId),
      body: writable(document),
      schema: AppSubmission,
      operation: StoreOperation.updateAppSubmission,
      repeatable: true,
    });
  }

  commit(applicationId: string, submissionId: string, call: Call): Promise<Answer<CommitAnswer>> {
    return this.transport.send({
      ...call,
      method: 'POST',
      path: pathOf(applicationId, submissionId, 'commit'),
      schema: CommitAnswer,
      operation: StoreOperation.commitAppSubmission,
      repeatable: false,
    });
  }

  delete(applicationId: string, submissionId: string, call: Call): Promise<Answer<unknown>> {
    return this.transport.send({
      ...call,
      method: 'DELETE',
      path: pathOf(applicationId, submissionId),
      schema: z.unknown(),
      operation: StoreOperation.deleteAppSubmission,
      repeatable: false,
    });
  }

  getStatus(applicationId: string, submissionId: string, call: Call): Promise<Answer<SubmissionState>> {
    const path = pathOf(applicationId, submissionId, 'status');
    return this.read(StoreOperation.getAppSubmissionStatus, path, SubmissionState, call);
  }

  async getUploadUrl(applicationId: string, submissionId: string, call: Call): Promise<Answer<UploadUrl | undefined>> {
    const path = pathOf(applicationId, submissionId);
    const { value, ...answer } = await this.read(StoreOperation.getUploadUrl, path, UploadUrlHolder, call);
    const url = value.fileUploadUrl;
    return { ...answer, value: url === undefined || url === '' ? undefined : new UploadUrl(url) };
  }

  private read<S extends z.ZodType>(
    operation: string,
    path: string,
    schema: S,
    call: Call,
  ): Promise<Answer<z.output<S>>> {
    return this.transport.send({ ...call, method: 'GET', path, schema, operation, repeatable: true });
  }
}

function pathOf(applicationId: string, submissionId: string, ...rest: readonly string[]): string {
  return segments('applications', applicationId, 'submissions', submissionId, ...rest);
}
