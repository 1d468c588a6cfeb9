import { z } from 'zod';
import { ReleaseId, UploadId } from './forms';
import { fault } from './rule';

/** Where the bytes of a release lie. */

const releaseForm = /^rel_[0-7][0-9A-HJKMNP-TV-Z]{25}$/;

/** An earlier release of this service. */
export const EarlierSource = z
  .strictObject({
    release: ReleaseId.regex(releaseForm, fault('invalid-format', 'A release is named as POST /releases answered.')),
  })
  .meta({ id: 'EarlierSource', description: 'The bytes that an earlier release of this service has used.' });

export const SourceReference = z
  .union([
    z.strictObject({ upload: UploadId }),
    z.strictObject({
      url: z
        .string()
        .refine(
          isBytesAddress,
          fault('invalid-url', 'Use a complete https address without user name, password and fragment.'),
        )
        .meta({
          format: 'uri',
          maxLength: 8192,
          description: 'An https address of an allowed host. Its query is kept as a secret.',
        }),
    }),
    EarlierSource,
  ])
  .meta({ id: 'SourceReference', description: 'Where the bytes lie.' });

function isBytesAddress(text: string): boolean {
  const url = text.length <= 8192 && /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  return url !== undefined && url.username === '' && url.password === '' && url.hash === '' && !/[\s\\]/.test(text);
}
