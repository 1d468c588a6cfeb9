import { json, type Answer } from '../core/answer';
import type { Call } from '../core/call';
import type { Services } from '../core/services';
import { invalid, notFound } from './errors';

/** *Observed*: between one and five rows, as the server likes. */
const SIZES = [2, 1, 4, 3, 5];

/** Where a page begins, and which page it is. */
interface Place {
  readonly offset: number;
  readonly page: number;
}

/**
 * A page of a list (B-R4). All *observed*: `nextLink` comes first, is relative to the root of the host, keeps the query and
 * is absent on the last page; an empty `$skipToken` is none; following a link may answer 404 (switch `ingestion.lastPage`).
 * Products were seen to be cut, and clients in use take the first page of any other list for all of it; that those may be
 * cut, too, is *assumed* (switch `ingestion.pages`).
 */
export function pageOf(
  services: Services,
  call: Call,
  rows: readonly unknown[],
  list: 'products' | 'other' = 'other',
): Answer {
  const { 'ingestion.pages': pages, 'ingestion.lastPage': lastPage } = services.world.settings.switches;
  const { offset, page } = placeOf(call);
  const isBeyond = page > 0 && offset >= rows.length;
  if (isBeyond) throw notFound(call, 'Page');
  const isCut = pages === 'irregular' || pages === list;
  const end = offset + (isCut ? (SIZES[page % SIZES.length] ?? 1) : Math.max(1, rows.length));
  const hasNext = end < rows.length || (lastPage === '404' && rows.length > 0);
  return json(200, {
    ...(hasNext && { nextLink: linkTo(call, { offset: end, page: page + 1 }) }),
    value: rows.slice(offset, end),
  });
}

/** A list that comes whole. */
export function wholeList(rows: readonly unknown[]): Answer {
  return json(200, { value: rows });
}

function placeOf(call: Call): Place {
  const token = queryOf(call, '$skipToken');
  if (token === undefined || token === '') return { offset: 0, page: 0 };
  const text = Buffer.from(token, 'base64').toString('utf8');
  const [, offset, page] = /^\{"token":"\+RID:~(\d{1,9})#RT:(\d{1,9})"\}$/.exec(text) ?? [];
  if (offset === undefined || page === undefined)
    throw invalid(call, 'SkipToken', 'The continuation token is invalid.');
  return { offset: Number(offset), page: Number(page) };
}

function linkTo(call: Call, { offset, page }: Place): string {
  const token = Buffer.from(JSON.stringify({ token: `+RID:~${offset}#RT:${page}` })).toString('base64');
  const others = [...call.query].filter(([name]) => name.toLowerCase() !== '$skiptoken');
  const query = [...others, ['$skipToken', token] as const].map(
    ([name, value]) => `${name}=${encodeURIComponent(value)}`,
  );
  return `${call.path.slice(1)}?${query.join('&')}`;
}

/** A parameter of the query, whose name has any case. */
export function queryOf(call: Call, name: string): string | undefined {
  return [...call.query].find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
}

/** Whether `$expand` names this. *Observed*: what it names in vain is ignored. */
export function isExpanded(call: Call, name: string): boolean {
  const words = (queryOf(call, '$expand') ?? '').split(',').map((word) => word.trim().toLowerCase());
  return words.includes(name.toLowerCase());
}
