import { z } from 'zod';

/**
 * A number that a double cannot hold: an integer beyond 2^53, or more digits than a double has. Kept as its text, so
 * that it passes through anything that holds JSON (history, records, exports) and is written back digit for digit, as a
 * number again. A `bigint` would do neither: JSON cannot hold it, and it has no fractions.
 *
 * That an object of the service itself has this one member with such a text is not expected: it would be written back
 * as a number.
 */
export const ExactNumber = z.strictObject({
  $number: z.string().regex(/^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/),
});
export type ExactNumber = z.output<typeof ExactNumber>;

/** TypeScript's library does not know these parts of JSON yet; Node has them since version 21. */
interface SourceTextJson {
  parse(
    text: string,
    reviver: (key: string, value: unknown, context: { readonly source?: string }) => unknown,
  ): unknown;
  rawJSON(text: string): object;
}
const sourceTextJson = JSON as unknown as SourceTextJson; // see SourceTextJson

/**
 * Reads JSON without rounding: a number that a double cannot hold becomes an `ExactNumber`.
 * @throws SyntaxError for what is not JSON
 */
export function parseExact(text: string): unknown {
  return sourceTextJson.parse(text, (_key, value, { source }) =>
    typeof value !== 'number' || source === undefined || isHeld(value, source) ? value : { $number: source },
  );
}

/** Writes JSON, each `ExactNumber` as the number that it was. Nothing is escaped for HTML: `&` stays `&`. */
export function stringifyExact(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => {
    const exact = mayBeExact(member) ? ExactNumber.safeParse(member) : undefined;
    return exact?.success === true ? sourceTextJson.rawJSON(exact.data.$number) : member;
  });
}

/** Cheap, since every object of a document is asked. */
function mayBeExact(member: unknown): boolean {
  return typeof member === 'object' && member !== null && '$number' in member;
}

/** Up to fifteen digits always survive a double. */
const shortNumber = /^-?\d{1,15}$/;

function isHeld(value: number, source: string): boolean {
  return shortNumber.test(source) || decimalOf(source) === decimalOf(String(value));
}

/** A number's text in one form: sign, digits without zeros at the ends, exponent. `null` for what is none (`Infinity`). */
function decimalOf(text: string): string | null {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i.exec(text) ?? [];
  if (whole === '') return null;
  const digits = `${whole}${fraction}`.replace(/^0+/, '');
  const significant = digits.replace(/0+$/, '');
  if (significant === '') return '0';
  const power = Number(exponent) - fraction.length + (digits.length - significant.length);
  return `${sign}${significant}e${power}`;
}
