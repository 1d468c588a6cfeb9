import { isObject } from '../json-value';

/** Values of submissions, as far as they are the same to the service. */

/** Missing, `null`, nothing in it, and the year that stands for a date that is not set. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === '') return true;
  if (typeof value === 'string') return value.startsWith('1601-01-01T');
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

/** Whether two texts, numbers or dates are the same, in spite of line breaks, space at the end, and ways to write a date. */
export function isSame(meant: unknown, stored: unknown): boolean {
  return (isEmpty(meant) && isEmpty(stored)) || normal(meant) === normal(stored);
}

function normal(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value) ? Date.parse(value) : NaN;
  if (!Number.isNaN(time)) return time;
  return value.replace(/\r\n|\r/g, '\n').trimEnd();
}
