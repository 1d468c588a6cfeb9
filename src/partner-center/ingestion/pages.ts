import type { z } from 'zod';
import { HttpStatusError, MalformedResponseError, type Call, type Request, type Transport } from '../http';

/** A page: rows, and where the next one is. */
interface Page<Row> {
  readonly value: Row[];
  readonly nextLink?: string | undefined;
  readonly '@odata.nextLink'?: string | undefined;
}

/** Where a list is begun, and who is told how far it came: for whoever shows it part by part. */
export interface Paging {
  /** The query of an earlier page's link: begins there. Absent = at the first page. */
  readonly from?: string | undefined;
  /** Told before the rows of each page: how many it has, and the query of the link to the next; undefined on the last. */
  readonly onPage: (page: { readonly rows: number; readonly next: string | undefined }) => void;
}

/** A call of a list. */
export interface ListCall extends Call {
  readonly paging?: Paging | undefined;
}

export interface ListRequest<Row> extends ListCall, Pick<Request<z.ZodType>, 'headers'> {
  readonly operation: string;
  /** With its options, which the service repeats in its links. */
  readonly path: string;
  readonly schema: z.ZodType<Page<Row>>;
}

/**
 * All rows of a list, page by page as they are asked for. How many a page has is the service's business. Links are
 * relative to the host, without a slash in front; none leads out of the API. The last link may lead to a 404, which is
 * the end of the list; a 404 to the first page is an error.
 */
export async function* listRows<Row>(
  transport: Transport,
  { paging, ...request }: ListRequest<Row>,
): AsyncGenerator<Row> {
  const seen = new Set<string>();
  const begun = paging?.from !== undefined;
  let link: string | undefined = begun ? withQuery(request.path, paging.from) : request.path;
  while (link !== undefined && link !== '') {
    const fault = faultOf(link, seen);
    if (fault !== undefined)
      throw new MalformedResponseError({ ...request, method: 'GET' }, 200, [`nextLink: ${fault}`]);
    const page: Page<Row> = await readPage(transport, request, { link, first: seen.size === 0 && !begun });
    seen.add(link);
    link = page.nextLink ?? page['@odata.nextLink'];
    paging?.onPage({ rows: page.value.length, next: queryOf(link, request) });
    yield* page.value;
  }
}

/** The path of the list stays: whatever the query is, nothing else is read by it. */
function withQuery(path: string, query: string | undefined): string {
  return `${path.split('?', 1)[0] ?? ''}?${query ?? ''}`;
}

/** @throws MalformedResponseError for a link that could only lead to the first page again */
function queryOf(link: string | undefined, request: Pick<ListRequest<unknown>, 'operation'>): string | undefined {
  if (link === undefined || link === '') return undefined;
  if (!link.includes('?')) throw new MalformedResponseError({ ...request, method: 'GET' }, 200, ['nextLink: no query']);
  return link.slice(link.indexOf('?') + 1);
}

/** Of an address in full the transport sees whether it leads out. */
const known = /^(https?:\/\/|\/?(v1\.0\/ingestion\/)?products\b)/i;

function faultOf(link: string, seen: ReadonlySet<string>): string | undefined {
  // A service that names a page twice would be read for ever.
  if (seen.has(link)) return 'names an earlier page';
  // Taken for a path below the base it would be a 404, and so the end of the list.
  return known.test(link) ? undefined : 'leads out of the service';
}

async function readPage<Row>(
  transport: Transport,
  request: ListRequest<Row>,
  at: { link: string; first: boolean },
): Promise<Page<Row>> {
  try {
    const answer = await transport.send({ ...request, method: 'GET', path: at.link, repeatable: true });
    return answer.value;
  } catch (error) {
    if (!at.first && error instanceof HttpStatusError && error.status === 404) return { value: [] };
    throw error;
  }
}
