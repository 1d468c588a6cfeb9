import type { z } from 'zod';
import { invalidValue } from '../errors';
import type { Refusal } from '../../core/answer';

/** Observed literals name no target for these. */
const WITHOUT_TARGET = new Set(['ShortDescription', 'Title', 'KeywordsTotalCount']);

/** One item of a list is named in the singular (*observed* for keywords). */
const SINGULAR: Readonly<Record<string, string>> = {
  keywords: 'Keyword',
  features: 'Feature',
  images: 'Image',
  trailers: 'Trailer',
  applicationPackages: 'ApplicationPackage',
  flightPackages: 'FlightPackage',
  groupIds: 'GroupId',
  applicationIds: 'ApplicationId',
  gamingOptions: 'GamingOption',
};

/** `The {length|size} of <Field> must be <n> or {less|more}`: the *observed* pattern of validation messages. */
export function limitExceeded(what: 'length' | 'size', field: string, limit: number, way: 'less' | 'more'): Refusal {
  const target = WITHOUT_TARGET.has(field) ? undefined : camel(field);
  return invalidValue(`The ${what} of ${field} must be ${limit} or ${way}`, target);
}

/** The refusal for the first thing that a schema found wrong. */
export function refusalFor(error: z.ZodError): Refusal {
  const [issue] = error.issues;
  const field = fieldName(issue?.path ?? []);
  const target = camel(field);
  switch (issue?.code) {
    case 'too_big':
    case 'too_small':
      return sizeRefusal(issue, field);
    case 'invalid_value':
      return invalidValue(`The value of ${field} is not one of ${issue.values.map(String).join(', ')}`, target);
    default:
      return invalidValue(`The value of ${field} is not valid`, target);
  }
}

function sizeRefusal(issue: z.core.$ZodIssueTooBig | z.core.$ZodIssueTooSmall, field: string): Refusal {
  const limit = Number(issue.code === 'too_big' ? issue.maximum : issue.minimum);
  const way = issue.code === 'too_big' ? 'less' : 'more';
  if (issue.origin === 'string') return limitExceeded('length', field, limit, way);
  if (issue.origin === 'array') return limitExceeded('size', field, limit, way);
  return invalidValue(`The value of ${field} must be ${limit} or ${way}`, camel(field));
}

/** The member that a path ends in, in Pascal case; an item of a list takes the singular of its list. */
function fieldName(path: readonly PropertyKey[]): string {
  const last = path.at(-1);
  if (typeof last === 'number') {
    const list = String(path.at(-2));
    return SINGULAR[list] ?? pascal(list);
  }
  return last === undefined ? 'Submission' : pascal(String(last));
}

function pascal(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function camel(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
