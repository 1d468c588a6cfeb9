import { wireInteger } from '../ticks';

/**
 * Numbers that a double cannot hold, as they are kept between a PUT and a GET: any key round-trips (*documented*), and so
 * must its digits.
 */
interface ExactNumber {
  readonly $number: string;
}

/** In every Node that the emulator runs on, but not in the types of the language yet. */
const sourced = JSON as unknown as {
  parse(text: string, reviver: (key: string, value: unknown, context: { source?: string }) => unknown): unknown;
};

/** JSON without rounding: what a double does not hold digit for digit is kept as its text. */
export function parseExactly(text: string): unknown {
  return sourced.parse(text, (_key, value, { source }) =>
    typeof value === 'number' && source !== undefined && isRounded(value, source) ? { $number: source } : value,
  );
}

/** Integers beyond 2^53, and fractions of more digits than a double has; `1.0` and `1e3` are no others than `1` and `1000`. */
function isRounded(value: number, source: string): boolean {
  if (/^-?\d+$/.test(source)) return !Number.isSafeInteger(value);
  return source.replace(/e.*$/i, '').replace(/\D/g, '').replace(/^0+/, '').length > 15;
}

/** The value as it goes over the wire: such a number as the number that it was. */
export function withWireNumbers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withWireNumbers);
  if (!isObject(value)) return value;
  if (isExact(value)) return wireInteger(value.$number);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withWireNumbers(member)]));
}

function isExact(value: object): value is ExactNumber {
  const { $number, ...rest } = value as Partial<ExactNumber>;
  return typeof $number === 'string' && Object.keys(rest).length === 0;
}

/** Its nearest double, for whoever looks at how large it is. */
export function asDouble(value: unknown): unknown {
  return isObject(value) && isExact(value) ? Number(value.$number) : value;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
