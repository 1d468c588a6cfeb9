import { z } from 'zod';
import { withoutNulls } from './body';

/** Words of a service, open when reading: one that is not listed is kept as it came. */
export type Open<T extends string> = T | (string & Record<never, never>);

/** The schema of such a word. */
export const open = <T extends string>() => z.string() as unknown as z.ZodType<Open<T>, Open<T>>; // a string for zod, narrower words for people

/** Reads a missing member and a null alike. Not for what is written back: it would lose its nulls. */
export const tolerant = <S extends z.ZodType>(schema: S) => z.preprocess(withoutNulls, schema);
