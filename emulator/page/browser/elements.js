/** @typedef {Node | string | number | false | null | undefined} Leaf */
/** @typedef {Leaf | (Leaf | (Leaf | Leaf[])[])[]} Child */

/**
 * Makes an element. Texts become text nodes, never markup; what starts with `on` listens; `true` sets an attribute and
 * what is undefined or false sets none.
 *
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, string | number | boolean | undefined | ((event: Event) => void)>} attributes
 * @param {Child[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== undefined && value !== false) element.setAttribute(name, String(value));
  }
  element.append(...flatten(children));
  return element;
}

/**
 * @param {Child[]} children
 * @returns {(Node | string)[]}
 */
function flatten(children) {
  return children.flat(3).flatMap((child) => {
    if (child === undefined || child === null || child === false) return [];
    return [typeof child === 'number' ? String(child) : child];
  });
}

/**
 * An element of the page that `index.html` has.
 *
 * @template {HTMLElement} [E=HTMLElement]
 * @param {string} id
 * @returns {E}
 */
export function find(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`The page has no #${id}`);
  // Whoever asks knows what index.html has there.
  return /** @type {E} */ (element);
}

/** What was last put where, so that what has not changed is left alone. @type {WeakMap<Element, string>} */
const shown = new WeakMap();

/** The keys of what a person has opened: it stays open when it is made anew. @type {Set<string>} */
export const opened = new Set();

/**
 * Puts content into a place, unless what it is made of is what is there already. The focus stays where it was, and what
 * was scrolled stays scrolled: both are found again by `data-key`.
 *
 * @param {HTMLElement} place
 * @param {unknown} data what the content is made of
 * @param {() => Child[]} content
 */
export function show(place, data, content) {
  const text = JSON.stringify(data) ?? '';
  if (shown.get(place) === text) return;
  shown.set(place, text);
  const focused = place.contains(document.activeElement) ? keyOf(document.activeElement) : undefined;
  const scrolled = new Map(keyed(place).map((element) => [keyOf(element), element.scrollTop]));
  place.replaceChildren(...flatten(content()));
  for (const element of keyed(place)) {
    element.scrollTop = scrolled.get(keyOf(element)) ?? 0;
    if (focused !== undefined && keyOf(element) === focused) element.focus({ preventScroll: true });
  }
}

/**
 * @param {HTMLElement} place
 * @returns {HTMLElement[]}
 */
function keyed(place) {
  return [...place.querySelectorAll('[data-key]')].filter((element) => element instanceof HTMLElement);
}

/** @param {Element | null} element */
function keyOf(element) {
  return element instanceof HTMLElement ? element.dataset['key'] : undefined;
}

/**
 * Something that opens, with its content made when it is first open.
 *
 * @param {string} key tells it from its like
 * @param {Leaf[]} summary
 * @param {() => Child[]} content
 */
export function fold(key, summary, content) {
  const details = make('details', {}, make('summary', { 'data-key': key }, summary));
  const fill = () => {
    if (details.open) opened.add(key);
    else opened.delete(key);
    if (details.open && details.childElementCount === 1) details.append(...flatten(content()));
  };
  details.open = opened.has(key);
  fill();
  details.addEventListener('toggle', fill);
  return details;
}

/**
 * A value as indented JSON, which can be scrolled with the keyboard.
 *
 * @param {string} label
 * @param {unknown} value
 */
export function jsonView(label, value) {
  return make(
    'pre',
    { tabindex: 0, role: 'region', 'aria-label': label, 'data-key': label },
    JSON.stringify(value, null, 2),
  );
}

/**
 * A time of the emulator's clock.
 *
 * @param {number | string} at epoch milliseconds, or ISO 8601
 */
export function time(at) {
  const iso = new Date(at).toISOString();
  return make('time', { datetime: iso }, make('span', { class: 'date' }, `${iso.slice(0, 10)} `), iso.slice(11, 19));
}

/** @param {number} bytes */
export function sizeText(bytes) {
  if (bytes < 1024) return `${bytes} B`;
  const power = Math.min(3, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(1)} ${['B', 'KB', 'MB', 'GB'][power]}`;
}
