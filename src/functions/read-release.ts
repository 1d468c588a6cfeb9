import type { HttpRequest, HttpResponseInit } from '@azure/functions';
import type { operations } from '../contracts/operations';
import { hasEnded, type ReleaseView } from '../domain/release';
import type { ReleaseRecord } from '../storage/release-record';
import type { Handler } from './http-route';
import { Problem } from './problem';
import { etagOf, releaseBody, retryAfter } from './release-response';
import type { FunctionServices } from './services';
import { pollUntil } from './poll-until';

/** The record that an address names. @throws Problem `release-not-found` */
export async function recordOf(request: HttpRequest, services: FunctionServices): Promise<ReleaseRecord> {
  const found = await services.releases.read(request.params['id'] ?? '');
  if (found === undefined) throw new Problem('release-not-found');
  return found.record;
}

/** `GET /releases/{id}`: at once, or held until it differs from what the caller has. */
export function getRelease(services: FunctionServices, stopping: AbortSignal): Handler<typeof operations.getRelease> {
  return {
    handle: async ({ request, query }) => {
      const read = async (): Promise<ReleaseView> => (await recordOf(request, services)).view;
      const first = await read();
      const known = request.headers.get('if-none-match');
      const isNews = (view: ReleaseView): boolean =>
        known === null ? view.rev !== first.rev : !matches(known, etagOf(view));
      const wait = { ms: (query.wait ?? 0) * 1000, everyMs: services.waitPollMs ?? 1000, signal: stopping };
      // Nothing more happens to a release that has ended, unless somebody retries it.
      const view = await pollUntil(first, read, (now) => isNews(now) || hasEnded(now.state), wait);
      return response(view, known, services.now());
    },
  };
}

function response(view: ReleaseView, known: string | null, now: Date): HttpResponseInit {
  const headers = { etag: etagOf(view), 'cache-control': 'private, no-cache', ...retryAfter(view, now) };
  if (known !== null && matches(known, etagOf(view))) return { status: 304, headers };
  return { status: 200, headers, jsonBody: releaseBody(view) };
}

/** Weak comparison, as RFC 9110 has it for this header. */
function matches(header: string, etag: string): boolean {
  if (header.trim() === '*') return true;
  return header.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);
}
