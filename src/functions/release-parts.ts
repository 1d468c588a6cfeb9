import type { operations } from '../contracts/operations';
import type { Handler } from './http-route';
import { nextLink } from './list-releases';
import { Problem } from './problem';
import { recordOf } from './read-release';
import type { FunctionServices } from './services';

/** `GET /releases/{id}/document`: as it was sent, without the queries of its addresses. */
export function getReleaseDocument(services: FunctionServices): Handler<typeof operations.getReleaseDocument> {
  return {
    handle: async ({ request }) => {
      const { view } = await recordOf(request, services);
      const document = await services.documents.read<object>(view.id);
      if (document === undefined) throw new Problem('document-not-found');
      return { jsonBody: document };
    },
  };
}

const usualPage = 50;

/** `GET /releases/{id}/timeline`: what happened, oldest first. */
export function getReleaseTimeline(services: FunctionServices): Handler<typeof operations.getReleaseTimeline> {
  return {
    handle: async ({ request, query }) => {
      const { view } = await recordOf(request, services);
      const page = await services.timeline.list(view.id, query.top ?? usualPage, query.continuation);
      return { jsonBody: { value: page.value, ...nextLink(request, page.continuation) } };
    },
  };
}
