import { z } from 'zod';
import { segments, type Answer, type Call, type Transport } from '../http';
import type { StoreOperation } from './operations';
import { CommitAnswer, CreatedSubmission, SubmissionState, UploadUrlHolder } from './submission-schema';
import { UploadUrl } from './upload-url';

type SubmissionCall = 'create' | 'get' | 'update' | 'commit' | 'delete' | 'getStatus' | 'getUploadUrl';

/** In what the submissions of apps, flights and add-ons differ. */
export interface SubmissionFamily<Product, Submission, Document> {
  /** Segments of the product's address. */
  readonly address: (product: Product) => readonly string[];
  readonly schema: z.ZodType<Submission>;
  /** What of a document is sent. */
  readonly writable: (document: Document) => Document;
  /** Whether a create asks for a sparse answer: undocumented, and known of apps and flights alone. */
  readonly sparseCreate: boolean;
  readonly operations: Readonly<Record<SubmissionCall, StoreOperation>>;
}

/** The submissions of one family: rows 5–10, 19–24 and 28–33 of the endpoint table, documented at `StoreClient`. */
export class StoreSubmissions<Product, Submission, Document> {
  constructor(
    private readonly transport: Transport,
    private readonly family: SubmissionFamily<Product, Submission, Document>,
  ) {}

  create(product: Product, call: Call): Promise<Answer<CreatedSubmission>> {
    const { address, sparseCreate, operations } = this.family;
    return this.transport.send({
      ...call,
      method: 'POST',
      path: segments(...address(product), 'submissions'),
      ...(sparseCreate ? { query: { isMinimalResponse: true } } : {}),
      schema: CreatedSubmission,
      operation: operations.create,
      repeatable: false,
    });
  }

  get(product: Product, submissionId: string, call: Call): Promise<Answer<Submission>> {
    return this.read('get', this.pathOf(product, submissionId), this.family.schema, call);
  }

  update(product: Product, submissionId: string, document: Document, call: Call): Promise<Answer<Submission>> {
    const { schema, writable, operations } = this.family;
    return this.transport.send({
      ...call,
      method: 'PUT',
      path: this.pathOf(product, submissionId),
      body: writable(document),
      schema,
      operation: operations.update,
      repeatable: true,
    });
  }

  commit(product: Product, submissionId: string, call: Call): Promise<Answer<CommitAnswer>> {
    return this.transport.send({
      ...call,
      method: 'POST',
      path: this.pathOf(product, submissionId, 'commit'),
      schema: CommitAnswer,
      operation: this.family.operations.commit,
      repeatable: false,
    });
  }

  delete(product: Product, submissionId: string, call: Call): Promise<Answer<unknown>> {
    return this.transport.send({
      ...call,
      method: 'DELETE',
      path: this.pathOf(product, submissionId),
      schema: z.unknown(),
      operation: this.family.operations.delete,
      repeatable: false,
    });
  }

  getStatus(product: Product, submissionId: string, call: Call): Promise<Answer<SubmissionState>> {
    return this.read('getStatus', this.pathOf(product, submissionId, 'status'), SubmissionState, call);
  }

  async getUploadUrl(product: Product, submissionId: string, call: Call): Promise<Answer<UploadUrl | undefined>> {
    const path = this.pathOf(product, submissionId);
    const { value, ...answer } = await this.read('getUploadUrl', path, UploadUrlHolder, call);
    const url = value.fileUploadUrl;
    return { ...answer, value: url === undefined || url === '' ? undefined : new UploadUrl(url) };
  }

  private read<S extends z.ZodType>(
    what: SubmissionCall,
    path: string,
    schema: S,
    call: Call,
  ): Promise<Answer<z.output<S>>> {
    const operation = this.family.operations[what];
    return this.transport.send({ ...call, method: 'GET', path, schema, operation, repeatable: true });
  }

  private pathOf(product: Product, submissionId: string, ...rest: readonly string[]): string {
    return segments(...this.family.address(product), 'submissions', submissionId, ...rest);
  }
}
