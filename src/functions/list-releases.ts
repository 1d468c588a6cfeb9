import type { HttpRequest } from '@azure/functions';
import type { z } from 'zod';
import type { operations } from '../contracts/operations';
import { labelsOf, type ListQuery } from '../contracts/parameters';
import type { ReleaseQuery } from '../storage/release-list';
import type { Handler } from './http-route';
import { summaryBody } from './release-response';
import type { FunctionServices } from './services';

/** `GET /releases`: newest first. */
export function listReleases(services: FunctionServices): Handler<typeof operations.listReleases> {
  return {
    handle: async ({ request, query }) => {
      const page = await services.releases.list(conditions(query));
      return { jsonBody: { value: page.value.map(summaryBody), ...nextLink(request, page.continuation) } };
    },
  };
}

function conditions(query: z.infer<typeof ListQuery>): ReleaseQuery {
  const { since, label, state, ...rest } = query;
  return {
    ...rest,
    state,
    ...(label === undefined ? {} : { labels: labelsOf(label) }),
    ...(since === undefined ? {} : { since: new Date(since) }),
  };
}

/** The same request for the next page, as a path on this host; nothing where this is the last one. */
export function nextLink(request: HttpRequest, continuation: string | undefined): { nextLink?: string } {
  if (continuation === undefined) return {};
  const { pathname, searchParams } = new URL(request.url);
  // A key in the address, should a caller have put it there, is not handed out again.
  searchParams.delete('code');
  searchParams.set('continuation', continuation);
  return { nextLink: `${pathname}?${searchParams.toString()}` };
}
