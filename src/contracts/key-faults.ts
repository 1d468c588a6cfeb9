import type { z } from 'zod';
import { isListingLanguage } from '../domain/store/listing-languages';
import { fault } from './rule';

interface KeyRule {
  readonly isKnown: (key: string) => boolean;
  readonly unknown: ReturnType<typeof fault>;
}

/** Adds a fault for each key that is none, or is there twice; case makes no difference. */
export function keyFaults({ isKnown, unknown }: KeyRule): (entries: object, context: z.RefinementCtx) => void {
  const double = fault('duplicate', 'It is there twice; case makes no difference.');
  return (entries, context) => {
    const names = Object.keys(entries);
    const lower = names.map((name) => name.toLowerCase());
    names.forEach((name, index) => {
      const isDouble = lower.indexOf(name.toLowerCase()) < index;
      if (isKnown(name) && !isDouble) return;
      const { params, error } = isDouble ? double : unknown;
      context.addIssue({ code: 'custom', path: [name], params, message: error });
    });
  };
}

/** For what is keyed by language. */
export const languageFaults = keyFaults({
  isKnown: isListingLanguage,
  unknown: fault('unknown-language', 'Use a language code of the Store as "en-us".'),
});
