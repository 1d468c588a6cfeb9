import { z } from 'zod';
import { hasControl, lineSigns } from './control-signs';
import { fault } from './rule';

/** Texts as the Store counts them: each line break is two characters. */
const writtenLength = (text: string): number => text.replace(/\r\n|\r|\n/g, '\r\n').length;

/** A text that `null` empties. */
export function Text(most: number, description: string): z.ZodNullable<z.ZodString> {
  return RequiredText(most, description).nullable();
}

export function RequiredText(most: number, description: string): z.ZodString {
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

/** A list of texts that `null` empties. */
export function TextList(most: number, length: number, description: string): z.ZodNullable<z.ZodArray<z.ZodString>> {
  return z.array(RequiredText(length, 'One entry.').min(1)).max(most).meta({ description }).nullable();
}
