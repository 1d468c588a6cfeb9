import { randomBytes } from 'node:crypto';

/**
 * A release's id is `rel_` and a ULID: 10 base-32 digits of the time in milliseconds, then 16 of randomness. Its row key
 * is the ULID with each digit `d` written as `31 - d`, so that the newest release comes first in the table, and id and
 * key can be computed from each other.
 */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const prefix = 'rel_';
const timeLength = 10;
const randomLength = 16;
const idPattern = /^rel_[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
const keyPattern = /^[0-9A-HJKMNP-TV-Z]{26}$/;

/** Makes ids; within one maker they grow, also within a millisecond, and clocks that go back do not disturb that. */
export function releaseIdMaker(now: () => number = Date.now): () => string {
  let lastTime = -1;
  let lastRandom: number[] = [];
  return () => {
    const time = Math.max(now(), lastTime);
    lastRandom = time === lastTime ? increment(lastRandom) : randomDigits();
    lastTime = time;
    return prefix + timeDigits(time) + lastRandom.map(digitOf).join('');
  };
}

/** A new id of this process. */
export const newReleaseId = releaseIdMaker();

/** Whether a text has the form of an id. */
export function isReleaseId(text: string): boolean {
  return idPattern.test(text);
}

/** When the id was made, milliseconds since 1970. */
export function timeOfReleaseId(id: string): number {
  return [...id.slice(prefix.length, prefix.length + timeLength)].reduce(
    (time, digit) => time * 32 + digits.indexOf(digit),
    0,
  );
}

/** Row key of an id; call it with ids only ({@link isReleaseId}). */
export function keyOfReleaseId(id: string): string {
  return inverted(id.slice(prefix.length));
}

/** The id of a row key. */
export function releaseIdOfKey(key: string): string {
  return prefix + inverted(key);
}

/** Whether a text has the form of a row key. */
export function isReleaseKey(text: string): boolean {
  return keyPattern.test(text);
}

/** The greatest row key that an id made at this time or later can have. */
export function lastKeySince(time: number): string {
  return inverted(timeDigits(Math.max(0, time)) + digitOf(0).repeat(randomLength));
}

function inverted(text: string): string {
  return [...text].map((digit) => digitOf(31 - digits.indexOf(digit))).join('');
}

function timeDigits(time: number): string {
  let rest = Math.floor(time);
  let text = '';
  for (let index = 0; index < timeLength; index += 1) {
    text = digitOf(rest % 32) + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

/** The first digit starts in the lower half: there is room for more ids in a millisecond than can be made. */
function randomDigits(): number[] {
  return [...randomBytes(randomLength)].map((byte, index) => (index === 0 ? byte % 16 : byte % 32));
}

function increment(random: readonly number[]): number[] {
  const next = [...random];
  for (let index = next.length - 1; index >= 0; index -= 1) {
    const digit = next[index] ?? 0;
    next[index] = (digit + 1) % 32;
    if (digit < 31) break;
  }
  return next;
}

function digitOf(value: number): string {
  return digits.charAt(value);
}
