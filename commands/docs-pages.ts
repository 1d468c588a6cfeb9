import { failureCatalogue, type CatalogueEntry } from '../src/domain/failure-catalogue';
import { faultCatalogue } from '../src/domain/fault-catalogue';
import { problemCatalogue } from '../src/domain/problem-catalogue';

const generated = '<!-- Made by `npm run docs` from the code: change the catalogue, not this page. -->';

/** `docs/problems.md`: what a request can be answered with, and the faults that it can have. */
export function problemsPage(): string {
  const problems = Object.entries(problemCatalogue).map(([code, entry]) =>
    section(code, entry, `HTTP status ${entry.status}.`),
  );
  const faults = Object.entries(faultCatalogue).map(
    ([code, { title, remedy }]) => `| \`${code}\` | ${cell(title)} | ${cell(remedy)} |`,
  );
  return [
    '# Problems',
    generated,
    'Every answer from 400 on is `application/problem+json` (RFC 9457) with one of these codes. Codes are stable; new ones may come.',
    ...problems,
    '# Faults',
    'Where a body has faults, `errors` has all of them together, each with a JSON pointer and one of these codes.',
    ['| code | means | what to do |', '| --- | --- | --- |', ...faults].join('\n'),
  ].join('\n\n');
}

/** `docs/failures.md`: how a release can fail. */
export function failuresPage(): string {
  const failures = Object.entries(failureCatalogue).map(([code, entry]) => section(code, entry));
  return [
    '# Failures',
    generated,
    'A release that ends `failed` has one of these codes in `failure.code`. Codes are stable; new ones may come.',
    ...failures,
  ].join('\n\n');
}

function section(code: string, { title, remedy }: CatalogueEntry, more = ''): string {
  return [`## ${code}`, `**${title}.** ${more}`.trim(), remedy].join('\n\n');
}

/** Text for a cell of a table. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('*', '\\*');
}
