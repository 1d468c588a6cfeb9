import { control } from './emulator.js';
import { find, fold, make, opened, show } from './elements.js';
import { note, statusBadge, submissionView } from './submission.js';

/**
 * @typedef {import('./emulator.js').Application} Application
 * @typedef {import('./emulator.js').Product} Product
 * @typedef {import('./emulator.js').Submission} Submission
 * @typedef {import('./emulator.js').State} State
 * @typedef {import('./emulator.js').Uploads} Uploads
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

/** One place for each application, kept so that only those that changed are made anew. @type {Map<string, HTMLElement>} */
const places = new Map();

/**
 * Shows the applications that the filter lets through.
 *
 * @param {State} state
 * @param {Uploads} uploads
 * @param {(action: () => Promise<unknown>, done: string) => void} act
 */
export function showApplications(state, uploads, act) {
  const text = /** @type {HTMLInputElement} */ (find('applications-filter')).value.trim().toLowerCase();
  const all = Object.values(state.applications);
  const applications = all.filter((application) => matches(application, state, text));
  const ids = applications.map(({ id }) => id);
  for (const application of applications) {
    const place = places.get(application.id) ?? make('div', { class: 'item' });
    places.set(application.id, place);
    const parts = partsOf(application, state);
    const given = parts.flatMap(({ submissions }) => submissions.map(({ submission }) => uploads[submission.id]));
    show(place, [application, parts, given], () => [view(application, parts, uploads, act)]);
  }
  find('applications-count').textContent =
    all.length === ids.length ? `${all.length}` : `${ids.length} of ${all.length}`;
  show(find('applications'), ids, () =>
    ids.length > 0
      ? ids.map((id) => places.get(id))
      : [make('p', { class: 'empty' }, all.length > 0 ? 'No application matches.' : 'The seed has no applications.')],
  );
}

/** Whether an application is open, so that its uploads are worth asking for. */
export function anyOpen() {
  return [...places.keys()].some((id) => opened.has(id));
}

/**
 * @param {Application} application
 * @param {State} state
 * @param {string} text
 */
function matches(application, state, text) {
  const pending = state.submissions[application.pending ?? '']?.status ?? '';
  const published = state.submissions[application.published ?? '']?.status ?? '';
  return [application.id, application.primaryName, application.account, pending, published].some((part) =>
    part.toLowerCase().includes(text),
  );
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
 * @param {(action: () => Promise<unknown>, done: string) => void} act
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
      !ageRatingDone && make('span', { class: 'badge bad' }, 'age rating missing'),
      unsupportedFeatures && make('span', { class: 'badge bad' }, 'unsupported features: 409'),
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
    published ? statusBadge(published) : make('span', { class: 'badge ended' }, 'never published'),
    pending && statusBadge(pending),
  );
}

/**
 * @param {ReturnType<typeof partsOf>[number]} part
 * @param {Uploads} uploads
 * @param {(action: () => Promise<unknown>, done: string) => void} act
 */
function partView({ kind, product, submissions }, uploads, act) {
  const pending = submissions.find(({ place }) => place === 'Pending')?.submission;
  return [
    portalButtons(kind, product.id, pending, act),
    submissions.map(({ submission, place }) => submissionView(place, submission, uploads[submission.id])),
    submissions.length === 0 && make('p', { class: 'empty' }, 'No submissions yet.'),
  ];
}

/**
 * @param {string} kind
 * @param {string} id of the product
 * @param {Submission | undefined} pending
 * @param {(action: () => Promise<unknown>, done: string) => void} act
 */
function portalButtons(kind, id, pending, act) {
  const button = (/** @type {(typeof PORTAL)[number]} */ { action, label, fits }) =>
    make(
      'button',
      {
        type: 'button',
        disabled: !fits(pending),
        'data-key': `${id}/${action}`,
        onclick: () =>
          act(() => control('POST', `/portal/${action}`, { [kind]: id }), `${label} in the portal: ${id}.`),
      },
      label,
    );
  return make(
    'div',
    { class: 'buttons portal', role: 'group', 'aria-label': `Portal actions for ${id}` },
    make('span', { class: 'note' }, 'In the portal'),
    PORTAL.map(button),
  );
}
