import { z } from 'zod';
import { SecretUrl, tolerant } from '../http';

/*
 * What the answers of the submission API have in common, as they come over the wire: members that are not set are
 * missing (the service never writes a null; one would be read as missing), enums open, ids always strings (those of
 * submissions have 19 digits, more than a number holds). Members that are not listed are kept, so that what is read can
 * be written back whole: most PUTs replace.
 */

export const id = z.string().min(1);
export const texts = z.array(z.string());

/** `{type, value}`: how the API names nearly everything. */
export const TypeValuePair = z.looseObject({ type: z.string(), value: z.string() });
export type TypeValuePair = z.output<typeof TypeValuePair>;

/** A tenant, subscription or mail address that something is meant for. */
export const AudienceMember = z.looseObject({ ID: z.string().optional(), description: z.string().optional() });

/** Of everything that can be changed. The ETag goes into `If-Match` as it is, its quotes included. */
export const entityMembers = {
  resourceType: z.string().optional(),
  id,
  '@odata.etag': z.string().optional(),
} as const;

/** An address whose signature is the right to use it; undefined where there is none. */
export const secretUrl = z
  .string()
  .transform((url) => (url === '' ? undefined : new SecretUrl(url)))
  .optional();

/**
 * What is sent of a resource: everything but what the service gives it. The id is that of the address, the ETag that of
 * `If-Match`; those in the document count for nothing, so that what was read can be sent back as it is.
 */
export type Draft<T> = { [K in keyof T as K extends 'id' | '@odata.etag' ? never : K]: T[K] };

/** A page of a list: the link is there if and only if more rows are. The OpenAPI document calls it otherwise. */
export const pageOf = <S extends z.ZodType>(row: S) =>
  tolerant(
    z.looseObject({
      nextLink: z.string().optional(),
      '@odata.nextLink': z.string().optional(),
      value: z.array(row).default([]),
    }),
  );

/**
 * A time of the service, which writes UTC with or without a `Z`; undefined when it is not set (1601, empty) or no time.
 */
export function readTime(value: string | undefined): Date | undefined {
  if (value === undefined || value === '' || value.startsWith('1601-')) return undefined;
  const zoned = /T.*(Z|[+-]\d{2}:?\d{2})$/i.test(value) || !value.includes('T');
  const time = new Date(zoned ? value : `${value}Z`);
  return Number.isNaN(time.getTime()) ? undefined : time;
}
