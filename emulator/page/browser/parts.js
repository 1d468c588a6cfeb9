import { make } from './elements.js';

/**
 * @typedef {import('./elements.js').Child} Child
 * @typedef {'good' | 'busy' | 'bad' | 'draft' | 'ended'} Group
 */

/**
 * A short word about the state of something.
 *
 * @param {Group} group
 * @param {string} text
 */
export function badge(group, text) {
  return make('span', { class: `badge ${group}` }, text);
}

/** @param {Child} text */
export function note(text) {
  return make('span', { class: 'note' }, text);
}

/**
 * A name and a value, in a `dl`.
 *
 * @param {string} name
 * @param {Child} value
 */
export function fact(name, value) {
  return make('div', {}, make('dt', {}, name), make('dd', {}, value));
}

/** @param {string} text */
export function columnHead(text) {
  return make('th', { scope: 'col' }, text);
}

/**
 * A table of texts, which scrolls where it is wider than its place.
 *
 * @param {string} label tells it from its like
 * @param {readonly string[]} columns
 * @param {readonly (readonly (string | undefined)[])[]} rows
 */
export function table(label, columns, rows) {
  return make(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': label },
    make(
      'table',
      { 'aria-label': label },
      make('thead', {}, make('tr', {}, columns.map(columnHead))),
      make(
        'tbody',
        {},
        rows.map((row) =>
          make(
            'tr',
            {},
            row.map((text) => make('td', {}, text ?? '')),
          ),
        ),
      ),
    ),
  );
}

/**
 * What went wrong.
 *
 * @param {string} label
 * @param {readonly { readonly code: string, readonly text: string }[]} all
 */
export function problemList(label, all) {
  if (all.length === 0) return undefined;
  return make(
    'ul',
    { class: 'problems', 'aria-label': label },
    all.map(({ code, text }) => make('li', {}, make('strong', {}, code), ' ', text)),
  );
}
