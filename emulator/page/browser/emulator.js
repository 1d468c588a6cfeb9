/**
 * @typedef {import('../../core/model').Application} Application
 * @typedef {import('../../core/model').Flight} Flight
 * @typedef {import('../../core/model').AddOn} AddOn
 * @typedef {import('../../core/model').Product} Product
 * @typedef {import('../../core/model').Submission} Submission
 * @typedef {import('../../core/model').Outcome} Outcome
 * @typedef {import('../../core/faults').Fault} Fault
 * @typedef {import('../../core/journal').JournalEntry} JournalEntry
 * @typedef {import('../marketplace').Marketplace} Marketplace
 */

/**
 * @typedef {object} State
 * @property {{ now: string, frozen: boolean, offset: number }} clock
 * @property {{ certification: number }} settings
 * @property {Record<string, Application>} applications
 * @property {Record<string, Flight>} flights
 * @property {Record<string, AddOn>} addOns
 * @property {Record<string, Submission>} submissions
 * @property {Outcome[]} outcomes
 */

/** @typedef {Record<string, { issued: number, size: number | null }>} Uploads */

/**
 * What can be read at the control endpoint, by its path.
 *
 * @typedef {object} Readable
 * @property {State} state
 * @property {Uploads} uploads
 * @property {Fault[]} faults
 * @property {JournalEntry[]} journal
 * @property {Marketplace} marketplace
 */

/**
 * Reads from the control endpoint.
 *
 * @template {keyof Readable} Name
 * @param {Name} name
 * @param {Record<string, number>} [query]
 */
export async function read(name, query = {}) {
  const asked = new URLSearchParams(Object.entries(query).map(([key, value]) => [key, String(value)]));
  const found = await control('GET', `/${name}${asked.size > 0 ? `?${asked}` : ''}`);
  // The page comes from the emulator that it asks: what is there is what `Readable` says.
  return /** @type {Readable[Name]} */ (found);
}

/**
 * Asks the control endpoint.
 *
 * @param {'GET' | 'POST' | 'PUT' | 'DELETE'} method
 * @param {string} path below `/control`
 * @param {unknown} [body]
 * @returns {Promise<unknown>} its JSON
 */
export async function control(method, path, body) {
  const response = await fetch(`/control${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await response.text();
  /** @type {unknown} */
  const json = text === '' ? undefined : JSON.parse(text);
  if (!response.ok) throw new Error(messageOf(json) ?? `The emulator answered ${response.status}`);
  return json;
}

/**
 * What a refusal says.
 *
 * @param {unknown} json
 */
function messageOf(json) {
  if (typeof json !== 'object' || json === null || !('message' in json)) return undefined;
  return typeof json.message === 'string' ? json.message : undefined;
}
