import type { z } from 'zod';
import type { Answer, Call } from '../http';
import { productPath, withOptions } from './addresses';
import type { ListingAddress } from './listing-methods';
import type { IngestionOperation } from './operations';
import type { ListCall } from './pages';
import type { IngestionRequests, PossiblyConditionalCall } from './requests';

/** A file of a listing. */
export interface ListingFileAddress extends ListingAddress {
  readonly fileId: string;
}

export interface FileOptions {
  /** Shows `fileSasUri`, which reads leave out otherwise. */
  readonly withFileSasUri?: boolean;
}

type FileCall = 'list' | 'create' | 'get' | 'update' | 'delete';

/** In what images, assets and videos differ. */
interface FileFamily<S extends z.ZodType> {
  readonly resources: 'assets' | 'images' | 'videos';
  readonly resourceType: string;
  readonly schema: S;
  readonly operations: Readonly<Record<FileCall, IngestionOperation>>;
}

/** The files of one kind: B18–B23 of the endpoint table, documented at `ListingFileMethods`. */
export class ListingFiles<S extends z.ZodType> {
  constructor(
    private readonly requests: IngestionRequests,
    private readonly family: FileFamily<S>,
  ) {}

  list(listing: ListingAddress, call: ListCall, options?: FileOptions): AsyncGenerator<z.output<S>> {
    const { schema, operations } = this.family;
    return this.requests.list({ schema, operation: operations.list, path: shown(this.pathOf(listing), options) }, call);
  }

  create(listing: ListingAddress, file: object, call: Call): Promise<Answer<z.output<S>>> {
    const { schema, operations, resourceType } = this.family;
    const body = { resourceType, state: 'PendingUpload', ...file };
    return this.requests.post({ schema, operation: operations.create, path: this.pathOf(listing), body }, call);
  }

  get(file: ListingFileAddress, call: Call, options?: FileOptions): Promise<Answer<z.output<S>>> {
    const { schema, operations } = this.family;
    const path = shown(this.pathOf(file, file.fileId), options);
    return this.requests.read({ schema, operation: operations.get, path }, call);
  }

  update(file: ListingFileAddress, document: object, call: PossiblyConditionalCall): Promise<Answer<z.output<S>>> {
    const { schema, operations, resourceType } = this.family;
    const [path, body] = [this.pathOf(file, file.fileId), { resourceType, ...document }];
    return this.requests.put({ schema, operation: operations.update, path, body }, call);
  }

  delete(file: ListingFileAddress, call: Call): Promise<Answer<unknown>> {
    const { operations } = this.family;
    return this.requests.delete({ operation: operations.delete, path: this.pathOf(file, file.fileId) }, call);
  }

  private pathOf({ productId, listingId }: ListingAddress, ...rest: readonly string[]): string {
    return productPath(productId, 'listings', listingId, this.family.resources, ...rest);
  }
}

function shown(path: string, { withFileSasUri = false }: FileOptions = {}): string {
  return withFileSasUri ? withOptions(path, { expand: 'FileSasUri' }) : path;
}
