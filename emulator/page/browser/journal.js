import { read } from './emulator.js';
import { find, jsonView, make, opened, show, time } from './elements.js';
import { columnHead } from './parts.js';

/** @typedef {import('./emulator.js').JournalEntry} JournalEntry */

/** How many entries are fetched when the page opens, and how far back unanswered requests are asked about again. */
const FETCHED = 2000;
const ASKED_AGAIN = 500;
const PAGE = 100;
const COLUMNS = ['Time (UTC)', 'Operation', 'Product', 'Status', 'ms'];

/** Oldest first. @type {JournalEntry[]} */
let entries = [];
let limit = PAGE;

/** Brings what is known up to date: only what is new, or was not answered yet, is asked for. */
export async function fetchJournal() {
  const last = entries.at(-1);
  if (!last) {
    entries = await read('journal', { newest: FETCHED });
    return;
  }
  const anchor = entries.slice(-ASKED_AGAIN).find(({ status }) => status === undefined) ?? last;
  const newer = await read('journal', { after: anchor.seq - 1, newest: FETCHED });
  // Emptied meanwhile: the numbers begin again.
  if (newer[0]?.correlationId !== anchor.correlationId) entries = await read('journal', { newest: FETCHED });
  else entries = [...entries.filter(({ seq }) => seq < anchor.seq), ...newer].slice(-FETCHED);
}

/** Shows the entries that the filter lets through, newest first. */
export function showJournal() {
  const form = /** @type {HTMLFormElement} */ (find('journal-filter'));
  offer('operation', [...new Set(entries.map(({ operation }) => operation))]);
  offer('product', [...new Set(entries.flatMap((entry) => productOf(entry) ?? []))]);
  const filter = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
  const found = entries.filter((entry) => passes(entry, filter)).reverse();
  const newest = found.slice(0, limit);
  find('journal-count').textContent =
    found.length === entries.length ? `${found.length}` : `${found.length} of ${entries.length}`;
  show(find('entries'), [newest, found.length, [...opened].filter((key) => key.startsWith('entry/'))], () =>
    newest.length > 0 ? [table(newest), found.length > limit && more(found.length)] : [emptyNote()],
  );
}

/** From now on, only the newest are shown. */
export function showNewest() {
  limit = PAGE;
  showJournal();
}

/** Forgets what was fetched. */
export function forgetJournal() {
  entries = [];
}

/**
 * Adds what has been seen to the choices of a filter.
 *
 * @param {string} name
 * @param {string[]} values
 */
function offer(name, values) {
  const select = document.querySelector(`#journal-filter select[name=${name}]`);
  if (!(select instanceof HTMLSelectElement)) return;
  const known = [...select.options].map(({ value }) => value);
  const unknown = values.filter((value) => !known.includes(value)).sort();
  select.append(...unknown.map((value) => make('option', { value }, value)));
}

/**
 * @param {JournalEntry} entry
 * @param {Record<string, string>} filter
 */
function passes(entry, { operation, product, status }) {
  return (
    (!operation || entry.operation === operation) &&
    (!product || productOf(entry) === product) &&
    (!status || kinds(entry).includes(status))
  );
}

/**
 * What an entry is about: an application, a product of the marketplace, or an offer of the Cloud Partner Portal.
 *
 * @param {JournalEntry} entry
 */
function productOf({ application, product, publisher, offer: id }) {
  return application ?? product ?? (publisher !== undefined && id !== undefined ? `${publisher}/${id}` : undefined);
}

/**
 * The choices of the status filter that an entry falls under.
 *
 * @param {JournalEntry} entry
 */
function kinds({ status, faults }) {
  const kind = status === undefined ? 'open' : status === 0 ? 'cut' : String(status)[0];
  return faults ? [kind, 'fault'] : [kind];
}

function emptyNote() {
  const text = entries.length > 0 ? 'No request matches.' : 'No requests yet. Point a client at this address.';
  return make('p', { class: 'empty' }, text);
}

/** @param {number} total */
function more(total) {
  const next = Math.min(PAGE, total - limit);
  const grow = () => {
    limit += PAGE;
    showJournal();
  };
  return make('button', { type: 'button', class: 'more', 'data-key': 'more', onclick: grow }, `Show ${next} more`);
}

/** @param {JournalEntry[]} newest */
function table(newest) {
  return make(
    'table',
    { class: 'journal' },
    make('caption', { class: 'hidden' }, 'Requests, newest first'),
    make('thead', {}, make('tr', {}, COLUMNS.map(columnHead))),
    make(
      'tbody',
      {},
      newest.map((entry) => [row(entry), opened.has(`entry/${entry.seq}`) && details(entry)]),
    ),
  );
}

/** @param {JournalEntry} entry */
function row(entry) {
  const { seq, clock, operation, status, duration, faults } = entry;
  const key = `entry/${seq}`;
  const toggle = () => {
    if (!opened.delete(key)) opened.add(key);
    showJournal();
  };
  const open = opened.has(key);
  const button = make(
    'button',
    { type: 'button', class: 'link', 'data-key': key, 'aria-expanded': String(open), onclick: toggle },
    operation,
  );
  return make(
    'tr',
    { class: open ? 'open' : undefined },
    make('td', { class: 'number' }, time(clock)),
    make('td', {}, button, faults && make('span', { class: 'badge busy' }, 'fault')),
    make('td', { class: 'place' }, productOf(entry) ?? ''),
    make('td', {}, statusText(status)),
    make('td', { class: 'number' }, duration ?? ''),
  );
}

/** @param {number | undefined} status */
function statusText(status) {
  if (status === undefined) return make('span', { class: 'badge busy' }, 'waiting');
  if (status === 0) return make('span', { class: 'badge bad' }, 'cut');
  return make('span', { class: `badge ${status < 400 ? 'plain' : 'bad'}` }, status);
}

/** @param {JournalEntry} entry */
function details(entry) {
  const { seq, method, path, requestBody, responseBody, ...rest } = entry;
  const { operation: _operation, application: _application, clock: _clock, ...facts } = rest;
  return make(
    'tr',
    { class: 'details' },
    make(
      'td',
      { colspan: COLUMNS.length },
      make('p', { class: 'request' }, make('strong', {}, method), ' ', make('code', {}, path)),
      requestBody !== undefined && [make('h3', {}, 'Request body'), jsonView(`Request body of ${seq}`, requestBody)],
      responseBody !== undefined && [make('h3', {}, 'Answer'), jsonView(`Answer to ${seq}`, responseBody)],
      make('h3', {}, 'Facts'),
      jsonView(`Facts of ${seq}`, { seq, ...facts }),
    ),
  );
}
