import { find, make, opened, show } from './elements.js';

/**
 * @typedef {import('./elements.js').Child} Child
 *
 * @typedef {object} Item
 * @property {string} key also that of its fold
 * @property {readonly string[]} words what it is found by
 * @property {() => { data: unknown, content: () => Child[] }} view what it shows, and what that is made of
 */

/**
 * A list that its filter narrows: `#<id>`, with `#<id>-filter` and `#<id>-count`. There is one place for each item, kept
 * so that only those that changed are made anew.
 *
 * @param {string} id
 * @param {{ none: string, unmatched: string }} texts what it says when it has nothing to show
 */
export function itemList(id, texts) {
  /** @type {Map<string, HTMLElement>} */
  const places = new Map();
  return {
    /**
     * Shows the items that the filter lets through.
     *
     * @param {readonly Item[]} all
     */
    show(all) {
      const text = /** @type {HTMLInputElement} */ (find(`${id}-filter`)).value.trim().toLowerCase();
      const found = all.filter(({ words }) => words.some((word) => word.toLowerCase().includes(text)));
      for (const { key, view } of found) {
        const place = places.get(key) ?? make('div', { class: 'item' });
        places.set(key, place);
        const { data, content } = view();
        show(place, data, content);
      }
      const keys = found.map(({ key }) => key);
      find(`${id}-count`).textContent =
        all.length === keys.length ? `${all.length}` : `${keys.length} of ${all.length}`;
      show(find(id), keys, () =>
        keys.length > 0
          ? keys.map((key) => places.get(key))
          : [make('p', { class: 'empty' }, all.length > 0 ? texts.unmatched : texts.none)],
      );
    },

    /** Whether an item is open. */
    anyOpen() {
      return [...places.keys()].some((key) => opened.has(key));
    },
  };
}
