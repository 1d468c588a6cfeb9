/**
 * @typedef {import('../../core/model').Application} Application
 * @typedef {import('../../core/model').Flight} Flight
 * @typedef {import('../../core/model').AddOn} AddOn
 * @typedef {import('../../core/model').Product} Product
 * @typedef {import('../../core/model').Submission} Submission
 * @typedef {import('../../core/model').Outcome} Outcome
 * @typedef {import('../../core/faults').Fault} Fault
 * @typedef {import('../../core/journal').JournalEntry} JournalEntry
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
 * Asks the control endpoint.
 *
 * @param {'GET' | 'POST' | 'PUT' | 'DELETE'} method
 * @param {string} path below `/control`
 * @param {unknown} [body]
 * @returns {Promise<any>} its JSON
 */
export async function control(method, path, body) {
  const response = await fetch(`/control${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await response.text();
  const json = text === '' ? undefined : JSON.parse(text);
  if (!response.ok) throw new Error(json?.message ?? `The emulator answered ${response.status}`);
  return json;
}
