import { cloudPartnerLists, cloudPartnerReads } from '../contracts/cloud-partner-operations';
import type { CloudPartnerList, CloudPartnerListOptions, CloudPartnerRead } from '../queries/cloud-partner-reads';
import { accountOf } from './accounts';
import { cloudPartnerIds } from './foreign-ids';
import { httpRoutes } from './http-route';
import type { Handler } from './http-route';
import { nextLink } from './list-releases';
import { valueOf } from './remote-problem';
import type { FunctionServices } from './services';

/** Registers the reads below `/accounts/{account}/cloud-partner`: as Partner Center answers them, without secrets. */
export function registerCloudPartnerReads(services: FunctionServices): void {
  httpRoutes(cloudPartnerLists, services, (list) => listOf(list, services));
  httpRoutes(cloudPartnerReads, services, (read) => readOf(read, services));
}

const usualPage = 50;

/** The service has no pages: its list is kept for a minute, and shown part by part. */
function listOf(
  list: CloudPartnerList,
  services: FunctionServices,
): Handler<(typeof cloudPartnerLists)[CloudPartnerList]> {
  return {
    handle: async ({ request, query }) => {
      const account = accountOf(request, services);
      const { top = usualPage, continuation = '0', ...narrowed } = query;
      // Each list has some of the options, and its schema has checked them.
      const place = { ids: cloudPartnerIds(request), options: narrowed as CloudPartnerListOptions };
      const rows = valueOf(await services.queries.listCloudPartner(account, list, place));
      const end = Number(continuation) + top;
      const value = rows.slice(Number(continuation), end);
      return { jsonBody: { value, ...nextLink(request, end < rows.length ? String(end) : undefined) } };
    },
  };
}

function readOf(
  read: CloudPartnerRead,
  services: FunctionServices,
): Handler<(typeof cloudPartnerReads)[CloudPartnerRead]> {
  return {
    handle: async ({ request }) => {
      const account = accountOf(request, services);
      const ids = cloudPartnerIds(request);
      return { jsonBody: valueOf(await services.queries.readCloudPartner(account, read, ids)) };
    },
  };
}
