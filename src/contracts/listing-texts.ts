import { z } from 'zod';
import { imageTypes, screenshotTypes } from '../domain/store/words';
import { ImageItem } from './asset-files';
import { fault } from './rule';
import { RequiredText, Text, TextList } from './texts';

const maxKeywordWords = 21;

const Keywords = z
  .array(RequiredText(30, 'One search term.').min(1))
  .max(7)
  .refine(
    (terms) => terms.flatMap((term) => term.trim().split(/\s+/)).length <= maxKeywordWords,
    fault('too-long', `All search terms together may have ${maxKeywordWords} words.`),
  )
  .meta({ description: `Search terms, at most ${maxKeywordWords} words in all.` })
  .nullable();

const mostScreenshots: Readonly<Record<string, number>> = Object.fromEntries(
  screenshotTypes.map((type) => [type, type === 'Screenshot' ? 10 : 8]),
);

type Images = { [Type in (typeof imageTypes)[number]]: z.ZodOptional<z.ZodNullable<z.ZodArray<typeof ImageItem>>> };

const lists = imageTypes.map((type) => [
  type,
  z
    .array(ImageItem)
    .max(mostScreenshots[type] ?? 10)
    .nullable()
    .optional(),
]);

const Images = z
  // The names are those of the list, each with the same form.
  .strictObject(Object.fromEntries(lists) as Images)
  .meta({ id: 'Images', description: 'By type; the list of a type is replaced whole, in order.' })
  .nullable();

/** Texts and pictures of one language: what is absent stays, `null` empties. */
export const ListingChanges = z
  .strictObject({
    title: Text(256, 'One of the reserved names of the app.').optional(),
    shortTitle: Text(50, 'A shorter name, for places with little room.').optional(),
    sortTitle: Text(255, 'The name to sort by.').optional(),
    voiceTitle: Text(255, 'The name to say to the Xbox.').optional(),
    description: RequiredText(10_000, 'What the app is.').min(1).optional(),
    shortDescription: Text(500, 'For games on the Xbox.').optional(),
    releaseNotes: Text(1500, "What's new in this version.").optional(),
    copyrightAndTrademarkInfo: Text(200, 'Copyright and trademarks.').optional(),
    licenseTerms: Text(10_000, 'Additional license terms.').optional(),
    devStudio: Text(255, 'Who made it, where that is not the publisher.').optional(),
    keywords: Keywords.optional(),
    features: TextList(20, 200, 'Product features.').optional(),
    recommendedHardware: TextList(11, 200, 'Recommended hardware.').optional(),
    minimumHardware: TextList(11, 200, 'Minimum hardware.').optional(),
    images: Images.optional(),
  })
  .meta({ id: 'ListingChanges', description: 'Of one language: what is absent stays as it is, `null` empties.' });
