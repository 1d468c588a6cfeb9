import type { HttpRequest } from '@azure/functions';
import { Problem } from './problem';

/**
 * A browser says where a request comes from; tools do not. A page of another origin may not change anything here, even
 * where the browser adds the user's sign-in by itself.
 *
 * @throws Problem `cross-origin`
 */
export function demandSameOrigin(request: HttpRequest): void {
  const site = request.headers.get('sec-fetch-site');
  if (site !== null) {
    if (site !== 'same-origin' && site !== 'none') throw new Problem('cross-origin');
    return;
  }
  const origin = request.headers.get('origin');
  if (origin !== null && !ownHosts(request).includes(hostOf(origin))) throw new Problem('cross-origin');
}

/** No page can set these headers on a request to us without being asked for permission first. */
function ownHosts(request: HttpRequest): readonly (string | undefined)[] {
  const named = [request.headers.get('host'), request.headers.get('x-forwarded-host')];
  return [hostOf(request.url), ...named.map((host) => host?.toLowerCase())].filter((host) => host !== undefined);
}

function hostOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined;
}
