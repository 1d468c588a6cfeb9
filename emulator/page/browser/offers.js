import { control } from './emulator.js';
import { fold, jsonView, make, time } from './elements.js';
import { itemList } from './items.js';
import { badge, fact, note, problemList } from './parts.js';
import { portalButtons } from './portal.js';

/**
 * @typedef {import('../offer-view').OfferOnPage} Offer
 * @typedef {Offer['operations'][number]} Operation
 * @typedef {import('./portal.js').Act} Act
 */

/** What a person does in the portal, and what it is called there. */
const PORTAL = /** @type {const} */ ({
  edit: 'Edit offer',
  publish: 'Publish',
  goLive: 'Go live',
  cancel: 'Cancel',
  migrate: 'Migrate',
});

const GROUPS = /** @type {const} */ ({
  succeeded: 'good',
  completed: 'good',
  waitingForPublisherReview: 'draft',
  failed: 'bad',
  canceled: 'ended',
  neverPublished: 'ended',
});

const NAMES = /** @type {const} */ ({ publish: 'Publication', goLive: 'Go-live', cancel: 'Cancellation' });

const list = itemList('offers', { none: 'The seed has no offers.', unmatched: 'No offer matches.' });

/**
 * Shows the offers of the Cloud Partner Portal that the filter lets through.
 *
 * @param {readonly Offer[]} offers
 * @param {Act} act
 */
export function showOffers(offers, act) {
  list.show(
    offers.map((offer) => ({
      key: keyOf(offer),
      words: [keyOf(offer), offer.name, offer.account, offer.offerTypeId, offer.status],
      view: () => ({ data: offer, content: () => [view(offer, act)] }),
    })),
  );
}

/** @param {Offer} offer */
function keyOf({ publisher, id }) {
  return `${publisher}/${id}`;
}

/**
 * @param {Offer} offer
 * @param {Act} act
 */
function view(offer, act) {
  const { id, name, account, offerTypeId, migrated, operations, version } = offer;
  const key = keyOf(offer);
  const summary = [make('span', { class: 'name' }, name), make('code', { class: 'id' }, id), badges(offer)];
  return fold(key, summary, () => [
    make(
      'p',
      { class: 'about' },
      note(`Account ${account} · ${offerTypeId} · version ${version}`),
      migrated && badge('draft', 'migrated'),
    ),
    portalButtons(key, actions(offer), act),
    slotsView(offer),
    operations.map((operation) => operationView(key, operation)),
    operations.length === 0 && make('p', { class: 'empty' }, 'No operations yet.'),
  ]);
}

/** @param {Offer} offer */
function badges({ status, isAhead }) {
  return make('span', { class: 'badges' }, stateBadge(status), isAhead && badge('draft', 'draft ahead'));
}

/** @param {string} state of an offer, or of an operation */
function stateBadge(state) {
  return badge(Object.entries(GROUPS).find(([name]) => name === state)?.[1] ?? 'busy', state);
}

/** @param {Offer} offer */
function actions({ publisher, id, can }) {
  const entries = /** @type {[keyof typeof PORTAL, string][]} */ (Object.entries(PORTAL));
  return entries.map(([action, label]) => ({
    action,
    label,
    fits: can.includes(action),
    run: () => control('POST', '/offer-portal', { action, publisher, offer: id }),
  }));
}

/** @param {Offer} offer */
function slotsView(offer) {
  const key = keyOf(offer);
  const heading = `slots-${key}`;
  return make(
    'section',
    { class: 'submission', 'aria-labelledby': heading },
    make('h3', { id: heading }, 'Slots'),
    make(
      'dl',
      {},
      offer.slots.map(({ slot, version, changed }) => fact(slot, [`version ${version}, changed `, time(changed)])),
      offer.isAhead && fact('Draft', 'differs from what is live'),
    ),
    offer.slots.map(({ slot, definition }) =>
      fold(`${key}/${slot}`, [slot], () => [jsonView(`${slot} of ${key}`, definition)]),
    ),
  );
}

/**
 * @param {string} key of its offer
 * @param {Operation} operation
 */
function operationView(key, { id, type, state, publishingVersion, isWaiting, messages, ...rest }) {
  const heading = `operation-${id}`;
  const title = `${NAMES[type]} ${publishingVersion} of ${key} `;
  return make(
    'section',
    { class: 'submission', 'aria-labelledby': heading },
    make('h3', { id: heading }, title, stateBadge(isWaiting ? 'waitingForPublisherReview' : state)),
    make(
      'dl',
      {},
      fact('Id', make('code', {}, id)),
      fact('Step', rest.step),
      fact('Began', time(rest.started)),
      fact('Last changed', time(rest.changed)),
      rest.outcome !== undefined && fact('Is to end in', rest.outcome),
    ),
    problemList(
      `Messages of operation ${id}`,
      messages.filter(({ level }) => level !== 'information').map(({ level, text }) => ({ code: level, text })),
    ),
  );
}
