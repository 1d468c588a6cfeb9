import type { HostedFunction } from '../host/registry';
import type { AuthLevel } from './keys';
import { parseTemplate, type RouteTemplate } from './route-template';

/** An HTTP function that a request has found. */
export interface RouteMatch {
  readonly target: HostedFunction;
  readonly authLevel: AuthLevel;
  readonly parameters: Record<string, string>;
}

interface Route {
  readonly target: HostedFunction;
  readonly authLevel: AuthLevel;
  readonly methods: ReadonlySet<string>;
  readonly template: RouteTemplate;
}

/** Finds the HTTP function of a request: no case in literals, the most specific template first. */
export class Routes {
  readonly #routes: readonly Route[];
  readonly #prefix: readonly string[];

  /**
   * @param functions HTTP functions.
   * @param prefix `routePrefix` of host.json; may be empty.
   * @throws Error when a route or an auth level cannot be understood, naming the function.
   */
  constructor(functions: readonly HostedFunction[], prefix: string) {
    this.#prefix = prefix.toLowerCase().split('/').filter(Boolean);
    this.#routes = functions.map(toRoute).sort((a, b) => (a.template.precedence < b.template.precedence ? -1 : 1));
  }

  /**
   * The function for a method and a path, or undefined: also for a path that only another method has, because on Azure
   * the method is part of the route.
   *
   * @param path percent-encoded, without the query.
   */
  find(method: string, path: string): RouteMatch | undefined {
    const segments = decodePath(path);
    if (segments === undefined) return undefined;
    const isPrefixed = this.#prefix.every((part, index) => segments[index]?.toLowerCase() === part);
    if (!isPrefixed) return undefined;
    const rest = segments.slice(this.#prefix.length);
    for (const { methods, template, target, authLevel } of this.#routes) {
      const parameters = methods.has(method.toUpperCase()) ? template.match(rest) : undefined;
      if (parameters !== undefined) return { target, authLevel, parameters };
    }
    return undefined;
  }
}

function toRoute(target: HostedFunction): Route {
  const { route, methods, authLevel } = target.trigger;
  const listed = Array.isArray(methods) && methods.length > 0 ? methods : ['GET', 'POST'];
  try {
    return {
      target,
      authLevel: toAuthLevel(authLevel),
      methods: new Set(listed.map((method) => String(method).toUpperCase())),
      template: parseTemplate(typeof route === 'string' ? route : target.name),
    };
  } catch (error) {
    throw new Error(`'${target.name}': ${error instanceof Error ? error.message : String(error)}`);
  }
}

function toAuthLevel(value: unknown): AuthLevel {
  const level = typeof value === 'string' ? value.toLowerCase() : 'anonymous';
  if (level === 'anonymous' || level === 'function' || level === 'admin') return level;
  throw new Error(`The auth level '${level}' is not known.`);
}

/** Segments of a path, decoded; an encoded slash stays encoded, as on Azure. Undefined for a malformed path. */
export function decodePath(path: string): string[] | undefined {
  try {
    return path
      .split('/')
      .filter((segment) => segment !== '')
      .map((segment) => decodeURIComponent(segment.replace(/%2f/gi, '%252F')));
  } catch {
    return undefined;
  }
}
