import { makeConstraint, type RouteConstraint } from './route-constraints';

/** A route template in ASP.NET's syntax, ready to match: `items/{id:int}/{part?}/{*rest}`. */
export interface RouteTemplate {
  /** Parameters of a path (without the prefix), or undefined when it does not match. Absent optional ones are absent. */
  match(segments: readonly string[]): Record<string, string> | undefined;
}

interface Segment {
  readonly pattern: RegExp;
  readonly parameters: readonly Parameter[];
  readonly isOptional: boolean;
  readonly isRest: boolean;
}

interface Parameter {
  readonly name: string;
  readonly fallback: string | undefined;
  readonly isOptional: boolean;
  readonly isRest: boolean;
  readonly constraints: readonly RouteConstraint[];
}

/** One literal stretch, one parameter with its braces, or what is neither. `{{` and `}}` stand for one brace each. */
const piece = /((?:[^{}?]|\{\{|\}\})+)|\{((?:[^{}]|\{\{|\}\})+)\}(?!\})|[\s\S]/g;

/**
 * Reads a route template.
 *
 * @throws Error when ASP.NET would not take it either, or when it holds an optional parameter beside other text.
 */
export function parseTemplate(template: string): RouteTemplate {
  if (/^[/~]/.test(template)) throw new Error(`The route '${template}' must not begin with '${template.charAt(0)}'.`);
  const segments = splitSegments(template).map(parseSegment);
  demandOrder(template, segments);
  return { match: (path) => matchSegments(segments, path) };
}

/** Parts between slashes outside braces; one slash at the end is nothing. */
function splitSegments(template: string): string[] {
  if (template === '') return [];
  const parts = template.replace(/\/$/, '').split(/\/(?![^{}]*\})/);
  if (parts.includes('')) throw new Error(`The route '${template}' has two slashes in a row.`);
  return parts;
}

function demandOrder(template: string, segments: readonly Segment[]): void {
  if (segments.slice(0, -1).some(({ isRest }) => isRest)) {
    throw new Error(`In the route '${template}' the parameter for the rest is not the last part.`);
  }
  const names = segments.flatMap(({ parameters }) => parameters.map(({ name }) => name.toLowerCase()));
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`In the route '${template}' the parameter '${twice}' is there twice.`);
}

function parseSegment(text: string): Segment {
  const parameters: Parameter[] = [];
  let pattern = '';
  let afterParameter = false;
  for (const [whole, literal, inside] of text.matchAll(piece)) {
    if (literal !== undefined) {
      pattern += escape(unescapeBraces(literal));
    } else if (inside !== undefined && !afterParameter) {
      const parameter = parseParameter(unescapeBraces(inside));
      parameters.push(parameter);
      // As much as possible goes to the first: ASP.NET matches from the right.
      pattern += parameter.isRest ? '(.*)' : '(.+)';
    } else {
      throw new Error(`The route part '${text}' cannot be understood at '${whole}'.`);
    }
    afterParameter = inside !== undefined;
  }
  const isWhole = parameters.length === 1 && /^\{.*\}$/s.test(text);
  const isRest = parameters.some((parameter) => parameter.isRest);
  const isOptional =
    isWhole && parameters.some((parameter) => parameter.isOptional || parameter.fallback !== undefined);
  if (!isWhole && parameters.some((parameter) => parameter.isRest || parameter.isOptional)) {
    throw new Error(`The route part '${text}' has an optional parameter or the rest beside other text.`);
  }
  return { pattern: new RegExp(`^${pattern}$`, 'is'), parameters, isOptional, isRest };
}

function parseParameter(text: string): Parameter {
  const [, stars = '', name = '', rest = ''] = /^(\*{0,2})([^:=?*/]*)(.*)$/s.exec(text) ?? [];
  if (name === '') throw new Error(`The route parameter '{${text}}' has no name.`);
  const isOptional = rest.endsWith('?');
  const { constraints, fallback } = parseRules(isOptional ? rest.slice(0, -1) : rest, text);
  const isRest = stars !== '';
  if (isOptional && (isRest || fallback !== undefined)) {
    throw new Error(`The route parameter '{${text}}' cannot be optional.`);
  }
  return { name, constraints, fallback, isOptional, isRest };
}

/** Reads `:int:range(1,9)=5`. */
function parseRules(text: string, parameter: string): Pick<Parameter, 'constraints' | 'fallback'> {
  const constraints: RouteConstraint[] = [];
  let left = text;
  for (;;) {
    const found = /^:([^:(=]+)(?:\((.*?)\)(?=$|[:=]))?/s.exec(left);
    if (found === null) break;
    constraints.push(makeConstraint(found[1] ?? '', found[2]));
    left = left.slice(found[0].length);
  }
  if (left !== '' && !left.startsWith('=')) throw new Error(`The route parameter '{${parameter}}' is not understood.`);
  return { constraints, fallback: left === '' ? undefined : left.slice(1) };
}

function unescapeBraces(text: string): string {
  return text.replace(/\{\{/g, '{').replace(/\}\}/g, '}');
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function matchSegments(segments: readonly Segment[], path: readonly string[]): Record<string, string> | undefined {
  const values: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const part = segment.isRest ? path.slice(index).join('/') : path[index];
    if (part === undefined || (segment.isRest && part === '')) {
      if (!segment.isOptional && !segment.isRest) return undefined;
      setFallbacks(segment, values);
    } else if (!matchSegment(segment, part, values)) {
      return undefined;
    }
  }
  const tooLong = path.length > segments.length && segments.at(-1)?.isRest !== true;
  return tooLong ? undefined : values;
}

function setFallbacks(segment: Segment, values: Record<string, string>): void {
  for (const { name, fallback } of segment.parameters) if (fallback !== undefined) values[name] = fallback;
}

function matchSegment(segment: Segment, part: string, values: Record<string, string>): boolean {
  const found = segment.pattern.exec(part);
  if (found === null) return false;
  return segment.parameters.every(({ name, constraints }, index) => {
    const value = found[index + 1] ?? '';
    values[name] = value;
    return constraints.every((accepts) => accepts(value));
  });
}
