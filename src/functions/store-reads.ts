import type { HttpRequest } from '@azure/functions';
import { storeLists, storeReads } from '../contracts/store-operations';
import { accountOf } from './accounts';
import { httpRoutes } from './http-route';
import type { Handler } from './http-route';
import { nextLink } from './list-releases';
import { valueOf } from './remote-problem';
import type { FunctionServices } from './services';
import { storeIds } from './foreign-ids';

type List = keyof typeof storeLists;
type Read = keyof typeof storeReads;

/** Registers the reads below `/accounts/{account}/store`: as Partner Center answers them, without secrets. */
export function registerStoreReads(services: FunctionServices): void {
  httpRoutes(storeLists, services, (list) => listOf(list, services));
  httpRoutes(storeReads, services, (read) => readOf(read, services));
}

const usualPage = 50;

function listOf(list: List, services: FunctionServices): Handler<(typeof storeLists)[List]> {
  return {
    handle: async ({ request, query }) => {
      const account = accountOf(request, services);
      const place = { ids: storeIds(request), top: query.top ?? usualPage, skip: Number(query.continuation ?? 0) };
      const { value, next } = valueOf(await services.queries.list(account, list, place));
      return { jsonBody: { value, ...nextLink(request, next === undefined ? undefined : String(next)) } };
    },
  };
}

function readOf(read: Read, services: FunctionServices): Handler<(typeof storeReads)[Read]> {
  return { handle: async ({ request }) => ({ jsonBody: await readValue(request, read, services) }) };
}

async function readValue(request: HttpRequest, read: Read, services: FunctionServices): Promise<object> {
  return valueOf(await services.queries.read(accountOf(request, services), read, storeIds(request)));
}
