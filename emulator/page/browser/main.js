import { anyOpen, showApplications } from './applications.js';
import { showClock, wireClock } from './clock.js';
import { find } from './elements.js';
import { control, read } from './emulator.js';
import { showFaults } from './faults.js';
import { fetchJournal, forgetJournal, showJournal, showNewest } from './journal.js';
import { showOffers } from './offers.js';
import { waitingOutcomes } from './outcomes.js';
import { showProducts } from './products.js';

/**
 * @typedef {import('./emulator.js').State} State
 * @typedef {import('./emulator.js').Marketplace} Marketplace
 */

const PAUSE_MS = 1000;

/** @type {{ state: State, marketplace: Marketplace, uploads: import('./emulator.js').Uploads } | undefined} */
let known;
let unreachable = false;
/** One refresh after the other. */
let refreshing = Promise.resolve();

/** @param {string} text @param {boolean} [isProblem] */
function say(text, isProblem = false) {
  const message = find('message');
  message.textContent = text;
  message.className = isProblem ? 'problem' : '';
}

async function fetchAll() {
  try {
    const [state, marketplace, faults] = await Promise.all([
      read('state'),
      read('marketplace'),
      read('faults'),
      fetchJournal(),
    ]);
    const uploads = anyOpen() ? await read('uploads') : (known?.uploads ?? {});
    known = { state, marketplace, uploads };
    showClock(state);
    showLists();
    showFaults(faults, waitingOutcomes(state, marketplace), act);
    showJournal();
    if (unreachable) say('');
    unreachable = false;
  } catch (error) {
    unreachable = true;
    say(`The emulator does not answer (${textOf(error)}). Trying again.`, true);
  }
}

/** Shows what the filters let through. */
function showLists() {
  if (!known) return;
  showApplications(known.state, known.uploads, act);
  showProducts(known.marketplace.products, act);
  showOffers(known.marketplace.offers, act);
}

/** Brings the page up to date. */
function refresh() {
  refreshing = refreshing.then(fetchAll);
  return refreshing;
}

/**
 * Does something over the control endpoint, and shows what came of it.
 *
 * @param {() => Promise<unknown>} action
 * @param {string} done what to say then
 */
function act(action, done) {
  action()
    .then(
      () => say(done),
      (error) => say(textOf(error), true),
    )
    .then(refresh);
}

/** @param {unknown} error */
function textOf(error) {
  return error instanceof Error ? error.message : String(error);
}

async function keepUpToDate() {
  if (!document.hidden) await refresh();
  setTimeout(keepUpToDate, PAUSE_MS);
}

wireClock(act);
find('reset').addEventListener('click', () => {
  if (!confirm('Back to the seed? State, clock, settings, faults and journal are lost.')) return;
  act(() => control('POST', '/reset').then(forgetJournal), 'Back to the seed.');
});
find('clear-journal').addEventListener('click', () =>
  act(() => control('DELETE', '/journal').then(forgetJournal), 'The journal is empty.'),
);
find('journal-filter').addEventListener('change', showNewest);
find('journal-filter').addEventListener('submit', (event) => event.preventDefault());
for (const list of ['applications', 'products', 'offers']) find(`${list}-filter`).addEventListener('input', showLists);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) void refresh();
});
void keepUpToDate();
