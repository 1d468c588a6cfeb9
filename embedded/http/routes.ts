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
  /** As it was written. */
  readonly text: string;
  readonly template: RouteTemplate;
}

/** What Azure keeps for itself, below any prefix: no route may begin so. */
const reserved = ['admin', 'runtime'];

/**
 * Finds the HTTP function of a request: no case in literals, and of several that match, the function whose name comes
 * first. Azure does not prefer a literal to a parameter: it tries the functions in the order of their names.
 */
export class Routes {
  readonly #routes: readonly Route[];
  readonly #prefix: readonly string[];

  /**
   * @param functions HTTP functions.
   * @param prefix `routePrefix` of host.json; may be empty.
   * @throws Error when a route or an auth level cannot be understood, or belongs to Azure or to another function,
   *   naming the function.
   */
  constructor(functions: readonly HostedFunction[], prefix: string) {
    this.#prefix = prefix.toLowerCase().split('/').filter(Boolean);
    this.#routes = functions.map(toRoute).sort((a, b) => compareNames(a.target.name, b.target.name));
    for (const [index, route] of this.#routes.entries()) demandFree(route, this.#routes.slice(0, index));
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
  const text = typeof route === 'string' && route.trim() !== '' ? route : target.name;
  try {
    return {
      target,
      authLevel: toAuthLevel(authLevel),
      methods: new Set(listed.map((method) => String(method).toUpperCase())),
      text,
      template: parseTemplate(text),
    };
  } catch (error) {
    throw new Error(`'${target.name}': ${error instanceof Error ? error.message : String(error)}`);
  }
}

function demandFree({ target, text, methods }: Route, others: readonly Route[]): void {
  const trimmed = bare(text);
  if (reserved.some((start) => trimmed.startsWith(start))) {
    throw new Error(
      `'${target.name}': the route '${text}' begins as one of Azure's own does (${reserved.join(', ')}).`,
    );
  }
  const same = others.filter((route) => bare(route.text) === trimmed);
  const other = same.find((route) => [...methods].some((method) => route.methods.has(method)));
  if (other !== undefined) {
    throw new Error(`'${target.name}': the route '${text}' is that of '${other.target.name}', for the same method.`);
  }
}

function bare(route: string): string {
  return route.replace(/^\/+|\/+$/g, '').toLowerCase();
}

function compareNames(a: string, b: string): number {
  const [first, second] = [a.toUpperCase(), b.toUpperCase()];
  return first < second ? -1 : Number(first > second);
}

function toAuthLevel(value: unknown): AuthLevel {
  const level = typeof value === 'string' ? value.toLowerCase() : 'anonymous';
  if (level === 'anonymous' || level === 'function' || level === 'admin') return level;
  throw new Error(`The auth level '${level}' is not known.`);
}

/**
 * Segments of a path, decoded; an encoded slash stays encoded, as on Azure. One slash at the end is nothing; an empty
 * segment elsewhere is one that nothing matches. Undefined for a malformed path.
 */
export function decodePath(path: string): string[] | undefined {
  const inner = path.replace(/^\//, '').replace(/\/$/, '');
  if (inner === '') return [];
  try {
    return inner.split('/').map((segment) => decodeURIComponent(segment.replace(/%2f/gi, '%252F')));
  } catch {
    return undefined;
  }
}
