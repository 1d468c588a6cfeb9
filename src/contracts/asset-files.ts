import { z } from 'zod';
import { isRelativePath } from './forms';
import { languageFaults } from './key-faults';
import { fault } from './rule';
import { RequiredText, Text } from './texts';

/** Files of the document that `changes` name. */

const badPath = 'Use a relative path with "/", without "..", drive and special characters.';

/** Where an asset lies in the document; one that ends in "/" is a ZIP, unpacked there. */
export const AssetPath = z
  .string()
  .refine((path) => isRelativePath(path.replace(/\/$/, '')), fault('invalid-file-name', badPath))
  .meta({ maxLength: 260, description: 'A relative path; with "/" at its end, a ZIP is unpacked there.' });

/** The path of an asset whose name ends in one of these. */
export function AssetFile(extensions: readonly string[], what: string): z.ZodString {
  const ends = (path: string): boolean => extensions.some((extension) => path.toLowerCase().endsWith(extension));
  return z
    .string()
    .refine(isRelativePath, fault('invalid-file-name', badPath))
    .refine(ends, fault('wrong-file-type', `${what} is a file that ends in ${extensions.join(' or ')}.`))
    .meta({ maxLength: 260, description: 'The path of an asset of this document.' });
}

const picture = AssetFile(['.png'], 'A picture').optional();
const id = RequiredText(1024, 'One that is there, as exported.').min(1).optional();

interface Either {
  readonly file?: string | undefined;
  readonly id?: string | undefined;
}

export const isEither = ({ file, id: kept }: Either): boolean => (file === undefined) !== (kept === undefined);
export const eitherFault = fault('invalid-value', 'Give exactly one of "file" and "id".');

/** A picture with its caption. */
export const ImageItem = z
  .strictObject({ file: picture, id, description: Text(200, 'Its caption.').optional() })
  .refine(isEither, eitherFault)
  .meta({ id: 'ImageItem', description: 'A picture: a new `file`, or the `id` of one that is there.' });

/** The picture of an add-on. */
export const IconItem = z.strictObject({ file: picture, id }).refine(isEither, eitherFault).meta({
  id: 'IconItem',
  description: 'A PNG of 300 x 300 pixels: a new `file`, or the `id` of the one that is there.',
});

const TrailerAsset = z
  .strictObject({ title: RequiredText(255, 'Its title.').min(1), imageList: z.array(ImageItem).length(1) })
  .meta({ id: 'TrailerAsset', description: 'Title and thumbnail of a trailer in one language.' });

/** A trailer with what belongs to it. */
export const TrailerItem = z
  .strictObject({
    file: AssetFile(['.mp4', '.mov'], 'A trailer').optional(),
    id,
    trailerAssets: z
      .record(z.string(), TrailerAsset)
      .superRefine(languageFaults)
      .meta({ description: 'By language; replaced whole.', minProperties: 1 })
      .optional(),
  })
  .refine(isEither, eitherFault)
  .refine(
    ({ file, trailerAssets }) => file === undefined || Object.keys(trailerAssets ?? {}).length > 0,
    fault(
      'missing-member',
      'A new trailer needs "trailerAssets" with a title and a thumbnail in one language at least.',
    ),
  )
  .meta({ id: 'TrailerItem', description: 'A trailer: a new `file`, or the `id` of one that is there.' });
