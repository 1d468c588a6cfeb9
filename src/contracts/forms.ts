import { z } from 'zod';
import { parseDuration } from '../domain/duration';
import { hasControl, lineSigns } from './control-signs';
import { fault } from './rule';

/** Forms of short texts that several messages of the wire share. */

/** An account as the settings name it. */
export const AccountName = z
  .string()
  .regex(
    /^[0-9A-Za-z][0-9A-Za-z_-]{0,62}$/,
    fault('invalid-format', 'An account is named by letters, digits, "-" and "_".'),
  )
  .meta({ description: 'An account of the settings; `GET /accounts` lists them.', examples: ['contoso'] });

export const StoreId = z
  .string()
  .regex(
    /^[0-9A-Z]{12}$/,
    fault(
      'invalid-format',
      'A Store ID has 12 upper-case letters and digits, as 9NBLGGH4R315: copy it from Partner Center.',
    ),
  )
  .meta({ description: 'The 12-character Store ID.', examples: ['9NBLGGH4R315'] });

export const Sha256 = z
  .string()
  .regex(/^[0-9a-fA-F]{64}$/, fault('invalid-format', 'A SHA-256 has 64 hexadecimal digits.'))
  .meta({ description: 'SHA-256 in hexadecimal.' });

export const UploadId = z
  .string()
  .regex(
    /^upl_[0-9a-f]{64}$/,
    fault('invalid-format', 'An upload is named as POST /uploads answered: "upl_" and 64 digits.'),
  )
  .meta({ description: 'The id that `POST /uploads` answered.' });

export const ReleaseId = z
  .string()
  .meta({ description: 'The id of a release.', examples: ['rel_01JD5Z6M0V8K3T4Q2N7XW9YBCF'] });

export const Timestamp = z.string().meta({ format: 'date-time', description: 'RFC 3339, UTC.' });

const timeForm = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)$/;

/** Whether a text is a time as RFC 3339 writes it. */
export function isTime(text: string): boolean {
  return timeForm.test(text) && !Number.isNaN(Date.parse(text));
}

/** A time that a caller gives. */
export const Time = z
  .string()
  .refine(isTime, fault('invalid-format', 'A time is written as 2026-12-01T08:00:00Z, with its offset.'))
  .meta({ format: 'date-time' });

/** A duration between two bounds. */
export function Duration(least: string, most: string): z.ZodString {
  const within = (text: string): boolean => {
    const length = parseDuration(text);
    return length === undefined || (length >= ms(least) && length <= ms(most));
  };
  return z
    .string()
    .refine(
      (text) => parseDuration(text) !== undefined,
      fault('invalid-format', 'A duration is written as PT30M or P3D.'),
    )
    .refine(within, fault('out-of-range', `A duration from ${least} to ${most} is allowed.`))
    .meta({ format: 'duration', description: `ISO 8601, from ${least} to ${most}.` });
}

function ms(text: string): number {
  return parseDuration(text) ?? 0;
}

/** Text of one line, without control characters. */
export function Line(most: number): z.ZodString {
  return z
    .string()
    .max(most)
    .refine(
      (text) => !hasControl(text),
      fault('invalid-text', 'Control characters and line breaks are not allowed here.'),
    );
}

/** Text of several lines, without other control characters. */
export function Lines(most: number): z.ZodString {
  return z
    .string()
    .max(most)
    .refine(
      (text) => !hasControl(text, lineSigns),
      fault('invalid-text', 'No control characters but line breaks and tabs are allowed.'),
    );
}

const packageExtensions = [
  '.msix',
  '.msixbundle',
  '.msixupload',
  '.appx',
  '.appxbundle',
  '.appxupload',
  '.xap',
] as const;

/** The name of a file that is sent to Partner Center: a relative path. */
export const RelativeFileName = z
  .string()
  .refine(
    isRelativePath,
    fault('invalid-file-name', 'Use a relative path with "/", without "..", drive and special characters.'),
  )
  .meta({
    maxLength: 260,
    description: 'The name Partner Center will show; unique without case.',
    examples: ['Contoso_1.5.0.0.msixbundle'],
  });

/** The name of a package for the Store, in the archive for Partner Center. */
export const PackageFileName = RelativeFileName.refine(
  (name) => packageExtensions.some((extension) => name.toLowerCase().endsWith(extension)),
  fault('invalid-file-name', `A package ends in ${packageExtensions.join(', ')}.`),
).meta({
  maxLength: 260,
  description: 'The name Partner Center will show; unique without case.',
  examples: ['Contoso_1.5.0.0.msixbundle'],
});

/** The name of a package that is already in Partner Center, whatever it looks like. */
export const ExistingFileName = Line(260).min(1);

export function isRelativePath(name: string): boolean {
  return name.length <= 260 && name.split('/').every(isPathSegment);
}

/** One that Windows takes as well. */
function isPathSegment(part: string): boolean {
  if (part === '' || /^\.+$/.test(part) || /[. ]$/.test(part) || part.startsWith(' ')) return false;
  return !/[<>:"|?*\\]/.test(part) && !hasControl(part);
}
