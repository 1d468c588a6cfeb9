import { fold, jsonView, make, sizeText, time } from './elements.js';
import { badge, fact, note, problemList, table } from './parts.js';

/**
 * @typedef {import('./emulator.js').Submission} Submission
 * @typedef {import('./emulator.js').Uploads} Uploads
 */

const GROUPS = /** @type {const} */ ({ Published: 'good', PendingCommit: 'draft', Canceled: 'ended' });

/**
 * The status of a submission, as a badge.
 *
 * @param {Submission} submission
 */
export function statusBadge({ status }) {
  const group = status.endsWith('Failed')
    ? 'bad'
    : (Object.entries(GROUPS).find(([name]) => name === status)?.[1] ?? 'busy');
  return badge(group, status);
}

/**
 * A submission with all that is known about it.
 *
 * @param {string} place what it is to its application, such as `Published`
 * @param {Submission} submission
 * @param {Uploads[string] | undefined} upload
 */
export function submissionView(place, submission, upload) {
  const { id, content, friendlyName } = submission;
  const heading = `submission-${id}`;
  return make(
    'section',
    { class: 'submission', 'aria-labelledby': heading },
    make('h3', { id: heading }, `${place}: ${friendlyName} `, statusBadge(submission)),
    make('dl', {}, facts(submission, upload)),
    problems(submission),
    packages(submission),
    'listings' in content &&
      Object.entries(content.listings).map(([language, listing]) =>
        fold(`${id}/listing/${language}`, [`Listing ${language} `, note(titleOf(listing))], () => [
          jsonView(`Listing ${language} of submission ${id}`, listing),
        ]),
      ),
    fold(`${id}/document`, ['Whole document'], () => [jsonView(`Document of submission ${id}`, content)]),
  );
}

/** @param {{ title: string } | { baseListing: { title: string } }} listing of an add-on, or of an application */
function titleOf(listing) {
  return 'title' in listing ? listing.title : listing.baseListing.title;
}

/** @param {Submission} submission */
function rolloutText({ content, rolloutStatus }) {
  const rollout = 'packageDeliveryOptions' in content && content.packageDeliveryOptions.packageRollout;
  if (!rollout || !rollout.isPackageRollout) return undefined;
  return `${rolloutStatus.replace('PackageRollout', '')}, ${rollout.packageRolloutPercentage} %`;
}

/**
 * @param {Submission} submission
 * @param {Uploads[string] | undefined} upload
 * @returns {import('./elements.js').Leaf[]}
 */
function facts(submission, upload) {
  const { id, content, commit } = submission;
  const rollout = rolloutText(submission);
  return [
    fact('Id', make('code', {}, id)),
    fact('In this status since', time(submission.since)),
    fact('Last touched', submission.portal ? 'in the portal: the API may only read it' : 'by the API'),
    'pricing' in content &&
      fact(
        'Price',
        `${content.pricing.priceId}${submission.hiddenPrice ? `, buyers pay ${submission.hiddenPrice}` : ''}`,
      ),
    fact('Publishes', content.targetPublishMode),
    rollout !== undefined && fact('Rollout', rollout),
    submission.upload && fact('Upload', uploadText(upload)),
    commit && fact('Committed', time(commit.at)),
    commit?.outcome && fact('Is to end in', commit.outcome.result),
  ];
}

/** @param {Uploads[string] | undefined} upload */
function uploadText(upload) {
  if (!upload) return 'URL given out';
  return upload.size === null ? 'URL given out, nothing uploaded' : `${sizeText(upload.size)} uploaded`;
}

/** @param {Submission} submission */
function problems({ errors, reports }) {
  return [
    problemList(
      'Errors',
      errors.map(({ code, details }) => ({ code, text: details })),
    ),
    reports.map(({ date, reportUrl }) =>
      make('p', {}, 'Certification report of ', date.slice(0, 10), ': ', make('code', {}, reportUrl)),
    ),
  ];
}

/** @param {Submission} submission */
function packages({ content, id }) {
  if ('contentType' in content) return [];
  const all = 'flightPackages' in content ? content.flightPackages : content.applicationPackages;
  if (all.length === 0) return make('p', { class: 'empty' }, 'No packages.');
  return table(
    `Packages of submission ${id}`,
    ['Package', 'Version', 'Architecture', 'State'],
    all.map(({ fileName, version, architecture, fileStatus }) => [fileName, version, architecture, fileStatus]),
  );
}
