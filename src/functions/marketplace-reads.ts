import { marketplaceLists, marketplaceReads } from '../contracts/marketplace-operations';
import type { Continuation, MarketplaceList, MarketplaceListOptions } from '../queries/marketplace-lists';
import type { MarketplaceRead, MarketplaceReadOptions } from '../queries/marketplace-reads';
import { accountOf } from './accounts';
import { marketplaceIds } from './foreign-ids';
import { httpRoutes } from './http-route';
import type { Call, Handler } from './http-route';
import { nextLink } from './list-releases';
import { Problem } from './problem';
import { valueOf } from './remote-problem';
import type { FunctionServices } from './services';

/** Registers the reads below `/accounts/{account}/marketplace`: as Partner Center answers them, without secrets. */
export function registerMarketplaceReads(services: FunctionServices): void {
  httpRoutes(marketplaceLists, services, (list) => listOf(list, services));
  httpRoutes(marketplaceReads, services, (read) => readOf(read, services));
}

const usualPage = 50;

function listOf(
  list: MarketplaceList,
  services: FunctionServices,
): Handler<(typeof marketplaceLists)[MarketplaceList]> {
  return {
    handle: async ({ request, query }) => {
      const account = accountOf(request, services);
      const { top = usualPage, continuation, ...narrowed } = query;
      // Each list has some of the options, and its schema has checked them.
      const options = narrowed as MarketplaceListOptions;
      const from = continuation === undefined ? undefined : placeOf(continuation);
      const place = { ids: marketplaceIds(request), options, top, from };
      const page = valueOf(await services.queries.listMarketplace(account, list, place));
      if (page === 'no-such-page') throw noSuchPage();
      const next = page.next === undefined ? undefined : nameOf(page.next);
      return { jsonBody: { value: page.value, ...nextLink(request, next) } };
    },
  };
}

function readOf(
  read: MarketplaceRead,
  services: FunctionServices,
): Handler<(typeof marketplaceReads)[MarketplaceRead]> {
  return {
    handle: async ({ request, query }: Pick<Call<(typeof marketplaceReads)[MarketplaceRead]>, 'request' | 'query'>) => {
      const account = accountOf(request, services);
      // The one option that a read may have, checked by its schema.
      const options = query as MarketplaceReadOptions;
      const ids = marketplaceIds(request);
      return { jsonBody: valueOf(await services.queries.readMarketplace(account, read, { ids, options })) };
    },
  };
}

/** A place in a list as a nextLink names it: opaque, and nothing but the query of the service's own link. */
function nameOf({ query = '', skip }: Continuation): string {
  return Buffer.from(`${skip} ${query}`).toString('base64url');
}

function placeOf(continuation: string): Continuation {
  const [, skip = '', query = ''] =
    /^(\d{1,6}) ([\x21\x22\x24-\x7e]*)$/.exec(Buffer.from(continuation, 'base64url').toString()) ?? [];
  if (skip === '') throw noSuchPage();
  return { skip: Number(skip), ...(query === '' ? {} : { query }) };
}

function noSuchPage(): Problem {
  return new Problem('invalid-parameter', { detail: 'continuation: follow the nextLink of a page as it is.' });
}
