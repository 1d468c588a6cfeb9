import type { Call } from '../core/call';
import { invalid } from './errors';

export type Test<T> = (row: T) => boolean;

/**
 * What `$filter` asks for (B-R2): terms joined by `or` and, *assumed*, by `and`. What is no term answers 400 (*assumed*).
 *
 * @param termOf undefined for what it does not know
 */
export function parseFilter<T>(call: Call, filter: string, termOf: (term: string) => Test<T> | undefined): Test<T> {
  if (filter.trim() === '') return () => true;
  const known = (term: string): Test<T> => {
    const test = termOf(bare(term));
    if (!test) throw invalid(call, 'Filter', 'The query specified in the URI is not valid.');
    return test;
  };
  const tests = splitOutside(bare(filter), ' or ').map((part) => splitOutside(bare(part), ' and ').map(known));
  return (row) => tests.some((all) => all.every((test) => test(row)));
}

/** Without the brackets around all of it. */
function bare(term: string): string {
  const trimmed = term.trim();
  return isEnclosed(trimmed) ? bare(trimmed.slice(1, -1)) : trimmed;
}

/** Whether the bracket that it begins with is closed by the one at its end. */
function isEnclosed(term: string): boolean {
  let depth = 0;
  for (const [index, letter] of [...term].entries()) {
    if (letter === '(') depth++;
    if (letter === ')') depth--;
    if (depth === 0) return index > 0 && index === term.length - 1;
  }
  return false;
}

/** The parts between a word that is in no brackets. */
function splitOutside(text: string, word: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '(') depth++;
    if (text[index] === ')') depth--;
    if (depth > 0 || text.slice(index, index + word.length).toLowerCase() !== word) continue;
    parts.push(text.slice(start, index));
    start = index + word.length;
  }
  return [...parts, text.slice(start)];
}
