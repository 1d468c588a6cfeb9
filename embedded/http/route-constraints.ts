/** Says whether a parameter's value may be there. */
export type RouteConstraint = (value: string) => boolean;

/** A constraint that takes so many arguments; `make` gets them as text. */
interface Kind {
  readonly counts: readonly number[];
  readonly make: (...given: string[]) => RouteConstraint;
}

const integer = /^\s*[+-]?\d+\s*$/;
const decimal = /^[+-]?(\d[\d,]*\.?\d*|\.\d+)$/;
const double = /^([+-]?(\d[\d,]*\.?\d*|\.\d+)(e[+-]?\d+)?|nan|[+-]?infinity)$/i;
const dashed = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const guid = new RegExp(String.raw`^([0-9a-f]{32}|${dashed}|\{${dashed}\}|\(${dashed}\))$`, 'i');
/** The last part of a path with a dot in it that something follows. */
const fileName = /\.[^./]*[^/]$/;

const matches = (pattern: RegExp): Kind => ({ counts: [0], make: () => (value) => pattern.test(value) });

const between = (low: bigint, high: bigint): RouteConstraint => {
  return (value) => integer.test(value) && BigInt(value.trim()) >= low && BigInt(value.trim()) <= high;
};

const longest = 2n ** 63n;

/** ASP.NET's inline constraints, as RouteOptions lists them (dotnet/aspnetcore, Http/Routing/src/RouteOptions.cs). */
const kinds: Readonly<Record<string, Kind>> = {
  alpha: matches(/^[a-z]*$/i),
  bool: matches(/^\s*(true|false)\s*$/i),
  datetime: { counts: [0], make: () => (value) => !Number.isNaN(Date.parse(value)) },
  decimal: matches(decimal),
  double: matches(double),
  file: matches(fileName),
  float: matches(double),
  guid: matches(guid),
  int: { counts: [0], make: () => between(-(2n ** 31n), 2n ** 31n - 1n) },
  length: { counts: [1, 2], make: (low = '', high = low) => lengthBetween(wholeNumber(low), wholeNumber(high)) },
  long: { counts: [0], make: () => between(-longest, longest - 1n) },
  max: { counts: [1], make: (high = '') => between(-longest, wholeNumber(high)) },
  maxlength: { counts: [1], make: (high = '') => lengthBetween(0n, wholeNumber(high)) },
  min: { counts: [1], make: (low = '') => between(wholeNumber(low), longest - 1n) },
  minlength: { counts: [1], make: (low = '') => lengthBetween(wholeNumber(low), longest) },
  nonfile: { counts: [0], make: () => (value) => !fileName.test(value) },
  range: { counts: [2], make: (low = '', high = '') => between(wholeNumber(low), wholeNumber(high)) },
  required: { counts: [0], make: () => (value) => value !== '' },
};

function lengthBetween(low: bigint, high: bigint): RouteConstraint {
  return (value) => BigInt(value.length) >= low && BigInt(value.length) <= high;
}

function wholeNumber(text: string): bigint {
  if (!integer.test(text)) throw new Error(`'${text}' is no whole number`);
  return BigInt(text.trim());
}

/**
 * Makes a constraint such as `int` or `range(1,9)`.
 *
 * @param name without case.
 * @param argument what stood between the parentheses, or undefined when there were none.
 * @throws Error naming a constraint that ASP.NET does not have, or that has the wrong arguments.
 */
export function makeConstraint(name: string, argument: string | undefined): RouteConstraint {
  // Its one argument is an expression, commas included, and is searched for anywhere in the value.
  if (name.toLowerCase() === 'regex' && argument !== undefined) return searchFor(new RegExp(argument, 'i'));
  const kind = kinds[name.toLowerCase()];
  if (kind === undefined) throw new Error(`The route constraint '${name}' is not known.`);
  const given = argument === undefined || argument === '' ? [] : argument.split(',');
  try {
    if (!kind.counts.includes(given.length)) throw new Error(`it takes ${kind.counts.join(' or ')} arguments`);
    return kind.make(...given);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The route constraint '${name}(${argument ?? ''})' makes no sense: ${reason}.`);
  }
}

function searchFor(pattern: RegExp): RouteConstraint {
  return (value) => pattern.test(value);
}
