import { z } from 'zod';
import { withSecretUrls, type Answer, type Call, type Transport } from '../http';
import type { IngestionOperation } from './operations';
import { listRows, type ListCall } from './pages';
import { pageOf } from './resource-schema';

/** A call that replaces what has this ETag, and nothing else; `*` replaces whatever is there. */
export interface ConditionalCall extends Call {
  /** As it came in `@odata.etag` or `Answer.etag`, its quotes included. */
  readonly ifMatch: string;
}

/** A call where the API does not ask for the ETag, and obeys it if it is there. */
export interface PossiblyConditionalCall extends Call {
  readonly ifMatch?: string | undefined;
}

/** What is called, and what it answers. */
interface Endpoint<S extends z.ZodType> {
  readonly operation: IngestionOperation;
  readonly path: string;
  readonly schema: S;
}

type Headers = Readonly<Record<string, string>>;

/** The four ways of this API. Reads and replacing PUTs are safe to repeat; whatever makes, starts or deletes is sent once. */
export class IngestionRequests {
  constructor(
    private readonly transport: Transport,
    private readonly headers: Headers,
  ) {}

  read<S extends z.ZodType>(endpoint: Endpoint<S>, call: Call): Promise<Answer<z.output<S>>> {
    const { allowance, signal } = call;
    return this.transport.send({
      ...endpoint,
      method: 'GET',
      headers: this.headers,
      repeatable: true,
      allowance,
      signal,
    });
  }

  /** Rows of a list. `schema` is that of one row. */
  list<S extends z.ZodType>({ schema, ...endpoint }: Endpoint<S>, call: ListCall): AsyncGenerator<z.output<S>> {
    const { allowance, signal, paging } = call;
    return listRows<z.output<S>>(this.transport, {
      ...endpoint,
      schema: pageOf(schema),
      headers: this.headers,
      allowance,
      signal,
      paging,
    });
  }

  post<S extends z.ZodType>(
    endpoint: Endpoint<S> & { readonly body?: object },
    call: Call,
  ): Promise<Answer<z.output<S>>> {
    const { allowance, signal } = call;
    return this.transport.send({
      ...endpoint,
      ...(endpoint.body === undefined ? {} : { body: withSecretUrls(endpoint.body) }),
      method: 'POST',
      headers: this.headers,
      repeatable: false,
      allowance,
      signal,
    });
  }

  put<S extends z.ZodType>(
    endpoint: Endpoint<S> & { readonly body: object },
    call: PossiblyConditionalCall,
  ): Promise<Answer<z.output<S>>> {
    const { allowance, signal, ifMatch } = call;
    return this.transport.send({
      ...endpoint,
      body: withSecretUrls(endpoint.body),
      method: 'PUT',
      headers: ifMatch === undefined ? this.headers : { ...this.headers, 'If-Match': ifMatch },
      repeatable: true,
      allowance,
      signal,
    });
  }

  delete(endpoint: Omit<Endpoint<z.ZodType>, 'schema'>, call: Call): Promise<Answer<unknown>> {
    const { allowance, signal } = call;
    return this.transport.send({
      ...endpoint,
      schema: z.unknown(),
      method: 'DELETE',
      headers: this.headers,
      repeatable: false,
      allowance,
      signal,
    });
  }
}
