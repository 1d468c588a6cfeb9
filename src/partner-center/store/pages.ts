import type { z } from 'zod';
import { HttpStatusError, MalformedResponseError, type Call, type Transport } from '../http';

/** Rows per request, unless told otherwise. */
export const defaultTop = 100;

/** How a list is read. */
export interface ListOptions {
  /** Rows per request; 100 unless told otherwise. */
  readonly top?: number;
  /** Rows that are passed over; none unless told otherwise. */
  readonly skip?: number;
}

/** A page: rows, and where the next one is. */
interface Page<Row> {
  readonly value: Row[];
  readonly '@nextLink'?: string | undefined;
}

export interface ListRequest<Row> extends Call {
  readonly operation: string;
  readonly path: string;
  readonly schema: z.ZodType<Page<Row>>;
  readonly top: number;
  readonly skip: number | undefined;
}

/** All rows of a list, page by page as they are asked for. "None found" is a 404 by the pages, an empty list in fact. */
export async function* listRows<Row>(transport: Transport, request: ListRequest<Row>): AsyncGenerator<Row> {
  const seen = new Set<string>();
  let link: string | undefined = request.path;
  while (link !== undefined) {
    // A service that names a page twice would be read for ever.
    if (seen.has(link))
      throw new MalformedResponseError({ ...request, method: 'GET' }, 200, ['@nextLink: names an earlier page']);
    const page: Page<Row> = await readPage(transport, request, { link, first: seen.size === 0 });
    seen.add(link);
    yield* page.value;
    link = page['@nextLink'];
  }
}

async function readPage<Row>(
  transport: Transport,
  request: ListRequest<Row>,
  at: { link: string; first: boolean },
): Promise<Page<Row>> {
  const { operation, schema, allowance, signal } = request;
  try {
    const answer = await transport.send({
      method: 'GET',
      path: at.link,
      ...(at.first ? { query: queryOf(request) } : {}),
      schema,
      operation,
      repeatable: true,
      allowance,
      signal,
    });
    return answer.value;
  } catch (error) {
    if (at.first && error instanceof HttpStatusError && error.status === 404 && !namesApplication(error))
      return { value: [] };
    throw error;
  }
}

function queryOf({ top, skip }: Pick<ListRequest<unknown>, 'top' | 'skip'>): Record<string, number> {
  return skip === undefined ? { top } : { top, skip };
}

function namesApplication(error: HttpStatusError): boolean {
  return /^application(Id)?$/i.test(error.target ?? '') || /application not found/i.test(error.serviceMessage ?? '');
}
