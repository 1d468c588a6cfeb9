import { isLanguageCode } from '../domain/language-code';
import { keyFaults } from './key-faults';
import { fault } from './rule';

/** For what is keyed by language: which of them the marketplace has is left to it. */
export const languageFaultsOf = keyFaults({
  isKnown: (code) => isLanguageCode(code.toLowerCase()),
  unknown: fault('unknown-language', 'A language is written as "en-us".'),
});
