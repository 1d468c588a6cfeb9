/** A route template in ASP.NET's syntax, ready to match: `items/{id:int}/{part?}/{*rest}`. */
export interface RouteTemplate {
  /** Lower is tried first: literals before constrained parameters, parameters, and a rest at the end. */
  readonly precedence: string;
  /** Parameters of a path (without the prefix), or undefined when it does not match. Absent optional ones are absent. */
  match(segments: readonly string[]): Record<string, string> | undefined;
}

interface Segment {
  readonly rank: '1' | '2' | '3' | '4' | '5';
  readonly pattern: RegExp;
  readonly parameters: readonly Parameter[];
  readonly isOptional: boolean;
  readonly isRest: boolean;
}

interface Parameter {
  readonly name: string;
  readonly fallback: string | undefined;
  readonly constraints: readonly ((value: string) => boolean)[];
}

const parameterPattern = /\{(\*{0,2})([^}:=?]+)((?::(?:[^}(=?]+(?:\([^)]*\))?))*)(?:=([^}]*))?(\?)?\}/g;

/**
 * Reads a route template.
 *
 * @throws Error when it cannot be understood, naming the part.
 */
export function parseTemplate(template: string): RouteTemplate {
  const segments = template
    .replace(/^\/+|\/+$/g, '')
    .split('/')
    .filter((text) => text !== '')
    .map(parseSegment);
  return { precedence: segments.map(({ rank }) => rank).join(''), match: (path) => matchSegments(segments, path) };
}

function parseSegment(text: string): Segment {
  const parameters: Parameter[] = [];
  let pattern = '';
  let end = 0;
  let isOptional = false;
  let isRest = false;
  for (const found of text.matchAll(parameterPattern)) {
    const [whole, stars, name = '', constraints = '', fallback, optional] = found;
    pattern += escape(text.slice(end, found.index)) + (stars ? '(.*)' : '(.+?)');
    end = found.index + whole.length;
    isRest ||= Boolean(stars);
    isOptional ||= optional !== undefined || fallback !== undefined;
    parameters.push({ name, fallback, constraints: parseConstraints(constraints) });
  }
  const tail = text.slice(end);
  if (/[{}]/.test(tail)) throw new Error(`The route part '${text}' cannot be understood.`);
  const rank = rankOf(parameters, isRest, text);
  return { rank, pattern: new RegExp(`^${pattern}${escape(tail)}$`, 'is'), parameters, isOptional, isRest };
}

function rankOf(parameters: readonly Parameter[], isRest: boolean, text: string): Segment['rank'] {
  if (parameters.length === 0) return '1';
  if (isRest) return '5';
  const isWhole = text.startsWith('{') && text.endsWith('}') && parameters.length === 1;
  if (!isWhole) return '2';
  return parameters.some(({ constraints }) => constraints.length > 0) ? '3' : '4';
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

const constraintKinds: Record<string, (argument: string) => (value: string) => boolean> = {
  int: () => (value) => /^[+-]?\d+$/.test(value) && Math.abs(Number(value)) <= 2_147_483_648,
  long: () => (value) => /^[+-]?\d+$/.test(value),
  bool: () => (value) => /^(true|false)$/i.test(value),
  guid: () => (value) => /^\{?[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}\}?$/i.test(value),
  alpha: () => (value) => /^[a-z]*$/i.test(value),
  decimal: () => (value) => /^[+-]?\d+(\.\d+)?$/.test(value),
  datetime: () => (value) => !Number.isNaN(Date.parse(value)),
  length: (argument) => {
    const [low = 0, high = low] = argument.split(',').map(Number);
    return (value) => value.length >= low && value.length <= high;
  },
  minlength: (argument) => (value) => value.length >= Number(argument),
  maxlength: (argument) => (value) => value.length <= Number(argument),
  min: (argument) => (value) => Number(value) >= Number(argument),
  max: (argument) => (value) => Number(value) <= Number(argument),
  range: (argument) => {
    const [low = 0, high = 0] = argument.split(',').map(Number);
    return (value) => Number(value) >= low && Number(value) <= high;
  },
  regex: (argument) => (value) => new RegExp(argument, 'i').test(value),
};

function parseConstraints(text: string): ((value: string) => boolean)[] {
  return [...text.matchAll(/:([^:(]+)(?:\(([^)]*)\))?/g)].map(([, kind = '', argument = '']) => {
    const make = constraintKinds[kind.toLowerCase()];
    if (make === undefined) throw new Error(`The route constraint '${kind}' is not known.`);
    return make(argument);
  });
}
