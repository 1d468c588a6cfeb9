import { control } from './emulator.js';
import { fold, make } from './elements.js';
import { itemList } from './items.js';
import { badge, note } from './parts.js';
import { portalButtons } from './portal.js';
import { statusBadge, submissionView } from './submission.js';

/**
 * @typedef {import('./emulator.js').Application} Application
 * @typedef {import('./emulator.js').Product} Product
 * @typedef {import('./emulator.js').Submission} Submission
 * @typedef {import('./emulator.js').State} State
 * @typedef {import('./emulator.js').Uploads} Uploads
 * @typedef {import('./portal.js').Act} Act
 */

/** Which of a person's actions in the portal make sense for a pending submission, or for none. */
const PORTAL = [
  { action: 'draft', label: 'New draft', fits: (/** @type {Submission=} */ pending) => !pending },
  { action: 'touch', label: 'Touch draft', fits: (/** @type {Submission=} */ pending) => pending && !pending.portal },
  {
    action: 'submit',
    label: 'Submit',
    fits: (/** @type {Submission=} */ pending) => pending?.status === 'PendingCommit',
  },
  {
    action: 'publish',
    label: 'Publish now',
    fits: (/** @type {Submission=} */ pending) =>
      pending && !pending.pressed && /^(CommitStarted|PreProcessing|Certification|Release)$/.test(pending.status),
  },
  {
    action: 'cancel',
    label: 'Cancel',
    fits: (/** @type {Submission=} */ pending) =>
      pending && /^(CommitStarted|PreProcessing|Certification|Release|PendingPublication)$/.test(pending.status),
  },
  { action: 'delete', label: 'Delete', fits: (/** @type {Submission=} */ pending) => pending },
];

const list = itemList('applications', {
  none: 'The seed has no applications.',
  unmatched: 'No application matches.',
});

/**
 * Shows the applications that the filter lets through.
 *
 * @param {State} state
 * @param {Uploads} uploads
 * @param {Act} act
 */
export function showApplications(state, uploads, act) {
  list.show(
    Object.values(state.applications).map((application) => ({
      key: application.id,
      words: words(application, state),
      view: () => {
        const parts = partsOf(application, state);
        const given = parts.flatMap(({ submissions }) => submissions.map(({ submission }) => uploads[submission.id]));
        return { data: [application, parts, given], content: () => [view(application, parts, uploads, act)] };
      },
    })),
  );
}

/** Whether an application is open, so that its uploads are worth asking for. */
export function anyOpen() {
  return list.anyOpen();
}

/**
 * What an application is found by.
 *
 * @param {Application} application
 * @param {State} state
 */
function words({ id, primaryName, account, pending, published }, state) {
  const statuses = [pending, published].map((submission) => state.submissions[submission ?? '']?.status ?? '');
  return [id, primaryName, account, ...statuses];
}

/**
 * The application itself, its flights and its add-ons, each with its submissions.
 *
 * @param {Application} application
 * @param {State} state
 */
function partsOf(application, state) {
  const flights = Object.values(state.flights).filter((flight) => flight.application === application.id);
  const addOns = Object.values(state.addOns).filter((addOn) => addOn.application === application.id);
  return [
    { kind: 'application', name: '', product: application, submissions: submissionsOf(application, state) },
    ...flights.map((product) => ({
      kind: 'flight',
      name: `Flight ${product.friendlyName}`,
      product,
      submissions: submissionsOf(product, state),
    })),
    ...addOns.map((product) => ({
      kind: 'addOn',
      name: `Add-on ${product.productId}`,
      product,
      submissions: submissionsOf(product, state),
    })),
  ];
}

/**
 * Newest first, each with what it is to its product.
 *
 * @param {Product} product
 * @param {State} state
 */
function submissionsOf({ id, published, pending }, state) {
  const rank = (/** @type {Submission} */ submission) => [published, pending].indexOf(submission.id);
  return Object.values(state.submissions)
    .filter((submission) => submission.product === id)
    .sort((a, b) => rank(b) - rank(a))
    .map((submission) => ({ submission, place: ['Earlier', 'Published', 'Pending'][rank(submission) + 1] ?? '' }));
}

/**
 * @param {Application} application
 * @param {ReturnType<typeof partsOf>} parts
 * @param {Uploads} uploads
 * @param {Act} act
 */
function view(application, parts, uploads, act) {
  const { id, primaryName, account, packageIdentityName, ageRatingDone, unsupportedFeatures } = application;
  const [own, ...others] = parts;
  const summary = [make('span', { class: 'name' }, primaryName), make('code', { class: 'id' }, id), badges(own)];
  return fold(id, summary, () => [
    make(
      'p',
      { class: 'about' },
      note(`Account ${account} · identity ${packageIdentityName}`),
      !ageRatingDone && badge('bad', 'age rating missing'),
      unsupportedFeatures && badge('bad', 'unsupported features: 409'),
    ),
    own && partView(own, uploads, act),
    others.map((part) =>
      fold(
        `${id}/${part.product.id}`,
        [make('span', { class: 'name' }, part.name), make('code', { class: 'id' }, part.product.id), badges(part)],
        () => partView(part, uploads, act),
      ),
    ),
  ]);
}

/** @param {ReturnType<typeof partsOf>[number] | undefined} part */
function badges(part) {
  const at = (/** @type {string} */ place) =>
    part?.submissions.find((submission) => submission.place === place)?.submission;
  const published = at('Published');
  const pending = at('Pending');
  return make(
    'span',
    { class: 'badges' },
    published ? statusBadge(published) : badge('ended', 'never published'),
    pending && statusBadge(pending),
  );
}

/**
 * @param {ReturnType<typeof partsOf>[number]} part
 * @param {Uploads} uploads
 * @param {Act} act
 */
function partView({ kind, product, submissions }, uploads, act) {
  const pending = submissions.find(({ place }) => place === 'Pending')?.submission;
  return [
    portalButtons(
      product.id,
      PORTAL.map(({ action, label, fits }) => ({
        action,
        label,
        fits: Boolean(fits(pending)),
        run: () => control('POST', `/portal/${action}`, { [kind]: product.id }),
      })),
      act,
    ),
    submissions.map(({ submission, place }) => submissionView(place, submission, uploads[submission.id])),
    submissions.length === 0 && make('p', { class: 'empty' }, 'No submissions yet.'),
  ];
}
