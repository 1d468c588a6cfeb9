import { MalformedResponseError } from './errors';

/** The part of a request that makes its address. */
interface Addressed {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>;
}

/**
 * The full address of a request. The path may come from the service itself (`@nextLink`): a leading slash is
 * tolerated, and whatever leads out of the base is refused, since the token would go with it.
 * @throws MalformedResponseError for a path that leaves the base.
 */
export function resolveUrl(baseUrl: string, request: Addressed): string {
  const base = new URL(baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`);
  const url = locate(request.path, base);
  if (!isBelow(url, base)) {
    throw new MalformedResponseError(request, 200, ['a link leads out of the service']);
  }
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value));
  }
  return url.href;
}

/** A link of the service as the path below the base that it stands for, with its query; undefined when it leads out. */
export function belowBase(baseUrl: string, link: string | undefined): string | undefined {
  const base = new URL(baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`);
  const url = link === undefined ? undefined : locateOrNothing(link, base);
  if (url === undefined || !isBelow(url, base)) return undefined;
  return url.pathname.slice(base.pathname.length) + url.search;
}

function locateOrNothing(link: string, base: URL): URL | undefined {
  try {
    return locate(link, base);
  } catch {
    return undefined;
  }
}

function isBelow(url: URL, base: URL): boolean {
  return url.origin === base.origin && url.pathname.toLowerCase().startsWith(base.pathname.toLowerCase());
}

/** Relative to the base, to its host (then it repeats the base's path), or complete. */
function locate(path: string, base: URL): URL {
  const relative = path.replace(/^\/+/, '');
  if (URL.canParse(relative)) return new URL(relative);
  const fromHost = `/${relative}`.toLowerCase().startsWith(base.pathname.toLowerCase()) && base.pathname !== '/';
  return fromHost ? new URL(`/${relative}`, base) : new URL(`./${relative}`, base);
}
