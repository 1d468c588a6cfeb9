import { control } from './emulator.js';
import { fold, jsonView, make, time } from './elements.js';
import { itemList } from './items.js';
import { badge, fact, note, problemList, table } from './parts.js';
import { portalButtons } from './portal.js';

/**
 * @typedef {import('../product-view').ProductView} Product
 * @typedef {Product['submissions'][number]} Submission
 * @typedef {import('./portal.js').Act} Act
 */

/** What a person does in the portal, and what it is called there. */
const PORTAL = /** @type {const} */ ({
  edit: 'Edit listing',
  submit: 'Submit to preview',
  publish: 'Publish',
  goLive: 'Go live',
  cancel: 'Cancel',
});

const GROUPS = /** @type {const} */ ({
  InStore: 'good',
  ReadyToPublish: 'draft',
  Failed: 'bad',
  FailedInCertification: 'bad',
});

const list = itemList('products', {
  none: 'The seed has no marketplace products.',
  unmatched: 'No product matches.',
});

/**
 * Shows the products of the marketplace that the filter lets through.
 *
 * @param {readonly Product[]} products
 * @param {Act} act
 */
export function showProducts(products, act) {
  list.show(
    products.map((product) => ({
      key: product.id,
      words: [product.id, product.offerId, product.name, product.account, product.type, ...statuses(product)],
      view: () => ({ data: product, content: () => [view(product, act)] }),
    })),
  );
}

/** @param {Product} product */
function statuses({ submissions }) {
  return submissions.filter(({ place }) => place !== 'Earlier').map(({ substate }) => substate);
}

/**
 * @param {Product} product
 * @param {Act} act
 */
function view(product, act) {
  const { id, account, type, name, offerId, isModular, plans } = product;
  const about = [`Account ${account}`, type, isModular && 'modular', plans.length > 0 && `plans ${plans.join(', ')}`];
  const summary = [make('span', { class: 'name' }, name), make('code', { class: 'id' }, offerId), badges(product)];
  return fold(id, summary, () => [
    make('p', { class: 'about' }, note(about.filter(Boolean).join(' · ')), make('code', { class: 'id' }, id)),
    portalButtons(offerId, actions(product), act),
    draftView(product),
    product.submissions.map(submissionView),
    product.submissions.length === 0 && make('p', { class: 'empty' }, 'No submissions yet.'),
  ]);
}

/** @param {Product} product */
function badges({ submissions, ahead }) {
  const live = submissions.find(({ place }) => place === 'Live');
  const current = submissions.find(({ place }) => place === 'Current');
  return make(
    'span',
    { class: 'badges' },
    live ? substateBadge(live) : badge('ended', 'never published'),
    current && substateBadge(current),
    ahead.length > 0 && badge('draft', 'draft ahead'),
  );
}

/** @param {Submission} submission */
function substateBadge({ substate }) {
  return badge(Object.entries(GROUPS).find(([name]) => name === substate)?.[1] ?? 'busy', substate);
}

/** @param {Product} product */
function actions({ id, can, language }) {
  const entries = /** @type {[keyof typeof PORTAL, string][]} */ (Object.entries(PORTAL));
  const change = { summary: 'Changed in the portal.' };
  return entries.map(([action, label]) => ({
    action,
    label,
    fits: can.includes(action),
    run: () =>
      control(
        'POST',
        '/products/person',
        action === 'edit' ? { action: 'editListing', product: id, language, change } : { action, product: id },
      ),
  }));
}

/** @param {Product} product */
function draftView({ id, ahead, drafts, packages, submissions }) {
  const heading = `draft-${id}`;
  const isLive = submissions.some(({ place }) => place === 'Live');
  const asLive = isLive ? 'nothing' : 'nothing is live yet';
  return make(
    'section',
    { class: 'submission', 'aria-labelledby': heading },
    make('h3', { id: heading }, 'Draft'),
    make('dl', {}, fact('Differs from what is live', ahead.length > 0 ? ahead.join(', ') : asLive)),
    packages.length > 0 &&
      table(
        `Packages of ${id}`,
        ['Package', 'State'],
        packages.map(({ fileName, state }) => [fileName, state]),
      ),
    moduleViews(`Draft of ${id}`, drafts),
  );
}

/** @param {Submission} submission */
function submissionView(submission) {
  const { id, releaseNumber, place, modules, validations, reports } = submission;
  const heading = `submission-${id}`;
  return make(
    'section',
    { class: 'submission', 'aria-labelledby': heading },
    make('h3', { id: heading }, `${place}: Submission ${releaseNumber} `, substateBadge(submission)),
    make('dl', {}, facts(submission)),
    problemList(
      `Validations of submission ${id}`,
      validations.map(({ severity, errorCode, message }) => ({ code: `${severity} ${errorCode}`, text: message })),
    ),
    reports.map(({ reportTimeInUtc, fileUri }) =>
      make('p', {}, `Certification report of ${reportTimeInUtc.slice(0, 10)}: `, make('code', {}, fileUri)),
    ),
    moduleViews(`Submission ${id}`, modules),
  );
}

/**
 * @param {Submission} submission
 * @returns {import('./elements.js').Leaf[]}
 */
function facts({ id, state, since, created, previewed, published, promotesItself, outcome }) {
  return [
    fact('Id', make('code', {}, id)),
    fact('State', state),
    fact('In this substate since', time(since)),
    fact('Made', time(created)),
    previewed !== undefined && fact('In preview since', time(previewed)),
    published !== undefined && fact('In the store since', time(published)),
    promotesItself && fact('Goes live', 'by itself'),
    outcome !== undefined && fact('Is to end in', outcome),
  ];
}

/**
 * @param {string} label of what they are in
 * @param {Submission['modules']} modules
 */
function moduleViews(label, modules) {
  return modules.map(({ name, rows }) =>
    fold(`${label}/${name}`, [name], () => [jsonView(`${label}: ${name}`, rows.length === 1 ? rows[0] : rows)]),
  );
}
