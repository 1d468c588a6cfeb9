import { z } from 'zod';
import { hasControl, lineSigns } from './control-signs';
import { fault } from './rule';

/** Limits of the Store's listings; the Store counts each line break as two characters. */
const writtenLength = (text: string): number => text.replace(/\r\n|\r|\n/g, '\r\n').length;

function Text(most: number, description: string): z.ZodNullable<z.ZodString> {
  return RequiredText(most, description).nullable();
}

function RequiredText(most: number, description: string): z.ZodString {
  return z
    .string()
    .refine(
      (text) => writtenLength(text) <= most,
      fault('too-long', `At most ${most} characters are allowed; a line break counts as two.`),
    )
    .refine(
      (text) => !hasControl(text, lineSigns),
      fault('invalid-text', 'No control characters but line breaks and tabs are allowed.'),
    )
    .meta({ maxLength: most, description });
}

function List(most: number, length: number, description: string): z.ZodNullable<z.ZodArray<z.ZodString>> {
  return z.array(RequiredText(length, 'One entry.').min(1)).max(most).meta({ description }).nullable();
}

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

/** Texts of one language: what is absent stays, `null` empties. */
const ListingChanges = z
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
    features: List(20, 200, 'Product features.').optional(),
    recommendedHardware: List(11, 200, 'Recommended hardware.').optional(),
    minimumHardware: List(11, 200, 'Minimum hardware.').optional(),
  })
  .meta({ id: 'ListingChanges', description: 'Texts of one language: what is absent stays as it is, `null` empties.' });

/** A merge patch on the live submission. */
export const StoreAppChanges = z
  .strictObject({
    listings: z
      .record(z.string(), z.strictObject({ baseListing: ListingChanges }))
      .meta({ description: 'By language, as "en-us"; case does not matter.' })
      .optional(),
    notesForCertification: Text(2000, 'For the testers at Microsoft.').optional(),
  })
  .meta({
    id: 'StoreAppChanges',
    description: 'A merge patch (RFC 7396) on the live submission: absent = keep, null = clear.',
  });
