import type { StatusDetail, Submission } from '../../core/model';
import { languagesOf, packagesOf } from '../document/content';

/** *Observed* in the warnings of every submission of an application. */
const SALES_UNSUPPORTED: StatusDetail = {
  code: 'SalesUnsupportedWarning',
  details:
    'The sales resource is no longer supported. To view or edit the sales data for this submission, use the Dev Center dashboard.',
};

/** The `statusDetails` of a submission. */
export function renderStatusDetails(submission: Submission): Record<string, unknown> {
  return {
    errors: submission.errors,
    warnings: [
      ...(submission.kind === 'application' ? [SALES_UNSUPPORTED] : []),
      ...listingWarnings(submission),
      ...(submission.warnings ?? []),
    ],
    certificationReports: submission.reports,
  };
}

/**
 * *Documented*: ListingOptOutWarning for a language that was removed or that a package has without a listing,
 * ListingOptInWarning for one that was added. *Documented*: one warning that lists the languages; the wording of the
 * latter is *assumed*.
 */
function listingWarnings(submission: Submission): StatusDetail[] {
  if (submission.kind === 'flight') return [];
  const languages = languagesOf(submission.content);
  const packaged = packagesOf(submission.content)
    .filter((entry) => entry.fileStatus === 'Uploaded')
    .flatMap((entry) => entry.languages ?? [])
    .map((code) => code.toLowerCase());
  const out = [...new Set([...submission.baseLanguages, ...packaged])].filter((code) => !languages.includes(code));
  const added = languages.filter((code) => !submission.baseLanguages.includes(code));
  return [
    ...languageWarning('ListingOptOutWarning', 'removed', out),
    ...languageWarning('ListingOptInWarning', 'added', added),
  ];
}

function languageWarning(code: string, what: string, languages: readonly string[]): StatusDetail[] {
  if (languages.length === 0) return [];
  return [{ code, details: `You have ${what} listing language(s): [${languages.join(', ')}]` }];
}
